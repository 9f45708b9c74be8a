/** The numerical problem behind a fit: which rows, which kernel, which objective, which engine. */

import type { Kernel, Law } from '../laws/law.ts';
import { spanOf } from '../numeric/span.ts';
import { type Objective, type Observed, objective } from '../objective/objective.ts';
import type { Runs } from '../runs/runs.ts';
import type { Engine, EngineChoice } from './engine.ts';
import { lawColumns } from './law-columns.ts';
import { newton } from './newton-engine.ts';
import { type FitSettings, restrictedKernel } from './options.ts';
import { uncentredIn, weightOf } from './prior.ts';
import { type PriorObjective, withPrior } from './prior-objective.ts';

/** What a fit sees of its rows. */
export type FitRows = Pick<Runs, 'length' | 'N' | 'D' | 'C' | 'loss' | 'U' | 'weight'> &
  Partial<Pick<Runs, 'extra'>> & {
    /** Lowest loss of the table that these rows were drawn from: the bound of E must not move when its row is not drawn. */
    readonly lowestLoss?: number;
  };

/** Everything the search works on. */
export interface FitProblem {
  readonly law: Law;
  readonly kernel: Kernel;
  readonly observed: Observed;
  readonly objective: Objective;
  /** The same objective with what is known of its prior, where there is one. */
  readonly prior?: PriorObjective;
  /** The part of the objective that is the rows'. */
  readonly ofRows: Objective;
  readonly engine: Engine;
}

/**
 * The problem of fitting `law` to `rows`. Trusts its input. Whatever looks again at a fit looks with Newton: engines end at the same minima.
 *
 * @throws {ScalingLawsError} `E_LAW_VARIABLE` if the rows lack a variable that the law reads.
 */
export function fitProblem(law: Law, rows: FitRows, settings: FitSettings, engine: EngineChoice = newton): FitProblem {
  const { prior } = settings;
  const kernel = restrictedKernel(law, prior ? uncentredIn(prior, settings) : settings, {
    length: rows.length,
    variables: lawColumns(law, rows),
    lowestLoss: rows.lowestLoss ?? spanOf(rows.loss)[0],
  });
  const observed = { loss: rows.loss, weight: rows.weight ?? new Float64Array(rows.length).fill(1) };
  const ofRows = objective(kernel, observed, settings.penalty, settings.space);
  const full = prior && withPrior(ofRows, law, prior, weightOf(prior, settings, rows.loss));
  const built = full ?? ofRows;
  return {
    law,
    kernel,
    observed,
    objective: built,
    ...(full && { prior: full }),
    ofRows,
    engine: engine.of(built),
  };
}

/** Number of coefficients that `settings` leaves to fit. */
export function freeCoefficients(law: Law, { fixed, tied }: FitSettings): number {
  return law.coefficients.length - Object.keys(fixed).length - tied.flat().length + tied.length;
}
