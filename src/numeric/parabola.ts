/** Least-squares parabola through points, with the standard error of its curvature. */

import { inverseSymmetric } from './symmetric.ts';

/** y = constant + slope (x - centre) + curvature (x - centre)^2. */
export interface Parabola {
  readonly centre: number;
  readonly constant: number;
  readonly slope: number;
  readonly curvature: number;
  /** Standard error of `curvature`, from n - 3 degrees of freedom; NaN for three points. */
  readonly curvatureError: number;
}

/**
 * @param x - Numbers, three different ones at least.
 * @param y - As many numbers.
 * @returns The parabola, or undefined where the points do not determine one.
 */
export function fitParabola(x: ArrayLike<number>, y: ArrayLike<number>): Parabola | undefined {
  const n = x.length;
  let centre = 0;
  for (let i = 0; i < n; i++) centre += x[i]! / n;
  // Moments 0 to 4 of x, and products with y.
  const moment = new Float64Array(5);
  const right = new Float64Array(3);
  for (let i = 0; i < n; i++) {
    const t = x[i]! - centre;
    for (let k = 0, power = 1; k < 5; k++, power *= t) {
      moment[k] = moment[k]! + power;
      if (k < 3) right[k] = right[k]! + power * y[i]!;
    }
  }
  const inverse = inverseSymmetric([0, 1, 2].map((i) => [0, 1, 2].map((j) => moment[i + j]!)));
  if (!inverse) return undefined;
  const [constant, slope, curvature] = inverse.map((row) => row.reduce((sum, value, j) => sum + value * right[j]!, 0));
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const t = x[i]! - centre;
    squares += (y[i]! - constant! - t * (slope! + t * curvature!)) ** 2;
  }
  return {
    centre,
    constant: constant!,
    slope: slope!,
    curvature: curvature!,
    curvatureError: Math.sqrt((inverse[2]![2]! * squares) / (n - 3)),
  };
}

/** Lowest point of a parabola that opens upward. */
export function vertexOf({ centre, constant, slope, curvature }: Parabola): { readonly x: number; readonly y: number } {
  return { x: centre - slope / (2 * curvature), y: constant - slope ** 2 / (4 * curvature) };
}
