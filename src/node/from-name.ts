/** What the name of a file says of the runs in it: `curve_N1.3B_D26B.csv`. */

import { refusal } from '../errors.ts';
import { fieldOf } from '../runs/field-of.ts';
import type { Source } from '../runs/source.ts';
import type { Table } from '../tables/table.ts';

/** Quantities that a name may say without a pattern: a letter, and a number right behind it. */
const UNASKED = ['N', 'D', 'C'] as const;

/**
 * `source` with a column for each value in the name of its file. A quantity that the table has itself is read from the table; what the name
 * says of it then stands beside, as any other column.
 *
 * @param stem - Name of the file, without its ending.
 * @param pattern - Where the values stand: `curve_N{N}_D{D}`; `*` is anything. Without it, N, D and C are looked for where the table lacks them.
 * @param given - Fields that the caller gave a column or a value.
 * @throws {ScalingLawsError} `E_ARGUMENT` if the name does not fit the pattern.
 */
export function withNameValues(
  source: Source,
  stem: string,
  pattern: string | undefined,
  given: ReadonlySet<string>,
): Source {
  const known = new Set<string | undefined>([
    ...source.table.header.map(fieldOf),
    ...Object.keys(source.columns),
    ...given,
  ]);
  const values = pattern === undefined ? unasked(stem, known, source.table.row.length === 1) : matched(stem, pattern);
  if (values.length === 0) return source;
  const rows = source.table.row.length;
  const names = values.map(([name]) => (fieldOf(name) === name ? `${name} in the file name` : name));
  const table: Table = {
    ...source.table,
    header: [...source.table.header, ...names],
    columns: [...source.table.columns, ...values.map(([, value]) => Array<string>(rows).fill(value))],
  };
  const read = values.flatMap(([name], i) => (fieldOf(name) === name && !known.has(name) ? [[name, names[i]!]] : []));
  return { ...source, table, columns: { ...source.columns, ...Object.fromEntries(read) } };
}

/** Values by name where the pattern has them in braces. */
function matched(stem: string, pattern: string): readonly (readonly [string, string])[] {
  const parts = pattern.split(/(\{[^{}]+\}|\*)/);
  const names = parts.filter((part) => part.startsWith('{')).map((part) => part.slice(1, -1));
  if (names.length === 0) throw refusal('fromName', 'name values in braces, such as curve_N{N}_D{D}', pattern);
  const found = valuesIn(stem, parts);
  if (!found)
    throw refusal('fromName', `match the name of every file`, pattern, `${JSON.stringify(stem)} does not match`);
  return names.map((name, i) => [name, found[i]!] as const);
}

/** What stands in the places of `parts` that are open, each as short as the text behind it allows; undefined if the rest does not match. */
function valuesIn(text: string, parts: readonly string[]): readonly string[] | undefined {
  const values: string[] = [];
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const isOpen = part === '*' || part.startsWith('{');
    if (!isOpen) {
      if (!text.startsWith(part, at)) return undefined;
      at += part.length;
      continue;
    }
    const next = parts[i + 1] ?? '';
    const isLast = i + 2 >= parts.length;
    const end = next === '' ? text.length : isLast ? text.length - next.length : text.indexOf(next, at + 1);
    if (end <= at && part !== '*') return undefined;
    if (part !== '*') values.push(text.slice(at, end));
    at = end;
  }
  return at === text.length ? values : undefined;
}

/**
 * N, D and C that the table lacks and the name has, where two of the three are not known yet. Tokens and FLOPs in a name are those of the whole
 * run: of its only row.
 */
function unasked(
  stem: string,
  known: ReadonlySet<string | undefined>,
  isOneRow: boolean,
): readonly (readonly [string, string])[] {
  if (UNASKED.filter((name) => known.has(name)).length > 1) return [];
  return UNASKED.filter((name) => !known.has(name) && (name === 'N' || isOneRow)).flatMap((name) => {
    const number = '(\\d+(?:\\.\\d+)?(?:e\\+?\\d+)?[kmbtKMBT]?)';
    const found = new RegExp(`(?:^|[^A-Za-z])${name}[=_]?${number}(?![A-Za-z\\d.])`).exec(stem);
    return found ? [[name, found[1]!] as const] : [];
  });
}
