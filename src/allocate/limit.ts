/** A constraint as a limit on a number: memory at most so many bytes, throughput at least so many tokens a second. */

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
const ROUNDING = 1e-9;

/** How far inside: ln (limit / value), or ln (value / limit); negative outside. */
export function marginOf({ sense, limit, value }: Limit, N: number, D: number): number {
  const ratio = Math.log(limit / value(N, D));
  return sense === 'at-most' ? ratio : -ratio;
}

/** Whether N parameters on D tokens keep `limit`, to rounding. */
export const isKept = (limit: Limit, N: number, D: number): boolean => marginOf(limit, N, D) >= -ROUNDING;
