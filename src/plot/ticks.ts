/** Round numbers for axes. */

import type { Span } from '../numeric/span.ts';

/** Digits that ticks begin with, from the widest range to the narrowest: the first that give enough ticks are taken. */
const LEADING: readonly (readonly number[])[] = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7]];
const FEWEST_TICKS = 4;

/** Round numbers in a range, evenly spaced as logarithms go. */
export function logTicks([low, high]: Span, fewest: number = FEWEST_TICKS): number[] {
  const powers = Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1;
  const first = Math.floor(Math.log10(low));
  const of = (leading: readonly number[]): number[] =>
    Array.from({ length: powers }, (_, k) => leading.map((digit) => Number(`${digit}e${first + k}`)))
      .flat()
      .filter((tick) => tick >= low && tick <= high);
  const candidates = LEADING.map(of);
  return candidates.find(({ length }) => length >= fewest) ?? candidates.at(-1)!;
}

/** Steps between ticks, as digits; the first comes after the last of the next lower power of ten. */
const STEPS = [5, 2, 1] as const;

/** The widest round steps that give `fewest` ticks in a range, evenly spaced: for `fewest` 2, two to five. */
export function roundTicks([low, high]: Span, fewest: number = 2): number[] {
  if (!(high > low)) return [low];
  for (let power = 10 ** Math.floor(Math.log10(high - low)); ; power /= 10) {
    for (const digit of STEPS) {
      const step = digit * power;
      const [first, last] = [Math.ceil(low / step), Math.floor(high / step)];
      if (last - first + 1 >= fewest) {
        return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
      }
    }
  }
}
