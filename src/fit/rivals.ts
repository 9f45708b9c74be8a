/**
 * Which of the minima that a search has found are one answer, and which are rivals of the best.
 *
 * Noisy rows under Huber's penalty make many near-equal minima along one flat valley, whose coefficients are the same for any purpose. A
 * rival is a minimum with other coefficients that comes close enough for these rows not to decide: 0.1% to 1% of the objective of some
 * hundred rows is less than their noise. Two descents must have ended there: where one of dozens did, it is some kink along the valley.
 * Muennighoff et al. 2023 (arXiv:2305.16264) published one of two: R_D* 15.4 for 47.0.
 */

import { differences } from '../judge/rivals.ts';
import type { Kernel } from '../laws/law.ts';
import type { Start } from './starts.ts';

/** Where one descent or several ended. */
export interface Minimum extends Start {
  readonly converged: boolean;
  /** Number of starts that led here. */
  readonly starts: number;
}

/** Minima this far above the best, as a share of it, may be rivals. */
const RIVAL = 1e-2;
/** Those of a fit, the lowest first. */
const MOST_RIVALS = 5;
/** Objectives closer than this, as a share, are one minimum. */
export const SAME = 1e-7;
/** Objectives closer than this, as a share, differ by rounding. */
export const TIE = 1e-13;

/** The lower of two minima; the first where only rounding tells them apart, so that no line of minima is walked to its end, a bound. */
export const lower = (one: Minimum, two: Minimum): Minimum => (two.value < one.value * (1 - TIE) ? two : one);

/** Whether two points are one answer. */
export const areAlike = (kernel: Kernel, one: Float64Array, two: Float64Array): boolean =>
  differences(kernel, kernel.toCoefficients(one), kernel.toCoefficients(two)).length === 0;

/** Minima whose coefficients are alike, as one, the lowest first; the first are those of the best, the others its rivals by rising objective. */
export function answersOf(
  kernel: Kernel,
  minima: readonly Minimum[],
  best: Minimum,
  rounding: number,
): readonly (readonly [Minimum, ...Minimum[]])[] {
  const near = minima
    .filter((one) => one !== best && one.converged && one.value <= best.value * (1 + RIVAL) + rounding)
    .sort((one, two) => one.value - two.value);
  const answers: { coefficients: Record<string, number>; members: [Minimum, ...Minimum[]] }[] = [];
  for (const minimum of [best, ...near]) {
    const coefficients = kernel.toCoefficients(minimum.theta);
    const known = answers.find((answer) => differences(kernel, answer.coefficients, coefficients).length === 0);
    if (known) known.members.push(minimum);
    else answers.push({ coefficients, members: [minimum] });
  }
  const [own, ...others] = answers.map(({ members }) => members);
  return [own!, ...others.filter((members) => isConfirmed(members, rounding)).slice(0, MOST_RIVALS)];
}

/** Whether two descents or more ended at the lowest of these minima. */
function isConfirmed(members: readonly [Minimum, ...Minimum[]], rounding: number): boolean {
  const most = members[0].value * (1 + SAME) + rounding;
  return members.reduce((sum, { value, starts }) => (value <= most ? sum + starts : sum), 0) > 1;
}
