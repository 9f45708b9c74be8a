/**
 * Constraints as limits on a number: memory at most so many bytes, throughput at least so many tokens a second. A limit knows the number at
 * any (N, D), and its margin, the logarithm of how far inside the limit that lies.
 */

import { listOf, onlyKnown, positive, recordOf } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import type { Costs } from './costs.ts';
import type { Constraint, PlanProblem } from './problem.ts';

/** What a limit is about. */
export type LimitName =
  | 'memory'
  | 'latency'
  | 'first-token'
  | 'throughput'
  | 'training-days'
  | 'smallest-size'
  | 'largest-size'
  | 'unique-tokens';

/** A constraint, ready to be asked. */
export interface Limit {
  readonly name: LimitName;
  readonly unit: string;
  readonly limit: number;
  /** Whether the number may be at most, or must be at least, the limit. */
  readonly sense: 'at-most' | 'at-least';
  /** The number at (N, D). */
  readonly value: (N: number, D: number) => number;
  /** Where the limit bears on D: the most tokens for N parameters. */
  readonly mostTokens?: (N: number, limit: number) => number;
}

/** A margin this far below 0 is rounding. */
export const ROUNDING = 1e-9;

/** How far inside: ln (limit / value), or ln (value / limit); negative outside. */
export function marginOf({ sense, limit, value }: Limit, N: number, D: number): number {
  const ratio = Math.log(limit / value(N, D));
  return sense === 'at-most' ? ratio : -ratio;
}

/** `limit` made looser by the share `by`. */
export function loosened(limit: Limit, by: number): Limit {
  return { ...limit, limit: limit.sense === 'at-most' ? limit.limit * (1 + by) : limit.limit * (1 - by) };
}

/**
 * The limits of a problem, and its menu of sizes.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION` for a constraint that is ill-formed, or about hardware that is not given.
 */
export function limitsOf(
  { constraints = [], data, serving }: PlanProblem,
  { deployment, trainingRate }: Costs,
): { readonly limits: readonly Limit[]; readonly menu: readonly number[] | undefined } {
  const menus: (readonly number[])[] = [];
  const served = (kind: string): NonNullable<Costs['deployment']> => {
    if (deployment) return deployment;
    throw refusal(`constraint ${kind}`, 'be beside `serving`, which says what it is about', serving);
  };
  const limits = listOf('constraints', constraints).flatMap((constraint, i): Limit[] => {
    recordOf(`constraints[${i}]`, constraint);
    const { kind } = constraint;
    if (!Object.hasOwn(FIELDS, kind))
      throw refusal('constraint.kind', `be one of ${Object.keys(FIELDS).join(', ')}`, kind);
    onlyKnown(`constraint ${kind}`, constraint, ['kind', ...FIELDS[kind]]);
    const amount = (field: string, unit: string, value: number | undefined): number =>
      positive(`constraint ${kind}: ${field}`, unit, value!);
    const atMost = { sense: 'at-most' } as const;
    switch (kind) {
      case 'memory': {
        const { memoryTotal, memoryAvailable, memoryPerDevice } = served(kind);
        const { devices } = constraint;
        const limit = devices === undefined ? memoryAvailable : memoryPerDevice * amount('devices', 'GPUs', devices);
        return [{ ...atMost, name: kind, unit: 'bytes', limit: amount('memory', 'bytes', limit), value: memoryTotal }];
      }
      case 'latency': {
        const { secondsPerOutputToken } = served(kind);
        const limit = amount('seconds', 'seconds', constraint.seconds);
        return [{ ...atMost, name: kind, unit: 'seconds per token', limit, value: secondsPerOutputToken }];
      }
      case 'first-token': {
        const { secondsToFirstToken, promptTokens } = served(kind);
        const tokens = amount('inputTokens', 'tokens', constraint.inputTokens ?? promptTokens);
        const limit = amount('seconds', 'seconds', constraint.seconds);
        return [{ ...atMost, name: kind, unit: 'seconds', limit, value: (N) => secondsToFirstToken(N, tokens) }];
      }
      case 'throughput': {
        const { tokensPerSecond } = served(kind);
        const limit = amount('tokensPerSecond', 'tokens per second', constraint.tokensPerSecond);
        return [{ name: kind, unit: 'tokens per second', limit, sense: 'at-least', value: tokensPerSecond }];
      }
      case 'training-days': {
        if (trainingRate === undefined)
          throw refusal(`constraint ${kind}`, 'be beside `training`, its hardware', trainingRate);
        const rate = trainingRate * amount('gpus', 'GPUs', constraint.gpus) * 86_400;
        return [
          {
            ...atMost,
            name: kind,
            unit: 'days',
            limit: amount('days', 'days', constraint.days),
            value: (N, D) => (DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D) / rate,
            mostTokens: (N, days) => (days * rate) / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N),
          },
        ];
      }
      case 'size':
        if (constraint.min === undefined || constraint.min !== constraint.max) return sizeLimits(constraint, amount);
        menus.push(menuOf([constraint.min]));
        return [];
      case 'menu':
        menus.push(menuOf(constraint.sizes));
        return [];
      default:
        return kind satisfies never;
    }
  });
  if (data && !data.repeat) {
    limits.push({
      name: 'unique-tokens',
      unit: 'tokens',
      limit: data.unique,
      sense: 'at-most',
      value: (_, D) => D,
      mostTokens: (_, D) => D,
    });
  }
  return { limits, menu: menus.length > 0 ? sharedBy(menus) : undefined };
}

