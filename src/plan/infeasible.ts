/** Why no plan keeps all constraints: the one that cannot be kept at all, or the two that exclude each other, and by how much. */

import { checkReachable } from '../allocate/optimum.ts';
import { AllocationError } from '../errors.ts';
import { bestMargins, constrainedMinimum } from '../numeric/constrained-minimum.ts';
import type { Limit } from './limits.ts';
import type { Compiled, Line } from './solve.ts';

/** The error for a problem of which nothing is allowed. @throws {AllocationError} `E_LOSS_UNREACHABLE` if that is why. */
export function infeasible(compiled: Compiled, line: Line): AllocationError {
  const { goal, surface, menu } = compiled;
  if (goal.kind === 'loss') checkReachable(surface, goal.loss);
  if (menu) return offMenu(menu, line);
  if (goal.kind !== 'loss' && !constrainedMinimum({ ...line, margins: [] })) {
    const { budget } = goal;
    return new AllocationError('E_INFEASIBLE', `budget must pay for serving and some training, got ${budget}`, {
      budget,
    });
  }
  const { alone, together } = bestMargins(line);
  const worst = alone.findIndex((margin) => margin < 0);
  const N = Math.exp(together.x);
  const D = line.tokens(together.x);
  if (worst >= 0) return missed(line.limits[worst]!, alone[worst]!);
  const [one, two] = together.worst.map((i) => line.limits[i]!);
  if (!one || !two) return missed(one!, line.margins[together.worst[0]!]!(together.x));
  const gap = share(line.margins[together.worst[0]!]!(together.x));
  return new AllocationError(
    'E_INFEASIBLE',
    `constraints ${one.name} and ${two.name} must leave a model, got none: at best, ${short(N)} parameters on ${short(D)} ` +
      `tokens, ${one.name} is missed by ${gap} (${short(one.value(N, D))} where ${rule(one)}) and ${two.name} is at ` +
      `${short(two.value(N, D))} where ${rule(two)}`,
    {
      constraints: [one, two].map(({ name, limit, value }) => ({ name, limit, value: value(N, D) })),
      missedBy: Math.expm1(-line.margins[together.worst[0]!]!(together.x)),
      N,
      D,
    },
  );
}

/** `limit` cannot be kept even alone: `margin` is the best there is. */
function missed(limit: Limit, margin: number): AllocationError {
  const best = limit.sense === 'at-most' ? limit.limit * Math.exp(-margin) : limit.limit * Math.exp(margin);
  return new AllocationError(
    'E_INFEASIBLE',
    `constraint ${limit.name} must be ${rule(limit)}, got ${short(best)} at best: missed by ${share(margin)}`,
    { constraint: limit.name, limit: limit.limit, best, missedBy: Math.expm1(-margin) },
  );
}

/** No size of the menu will do; for the one that comes nearest, the limit that it misses. */
function offMenu(menu: readonly number[], { value, margins, limits }: Line): AllocationError {
  const reaching = menu.map((size) => Math.log(size)).filter((x) => !Number.isNaN(value(x)));
  const list = menu.map(short).join(', ');
  if (reaching.length === 0) {
    const largest = menu.at(-1)!;
    return new AllocationError(
      'E_INFEASIBLE',
      `menu must have a size that reaches the goal, got ${list}: with ${short(largest)} parameters no number of tokens does`,
      { constraint: 'menu', sizes: menu },
    );
  }
  const worstAt = (x: number): number =>
    margins.reduce((low, margin, i) => (margin(x) < margins[low]!(x) ? i : low), 0);
  const nearest = reaching.reduce((best, x) => (margins[worstAt(x)]!(x) > margins[worstAt(best)]!(best) ? x : best));
  const i = worstAt(nearest);
  return new AllocationError(
    'E_INFEASIBLE',
    `menu must have a size that keeps all constraints, got ${list}: ${short(Math.exp(nearest))} comes nearest and misses ` +
      `${limits[i]!.name} by ${share(margins[i]!(nearest))}`,
    {
      constraint: limits[i]!.name,
      sizes: menu,
      nearest: Math.exp(nearest),
      missedBy: Math.expm1(-margins[i]!(nearest)),
    },
  );
}

const rule = ({ sense, limit, unit }: Limit): string =>
  `${sense === 'at-most' ? 'at most' : 'at least'} ${short(limit)} ${unit}`;
const short = (value: number): string => String(Number(value.toPrecision(4)));
/** A margin, a difference of logarithms, as per cent of the limit. */
const share = (margin: number): string => `${short(100 * Math.expm1(-margin))} %`;
