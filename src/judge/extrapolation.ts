/**
 * Whether a point lies where the law was fitted. Laws fitted at ordinary ratios of tokens to parameters overstate what further
 * tokens bring, by 5 to 15% of loss (Sardana et al. 2024, arXiv:2401.00448, section 4).
 */

import { type Finding, finding } from '../finding.ts';
import type { FittedRange } from '../laws/fitted-law.ts';
import { count, interval, listed, power } from '../words.ts';

/** Quantities whose span a fit records. */
export type RangeName = keyof Pick<FittedRange, 'N' | 'D' | 'C' | 'tokensPerParam'>;

/** How a point stands to the rows behind a law. */
export interface Extrapolation {
  /** True outside the fitted range, in any of its quantities; null where the law does not say what it was fitted to. */
  readonly extrapolation: boolean | null;
  /** The quantities that are outside. */
  readonly outside: readonly RangeName[];
}

/** A point of the (N, D) plane; without `C`, its FLOPs are not told. */
export type RangedPoint = Readonly<Record<Exclude<RangeName, 'tokensPerParam'>, number>>;

const RANGE_NAMES: readonly RangeName[] = ['N', 'D', 'C', 'tokensPerParam'];

/** Values this far outside, relatively, are rounding. */
const ROUNDING = 1e-9;

const valuesOf = ({ N, D, C }: RangedPoint): Readonly<Record<RangeName, number>> => ({
  N,
  D,
  C,
  tokensPerParam: D / N,
});

/** How (N, D, C) stands to `range`. */
export function extrapolationAt(range: FittedRange | undefined, point: RangedPoint): Extrapolation {
  if (!range) return { extrapolation: null, outside: [] };
  const values = valuesOf(point);
  const outside: RangeName[] = [];
  for (const name of RANGE_NAMES) {
    const [low, high] = range[name];
    // A law that does not read a variable was fitted without it.
    if (!Number.isFinite(low)) continue;
    if (values[name] < low * (1 - ROUNDING) || values[name] > high * (1 + ROUNDING)) outside.push(name);
  }
  return { extrapolation: outside.length > 0, outside };
}

const QUANTITIES: Readonly<Record<RangeName, readonly [unit: string, write: (value: number) => string]>> = {
  N: ['parameters', count],
  D: ['tokens', count],
  C: ['FLOPs', power],
  tokensPerParam: ['tokens per parameter', count],
};

/** A span in words: `57.3M to 16.2B parameters`. */
export function spanInWords(name: RangeName, span: readonly [number, number]): string {
  const [unit, write] = QUANTITIES[name];
  return `${interval(span, write)} ${unit}`;
}

/**
 * What to say of an answer at `point`; nothing inside the runs behind the law.
 *
 * @param what - What lies there: `The plan`.
 */
export function extrapolationFindings(
  range: FittedRange | undefined,
  point: RangedPoint,
  what: string = 'This point',
): Finding[] {
  if (!range) {
    const message = 'This law does not say which runs it was fitted to: how far this extrapolates is unknown.';
    return [finding('W_RANGE_UNKNOWN', message, { severity: 'note' })];
  }
  const { outside } = extrapolationAt(range, point);
  if (outside.length === 0) return [];
  const values = valuesOf(point);
  const inWords = outside.map((name) => {
    const [unit, write] = QUANTITIES[name];
    return `${write(values[name])} ${unit} (runs: ${interval(range[name], write)})`;
  });
  const overtrained = outside.includes('tokensPerParam') && values.tokensPerParam > range.tokensPerParam[1];
  const message = `${what} lies outside the runs behind the law: ${listed(inWords)}.`;
  return [
    finding('W_EXTRAPOLATION', overtrained ? `${message} ${OVERTRAINED}` : message, {
      about: outside,
      evidence: Object.fromEntries(outside.map((name) => [name, [...range[name], values[name]]])),
      advice: 'Take the answer as a guess, or fit with runs nearer to it.',
    }),
  ];
}

/** What is known of laws that are asked for more tokens per parameter than they saw. */
const OVERTRAINED =
  'Laws fitted at fewer tokens per parameter overstate what extra tokens bring (Sardana et al. 2024), so the best model may be larger.';
