/** What a sweep may vary, and how each number is set in a compiled problem. */

import { productOfSize } from '../allocate/frontier.ts';
import { tokensOfSize } from '../allocate/optimum.ts';
import { listOf, onlyKnown, positive, recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { boundedDemand } from '../inference/demand.ts';
import { gpuNamed } from '../inference/hardware.ts';
import { atDemand } from './demand-risk.ts';
import type { PlanProblem } from './problem.ts';
import { type Compiled, lawOf } from './solve.ts';

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

/** Sets one number of a compiled problem. */
type Set = (compiled: Compiled, value: number) => Compiled;

/** An axis, ready to be walked along. */
export interface Walk {
  readonly axis: Axis;
  readonly set: Set;
  /** What of the problem it sets: two axes on one thing would overwrite each other. */
  readonly sets: Setter['sets'];
}

/** `problem` with a demand to scale, where one is varied and none is given. */
export function withDemand(problem: PlanProblem, axes: readonly Axis[]): PlanProblem {
  return recordOf('problem', problem).demand === undefined && axes.some(({ of }) => of === 'demand')
    ? { ...problem, demand: { tokens: 1 } }
    : problem;
}

/** How an axis sets its number. */
interface Setter {
  readonly sets: 'goal' | 'demand' | 'training-price' | 'serving-price' | 'law';
  readonly by: (name: string, problem: PlanProblem, base: Compiled) => Set;
}

const AXES: { readonly [K in AxisName]: Setter } = {
  loss: {
    sets: 'goal',
    by: () => (compiled, loss) => ({ ...compiled, goal: { kind: 'loss', loss } }),
  },
  quality: {
    sets: 'goal',
    by: () => (compiled, N) => ({ ...compiled, goal: { kind: 'loss', loss: lossOfQuality(compiled, N) } }),
  },
  budget: {
    sets: 'goal',
    by: (name, _, { goal }) => {
      if (!('budget' in goal)) throw refusal(`${name}.of`, 'be something else where the goal is no budget', 'budget');
      return (compiled, budget) => ({ ...compiled, goal: { kind: goal.kind, budget } });
    },
  },
  demand: {
    sets: 'demand',
    by: (name, _, { demand }) => {
      if (demand.total === 0) throw refusal(`${name}.of`, 'be something else where demand is 0', 'demand');
      return (compiled, tokens) => atDemand(compiled, boundedDemand('demand', tokens) / demand.total);
    },
  },
  'training-price': {
    sets: 'training-price',
    by: (name, problem) => {
      const now = priceOf(name, problem, problem.training);
      return (compiled, price) => repriced(compiled, price / now, 1);
    },
  },
  'serving-price': {
    sets: 'serving-price',
    by: (name, problem) => {
      const now = priceOf(name, problem, problem.serving);
      return (compiled, price) => repriced(compiled, 1, price / now);
    },
  },
  'unique-tokens': {
    sets: 'law',
    by: (name, problem) => {
      const { data } = problem;
      if (!data) throw refusal(`${name}.of`, 'be something else where the problem has no data', 'unique-tokens');
      return (compiled, unique) => ({
        ...compiled,
        ...lawOf({ ...problem, data: { ...data, unique } }),
        limits: compiled.limits.map((limit) => (limit.name === 'unique-tokens' ? { ...limit, limit: unique } : limit)),
      });
    },
  },
};

/** `axis`, if it is one. @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. */
export function checkedAxis(name: string, axis: Axis): Axis {
  onlyKnown(name, axis, ['of', 'values']);
  if (!Object.hasOwn(AXES, axis.of)) throw refusal(`${name}.of`, `be one of ${Object.keys(AXES).join(', ')}`, axis.of);
  if (listOf(`${name}.values`, axis.values).length === 0)
    throw refusal(`${name}.values`, 'be a list of numbers', axis.values);
  for (const [i, value] of axis.values.entries()) positive(`${name}.values[${i}]`, axis.of, value);
  return axis;
}

/** `axis` over `base`, the compiled `problem`. @throws {ScalingLawsError} `E_ARGUMENT` if the problem has no such number. */
export function walkOf(name: string, axis: Axis, problem: PlanProblem, base: Compiled): Walk {
  const { sets, by } = AXES[axis.of];
  return { axis, sets, set: by(name, problem, base) };
}

/** Throws if two axes set one thing. @throws {ScalingLawsError} `E_ARGUMENT`. */
export function refuseConflict([x, y]: readonly Walk[]): void {
  if (x?.sets !== y?.sets) return;
  throw refusal('y.of', `be about something else than x.of, ${x!.axis.of}`, y!.axis.of);
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
  throw refusal(`${name}.of`, 'be something else where no such price is paid', 'a price');
}

function repriced(compiled: Compiled, training: number, serving: number): Compiled {
  const { scale } = compiled;
  return { ...compiled, scale: { training: scale.training * training, serving: scale.serving * serving } };
}
