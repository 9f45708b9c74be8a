/**
 * Re-fits of one law to many redrawn versions of its rows: the part of a bootstrap that workers share. A {@link ReplicatePlan} is plain
 * data that can be sent to a worker; {@link runReplicates} does replicates `from` to `to` of it.
 */

import type { FitSettings } from '../fit/options.ts';
import { type FitRows, fitProblem } from '../fit/problem.ts';
import { searchNear } from '../fit/search.ts';
import type { Coefficients, Law } from '../laws/law.ts';
import { drawResiduals, drawUnits, leaveOut, type Resample, replicateRandom } from './resample.ts';

/** Everything a worker needs. */
export interface ReplicatePlan {
  readonly rows: FitRows;
  readonly units: readonly Int32Array[];
  /** Units that the jackknife leaves out, by position. */
  readonly leftOut: Int32Array;
  readonly resample: Resample;
  readonly settings: FitSettings;
  /** The fit's own coefficients, where every re-fit begins. */
  readonly coefficients: Coefficients;
  /** Loss the fit predicts for each row, nats per token. */
  readonly predicted: Float64Array;
  /** Level at which a re-fit begins. */
  readonly coarse: number;
  /** Hops of each re-fit, see `SearchOptions`. */
  readonly hops: number;
  readonly seed: number;
}

/** What is re-fitted: random draws, or the rows with one unit left out. */
export type Task = 'draws' | 'jackknife';

/** Results of some replicates, in order. */
export interface Replicates {
  /** Coefficients by replicate, in the law's order, concatenated. */
  readonly values: Float64Array;
  /** Objective of each replicate. */
  readonly objectives: Float64Array;
  /** Replicates whose best optimum is not the one that the fit's own optimum leads to. */
  readonly jumped: number;
  /** Replicates that did not end in a local minimum. */
  readonly failed: number;
}

/** A hop has found another basin if it lowers the objective by more than this share. */
export const JUMP = 1e-6;

/** Replicates `from` (inclusive) to `to` (exclusive) of `plan`, of the law that it fits. */
export function runReplicates(law: Law, plan: ReplicatePlan, task: Task, from: number, to: number): Replicates {
  const names = law.coefficients;
  const values = new Float64Array((to - from) * names.length);
  const objectives = new Float64Array(to - from);
  let jumped = 0;
  let failed = 0;
  for (let k = from; k < to; k++) {
    const replicate = refit(law, plan, redraw(plan, task, k), replicateSeed(plan.seed, k));
    if (replicate.jumped) jumped++;
    if (!replicate.converged) failed++;
    objectives[k - from] = replicate.objective;
    names.forEach((name, j) => {
      values[(k - from) * names.length + j] = replicate.coefficients[name]!;
    });
  }
  return { values, objectives, jumped, failed };
}

function redraw(
  { rows, units, leftOut, resample, settings, seed, predicted }: ReplicatePlan,
  task: Task,
  k: number,
): FitRows {
  if (task === 'jackknife') return leaveOut(rows, units[leftOut[k]!]!);
  const random = replicateRandom(seed, k);
  return resample === 'residuals'
    ? drawResiduals(rows, predicted, settings.space === 'log', random)
    : drawUnits(rows, units, random);
}

/** Hops of a replicate have a stream of their own, so that more hops do not change what is drawn. */
const replicateSeed = (seed: number, k: number): number => replicateRandom(~seed, k).integer(0x7fffffff);

/** One re-fit: from the fit's own optimum, then by hops. */
function refit(
  law: Law,
  { settings, coefficients, coarse, hops }: ReplicatePlan,
  rows: FitRows,
  seed: number,
): { coefficients: Record<string, number>; objective: number; jumped: boolean; converged: boolean } {
  const { kernel, objective, engine } = fitProblem(law, rows, settings);
  const start = kernel
    .fromCoefficients(coefficients)
    .map((value, i) => clamp(value, kernel.lower[i]!, kernel.upper[i]!));
  const near = searchNear(objective, engine, start, coarse, { hops, seed });
  return {
    coefficients: kernel.toCoefficients(near.theta),
    objective: near.value,
    jumped: near.value < near.first * (1 - JUMP),
    converged: near.converged,
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
