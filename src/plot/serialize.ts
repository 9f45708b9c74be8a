/** A DOM as text: the same from every document, with short numbers and explicit colors. */

/** What is read of a node; a browser's, jsdom's and linkedom's all have it. */
export interface SomeNode {
  readonly nodeType: number;
  readonly localName?: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<SomeNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const ELEMENT = 1;
const TEXT = 3;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that means itself in XML. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/**
 * XML of an element and all that is in it. Style sheets are left out: what they say of Plot's own figures is said by attributes, and
 * programs other than browsers do not read them.
 *
 * @param node - Its root.
 * @param rewrite - Applied to the value of every attribute.
 */
export function serialize(node: SomeNode, rewrite: (value: string, name: string) => string): string {
  if (node.nodeType === TEXT) return escaped(node.nodeValue ?? '');
  if (node.nodeType !== ELEMENT || node.localName === 'style') return '';
  // Sorted, because documents keep them in different orders.
  const attributes = Array.from(
    node.attributes ?? [],
    ({ name, value }) => ` ${name}="${escaped(rewrite(value, name))}"`,
  ).sort();
  const children = Array.from(node.childNodes, (child) => serialize(child, rewrite)).join('');
  const tag = `${node.localName}${attributes.join('')}`;
  return children === '' ? `<${tag}/>` : `<${tag}>${children}</${node.localName}>`;
}

/** Numbers of a path, a transform or a coordinate to a hundredth of a pixel: nobody sees more, and machines differ in the rest. */
export const shortNumbers = (value: string): string =>
  value.replace(/-?\d+\.\d{3,}(?:e[+-]?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) + 0));
