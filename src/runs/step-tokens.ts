/**
 * Tokens of a step out of columns that a table has beside its steps: D = step x batch x sequence. Batches are counted per device or in all, and
 * contexts are not always filled, so it is believed only where it agrees with the compute of the table, C = 6 N D.
 */

import type { Table } from '../tables/table.ts';
import type { ColumnPlaces } from './columns.ts';
import { wordsOf } from './headings.ts';
import { parseQuantity } from './quantity.ts';

const BATCH = /(?:^| )batch(?: size)?$/;
const SEQUENCE = /(?:^| )(?:block(?: size)?|(?:seq|sequence|context|ctx)(?: len(?:gth)?| size)?|n ctx)$/;
/** Share by which measured FLOPs differ from 6 N D for want of attention, or of embeddings. */
const TOLERANCE = 0.2;

/** Products `step*batch*block` of the headings of a table. */
export function stepProducts(
  { header }: Pick<Table, 'header'>,
  step: number,
): readonly (readonly [number, number, number])[] {
  const ending = (pattern: RegExp): readonly number[] =>
    header.flatMap((name, j) => (pattern.test(wordsOf(name).join(' ')) ? [j] : []));
  return ending(BATCH).flatMap((batch) => ending(SEQUENCE).map((sequence) => [step, batch, sequence] as const));
}

/** A product in words that are read as an expression. */
export const productInWords = ({ header }: Pick<Table, 'header'>, places: readonly number[]): string =>
  places.map((j) => header[j]!).join('*');

/** The one product that agrees with the C of the table in every row that tells all; undefined if there is none, or more. */
export function stepTokens(table: Table, places: ColumnPlaces, k: number): string | undefined {
  const [step, N, C] = (['step', 'N', 'C'] as const).map((name) => places[name]?.[0]);
  if (places.D || step === undefined || N === undefined || C === undefined) return undefined;
  const number = (place: number, i: number): number => parseQuantity(table.columns[place]![i]!);
  const agrees = (factors: readonly number[]): boolean => {
    const ratios = Array.from(table.row, (_, i) => {
      const D = factors.reduce((product, place) => product * number(place, i), 1);
      return number(C, i) / (k * number(N, i) * D);
    }).filter(Number.isFinite);
    return ratios.length > 0 && ratios.every((ratio) => Math.abs(ratio - 1) <= TOLERANCE);
  };
  const [found, ...others] = stepProducts(table, step).filter(agrees);
  return found && others.length === 0 ? productInWords(table, found) : undefined;
}
