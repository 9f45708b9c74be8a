/** What checks look at: an optimum with its rows, and, for those that need more, the residuals and the curvature there. */

import type { Coefficients, Kernel, Law } from '../laws/law.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';
import type { KnownOptimum } from './decision.ts';
import type { RivalOptimum } from './rivals.ts';
import type { BoundHit, FitStatus } from './status.ts';

/** How many starts agree. */
export interface StartCounts {
  /** Descents made, from the grid and by hops. */
  readonly tried: number;
  /** Descents that ended in a local minimum. */
  readonly converged: number;
  /** Descents that ended within 0.1% of the best objective, with coefficients alike. */
  readonly atBest: number;
}

/** The irreducible loss without its default bound, the lowest loss. */
export interface FreedFloor {
  /** Where the rows would have it, nats per token. */
  readonly value: number;
  /** How much lower the objective would be, as a share. */
  readonly lower: number;
  /** Rows whose loss lies below it. */
  readonly rowsBelow: number;
}

/** An optimum that fewer starts reach may not be the lowest. */
export const FEW_STARTS = 3;

/** Where a fit ended, on which rows. */
export interface Optimum {
  readonly law: Law;
  readonly kernel: Kernel;
  /** Which of them there are depends on the law. */
  readonly coefficients: Coefficients;
  /** The rows that entered. */
  readonly rows: Runs;
  readonly status: FitStatus;
  readonly starts: StartCounts;
  readonly objective: number;
  readonly rivals: readonly RivalOptimum[];
  /** Where the default bound of the irreducible loss binds, the fit without it. */
  readonly freedFloor?: FreedFloor | undefined;
  /** How well the best size is known; absent in a fit of an earlier version. */
  readonly decision?: readonly KnownOptimum[] | undefined;
  /** What the user held fast. */
  readonly options: {
    readonly fixed: Coefficients;
    readonly bounds: Readonly<Record<string, readonly [number, number]>>;
    readonly tied: readonly (readonly string[])[];
    readonly prior?: unknown;
  };
}

/** An optimum on the table. */
export interface Case extends Optimum {
  readonly penalty: Penalty;
  readonly space: Space;
  /** sum w dr dr' at the optimum: J'J over the coordinates of `kernel`, row-major. */
  readonly information: Float64Array;
  /** Predicted minus observed, in the space of the fit, row by row. */
  readonly residuals: Float64Array;
  /** {@link robustSpread} of the residuals. */
  readonly spread: number;
  readonly onBound: readonly BoundHit[];
  /** The law fitted again to these of the rows; with the residuals of all rows, those left out included. */
  readonly refit: (kept: readonly number[]) => { coefficients: Coefficients; residuals: Float64Array };
}
