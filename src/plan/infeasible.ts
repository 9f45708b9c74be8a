/** Why no plan keeps all constraints: the one that cannot be kept at all, or the two that exclude each other, and by how much. */

import { costOf } from '../allocate/cost.ts';
import { type Limit, marginOf } from '../allocate/limit.ts';
import { type Line, SIZES } from '../allocate/optimum.ts';
import { ScalingLawsError } from '../errors.ts';
import { bestMargins } from '../numeric/constrained-minimum.ts';
import { digits, power } from '../words.ts';
import type { Compiled } from './solve.ts';

/** Tokens beyond which more are worth nothing. */
const ENDLESS = 1e30;

/** The error for a problem of which nothing is allowed, though its goal can be reached without constraints. */
export function infeasible(compiled: Compiled, line: Line): ScalingLawsError {
  const { goal, menu } = compiled;
  const dear = goal.kind === 'loss' ? undefined : tooDear(compiled, goal.budget);
  if (dear) return dear;
  if (menu) return offMenu(compiled, menu, line);
  const { alone, together } = bestMargins(line);
  const worst = alone.findIndex((margin) => margin < 0);
  const N = Math.exp(together.x);
  const D = line.tokens(together.x);
  if (worst >= 0) return missed(line.limits[worst]!, alone[worst]!);
  const [one, two] = together.worst.map((i) => line.limits[i]!);
  if (!one || !two) return missed(one!, line.margins[together.worst[0]!]!(together.x));
  const gap = share(line.margins[together.worst[0]!]!(together.x));
  return new ScalingLawsError(
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

/** The smallest model, trained on one token: if the budget does not pay for it, or a limit does not allow the token, that is why. */
function tooDear({ costs, scale, goal, limits, menu }: Compiled, budget: number): ScalingLawsError | undefined {
  const N = menu?.[0] ?? Math.exp(SIZES.low);
  const cost = costOf(costs.paid, N, 1, scale);
  const least = goal.kind === 'training-budget' ? cost.training : cost.total;
  if (!(least <= budget)) {
    return new ScalingLawsError(
      'E_INFEASIBLE',
      `budget must pay for serving and some training, got ${short(budget)} where ${short(N)} parameters take ` +
        `${short(least)} ${costs.unit}: missed by ${share(Math.log(budget / least))}`,
      { constraint: 'budget', limit: budget, best: least, missedBy: least / budget - 1, budget },
    );
  }
  const tight = limits.find((limit) => limit.mostTokens && !(marginOf(limit, N, 1) >= 0));
  return tight && missed(tight, marginOf(tight, N, 1));
}

/** `limit` cannot be kept even alone: `margin` is the best there is. */
function missed(limit: Limit, margin: number): ScalingLawsError {
  const best = limit.sense === 'at-most' ? limit.limit * Math.exp(-margin) : limit.limit * Math.exp(margin);
  return new ScalingLawsError(
    'E_INFEASIBLE',
    `constraint ${limit.name} must be ${rule(limit)}, got ${short(best)} at best: missed by ${share(margin)}`,
    { constraint: limit.name, limit: limit.limit, best, missedBy: Math.expm1(-margin) },
  );
}

/** No size of the menu will do; for the one that comes nearest, the limit that it misses. */
function offMenu({ goal, surface }: Compiled, menu: readonly number[], line: Line): ScalingLawsError {
  const { value, margins, limits } = line;
  const reaching = menu.map((size) => Math.log(size)).filter((x) => !Number.isNaN(value(x)));
  const list = menu.map(short).join(', ');
  if (reaching.length === 0 && goal.kind === 'loss') {
    const least = surface.paramsFor(ENDLESS, goal.loss);
    const missedBy = least / menu.at(-1)! - 1;
    return new ScalingLawsError(
      'E_INFEASIBLE',
      `menu must have a size that reaches the goal, got ${list} where endless tokens need ${short(least)} parameters: missed by ${share(-Math.log1p(missedBy))}`,
      { constraint: 'menu', sizes: menu, least, missedBy },
    );
  }
  const worstAt = (x: number): number =>
    margins.reduce((low, margin, i) => (margin(x) < margins[low]!(x) ? i : low), 0);
  const nearest = reaching.reduce((best, x) => (margins[worstAt(x)]!(x) > margins[worstAt(best)]!(best) ? x : best));
  const i = worstAt(nearest);
  return new ScalingLawsError(
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
const short = (value: number): string => (value >= 1e6 ? power(value) : digits(value, 4));
/** A margin, a difference of logarithms, as per cent of the limit. */
const share = (margin: number): string => `${short(100 * Math.expm1(-margin))}%`;
