/** Numbers over a logarithmic range. */

import type { Span } from '../numeric/span.ts';

/** `points` numbers from `low` to `high`, each by the same factor above the one before. */
export const geometric = ([low, high]: Span, points: number): number[] =>
  Array.from({ length: points }, (_, i) => low * (high / low) ** (i / (points - 1)));

/** `span` with its ends moved outward by `factor`. */
export const widened = ([low, high]: Span, factor: number): Span => [low / factor, high * factor];

/** At most `most` of the different values of a column, evenly chosen by rank, both ends among them. */
export function someOf(column: ArrayLike<number>, most: number): number[] {
  const values = [...new Set(Array.from(column))].sort((one, two) => one - two);
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))]!);
}
