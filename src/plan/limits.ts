/**
 * Constraints as limits on a number that is known at any (N, D), and menus of sizes.
 */

import type { Limit } from '../allocate/limit.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import type { Costs } from './costs.ts';
import type { CheckedProblem } from './problem.ts';

/** `limit` made looser by the share `by`. */
export function loosened(limit: Limit, by: number): Limit {
  return { ...limit, limit: limit.sense === 'at-most' ? limit.limit * (1 + by) : limit.limit * (1 - by) };
}

/**
 * The limits of a problem, and its menu of sizes.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for a constraint about hardware that is not given; `E_INFEASIBLE` for menus that share no size.
 */
export function limitsOf(
  { constraints, data, serving, training }: CheckedProblem,
  { deployment, trainingRate }: Costs,
): { readonly limits: readonly Limit[]; readonly menu: readonly number[] | undefined } {
  const menus: (readonly number[])[] = [];
  const limits = constraints.flatMap((constraint, i): Limit[] => {
    const { kind } = constraint;
    const served = (): NonNullable<Costs['deployment']> => {
      if (deployment) return deployment;
      throw refusal(`constraints[${i}]`, `be beside serving, which the constraint on ${kind} is about`, serving);
    };
    const atMost = { sense: 'at-most' } as const;
    switch (kind) {
      case 'memory': {
        const { memoryTotal, memoryAvailable, memoryPerDevice } = served();
        const limit = constraint.devices === undefined ? memoryAvailable : memoryPerDevice * constraint.devices;
        if (Number.isNaN(limit))
          throw refusal('serving.gpu.memoryBytes', 'be given for a constraint on memory', undefined);
        return [{ ...atMost, name: kind, unit: 'bytes', limit, value: memoryTotal }];
      }
      case 'latency': {
        const { secondsPerOutputToken: value } = served();
        return [{ ...atMost, name: kind, unit: 'seconds per token', limit: constraint.seconds, value }];
      }
      case 'first-token': {
        const { secondsToFirstToken, promptTokens } = served();
        const { seconds: limit, inputTokens = promptTokens } = constraint;
        return [{ ...atMost, name: kind, unit: 'seconds', limit, value: (N) => secondsToFirstToken(N, inputTokens) }];
      }
      case 'throughput': {
        const { tokensPerSecond: value } = served();
        return [{ name: kind, unit: 'tokens per second', limit: constraint.tokensPerSecond, sense: 'at-least', value }];
      }
      case 'training-days': {
        if (trainingRate === undefined)
          throw refusal(`constraints[${i}]`, `be beside training, which the constraint on ${kind} is about`, training);
        const rate = trainingRate * constraint.gpus * 86_400;
        return [
          {
            ...atMost,
            name: kind,
            unit: 'days',
            limit: constraint.days,
            value: (N, D) => (DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D) / rate,
            mostTokens: (N, days) => (days * rate) / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N),
          },
        ];
      }
      case 'size': {
        const { min, max } = constraint;
        if (min === max) {
          menus.push([min!]);
          return [];
        }
        const of = { unit: 'parameters', value: (N: number) => N };
        return [
          ...(min === undefined ? [] : [{ ...of, name: 'smallest-size', limit: min, sense: 'at-least' } as const]),
          ...(max === undefined ? [] : [{ ...of, name: 'largest-size', limit: max, sense: 'at-most' } as const]),
        ];
      }
      case 'menu':
        menus.push([...constraint.sizes].sort((one, two) => one - two));
        return [];
      default:
        return kind satisfies never;
    }
  });
  if (data && !data.repeat) {
    const tokens = (_: number, D: number): number => D;
    const limit = data.unique;
    limits.push({ name: 'unique-tokens', unit: 'tokens', limit, sense: 'at-most', value: tokens, mostTokens: tokens });
  }
  return { limits, menu: menus.length > 0 ? sharedBy(menus) : undefined };
}

/** The sizes that are on all menus. @throws {ScalingLawsError} `E_INFEASIBLE` if there is none. */
function sharedBy(menus: readonly (readonly number[])[]): readonly number[] {
  return menus.reduce((one, two) => {
    const both = one.filter((size) => two.includes(size));
    if (both.length > 0) return both;
    const missedBy = Math.min(...one.flatMap((a) => two.map((b) => Math.max(a / b, b / a) - 1)));
    const breach = { argument: 'menus', rule: 'share a size', got: `${one.join(', ')} and ${two.join(', ')}` };
    throw new ScalingLawsError('E_INFEASIBLE', breach, { constraint: 'menu', sizes: [one, two], missedBy });
  });
}
