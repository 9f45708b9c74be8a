/**
 * What a design is for: one number computed from the law, g(theta), and its gradient by the coefficients. By the delta method
 *
 *     var g = grad g' cov(theta) grad g
 */

import { flopsLedger, shiftOf } from '../allocate/cost.ts';
import { freeProblem, optimum, surfaceWithOptimum } from '../allocate/optimum.ts';
import { refusal } from '../errors.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { notNegative, positive, text } from '../schema/fields.ts';
import { type Checked, type Given, optional, variants } from '../schema/objects.ts';

/** The number to be known best. */
export const designGoal = variants(
  'goal',
  {
    /** A coefficient of the law, in its own unit. */
    coefficient: { name: text({ help: 'Coefficient of the law to be known best.', flag: 'coefficient' }) },
    /** The loss of N parameters on D tokens, nats per token. */
    loss: {
      N: positive('parameters', { help: 'Model size.', flag: null }),
      D: positive('tokens', { help: 'Training tokens.', flag: null }),
    },
    /** ln N*, the logarithm of the best size for C FLOPs of training and serving: an error of 0.1 is 10% of the size. */
    decision: {
      C: positive('FLOPs', { help: 'Budget whose best size is to be known best.', flag: 'flops' }),
      inferenceTokens: optional(notNegative('tokens', { help: 'Tokens whose serving that budget pays for too.' }), 0),
    },
  },
  {
    help: 'The number to be known best.',
    kinds: { loss: { help: 'Model whose loss is to be known best.', flag: 'predict-at' } },
  },
);
export type DesignGoal = Given<typeof designGoal>;

/** Step of a central difference, as a share of the coefficient: the cube root of rounding error. */
const STEP = 6e-6;

/**
 * Gradient of the goal at `law`, in the order of its coefficients.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for an unknown coefficient.
 */
export function goalGradient(law: FittedLaw, goal: Checked<typeof designGoal>): Float64Array {
  const form = lawOf(law);
  const gradient = new Float64Array(form.coefficients.length);
  switch (goal.kind) {
    case 'coefficient': {
      const at = form.coefficients.indexOf(goal.name);
      if (at < 0) throw refusal('goal.name', `be one of ${form.coefficients.join(', ')}`, goal.name);
      gradient[at] = 1;
      return gradient;
    }
    case 'loss':
      form.gradient(law.coefficients, { N: goal.N, D: goal.D }, gradient);
      return gradient;
    case 'decision': {
      const value = (coefficients: FittedLaw['coefficients']): number =>
        Math.log(bestSize({ law: form, coefficients }, goal.C, goal.inferenceTokens));
      return gradient.map((_, i) => slope(value, law.coefficients, form.coefficients[i] as 'E'));
    }
    default:
      return goal satisfies never;
  }
}

function bestSize(law: FittedLaw, C: number, tokens: number): number {
  const paid = flopsLedger({ input: tokens, output: 0 });
  const kind = tokens === 0 ? 'training-budget' : 'lifetime-budget';
  return optimum(freeProblem(surfaceWithOptimum(law), { kind, budget: C }, { paid, shift: shiftOf(paid) })).N;
}

/** Derivative of `value` by the coefficient `name`, by a central difference. */
function slope(
  value: (coefficients: FittedLaw['coefficients']) => number,
  coefficients: FittedLaw['coefficients'],
  name: keyof FittedLaw['coefficients'],
): number {
  const step = STEP * coefficients[name];
  // A coefficient at its bound of 0 can only be E here: an optimum needs the others above 0, and does not depend on E.
  if (step === 0) return 0;
  const at = (move: number): number => value({ ...coefficients, [name]: coefficients[name] + move });
  return (at(step) - at(-step)) / (2 * step);
}
