/**
 * What is wrong with IsoFLOP rows, said row by row: nothing is dropped here.
 *
 * The rules and their order are those by which Open-Athena (arXiv:2603.22339) annotated published IsoFLOP data. Each rule sees the rows
 * that the ones before it left alone, and a row carries the first reason that applies:
 *
 *   exact-duplicate, near-duplicate   another row of the budget has the same N, or an N within 1%; the lowest loss is kept
 *   too-few-points                    a budget of fewer than 6 rows
 *   off-center                        ln N more than 2.5 times as far from the minimum as the nearer end of the sizes; or all of a
 *                                     budget whose minimum lies outside its sizes
 *   spline-outlier                    robust z above `maxZ` (6) against Akima's curve through the other rows of the budget, z over all budgets
 *   negative-curvature                a parabola that opens downward
 *   weak-curvature                    a curvature whose 95% interval holds 0
 *   too-few-points                    again, for what is left
 *
 * Minimum and curvature are those of a parabola of ln loss in ln N.
 */

import { median } from 'simple-statistics';
import { akima } from '../numeric/akima.ts';
import { tQuantile } from '../numeric/distributions.ts';
import { fitParabola, vertexOf } from '../numeric/parabola.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, type OutputOf, object, optional } from '../schema/objects.ts';
import { type Budget, budgetEntries, budgetsOf } from './budgets.ts';

/** Why a row of an IsoFLOP design is suspect. */
export type FlagReason =
  | 'exact-duplicate'
  | 'near-duplicate'
  | 'too-few-points'
  | 'off-center'
  | 'spline-outlier'
  | 'negative-curvature'
  | 'weak-curvature';

/** A suspect row. */
export interface Flag {
  /** Position in the runs. */
  readonly index: number;
  /** 1-based number in the source. */
  readonly row: number;
  /** FLOPs of its budget. */
  readonly budget: number;
  readonly reason: FlagReason;
}

/** Open-Athena's default. For two of their experiments they take less: 4.5 (Marin DCLM), and about 3 (Chinchilla). */
export const DEFAULT_MAX_Z = 6;

/** How rows are grouped, and how far from its neighbours a row may lie. */
export const flagEntries = {
  ...budgetEntries,
  maxZ: optional(
    positive('deviations', { help: 'Robust z-score above which a row is an outlier of its budget.', placeholder: 'z' }),
    DEFAULT_MAX_Z,
  ),
};
export const flagOptions = object('flag options', flagEntries);
export type FlagOptions = Given<typeof flagOptions>;

const NEAR = 0.01;
const FEWEST = 6;
const FARTHEST = 2.5;
const LEVEL = 0.95;
/** A deviation as standard deviations of a normal: Phi^-1(3/4). */
const NORMAL_MAD = 0.6745;

/**
 * Flags suspect rows of an IsoFLOP design.
 *
 * @param runs - Rows of one experiment: one recipe, one data set.
 * @param options - How rows are grouped by budget; how far from its neighbours a row may lie.
 * @returns Flags in order of the rows; none where all is well.
 * @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT`.
 * @example
 * const layout = { kind: 'isoflop', C: [1e19], N: [1e8, 2e8, 4e8, 8e8] } as const;
 * flagIsoFlops(simulateRuns({ law: publishedLaws.hoffmann2022, layout, noise: 0, seed: 1 }))[0].reason // => too-few-points
 * @see Open-Athena, arXiv:2603.22339, and its public data set.
 */
export function flagIsoFlops(runs: Runs, options: FlagOptions = {}): readonly Flag[] {
  return flagsOf(runs, check(flagOptions, options));
}

