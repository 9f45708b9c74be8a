/** What an ablation finds: plain frozen data. */

import type { RecordedFilter } from '../filters/filter.ts';
import type { Weighting } from '../filters/weigh.ts';
import type { Finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import type { JudgedFit } from '../hold-out/judged-fit.ts';
import type { RelativeErrors } from '../hold-out/relative-error.ts';
import type { RecordedHoldOut } from '../hold-out/split.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import type { Interval } from '../uncertainty/intervals.ts';
import type { Answers } from './answers.ts';

/** What was chosen for one row, beside its filters. */
export interface AblationChoice {
  /** Name of the law. */
  readonly law: string;
  readonly penalty: Penalty;
  readonly space: Space;
  readonly weights: Weighting;
}

/** One combination, fitted and judged. */
export interface AblationRow<Name extends string = ChinchillaCoefficient> extends JudgedFit<Name>, Answers {
  /** Filters of this cut, as plain data. */
  readonly filters: readonly RecordedFilter[];
  readonly choice: AblationChoice;
  /** The fit; null where it could not be made, and then `error` says why. */
  readonly fit: Fit<Name> | null;
  /** Errors on the rows that this cut left out: those that pass the filters without a list, but not all of its own. */
  readonly heldOut: RelativeErrors | null;
  /** Errors on the plan's `holdOut`, the same rows for every cut. */
  readonly fixedHoldOut?: RelativeErrors;
  /** Intervals of the coefficients, if the plan bootstraps. */
  readonly intervals?: Readonly<Record<string, Interval>>;
}

/** All combinations of a plan. */
export interface Ablation<Name extends string = ChinchillaCoefficient> {
  /** What the fits show together: by the rows left out, by the hold-out, by their answers. */
  readonly findings: readonly Finding[];
  /** What is said against single fits and answers, with the cuts that it belongs to. */
  readonly warnings: readonly Finding[];
  /** The hold-out that all rows share, if there is one. */
  readonly holdOut?: RecordedHoldOut;
  readonly rows: readonly AblationRow<Name>[];
}
