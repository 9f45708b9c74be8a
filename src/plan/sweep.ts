/**
 * A plan problem over one or two of its numbers: heat maps as data, such as the ratios of FLOPs, N and D over loss and demand of Sardana et
 * al. 2024, arXiv:2401.00448, figure 1.
 */

import { productOfSize, type Size } from '../allocate/frontier.ts';
import { leastCostAtLoss, TRAINING_ALONE, tokensOfSize } from '../allocate/optimum.ts';
import { onlyKnown, positive, refusal } from '../arguments.ts';
import { AllocationError, ScalingLawsError } from '../errors.ts';
import { gpuNamed } from '../inference/hardware.ts';
import { atDemand } from './demand-risk.ts';
import type { PlanProblem } from './problem.ts';
import { type Compiled, compile, lawOf, solve, totalAt } from './solve.ts';

/** What a sweep may vary. */
export type AxisName =
  /** The loss to reach, nats per token. */
  | 'loss'
  /** The loss to reach, by the compute-optimal model that has it: its parameters. */
  | 'quality'
  /** Tokens over the life; what is read and written keep their shares. */
  | 'demand'
  /** The budget of a budget goal. */
  | 'budget'
  /** $ per GPU-hour, where dollars are paid. */
  | 'training-price'
  | 'serving-price'
  /** Unique tokens of `data`. */
  | 'unique-tokens';

/** Values that one number of the problem takes, in order. */
export interface Axis {
  readonly of: AxisName;
  readonly values: readonly number[];
}

