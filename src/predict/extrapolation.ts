/**
 * Whether a point lies where the law was fitted. Laws fitted at ordinary ratios of tokens to parameters overstate what further
 * tokens bring, by 5 to 15 % of loss (Sardana et al. 2024, arXiv:2401.00448, section 4).
 */

import type { FittedRange } from '../laws/fitted-law.ts';

/** Quantities whose span a fit records. */
export type RangeName = keyof Pick<FittedRange, 'N' | 'D' | 'C' | 'tokensPerParam'>;

/** How a point stands to the rows behind a law. */
export interface Extrapolation {
  /** True outside the fitted range, in any of its quantities; null where the law does not say what it was fitted to. */
  readonly extrapolation: boolean | null;
  /** The quantities that are outside. */
  readonly outside: readonly RangeName[];
}

/** Values this far outside, relatively, are rounding. */
const ROUNDING = 1e-9;

/** How (N, D, C) stands to `range`. */
export function extrapolationAt(
  range: FittedRange | undefined,
  { N, D, C }: { readonly N: number; readonly D: number; readonly C: number },
): Extrapolation {
  if (!range) return { extrapolation: null, outside: [] };
  const values = { N, D, C, tokensPerParam: D / N };
  const outside = (Object.keys(values) as RangeName[]).filter((name) => {
    const [low, high] = range[name];
    return values[name] < low * (1 - ROUNDING) || values[name] > high * (1 + ROUNDING);
  });
  return { extrapolation: outside.length > 0, outside };
}
