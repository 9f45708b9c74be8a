/** What a fit amounts to: its status is the worst thing that is true of its optimum. */

import type { Kernel } from '../laws/law.ts';
import { heldCoordinates } from '../noise/tangent.ts';
import { symmetricEigen } from '../numeric/eigen.ts';

/** Outcome of a fit. */
export type FitStatus =
  /** The best of all starts ended in a local minimum inside all bounds, which the rows curve in every direction. */
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
/** Judges a fit. `information` is sum w dr dr' at the optimum, over the coordinates of `kernel`. */
export function judge(
  kernel: Kernel,
  { theta, converged }: { readonly theta: Float64Array; readonly converged: boolean },
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
  return heldCoordinates(kernel, theta).map(({ at, bound }) => {
    const { name } = kernel.coordinates[at]!;
    return { name, bound, value: coefficients[name]! };
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
