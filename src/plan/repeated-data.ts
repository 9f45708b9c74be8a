/**
 * Too few unique tokens: training repeats them, and each repetition is worth less. A Chinchilla law becomes the law of repeated data with its
 * own coefficients, and the published constants of how fast repeated tokens, and surplus parameters, lose their worth.
 *
 * Muennighoff et al. 2023, arXiv:2305.16264.
 */

import { positive } from '../arguments.ts';
import { AllocationError } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { muennighoff, REPEATED_DATA } from '../laws/muennighoff.ts';
import type { Given } from '../predict/surface.ts';
import type { PlanProblem } from './problem.ts';

/** The law of a problem whose data repeat, and the variables that it reads. */
export function repeatedData({ law, given, data }: PlanProblem): {
  readonly law: FittedLaw<string>;
  readonly given: Given;
} {
  const U = positive(AllocationError, 'data.unique', 'tokens', data!.unique);
  if (law.law !== 'chinchilla') return { law, given: { ...given, U } };
  return {
    law: { ...law, law: muennighoff.kind, coefficients: { ...law.coefficients, ...REPEATED_DATA } },
    given: { ...given, U },
  };
}
