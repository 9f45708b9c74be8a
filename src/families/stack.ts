/**
 * The kernels of several families as one: block by block, with some coordinates shared by all blocks.
 *
 *     theta = (theta of the first family, own theta of the second, ...)       H = sum over families of its block
 *
 * A shared coordinate of the second family and on follows that of the first, which is what restrict.ts does for tied coefficients.
 */

import type { Coefficients, Kernel } from '../laws/law.ts';
import { restrict } from '../objective/restrict.ts';

/** One family's kernel; every family has the same law and the same restrictions, so all have the same coordinates. */
export interface Block {
  readonly name: string;
  readonly kernel: Kernel;
  /** Number of rows behind the kernel. */
  readonly rows: number;
}

/** The blocks as one kernel over all rows, family after family. */
export interface Stack {
  readonly kernel: Kernel;
  /** Solver coordinates of the families' coefficients, in order; what is shared is taken from family `leader`. */
  join(coefficients: readonly Coefficients[], leader: number): Float64Array;
}

/** Stacks `blocks`; coordinates named in `shared` must be uncentred in each of them. */
export function stackKernels(blocks: readonly Block[], shared: ReadonlySet<string>): Stack {
  const { dimension: n, coordinates } = blocks[0]!.kernel;
  const follows = new Map<number, number>();
  const isShared = coordinates.map(({ name }) => shared.has(name));
  for (let b = 1; b < blocks.length; b++) {
    for (let i = 0; i < n; i++) if (isShared[i]) follows.set(b * n + i, i);
  }
  const stacked = blockDiagonal(blocks, shared);
  const kernel = restrict(stacked, { fixed: new Map(), follows });
  return {
    kernel,
    join(coefficients, leader) {
      const parts = blocks.map((block, b) => block.kernel.fromCoefficients(coefficients[b]!));
      const full = parts.flatMap((part) => Array.from(part, (value, i) => (isShared[i] ? parts[leader]![i]! : value)));
      const free = full.filter((_, k) => !follows.has(k));
      return Float64Array.from(free, (value, k) => Math.min(Math.max(value, kernel.lower[k]!), kernel.upper[k]!));
    },
  };
}

/** Every family beside the others, nothing shared; own coordinates carry the name of their family. */
function blockDiagonal(blocks: readonly Block[], shared: ReadonlySet<string>): Kernel {
  const n = blocks[0]!.kernel.dimension;
  const m = n * blocks.length;
  const gradientOfBlock = new Float64Array(n);
  const hessianOfBlock = new Float64Array(n * n);
  const ends: number[] = [];
  for (const { rows } of blocks) ends.push((ends.at(-1) ?? 0) + rows);
  const starts = ends.map((end, b) => end - blocks[b]!.rows);
  const label = (name: string, b: number): string => (shared.has(name) ? name : `${name} of ${blocks[b]!.name}`);
  const join = (of: (kernel: Kernel, b: number) => Float64Array): Float64Array =>
    Float64Array.from(blocks.flatMap(({ kernel }, b) => Array.from(of(kernel, b))));
  // Views of the caller's arrays, not copies: two small objects a family and call.
  const own = (theta: Float64Array, b: number): Float64Array => theta.subarray(b * n, (b + 1) * n);
  const rowsOf = (column: Float64Array, b: number): Float64Array => column.subarray(starts[b]!, ends[b]!);

  return {
    dimension: m,
    coordinates: blocks.flatMap(({ kernel }, b) =>
      kernel.coordinates.map((coordinate) => ({
        ...coordinate,
        name: label(coordinate.name, b),
        along: coordinate.along?.map((i) => b * n + i),
      })),
    ),
    lower: join(({ lower }) => lower),
    upper: join(({ upper }) => upper),
    predict(theta, out) {
      for (let b = 0; b < blocks.length; b++) blocks[b]!.kernel.predict(own(theta, b), rowsOf(out, b));
    },
    accumulate(f1, f2, gradient, hessian) {
      hessian.fill(0);
      for (let b = 0; b < blocks.length; b++) {
        blocks[b]!.kernel.accumulate(rowsOf(f1, b), rowsOf(f2, b), gradientOfBlock, hessianOfBlock);
        for (let i = 0; i < n; i++) {
          gradient[b * n + i] = gradientOfBlock[i]!;
          for (let j = 0; j < n; j++) hessian[(b * n + i) * m + b * n + j] = hessianOfBlock[i * n + j]!;
        }
      }
    },
    jacobian(row, out) {
      const b = ends.findIndex((end) => row < end);
      out.fill(0);
      blocks[b]!.kernel.jacobian(row - starts[b]!, own(out, b));
    },
    toCoefficients: (theta) =>
      Object.fromEntries(
        blocks.flatMap(({ kernel }, b) =>
          Object.entries(kernel.toCoefficients(own(theta, b))).map(([name, value]) => [label(name, b), value]),
        ),
      ),
    fromCoefficients: (coefficients) =>
      join((kernel, b) => {
        const names = Object.keys(kernel.toCoefficients(new Float64Array(n)));
        return kernel.fromCoefficients(Object.fromEntries(names.map((name) => [name, coefficients[label(name, b)]!])));
      }),
  };
}
