/**
 * A plan problem over one or two of its numbers: heat maps as data, such as the ratios of FLOPs, N and D over loss and demand of Sardana et
 * al. 2024, arXiv:2401.00448, figure 1.
 */

import { totalOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { chinchillaStyle } from '../allocate/optimum.ts';
import { ScalingLawsError } from '../errors.ts';
import type { LossUnit } from '../loss-unit.ts';
import { check } from '../schema/check.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { type Axis, axis, refuseConflict, walkOf } from './axes.ts';
import type { PlanProblem } from './problem.ts';
import { type Compiled, compile, solve } from './solve.ts';

export type { Axis, AxisName } from './axes.ts';

/** A problem answered over a grid: columns of one number a cell, row by row of y; null where there is no plan. */
export interface Sweep {
  readonly schema: typeof SWEEP_SCHEMA;
  readonly x: Axis;
  /** Null for a sweep over x alone. */
  readonly y: Axis | null;
  /** Of `cost`. */
  readonly unit: string;
  /** Of `loss`, where the law says it. */
  readonly lossUnit?: LossUnit;
  /** Cell (i, j) of x and y is at `j * x.values.length + i`. */
  readonly N: readonly (number | null)[];
  readonly D: readonly (number | null)[];
  readonly loss: readonly (number | null)[];
  readonly cost: readonly (number | null)[];
  /** Plan over the Chinchilla-style model of the same loss. */
  readonly ratios: {
    readonly N: readonly (number | null)[];
    readonly D: readonly (number | null)[];
    readonly cost: readonly (number | null)[];
  };
  /** How many cells have no plan, by the code of the error. */
  readonly failures: Readonly<Record<string, number>>;
}

const sweepAxes = object('axes', { x: axis, y: optional(axis) });

/** Format of a saved sweep. */
export const SWEEP_SCHEMA = 'scaling-laws/sweep@1';

/**
 * Answers `problem` at every cell of a grid.
 *
 * @param problem - As for `plan`. What an axis varies need not be given, but for a goal of the right kind and a demand to scale, if it
 *   is split otherwise than by default.
 * @param axes - `x`, and `y` if there are two, of another number; values positive and finite.
 * @returns N (parameters), D (tokens), loss, cost and ratios to the Chinchilla-style model, a number a cell.
 * @throws {ScalingLawsError} As `plan` for an ill-posed problem; `E_ARGUMENT`, `E_OPTION` for an axis. A cell without a plan is null.
 * @example
 * const map = sweep(
 *   { law: publishedLaws.sardana2024, goal: { kind: 'loss', loss: 2 } },
 *   { x: { of: 'demand', values: [2e11, 1e12] }, y: { of: 'quality', values: [1e9, 7e9] } },
 * );
 * map.N.map((N) => Math.round(N! / 1e6)) // => [439, 292, 5400, 3711]
 */
export function sweep(problem: PlanProblem, axes: Given<typeof sweepAxes>): Sweep {
  const { x, y } = check(sweepAxes, axes);
  const given = y === undefined ? [x] : [x, y];
  // A demand to scale, where one is varied and none is given.
  const demanded = given.some(({ of }) => of === 'demand') ? { demand: { tokens: 1 } } : {};
  const base = compile(problem && { ...demanded, ...problem });
  const walks = given.map((axis, k) => walkOf(['x', 'y'][k]!, axis, base));
  refuseConflict(walks);
  const columns = Array.from({ length: 7 }, () =>
    new Array<number | null>(x.values.length * (y?.values.length ?? 1)).fill(null),
  );
  const failures: Record<string, number> = {};
  const plain = chinchillaByLoss();
  // What hangs on the law is set before what is said in terms of it: a loss by its quality.
  const [inner, outer] = walks[0]!.sets === 'law' ? [walks[1], walks[0]!] : [walks[0]!, walks[1]];
  const lines = (outer?.axis.values ?? [Number.NaN]).map((value) =>
    remembered(() => (outer ? outer.set(base, value) : base)),
  );
  const across = outer === walks[0];
  for (let j = 0; j < (y?.values.length ?? 1); j++) {
    for (let i = 0; i < x.values.length; i++) {
      const line = lines[across ? i : j]!;
      const value = inner?.axis.values[across ? j : i];
      try {
        const cell = inner ? inner.set(line(), value!) : line();
        answer(columns, j * x.values.length + i, cell, plain);
      } catch (error) {
        if (!(error instanceof ScalingLawsError)) throw error;
        failures[error.code] = (failures[error.code] ?? 0) + 1;
      }
    }
  }
  const [N, D, loss, cost, ratioN, ratioD, ratioCost] = columns;
  // The columns themselves are left unfrozen: freezing a large array takes longer than solving its cells.
  return Object.freeze({
    schema: SWEEP_SCHEMA,
    x: { of: x.of, values: [...x.values] },
    y: y ? { of: y.of, values: [...y.values] } : null,
    unit: base.costs.unit,
    ...(problem.law.lossUnit && { lossUnit: problem.law.lossUnit }),
    N: N!,
    D: D!,
    loss: loss!,
    cost: cost!,
    ratios: Object.freeze({ N: ratioN!, D: ratioD!, cost: ratioCost! }),
    failures,
  });
}

/** Writes N, D, loss, cost and ratios of a cell to their columns. @throws {ScalingLawsError} As `solve`. */
function answer(
  columns: readonly (number | null)[][],
  at: number,
  cell: Compiled,
  plain: ReturnType<typeof chinchillaByLoss>,
): void {
  const { N, D, loss, cost } = solve(cell);
  const chinchilla = plain(cell, loss);
  columns[6]![at] = cost / totalOf(cell.costs.paid, chinchilla.N, chinchilla.D, cell.scale);
  columns[5]![at] = D / chinchilla.D;
  columns[4]![at] = N / chinchilla.N;
  columns[3]![at] = cost;
  columns[2]![at] = loss;
  columns[1]![at] = D;
  columns[0]![at] = N;
}

/** The Chinchilla-style model of a loss, remembered: cells of one row share it. */
function chinchillaByLoss(): (compiled: Compiled, loss: number) => Size {
  let last: { surface: Compiled['surface']; loss: number; size: Size } | undefined;
  return ({ surface }, loss) => {
    if (last?.loss !== loss || last.surface !== surface) {
      last = { surface, loss, size: chinchillaStyle(surface, loss) };
    }
    return last.size;
  };
}

/** `make`, worked out once, and not before it is asked for: then an error belongs to the cell that asks. */
function remembered<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
