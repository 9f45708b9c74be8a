/** A fit together with its errors on rows that it has not seen, or the reason why there is none. */

import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { type RelativeErrors, relativeErrors } from './relative-error.ts';

/** A fit and how it did. */
export interface JudgedFit<Name extends string = ChinchillaCoefficient> {
  /** The fit; null where too few rows were left for it, and then `error` says so. */
  readonly fit: Fit<Name> | null;
  /** Errors on the rows held out. */
  readonly heldOut: RelativeErrors | null;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A fit that could not be made. */
interface NoFit {
  readonly fit: null;
  readonly heldOut: null;
  readonly error: { readonly code: string; readonly message: string };
}

/** Fits `rest` and judges the fit on `heldOut`. */
export function judgedFit<L extends LawName | LawForm>(
  rest: Runs,
  heldOut: Runs,
  options: FitOptions<L>,
): JudgedFit<CoefficientOf<L>> {
  return unlessTooFew(() => {
    const fit = fitScalingLaw(rest, options);
    return { fit, heldOut: relativeErrors(fit, heldOut) };
  });
}

/** What `judge` returns, or its reason where it fails for want of rows. */
export function unlessTooFew<T>(judge: () => T): T | NoFit {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof ScalingLawsError) || error.code !== 'E_TOO_FEW_RUNS') throw error;
    return { fit: null, heldOut: null, error: { code: error.code, message: error.message } };
  }
}
