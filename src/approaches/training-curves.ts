/**
 * Training curves on one grid of budgets, and the lowest of them at each: what approach 1 draws its power laws through.
 *
 * Between its checkpoints, the ln loss of a run follows Akima's curve over ln C, and ln D a straight line.
 */

import { rowsByRun } from '../filters/groups.ts';
import { akima } from '../numeric/akima.ts';
import type { Runs } from '../runs/runs.ts';
import { integer, share } from '../schema/fields.ts';
import { type Given, type OutputOf, object, optional } from '../schema/objects.ts';
import type { Optimum } from './power-law.ts';

/** Hoffmann et al. 2022, section 3.1. */
export const DEFAULT_ENVELOPE_BUDGETS = 1500;

/** How many budgets, and how much of a run counts. */
export const approach1Entries = {
  budgets: optional(
    integer({ help: 'Budgets at which approach 1 takes the lowest loss.', placeholder: 'k' }, 2),
    DEFAULT_ENVELOPE_BUDGETS,
  ),
  lastShare: optional(
    share({ help: 'Share of a run, counted from its end, that approach 1 may choose.', placeholder: 'share' }),
    1,
  ),
};
export const approach1Options = object('approach 1 options', approach1Entries);
export type Approach1Options = Given<typeof approach1Options>;

/** The best run at one budget. */
export interface EnvelopePoint extends Optimum {
  /** Nats per token. */
  readonly loss: number;
  readonly run: string;
  /** Share of the run's tokens that are behind it there, in (0, 1]. */
  readonly fraction: number;
}

/** One run over the budgets. */
interface Curve {
  readonly run: string;
  readonly N: number;
  /** Position of the first and after the last budget that it covers. */
  readonly from: number;
  readonly to: number;
  /** ln loss at the budgets from `from` on. */
  readonly logLoss: Float64Array;
  /** Tokens at a budget. */
  tokens(C: number): number;
  /** Tokens at its end. */
  readonly end: number;
}

/** Training curves on one grid of budgets. */
export interface TrainingCurves {
  readonly C: Float64Array;
  readonly curves: readonly Curve[];
  /** Positions of all curves. */
  readonly all: readonly number[];
}

/** Every run that has two checkpoints or more, interpolated at log-spaced budgets. */
export function trainingCurves(runs: Runs, { budgets, lastShare }: OutputOf<typeof approach1Entries>): TrainingCurves {
  const checkpoints = rowsByRun(runs)
    // Of checkpoints with the same compute the last counts.
    .map((rows) => rows.filter((i, k) => k === rows.length - 1 || runs.C[i]! < runs.C[rows[k + 1]!]!))
    .filter((rows) => rows.length > 1);
  const starts = checkpoints.map((rows) => Math.max(runs.C[rows[0]!]!, (1 - lastShare) * runs.C[rows.at(-1)!]!));
  const ends = checkpoints.map((rows) => runs.C[rows.at(-1)!]!);
  const [low, high] = [Math.log(Math.min(...starts)), Math.log(Math.max(...ends))];
  const logC = Float64Array.from({ length: budgets }, (_, k) => low + ((high - low) * k) / (budgets - 1));
  const curves = checkpoints.map((rows, r): Curve => {
    const x = rows.map((i) => Math.log(runs.C[i]!));
    const loss = akima(
      x,
      rows.map((i) => Math.log(runs.loss[i]!)),
    );
    // First budget at or after a compute; rounding must not cost the last one.
    const place = (C: number): number => Math.ceil(((Math.log(C) - low) / (high - low)) * (budgets - 1) - 1e-9);
    const from = place(starts[r]!);
    const to = Math.floor(((Math.log(ends[r]!) - low) / (high - low)) * (budgets - 1) + 1e-9) + 1;
    const last = rows.at(-1)!;
    return {
      run: runs.run?.[last] ?? String(runs.row[last]),
      N: runs.N[last]!,
      from,
      to,
      logLoss: Float64Array.from({ length: Math.max(to - from, 0) }, (_, k) => loss.at(logC[from + k]!)),
      tokens: (C) => tokensAt(Math.log(C), x, rows, runs.D),
      end: runs.D[last]!,
    };
  });
  return { C: logC.map(Math.exp), curves, all: curves.map((_, r) => r) };
}

/** The lowest curve at every budget where curves of two sizes or more can be compared; `chosen` are positions, and may repeat. */
export function envelope(
  { C, curves }: TrainingCurves,
  chosen: readonly number[],
): readonly (EnvelopePoint & { readonly edge: boolean })[] {
  const points: (EnvelopePoint & { edge: boolean })[] = [];
  for (let k = 0; k < C.length; k++) {
    let best: Curve | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    let [smallest, largest] = [Number.POSITIVE_INFINITY, 0];
    for (const r of chosen) {
      const curve = curves[r]!;
      if (k < curve.from || k >= curve.to) continue;
      smallest = Math.min(smallest, curve.N);
      largest = Math.max(largest, curve.N);
      if (curve.logLoss[k - curve.from]! >= lowest) continue;
      lowest = curve.logLoss[k - curve.from]!;
      best = curve;
    }
    if (!best || smallest === largest) continue;
    const D = best.tokens(C[k]!);
    points.push({
      C: C[k]!,
      N: best.N,
      D,
      loss: Math.exp(lowest),
      run: best.run,
      fraction: Math.min(D / best.end, 1),
      edge: best.N === smallest || best.N === largest,
    });
  }
  return points;
}

function tokensAt(x: number, logC: readonly number[], rows: readonly number[], D: Float64Array): number {
  let k = 0;
  while (k < rows.length - 2 && x >= logC[k + 1]!) k++;
  const part = (x - logC[k]!) / (logC[k + 1]! - logC[k]!);
  return D[rows[k]!]! * (D[rows[k + 1]!]! / D[rows[k]!]!) ** part;
}
