/**
 * Sentences that mention options. An option has one name in each place where it is met: `search: { hops: 200 }` in code, `--hops 200` at a
 * terminal, the label of a field on a page. So a sentence names it by its path, and the place that prints the sentence words it.
 */

/** An option by its path, `search.hops`, and a value to give it where the sentence proposes one. */
export interface Mention {
  readonly option: string;
  readonly value?: unknown;
}

/** Plain text, or its parts in order: text, and options that it mentions. */
export type Sentence = string | readonly (string | Mention)[];

/** How one place words an option. */
export type Door = (mention: Mention) => string;

/** `sentence` in the words of `door`. */
export function worded(sentence: Sentence, door: Door): string {
  if (typeof sentence === 'string') return sentence;
  return sentence.map((part) => (typeof part === 'string' ? part : door(part))).join('');
}

/** Options as code writes them: `columns.loss`; with a value `search: { hops: 200 }`. */
export const inCode: Door = ({ option, value }) => {
  if (value === undefined) return option;
  const names = option.split('.');
  const inner = `${names.pop()}: ${literal(value)}`;
  return names.reduceRight((text, name) => `${name}: { ${text} }`, inner);
};

/** A value as code writes it: `[{ kind: 'final-only' }]`. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${literal(field)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}
