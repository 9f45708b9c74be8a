/**
 * How far a law is from rows it has not seen: relative error of loss, as Choshen et al. 2024 (arXiv:2410.11840) score laws.
 *
 *     signed (L(N, D) - loss) / loss: above 0 the law is pessimistic, below 0 it promises too much
 */

import type { Finding } from '../finding.ts';
import { predictRows } from '../fit/law-columns.ts';
import { mixedConventions } from '../fit/mixed-conventions.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Runs } from '../runs/runs.ts';

/** Relative errors over some rows; null where there are no rows. All as shares: -0.058 is 5.8% too low. */
export interface RelativeErrors {
  readonly rows: number;
  /** Mean of (predicted - observed) / observed. */
  readonly meanSignedError: number | null;
  /** Mean of |predicted - observed| / observed: ARE. */
  readonly meanAbsoluteRelativeError: number | null;
  /** Largest |predicted - observed| / observed. */
  readonly maxAbsoluteRelativeError: number | null;
  /** `W_CONVENTIONS_MIXED` where the law and the rows are known to count N or C differently; else absent. */
  readonly warnings?: readonly Finding[];
}

/** Relative errors of `law` on every row of `runs`. */
export function relativeErrors(law: FittedLaw<string>, runs: Runs): RelativeErrors {
  const rows = runs.length;
  const errors = signedErrors(law, runs);
  if (rows === 0) {
    return { rows, meanSignedError: null, meanAbsoluteRelativeError: null, maxAbsoluteRelativeError: null };
  }
  const mixed = mixedConventions(law, runs);
  let signed = 0;
  let absolute = 0;
  let largest = 0;
  for (const error of errors) {
    signed += error;
    absolute += Math.abs(error);
    largest = Math.max(largest, Math.abs(error));
  }
  return {
    rows,
    meanSignedError: signed / rows,
    meanAbsoluteRelativeError: absolute / rows,
    maxAbsoluteRelativeError: largest,
    ...(mixed.length > 0 && { warnings: mixed }),
  };
}

/** (predicted - observed) / observed of `law` on each row of `runs`. */
export function signedErrors(law: FittedLaw<string>, runs: Runs): Float64Array {
  return predictRows(law, runs).map((predicted, i) => predicted / runs.loss[i]! - 1);
}