/** A problem answered over a grid: columns of one number a cell, row by row of y; null where there is no plan. */
export interface Sweep {
  readonly schema: typeof SWEEP_SCHEMA;
  readonly x: Axis;
  /** Null for a sweep over x alone. */
  readonly y: Axis | null;
  /** Of `cost`. */
  readonly unit: string;
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

/** Format of a saved sweep. */
export const SWEEP_SCHEMA = 'scaling-laws/sweep@1';

/** Sets one number of a compiled problem. */
type Set = (compiled: Compiled, value: number) => Compiled;

/**
 * Answers `problem` at every cell of a grid.
 *
 * @param problem - As for `plan`. What an axis varies need not be given, but for a goal of the right kind and a demand to scale, if it
 *   is split otherwise than by default.
 * @param axes - `x`, and `y` if there are two; values positive and finite.
 * @returns N (parameters), D (tokens), loss, cost and ratios to the Chinchilla-style model, a number a cell.
 * @throws {AllocationError} As `plan` for an ill-posed problem; `E_ARGUMENT`, `E_OPTION` for an axis. A cell without a plan is null.
 * @example
 * const map = sweep(
 *   { law: publishedLaws.sardana2024, goal: { kind: 'loss', loss: 2 } },
 *   { x: { of: 'demand', values: [2e11, 1e12] }, y: { of: 'quality', values: [1e9, 7e9] } },
 * );
 * map.N.map((N) => Math.round(N! / 1e6)) // => [439, 292, 5400, 3711]
 */
export function sweep(problem: PlanProblem, axes: { readonly x: Axis; readonly y?: Axis }): Sweep {
  onlyKnown(AllocationError, 'axes', axes, ['x', 'y']);
  const { x, y } = axes;
  const base = compile(withDemand(problem, [x, ...(y ? [y] : [])]));
  const [setX, setY] = [x, y].map((axis, k) => axis && setterOf(['x', 'y'][k]!, axis, problem, base));
  const columns = Array.from({ length: 7 }, (): (number | null)[] => []);
  const failures: Record<string, number> = {};
  const plain = chinchillaByLoss();
  for (const valueY of y?.values ?? [Number.NaN]) {
    const row = setY ? setY(base, valueY) : base;
    for (const valueX of x.values) {
      const cell = cellAt(setX!(row, valueX), plain, failures);
      for (let k = 0; k < columns.length; k++) columns[k]!.push(cell ? cell[k]! : null);
    }
  }
  const [N, D, loss, cost, ratioN, ratioD, ratioCost] = columns;
  // The columns themselves are left unfrozen: freezing a large array takes longer than solving its cells.
  return Object.freeze({
    schema: SWEEP_SCHEMA,
    x: { of: x.of, values: [...x.values] },
    y: y ? { of: y.of, values: [...y.values] } : null,
    unit: base.costs.unit,
    N: N!,
    D: D!,
    loss: loss!,
    cost: cost!,
    ratios: Object.freeze({ N: ratioN!, D: ratioD!, cost: ratioCost! }),
    failures,
  });
}

/** N, D, loss, cost and ratios of one cell; null, and counted, where there is no plan. */
function cellAt(
  cell: Compiled,
  plain: ReturnType<typeof chinchillaByLoss>,
  failures: Record<string, number>,
): number[] | null {
  try {
    const { N, D, loss, cost } = solve(cell);
    const chinchilla = plain(cell, loss);
    return [N, D, loss, cost, N / chinchilla.N, D / chinchilla.D, cost / totalAt(cell, chinchilla.N, chinchilla.D)];
  } catch (error) {
    if (!(error instanceof ScalingLawsError)) throw error;
    failures[error.code] = (failures[error.code] ?? 0) + 1;
    return null;
  }
}

/** The Chinchilla-style model of a loss, remembered: cells of one row share it. */
function chinchillaByLoss(): (compiled: Compiled, loss: number) => Size {
  let last: { surface: Compiled['surface']; loss: number; size: Size } | undefined;
  return ({ surface }, loss) => {
    if (last?.loss !== loss || last.surface !== surface) {
      last = { surface, loss, size: leastCostAtLoss(surface, loss, TRAINING_ALONE) };
    }
    return last.size;
  };
}

/** A demand to scale, where one is varied and none is given. */
function withDemand(problem: PlanProblem, axes: readonly Axis[]): PlanProblem {
  return problem.demand === undefined && axes.some(({ of }) => of === 'demand')
    ? { ...problem, demand: { tokens: 1 } }
    : problem;
}

const AXES: { readonly [K in AxisName]: (name: string, problem: PlanProblem, base: Compiled) => Set } = {
  loss: () => (compiled, loss) => ({ ...compiled, goal: { kind: 'loss', loss } }),
  quality: () => (compiled, N) => ({ ...compiled, goal: { kind: 'loss', loss: lossOfQuality(compiled, N) } }),
  demand: (name, _, { demand }) => {
    if (demand.total === 0) throw refusal(AllocationError, `${name}.of`, 'something else where demand is 0', 'demand');
    return (compiled, tokens) => atDemand(compiled, tokens / demand.total);
  },
  budget: (name, { goal }) => {
    if (!('budget' in goal))
      throw refusal(AllocationError, `${name}.of`, 'something else where the goal is no budget', 'budget');
    return (compiled, budget) => ({ ...compiled, goal: { kind: goal.kind, budget } });
  },
  'training-price': (name, problem) => {
    const now = priceOf(name, problem, problem.training);
    return (compiled, price) => repriced(compiled, price / now, 1);
  },
  'serving-price': (name, problem) => {
    const now = priceOf(name, problem, problem.serving);
    return (compiled, price) => repriced(compiled, 1, price / now);
  },
  'unique-tokens': (name, problem) => {
    const { data } = problem;
    if (!data)
      throw refusal(AllocationError, `${name}.of`, 'something else where the problem has no data', 'unique-tokens');
    return (compiled, unique) => ({
      ...compiled,
      ...(data.repeat && { surface: lawOf({ ...problem, data: { ...data, unique } }).surface }),
      limits: compiled.limits.map((limit) => (limit.name === 'unique-tokens' ? { ...limit, limit: unique } : limit)),
    });
  },
};

function setterOf(name: string, axis: Axis, problem: PlanProblem, base: Compiled): Set {
  onlyKnown(AllocationError, name, axis, ['of', 'values']);
  if (!Object.hasOwn(AXES, axis.of))
    throw refusal(AllocationError, `${name}.of`, `one of ${Object.keys(AXES).join(', ')}`, axis.of);
  if (!Array.isArray(axis.values) || axis.values.length === 0)
    throw refusal(AllocationError, `${name}.values`, 'a list of numbers', axis.values);
  for (const [i, value] of axis.values.entries()) positive(AllocationError, `${name}.values[${i}]`, axis.of, value);
  return AXES[axis.of](name, problem, base);
}

/** Loss of the compute-optimal model of N parameters. */
export function lossOfQuality({ surface }: Compiled, N: number): number {
  const { chinchilla } = surface;
  return surface.loss(N, chinchilla ? productOfSize(chinchilla, N) / N : tokensOfSize(surface, N));
}

function priceOf(
  name: string,
  { pay }: PlanProblem,
  hardware: PlanProblem['training'] | PlanProblem['serving'],
): number {
  const price = hardware && (hardware.pricePerHour ?? gpuNamed(hardware.gpu).pricePerHour);
  if (pay === 'dollars' && price !== undefined) return price;
  throw refusal(AllocationError, `${name}.of`, 'something else where no such price is paid', 'a price');
}

function repriced(compiled: Compiled, training: number, serving: number): Compiled {
  const { scale } = compiled;
  return { ...compiled, scale: { training: scale.training * training, serving: scale.serving * serving } };
}
