/**
 * A kernel with some coordinates fixed or tied is again a kernel, over the coordinates that are left:
 * theta = expand(z), gradient and Hessian contracted by the same map. No solver needs to know.
 */

import type { Kernel } from '../laws/law.ts';

/** Which coordinates are fixed at a value, and which follow another. */
export interface Restriction {
  /** Fixed value of coordinate i, in solver coordinates. */
  readonly fixed: ReadonlyMap<number, number>;
  /** Coordinate i takes the value of coordinate `leader`. */
  readonly follows: ReadonlyMap<number, number>;
}

/** `kernel` with `restriction` in force. */
export function restrict(kernel: Kernel, { fixed, follows }: Restriction): Kernel {
  if (fixed.size === 0 && follows.size === 0) return kernel;
  const n = kernel.dimension;
  const free = Array.from({ length: n }, (_, i) => i).filter((i) => !fixed.has(i) && !follows.has(i));
  const position = new Map(free.map((i, z) => [i, z]));
  const zOf = Int32Array.from({ length: n }, (_, i) => position.get(follows.get(i) ?? i) ?? -1);
  const full = Float64Array.from({ length: n }, (_, i) => fixed.get(follows.get(i) ?? i) ?? 0);
  const gradientOfAll = new Float64Array(n);
  const hessianOfAll = new Float64Array(n * n);
  const m = free.length;

  const expand = (z: Float64Array): Float64Array => {
    for (let i = 0; i < n; i++) if (zOf[i]! >= 0) full[i] = z[zOf[i]!]!;
    return full;
  };
  // A follower narrows the bounds of its leader.
  const lower = new Float64Array(m).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(m).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    const z = zOf[i]!;
    if (z < 0) continue;
    lower[z] = Math.max(lower[z]!, kernel.lower[i]!);
    upper[z] = Math.min(upper[z]!, kernel.upper[i]!);
  }

  const along = (of: readonly (readonly number[] | undefined)[]): readonly number[] | undefined =>
    of.includes(undefined)
      ? undefined
      : [...new Set(of.flatMap((at) => at!.map((i) => zOf[i]!)))].filter((z) => z >= 0);
  /** Of everything that moves with coordinate z; of what does not move, with -1. */
  const alongOf = (z: number): (readonly number[] | undefined)[] =>
    kernel.coordinates.flatMap(({ role, along }, i) => (role === 'amplitude' && zOf[i] === z ? [along] : []));
  return {
    dimension: m,
    coordinates: free.map((i, z) => ({ ...kernel.coordinates[i]!, along: along(alongOf(z)) })),
    restAlong: along([kernel.restAlong, ...alongOf(-1)]),
    lower,
    upper,
    predict: (z, out) => kernel.predict(expand(z), out),
    accumulate(f1, f2, gradient, hessian) {
      kernel.accumulate(f1, f2, gradientOfAll, hessianOfAll);
      gradient.fill(0);
      hessian.fill(0);
      for (let i = 0; i < n; i++) {
        const r = zOf[i]!;
        if (r < 0) continue;
        gradient[r] = gradient[r]! + gradientOfAll[i]!;
        for (let j = 0; j < n; j++) {
          const c = zOf[j]!;
          if (c >= 0) hessian[r * m + c] = hessian[r * m + c]! + hessianOfAll[i * n + j]!;
        }
      }
    },
    jacobian(row, out) {
      kernel.jacobian(row, gradientOfAll);
      out.fill(0);
      for (let i = 0; i < n; i++) if (zOf[i]! >= 0) out[zOf[i]!] = out[zOf[i]!]! + gradientOfAll[i]!;
    },
    toCoefficients: (z) => kernel.toCoefficients(expand(z)),
    fromCoefficients: (coefficients) => {
      const all = kernel.fromCoefficients(coefficients);
      return Float64Array.from(free, (i) => all[i]!);
    },
  };
}
