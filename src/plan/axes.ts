/** What a sweep may vary, and how each number is set in a compiled problem. */

import { tokensOfSize } from '../allocate/balance.ts';
import { refusal } from '../errors.ts';
import { boundedDemand } from '../inference/demand.ts';
import { knownGpu } from '../inference/hardware.ts';
import { choice, list, ratio } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';
import { atDemand } from './demand-risk.ts';
import { type Compiled, underLaw } from './solve.ts';

/** What a sweep may vary, and its values in order. */
export const axis = object('axis', {
  of: choice([
    // The loss to reach, nats per token.
    'loss',
    // The loss to reach, by the compute-optimal model that has it: its parameters.
    'quality',
    // The budget of a budget goal.
    'budget',
    // Tokens over the life; what is read and written keep their shares.
    'demand',
    // $ per GPU-hour, where dollars are paid.
    'training-price',
    'serving-price',
    // Unique tokens of `data`.
    'unique-tokens',
  ]),
  values: list(ratio(), { least: 1 }),
});

/** Values that one number of the problem takes, in order. */
export type Axis = Given<typeof axis>;
/** What a sweep may vary. */
export type AxisName = Axis['of'];

/** Sets one number of a compiled problem. */
type Set = (compiled: Compiled, value: number) => Compiled;

/** An axis, ready to be walked along. */
export interface Walk {
  readonly axis: Axis;
  readonly set: Set;
  /** What of the problem it sets: two axes on one thing would overwrite each other. */
  readonly sets: Setter['sets'];
}

/** How an axis sets its number. */
interface Setter {
  readonly sets: 'goal' | 'demand' | 'training-price' | 'serving-price' | 'law';
  readonly by: (name: string, base: Compiled) => Set;
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
    by: (name, { goal }) => {
      if (!('budget' in goal)) throw refusal(`${name}.of`, 'be something else where the goal is no budget', 'budget');
      return (compiled, budget) => ({ ...compiled, goal: { kind: goal.kind, budget } });
    },
  },
  demand: {
    sets: 'demand',
    by: (name, { demand }) => {
      if (demand.total === 0) throw refusal(`${name}.of`, 'be something else where demand is 0', 'demand');
      return (compiled, tokens) => atDemand(compiled, boundedDemand('demand', tokens) / demand.total);
    },
  },
  'training-price': {
    sets: 'training-price',
    by: (name, base) => {
      const now = priceNow(name, base, 'training');
      return (compiled, price) => repriced(compiled, price / now, 1);
    },
  },
  'serving-price': {
    sets: 'serving-price',
    by: (name, base) => {
      const now = priceNow(name, base, 'serving');
      return (compiled, price) => repriced(compiled, 1, price / now);
    },
  },
  'unique-tokens': {
    sets: 'law',
    by: (name, { problem }) => {
      const { data } = problem;
      if (!data) throw refusal(`${name}.of`, 'be something else where the problem has no data', 'unique-tokens');
      return (compiled, unique) => ({
        ...compiled,
        ...underLaw({ ...problem, data: { ...data, unique } }),
        limits: compiled.limits.map((limit) => (limit.name === 'unique-tokens' ? { ...limit, limit: unique } : limit)),
      });
    },
  },
};

/** `axis` over `base`. @throws {ScalingLawsError} `E_ARGUMENT` if the problem has no such number. */
export function walkOf(name: string, axis: Axis, base: Compiled): Walk {
  const { sets, by } = AXES[axis.of];
  return { axis, sets, set: by(name, base) };
}

/** Throws if two axes set one thing. @throws {ScalingLawsError} `E_ARGUMENT`. */
export function refuseConflict([x, y]: readonly Walk[]): void {
  if (x?.sets !== y?.sets) return;
  throw refusal('y.of', `be about something else than x.of, ${x!.axis.of}`, y!.axis.of);
}

/** Loss of the compute-optimal model of N parameters. */
export function lossOfQuality({ surface }: Compiled, N: number): number {
  return surface.loss(N, tokensOfSize(surface, N));
}

function priceNow(name: string, { problem }: Compiled, of: 'training' | 'serving'): number {
  const hardware = problem[of];
  const price = hardware && (hardware.pricePerHour ?? knownGpu(hardware.gpu).pricePerHour);
  if (problem.pay === 'dollars' && price !== undefined) return price;
  throw refusal(`${name}.of`, 'be something else where no such price is paid', 'a price');
}

function repriced(compiled: Compiled, training: number, serving: number): Compiled {
  const { scale } = compiled;
  return { ...compiled, scale: { training: scale.training * training, serving: scale.serving * serving } };
}
