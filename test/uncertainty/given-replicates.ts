/** Bootstraps whose replicates are given, so that what comes of them is known. */

import { chinchilla } from '../../src/laws/chinchilla.ts';
import { withLaw } from '../../src/laws/fitted-law.ts';
import { BOOTSTRAP_SCHEMA, type Bootstrap } from '../../src/uncertainty/bootstrap.ts';

/** A bootstrap in which only E varies; of so many units that nothing is widened, unless told otherwise. */
export function replicatesOf(
  E: readonly number[],
  left: readonly number[],
  estimate: number,
  given: object = {},
): Bootstrap {
  const still = (list: readonly number[]): Omit<Bootstrap['draws'], 'E'> => ({
    A: list.map(() => 400),
    B: list.map(() => 2000),
    alpha: list.map(() => 0.34),
    beta: list.map(() => 0.28),
  });
  const data: Bootstrap = {
    schema: BOOTSTRAP_SCHEMA,
    law: 'chinchilla',
    coefficients: { E: estimate, A: 400, B: 2000, alpha: 0.34, beta: 0.28 },
    resample: 'rows',
    seed: 1,
    replicates: E.length,
    units: left.length,
    degreesOfFreedom: left.length,
    jumped: 0,
    failed: 0,
    draws: { E, ...still(E) },
    jackknife: { E: left, ...still(left) },
    ...given,
  };
  return withLaw(data, chinchilla);
}
