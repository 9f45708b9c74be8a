/**
 * A fit: frozen plain data that says what was found, from which rows, by which rules, and how far to trust it.
 * `JSON.parse(JSON.stringify(fit))` is deeply equal to it; {@link fitFromJson} loads it again.
 */

import type { RecordedFilter } from '../filters/filter.ts';
import type { Finding } from '../finding.ts';
import type { StartCounts } from '../judge/case.ts';
import type { KnownOptimum } from '../judge/decision.ts';
import type { RivalOptimum } from '../judge/rivals.ts';
import type { FitStatus } from '../judge/status.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { FittedLaw, FittedRange } from '../laws/fitted-law.ts';
import { type OwnLaws, revived } from '../laws/from-json.ts';
import type { LossUnit } from '../loss-unit.ts';
import type { NoiseModel } from '../noise/noise-model.ts';
import type { Span } from '../numeric/span.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import type { Convention } from '../runs/convention.ts';
import type { ReadColumns } from '../runs/fields.ts';
import type { Reading } from '../runs/reading.ts';
import { loaded } from '../schema/saved.ts';
import type { FitSettings } from './options.ts';
import { type FIT_SCHEMA, fitSchema } from './saved-fit.ts';

/** Residuals in the space of the fit: ln(predicted / observed), or predicted - observed in nats per token. */
export interface ResidualSummary {
  readonly mean: number;
  readonly median: number;
  readonly standardDeviation: number;
  /** Median of the absolute residuals. */
  readonly medianAbsolute: number;
  readonly min: number;
  readonly max: number;
  /** 1-based source row of the residual of largest size. */
  readonly worstRow: number;
}

/** How well the law describes the rows it was fitted to. */
export interface FitQuality {
  /** Share of the variance of the observed losses that the law explains: 1 - SS_residual / SS_total, in nats per token. */
  readonly r2: number;
  /** Mean of |observed - predicted| / observed. */
  readonly meanAbsoluteRelativeError: number;
}

/** What one filter dropped. */
export interface DroppedRows {
  readonly filter: RecordedFilter;
  /** Rows it dropped. */
  readonly rows: number;
  /** Runs that lost their last row to it; 0 where runs have no names. */
  readonly runs: number;
}

/** A fitted law with its evidence. */
export interface Fit<Name extends string = ChinchillaCoefficient> extends FittedLaw<Name> {
  readonly schema: typeof FIT_SCHEMA;
  /** Name of the law. */
  readonly law: string;
  /** Version of this package that made the fit. */
  readonly version: string;
  /** Unit of the losses, and so of the floor and the amplitudes; absent from fits of version 0.1. */
  readonly lossUnit?: LossUnit;
  readonly objective: {
    /** SUM over rows of weight x penalty(residual), and the prior's part where there is one. */
    readonly value: number;
    readonly penalty: Penalty;
    readonly space: Space;
  };
  /** What the prior of the options did. */
  readonly prior?: {
    /** Its part of the objective. */
    readonly objective: number;
    /** Departure from each of its lines, in widths. */
    readonly departures: readonly number[];
  };
  readonly status: FitStatus;
  readonly warnings: readonly Finding[];
  /** How many starts agree. */
  readonly starts: StartCounts;
  /**
   * Minima with other coefficients within 1% of the objective, at most five, the lowest first: these rows hardly decide between them. A
   * fit saved before there was such a list loads without any.
   */
  readonly rivals: readonly RivalOptimum<Name>[];
  readonly fittedRange: FittedRange & {
    /** Nats per token. */
    readonly loss: Span;
  };
  readonly residuals: ResidualSummary;
  readonly quality: FitQuality;
  /** Noise about the law, between runs and within; a fit of an earlier version lacks it, and {@link noiseOf} finds it from the rows. */
  readonly noise?: NoiseModel;
  /**
   * The best size at the largest training budget of the rows, at 10 and at 100 times it, and how well each is known. `converged` says only that
   * a minimum was found; this says what it is good for. Absent for laws that read more or less than N and D, and in fits of earlier versions.
   */
  readonly decision?: readonly KnownOptimum[];
  readonly runs: {
    readonly read: number;
    readonly kept: number;
    /** One entry a filter, in order; with `kept` it accounts for every row. */
    readonly dropped: readonly DroppedRows[];
    /** Headers that the fields of these rows were read from, so that the table can be read again as it was. */
    readonly columns?: ReadColumns;
    /** Source numbers of the rows kept, in order, as spans `[from, to]`; a fit of version 0.1 may lack them. */
    readonly rows?: readonly (readonly [from: number, to: number])[];
    /** Fingerprint of the rows that entered: N, D, C, loss, weight, and other variables that the law reads. */
    readonly digest: string;
    /** What N and C of the rows count, where their reader was told. */
    readonly convention?: Convention;
    /** What was understood of the table. */
    readonly reading?: Reading;
  };
  readonly options: FitSettings;
}

/**
 * Loads a saved fit.
 *
 * @param json - Text of a saved fit, or the object parsed from it.
 * @param own - Laws of your own that a fit may be of: `{ laws: [mine] }`.
 * @returns The fit, frozen.
 * @throws {ScalingLawsError} `E_FIT_SCHEMA` if it is no fit, or one of another schema version.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN` if its law is none of the library's and not among `own.laws`; `E_LAW_COEFFICIENTS` if its
 *   coefficients are damaged.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const fit = fitScalingLaw(runs);
 * fitFromJson(JSON.stringify(fit)).coefficients.E === fit.coefficients.E // => true
 */
export function fitFromJson<Name extends string = ChinchillaCoefficient>(
  json: string | object,
  own: OwnLaws = {},
): Fit<Name> {
  return revived(loaded('E_FIT_SCHEMA', fitSchema, json) as unknown as Fit<Name>, own);
}
