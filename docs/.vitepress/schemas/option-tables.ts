/** Tables of options in the pages, from the schemas: between `<!-- options: NAME -->` and `<!-- /options -->`. */

import { describe, type FieldDescription } from '../../../src/schema/describe.ts';
import type { Field } from '../../../src/schema/fields.ts';

/** Markdown of a table of the options of `schema`. */
export function optionTable(schema: Field): string {
  const { fields = [], forms } = describe(schema);
  const rows = forms ? formRows('', forms) : fields.flatMap((field) => rowsOf(nameOf(field), field));
  const lines = rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return ['| option | what it is | value | default |', '|---|---|---|---|', ...lines].join('\n');
}

/** `text` with every table of options written anew. */
export function withTables(text: string, schemas: Readonly<Record<string, Field>>): string {
  return text.replace(/<!-- options: (\w+) -->\n[\s\S]*?<!-- \/options -->/g, (_, name: string) => {
    const schema = schemas[name];
    if (!schema) throw new Error(`there are no options called ${name}`);
    return `<!-- options: ${name} -->\n\n${optionTable(schema)}\n\n<!-- /options -->`;
  });
}

type Row = readonly [option: string, help: string, value: string, ofNone: string];

const nameOf = ({ path }: FieldDescription): string => path.at(-1)!;

/** The row of a field, and of the fields in it. */
function rowsOf(name: string, field: FieldDescription): Row[] {
  const { fields = [], forms = {} } = field.item ?? field;
  const inner = field.type === 'list' ? `${name}[]` : field.type === 'record' ? `${name}.*` : name;
  const own: Row = [`\`${name}\``, field.help ?? field.item?.help ?? '', valueOf(field), defaultOf(field)];
  return [
    ...(fields.length > 0 && field.help === undefined && field.item === undefined ? [] : [own]),
    ...fields.flatMap((one) => rowsOf(`${inner}.${nameOf(one)}`, one)),
    ...formRows(inner, forms),
  ];
}

/** Rows of the fields of each form, with the names of the forms that have them. */
function formRows(name: string, forms: Readonly<Record<string, readonly FieldDescription[]>>): Row[] {
  const kinds = new Map<string, string[]>();
  for (const [kind, fields] of Object.entries(forms)) {
    for (const row of fields.flatMap((field) => rowsOf(`${name === '' ? '' : `${name}.`}${nameOf(field)}`, field))) {
      const key = JSON.stringify(row);
      kinds.set(key, [...(kinds.get(key) ?? []), `\`${kind}\``]);
    }
  }
  return [...kinds].map(([key, of]): Row => {
    const [option, help, value, ofNone] = JSON.parse(key) as Row;
    return [`${option} of ${of.join(', ')}`, help, value, ofNone];
  });
}

/** What may stand there: the rule, without its verb. */
function valueOf(field: FieldDescription): string {
  if (field.choices) return field.choices.map((choice) => `\`${choice}\``).join(', ');
  const { item } = field;
  if (item && field.type === 'list') return `a list, each ${item.choices ? `one of ${valueOf(item)}` : said(item)}`;
  if (item) return `by name, each ${said(item)}`;
  return said(field);
}

const said = ({ rule }: FieldDescription): string => rule.replace(/^be /, '');

function defaultOf({ optional, default: ofNone, otherwise = '' }: FieldDescription): string {
  if (!optional) return '**needed**';
  if (otherwise !== '') return otherwise;
  return ofNone === undefined || isEmpty(ofNone) ? '' : `\`${inCode(ofNone)}\``;
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function inCode(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(inCode).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${name}: ${inCode(part)}`)
    .join(', ')} }`;
}
