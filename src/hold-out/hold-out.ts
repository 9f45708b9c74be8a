/**
 * The test of a scaling law: fit on one part of the runs, predict the other. The score is the absolute relative error of
 * Choshen et al. 2024, arXiv:2410.11840.
 */

import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { type RelativeErrors, relativeErrors, signedErrors } from './relative-error.ts';
import { type HoldOut, type RecordedHoldOut, recordHoldOut, splitRuns } from './split.ts';

/** One row that the fit has not seen. */
export interface HeldOutRow {
  /** 1-based source row. */
  readonly row: number;
  /** Parameters. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
  /** Observed, nats per token. */
  readonly loss: number;
  /** Nats per token. */
  readonly predicted: number;
  /** (predicted - observed) / observed. */
  readonly error: number;
}

/** A fit, judged. */
export interface HoldOutResult<Name extends string = ChinchillaCoefficient> {
  readonly how: RecordedHoldOut;
  readonly fit: Fit<Name>;
  readonly heldOut: RelativeErrors;
  /** Row by row, in the order of the table. */
  readonly rows: readonly HeldOutRow[];
}

/**
 * Fits a law without some of the runs and predicts them.
 *
 * @param runs - Validated runs.
 * @param how - What is held out; decide it once, before looking at any result.
 * @param options - Options of the fit. Its filters take rows from the fit alone, so that every choice is judged on the same rows;
 *   to take them from both sides, filter the runs before.
 * @returns The fit, its relative errors, and each held-out row. `splitRuns(runs, how).rest` are the rows that the fit was offered.
 * @throws {ScalingLawsError} `E_OPTION`. @throws {ScalingLawsError} `E_TOO_FEW_RUNS` if too few rows are left to fit.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, noise: 0, seed: 1 });
 * holdOut(runs, { kind: 'largest-N' }).heldOut.maxAbsoluteRelativeError < 1e-6 // => true
 * @see Choshen et al. (2024), arXiv:2410.11840, section 4.
 */
export function holdOut<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  how: HoldOut,
  options: FitOptions<L> = {},
): HoldOutResult<CoefficientOf<L>> {
  const { rest, heldOut } = splitRuns(runs, how);
  const fit = fitScalingLaw(rest, options);
  const { row, N, D, loss } = heldOut;
  const rows = Array.from(signedErrors(fit, heldOut), (error, i) => ({
    row: row[i]!,
    N: N[i]!,
    D: D[i]!,
    loss: loss[i]!,
    predicted: loss[i]! * (1 + error),
    error,
  }));
  return deepFreeze({ how: recordHoldOut(how), fit, heldOut: relativeErrors(fit, heldOut), rows });
}
