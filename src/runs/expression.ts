/** A quantity out of several columns: `transformer+lm_head`, `step*batch*block`; sums of products of headings and numbers. */

import type { Cell, Table } from '../tables/table.ts';
import { placeNamed } from './columns.ts';
import type { ColumnChoice } from './fields.ts';
import { wordsOf } from './headings.ts';
import { type Commas, decimalOf, numbersOf } from './numbers.ts';
import { isBlank, parseNumber, parseQuantity } from './quantity.ts';
import { headingScale } from './writings.ts';

/** A sum of products: numbers, and places of columns. */
type Terms = readonly (readonly ({ readonly number: number } | { readonly place: number })[])[];

/**
 * `table` with a column for each expression among `columns`, and the heading of that column in its place: the expression with its headings
 * in full. A column goes by its heading, or by the last words of it where no other ends so: `transformer` is `params_transformer`.
 *
 * @throws {ScalingLawsError} `E_COLUMN_MISSING`, `E_COLUMN_DOUBLED` for a part that is no number and no column.
 */
export function withExpressions(
  table: Table,
  columns: ColumnChoice,
  commas: Commas,
): { readonly table: Table; readonly columns: ColumnChoice } {
  const [header, cells] = [[...table.header], [...table.columns]];
  const read = Object.entries(columns).map(([field, name]) => {
    const terms = typeof name === 'string' ? expressionIn(table.header, field, name) : undefined;
    if (!terms) return [field, name] as const;
    const text = inWords(table.header, terms);
    header.push(text);
    cells.push(valuesOf(table, field, terms, commas));
    return [field, text] as const;
  });
  return header.length === table.header.length
    ? { table, columns }
    : { table: { ...table, header, columns: cells }, columns: Object.fromEntries(read) };
}

/** `text` as an expression; undefined for what is one heading, or has no sign between two parts. */
function expressionIn(header: readonly string[], field: string, text: string): Terms | undefined {
  const isHeading = header.some((name) => name.toLowerCase() === text.toLowerCase());
  if (isHeading || !/[^+*][+*]\s*[^+*\s]/.test(text)) return undefined;
  return text.split('+').map((product) =>
    product.split('*').map((part) => {
      const name = part.trim();
      const number = parseNumber(name);
      return Number.isNaN(number) ? { place: placeEnding(header, field, name) } : { number };
    }),
  );
}

function placeEnding(header: readonly string[], field: string, name: string): number {
  const isKnown = header.some((other) => other.toLowerCase() === name.toLowerCase());
  const wanted = ` ${wordsOf(name).join(' ')}`;
  const ending = isKnown ? [] : header.filter((other) => ` ${wordsOf(other).join(' ')}`.endsWith(wanted));
  return placeNamed(header, field, ending.length === 1 ? ending[0]! : name);
}

const inWords = (header: readonly string[], terms: Terms): string =>
  terms
    .map((factors) => factors.map((one) => ('number' in one ? one.number : header[one.place])).join(' * '))
    .join(' + ');

/** The value in every row; where a part is no number, that part as it stands, for the message about it. */
function valuesOf({ header, columns, row }: Table, field: string, terms: Terms, commas: Commas): readonly Cell[] {
  const parts = new Map<number, Float64Array>();
  for (const one of terms.flat()) {
    if ('number' in one) continue;
    const cells = columns[one.place]!;
    const decimal = decimalOf(cells, field, true, commas);
    parts.set(one.place, numbersOf(cells, parseQuantity, { decimal, scale: headingScale(field, header[one.place]!) }));
  }
  return Array.from(row, (_, i) => {
    const bad = [...parts].find(([, values]) => Number.isNaN(values[i]));
    if (bad) return isBlank(columns[bad[0]]![i]) ? null : columns[bad[0]]![i]!;
    return terms.reduce(
      (sum, factors) =>
        sum + factors.reduce((product, one) => product * ('number' in one ? one.number : parts.get(one.place)![i]!), 1),
      0,
    );
  });
}