const FIELDS: { readonly [K in Constraint['kind']]: readonly string[] } = {
  memory: ['devices'],
  latency: ['seconds'],
  'first-token': ['seconds', 'inputTokens'],
  throughput: ['tokensPerSecond'],
  'training-days': ['days', 'gpus'],
  size: ['min', 'max'],
  menu: ['sizes'],
};

function sizeLimits(
  { min, max }: Extract<Constraint, { kind: 'size' }>,
  amount: (field: string, unit: string, value: number | undefined) => number,
): Limit[] {
  if (min === undefined && max === undefined) throw refusal('constraint size', 'be with min, max or both', 'neither');
  const value = (N: number): number => N;
  const limits: Limit[] = [];
  const unit = 'parameters';
  if (min !== undefined)
    limits.push({ name: 'smallest-size', unit, limit: amount('min', unit, min), sense: 'at-least', value });
  if (max !== undefined)
    limits.push({ name: 'largest-size', unit, limit: amount('max', unit, max), sense: 'at-most', value });
  if (min !== undefined && max !== undefined && !(min < max))
    throw refusal('constraint size: max', `be at least min, ${min}`, max);
  return limits;
}

/** Sizes in ascending order. */
function menuOf(sizes: readonly number[]): readonly number[] {
  const name = 'constraint menu: sizes';
  if (listOf(name, sizes).length === 0) throw refusal(name, 'be a list of sizes', '');
  for (const [i, size] of sizes.entries()) positive(`${name}[${i}]`, 'parameters', size);
  return [...sizes].sort((one, two) => one - two);
}

/** The sizes that are on all menus. @throws {ScalingLawsError} `E_INFEASIBLE` if there is none. */
function sharedBy(menus: readonly (readonly number[])[]): readonly number[] {
  return menus.reduce((one, two) => {
    const both = one.filter((size) => two.includes(size));
    if (both.length > 0) return both;
    const missedBy = Math.min(...one.flatMap((a) => two.map((b) => Math.max(a / b, b / a) - 1)));
    const text = `menus must share a size, got ${one.join(', ')} and ${two.join(', ')}`;
    throw new ScalingLawsError('E_INFEASIBLE', text, { constraint: 'menu', sizes: [one, two], missedBy });
  });
}