/** The same with options that were checked. */
export function flagsOf(runs: Runs, options: OutputOf<typeof flagEntries>): readonly Flag[] {
  const { maxZ } = options;
  const budgets = budgetsOf(runs, options);
  const reasons = new Map<number, FlagReason>();
  const left = ({ rows }: Budget): readonly number[] => rows.filter((i) => !reasons.has(i));
  const flag = (rows: readonly number[], reason: FlagReason): void => {
    for (const i of rows) reasons.set(i, reason);
  };
  const x = runs.N.map(Math.log);
  const logLoss = runs.loss.map(Math.log);
  const at = (column: Float64Array, rows: readonly number[]): number[] => rows.map((i) => column[i]!);
  const each = (rule: (rows: readonly number[]) => void): void => {
    for (const budget of budgets) if (left(budget).length > 0) rule(left(budget));
  };
  const tooFew = (rows: readonly number[]): void => {
    if (rows.length < FEWEST) flag(rows, 'too-few-points');
  };

  each((rows) =>
    flag(
      besidesBest(rows, runs.loss, (first, i) => x[i] === x[first]),
      'exact-duplicate',
    ),
  );
  each((rows) =>
    flag(
      besidesBest(rows, runs.loss, (first, i) => x[i]! - x[first]! <= NEAR),
      'near-duplicate',
    ),
  );
  each(tooFew);
  each((rows) => {
    const parabola = fitParabola(at(x, rows), at(logLoss, rows));
    if (!parabola || !(parabola.curvature > 0)) return;
    const minimum = vertexOf(parabola).x;
    const radius = FARTHEST * Math.min(minimum - x[rows[0]!]!, x[rows.at(-1)!]! - minimum);
    flag(
      rows.filter((i) => radius < 0 || Math.abs(x[i]! - minimum) > radius),
      'off-center',
    );
  });
  flag(splineOutliers(budgets.map(left), x, runs.loss, maxZ), 'spline-outlier');
  each((rows) => {
    const parabola = fitParabola(at(x, rows), at(logLoss, rows));
    if (!parabola) return;
    const { curvature, curvatureError } = parabola;
    if (!(curvature > 0)) flag(rows, 'negative-curvature');
    else if (rows.length > 3 && curvature <= tQuantile((1 + LEVEL) / 2, rows.length - 3) * curvatureError) {
      flag(rows, 'weak-curvature');
    }
  });
  each(tooFew);

  const budgetOf = new Map(budgets.flatMap(({ C, rows }) => rows.map((i): [number, number] => [i, C])));
  return Object.freeze(
    [...reasons]
      .sort(([i], [j]) => i - j)
      .map(([index, reason]) => Object.freeze({ index, row: runs.row[index]!, budget: budgetOf.get(index)!, reason })),
  );
}

/** All but the lowest loss of every stretch of rows that are `same` as its first. */
function besidesBest(
  rows: readonly number[],
  loss: Float64Array,
  same: (first: number, i: number) => boolean,
): readonly number[] {
  const stretches: number[][] = [];
  for (const i of rows) {
    const stretch = stretches.at(-1);
    if (stretch && same(stretch[0]!, i)) stretch.push(i);
    else stretches.push([i]);
  }
  return stretches.flatMap((stretch) => {
    const best = stretch.reduce((low, i) => (loss[i]! < loss[low]! ? i : low));
    return stretch.filter((i) => i !== best);
  });
}

function splineOutliers(
  budgets: readonly (readonly number[])[],
  x: Float64Array,
  loss: Float64Array,
  maxZ: number,
): number[] {
  const errors = budgets
    .filter((rows) => rows.length > 2)
    .flatMap((rows) =>
      rows.map((i): [number, number] => {
        const others = rows.filter((j) => j !== i);
        const curve = akima(
          others.map((j) => x[j]!),
          others.map((j) => loss[j]!),
        );
        return [i, loss[i]! - curve.at(x[i]!)];
      }),
    );
  if (errors.length === 0) return [];
  const middle = median(errors.map(([, error]) => error));
  const deviation = median(errors.map(([, error]) => Math.abs(error - middle)));
  const z = (error: number): number => (NORMAL_MAD * Math.abs(error - middle)) / deviation;
  return errors.filter(([, error]) => z(error) > maxZ).map(([i]) => i);
}
