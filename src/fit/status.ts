/**
 * What a fit amounts to, said once and plainly: the status is the worst thing that is true of it, the warnings are all of them.
 */

import type { Warning } from '../errors.ts';
import type { Kernel } from '../laws/law.ts';
import { symmetricEigen } from '../numeric/eigen.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import type { SearchResult } from './search.ts';

/** Outcome of a fit. */
export type FitStatus =
  /** A local minimum, the best of all starts, away from every bound, with every coefficient determined. */
  | { readonly kind: 'converged' }
  /** The minimum lies on a bound: the data would go further. */
  | { readonly kind: 'at-bound'; readonly coefficients: readonly BoundHit[] }
  /** Different coefficients predict these rows equally well: only predictions near the rows mean anything. */
  | { readonly kind: 'unidentified'; readonly coefficients: readonly string[] }
  /** No start ended in a local minimum. */
  | { readonly kind: 'not-converged' };

/** A coefficient on its bound. */
export interface BoundHit {
  readonly name: string;
  readonly bound: 'lower' | 'upper';
  readonly value: number;
}

/** Below this share of the largest, an eigenvalue of the scaled information matrix is a direction that the rows do not see. */
const UNSEEN = 1e-9;
/** Share of an unseen direction from which a coefficient is named. */
const NAMED = 0.1;
/** An irreducible loss below this, in nats per token, is no entropy of any text. */
const NO_ENTROPY = 1e-3;
/** Choshen et al. 2024, section 8: five models are a safe number. */
const SAFE_SIZES = 5;
/** Ratios of D to N, or budgets, that differ by less than this factor are one: the rows lie on a line of the (N, D) plane. */
export const ONE_LINE = 1.25;
/** An optimum that fewer starts reach may not be the lowest. */
const LONELY = 3;

/** Judges a fit. `information` is sum w dr dr' at the optimum, over the coordinates of `kernel`. */
export function judge(
  kernel: Kernel,
  { theta, converged }: SearchResult,
  information: Float64Array,
  coefficients: Readonly<Record<string, number>>,
): FitStatus {
  if (!converged) return { kind: 'not-converged' };
  const hits = boundHits(kernel, theta, coefficients);
  const held = new Set(hits.map(({ name }) => name));
  const unseen = unseenCoordinates(kernel, information, held);
  if (unseen.length > 0) return { kind: 'unidentified', coefficients: unseen };
  return hits.length > 0 ? { kind: 'at-bound', coefficients: hits } : { kind: 'converged' };
}

/** Coefficients on a bound. */
export function boundHits(
  kernel: Kernel,
  theta: Float64Array,
  coefficients: Readonly<Record<string, number>>,
): readonly BoundHit[] {
  return kernel.coordinates.flatMap(({ name }, i): BoundHit[] => {
    const near = 1e-9 * Math.max(1, Math.abs(theta[i]!));
    const value = coefficients[name]!;
    if (theta[i]! - kernel.lower[i]! <= near) return [{ name, bound: 'lower', value }];
    if (kernel.upper[i]! - theta[i]! <= near) return [{ name, bound: 'upper', value }];
    return [];
  });
}

/** Names of coordinates along which predictions do not change, to rounding. */
function unseenCoordinates(kernel: Kernel, information: Float64Array, held: ReadonlySet<string>): string[] {
  const n = kernel.dimension;
  const free = kernel.coordinates.flatMap(({ name }, i) => (held.has(name) ? [] : [i]));
  const largest = Math.max(...free.map((i) => information[i * n + i]!));
  const size = (i: number): number => Math.sqrt(Math.max(information[i * n + i]!, UNSEEN * UNSEEN * largest));
  const scaled = free.flatMap((i) => free.map((j) => information[i * n + j]! / (size(i) * size(j))));
  const { values, vectors } = symmetricEigen(scaled, free.length);
  const unseen = new Set<string>();
  values.forEach((value, k) => {
    if (value > UNSEEN * values[values.length - 1]!) return;
    vectors[k]!.forEach((share, j) => {
      if (Math.abs(share) > NAMED) unseen.add(kernel.coordinates[free[j]!]!.name);
    });
  });
  return [...unseen];
}

/** Everything a user should hear about a fit beside its numbers. */
export function fitWarnings(
  status: FitStatus,
  { starts }: SearchResult,
  coefficients: Readonly<Record<string, number>>,
  kept: Runs,
  tokensPerParam: Span,
): Warning[] {
  const warnings: Warning[] = [];
  const say = (code: string, message: string): void => {
    warnings.push({ code, message });
  };
  switch (status.kind) {
    case 'not-converged':
      say('W_NOT_CONVERGED', 'No start ended in a local minimum; give more starts, or check the rows for outliers.');
      break;
    case 'unidentified':
      say(
        'W_UNIDENTIFIED',
        `${list(status.coefficients)} cannot be told apart on these rows: other values predict them equally well. ` +
          'Use predictions near the rows only.',
      );
      break;
    case 'at-bound':
      for (const { name, bound, value } of status.coefficients) {
        say('W_AT_BOUND', `${name} ended on its ${bound} bound (${digits(value)}): the rows do not hold it off.`);
      }
      break;
    case 'converged':
      break;
    default:
      status satisfies never;
  }
  const [lowest] = spanOf(kept.loss);
  const { E } = coefficients;
  if (E !== undefined && E < NO_ENTROPY) {
    say('W_E_AT_ZERO', `E is ${digits(E)}: these rows do not show an irreducible loss; do not extrapolate far.`);
  }
  if (E !== undefined && E > lowest) {
    say(
      'W_E_ABOVE_LOWEST_LOSS',
      `E is ${digits(E)}, above the lowest loss ${digits(lowest)}: the law cannot reach it.`,
    );
  }
  const sizes = new Set(kept.N).size;
  if (sizes < SAFE_SIZES) {
    say('W_FEW_SIZES', `Only ${sizes} model size${sizes === 1 ? '' : 's'}; ${SAFE_SIZES} is a safe number.`);
  }
  const [leastC, mostC] = spanOf(kept.C);
  // What a line of the (N, D) plane cannot tell apart are a term of N and a term of D.
  const twoTerms = coefficients.A !== undefined && coefficients.B !== undefined;
  if (twoTerms && mostC / leastC < ONE_LINE) {
    say(
      'W_ONE_BUDGET',
      `All rows have about ${digits(leastC)} FLOPs: A and B cannot be told apart, and predictions at other budgets mean nothing.`,
    );
  }
  if (twoTerms && tokensPerParam[1] / tokensPerParam[0] < ONE_LINE) {
    say(
      'W_ONE_RAY',
      `All rows have about ${digits(tokensPerParam[0])} tokens per parameter: ` +
        'A and B cannot be told apart, and predictions at other ratios mean nothing.',
    );
  }
  if (starts.atBest < LONELY && starts.tried >= LONELY && status.kind !== 'unidentified') {
    say(
      'W_LONELY_OPTIMUM',
      `Only ${starts.atBest} of ${starts.tried} starts reached the best objective; search deeper with search: { hops: 200 }.`,
    );
  }
  return warnings;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

const digits = (value: number): string => String(Number(value.toPrecision(4)));
