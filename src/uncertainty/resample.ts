/**
 * What a bootstrap replicate draws: which rows, how often, and with which losses.
 *
 * Checkpoints of one run are not independent (their residuals are autocorrelated), so whole runs are drawn where rows carry a run:
 * intervals from single checkpoints are too narrow. Replicate k has a random stream of its own, derived from (seed, k): the same
 * seed gives the same replicates, bit for bit, in any order and on any number of workers.
 */

import { refusal } from '../errors.ts';
import type { FitRows } from '../fit/problem.ts';
import { RESAMPLES, type Resample } from '../laws/kept-uncertainty.ts';
import { type Random, seededRandom } from '../numeric/random.ts';
import { spanOf } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import { choice } from '../schema/fields.ts';

/** What is drawn with replacement: rows, whole runs, all rows of a model size, or residuals put onto the fitted law. */
export const resample = choice(RESAMPLES, {
  help: 'What is drawn with replacement.',
  otherwise: 'runs where some run has several rows, else rows',
});
export type { Resample };

/** Whole runs where some run has several rows, else rows. */
export function defaultResample(runs: Runs): Resample {
  return runs.run && new Set(runs.run).size < runs.length ? 'runs' : 'rows';
}

/**
 * Rows that are drawn together, as row positions.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for `runs` without a run column, or fewer than two units.
 */
export function unitsOf(runs: Runs, of: Resample): readonly Int32Array[] {
  if (of === 'runs' && !runs.run) {
    throw refusal('resample', "be 'rows' or 'sizes' where no column names the run of a row", of);
  }
  const key = (i: number): unknown => (of === 'runs' ? runs.run![i] : of === 'sizes' ? runs.N[i] : i);
  const groups = new Map<unknown, number[]>();
  for (let i = 0; i < runs.length; i++) {
    const group = groups.get(key(i));
    if (group) group.push(i);
    else groups.set(key(i), [i]);
  }
  if (groups.size < 2) {
    throw refusal('resample', 'be such that there are two units or more to draw', `${of} with ${groups.size}`);
  }
  return Array.from(groups.values(), (rows) => Int32Array.from(rows));
}

/** Random stream of replicate `k`: no two replicates of one seed share it. */
export function replicateRandom(seed: number, k: number): Random {
  return seededRandom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(k + 1, 0xc2b2ae35));
}

/** As many units as there are, drawn with replacement; a row drawn k times weighs k times as much. */
export function drawUnits(rows: FitRows, units: readonly Int32Array[], random: Random): FitRows {
  const times = new Float64Array(rows.length);
  for (let k = 0; k < units.length; k++) {
    const unit = units[random.integer(units.length)]!;
    for (let j = 0; j < unit.length; j++) times[unit[j]!] = times[unit[j]!]! + 1;
  }
  return takeWeighted(rows, times);
}

/** All units but one. */
export function leaveOut(rows: FitRows, unit: Int32Array): FitRows {
  const times = new Float64Array(rows.length).fill(1);
  for (const i of unit) times[i] = 0;
  return takeWeighted(rows, times);
}

/** The same design with losses `predicted` moved by centred residuals drawn with replacement. */
export function drawResiduals(rows: FitRows, predicted: Float64Array, log: boolean, random: Random): FitRows {
  const { length } = rows;
  const residuals = rows.loss.map((loss, i) => (log ? Math.log(loss / predicted[i]!) : loss - predicted[i]!));
  const mean = residuals.reduce((sum, r) => sum + r, 0) / length;
  const loss = predicted.map((p) => {
    const r = residuals[random.integer(length)]! - mean;
    return log ? p * Math.exp(r) : Math.max(p + r, Number.MIN_VALUE);
  });
  return { ...rows, loss, lowestLoss: lowestOf(rows) };
}

/** The bound of the irreducible loss is that of the whole table in every replicate. */
const lowestOf = ({ lowestLoss, loss }: FitRows): number => lowestLoss ?? spanOf(loss)[0];

/** Rows with `times` > 0, their weights multiplied by it. */
function takeWeighted(rows: FitRows, times: Float64Array): FitRows {
  let length = 0;
  for (let i = 0; i < times.length; i++) if (times[i]! > 0) length++;
  const index = new Int32Array(length);
  for (let i = 0, j = 0; i < times.length; i++) if (times[i]! > 0) index[j++] = i;
  const take = (column: Float64Array): Float64Array => {
    const taken = new Float64Array(length);
    for (let j = 0; j < length; j++) taken[j] = column[index[j]!]!;
    return taken;
  };
  const weight = take(times);
  if (rows.weight) for (let j = 0; j < length; j++) weight[j] = weight[j]! * rows.weight[index[j]!]!;
  return {
    length,
    N: take(rows.N),
    D: take(rows.D),
    C: take(rows.C),
    loss: take(rows.loss),
    lowestLoss: lowestOf(rows),
    ...(rows.U && { U: take(rows.U) }),
    ...(rows.extra && { extra: takeCells(rows.extra, index) }),
    weight,
  };
}

function takeCells(extra: NonNullable<FitRows['extra']>, index: Int32Array): NonNullable<FitRows['extra']> {
  return Object.fromEntries(
    Object.entries(extra).map(([name, column]) => [name, Array.from(index, (i) => column[i]!)]),
  );
}
