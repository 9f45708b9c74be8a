/** How far a point lies outside the runs behind a law, in words. */

import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Extrapolation, RangeName } from '../predict/extrapolation.ts';
import { count, listed, power } from '../words.ts';

const QUANTITIES: Readonly<Record<RangeName, readonly [unit: string, write: (value: number) => string]>> = {
  N: ['parameters', count],
  D: ['tokens', count],
  C: ['FLOPs', power],
  tokensPerParam: ['tokens per parameter', count],
};

/** A span in words: `57.3M to 16.2B parameters`. */
export function spanInWords(name: RangeName, [low, high]: readonly [number, number]): string {
  const [unit, write] = QUANTITIES[name];
  return `${write(low)} to ${write(high)} ${unit}`;
}

/** The warning that belongs to a point; none inside the runs. */
export function extrapolationWarnings(
  { fittedRange }: FittedLaw,
  { extrapolation, outside }: Extrapolation,
  point: Readonly<Record<RangeName, number>>,
): readonly { readonly message: string }[] {
  if (!fittedRange) {
    return [{ message: 'this law does not say which runs it was fitted to; how far this extrapolates is unknown' }];
  }
  if (!extrapolation) return [];
  const words = outside.map((name) => {
    const [unit, write] = QUANTITIES[name];
    return `${write(point[name])} ${unit} (runs: ${fittedRange[name].map(write).join(' to ')})`;
  });
  return [
    {
      message: `extrapolation: ${listed(words)} ${words.length === 1 ? 'lies' : 'lie'} outside the runs behind the law; take the answer as a guess`,
    },
  ];
}
