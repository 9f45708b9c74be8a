/**
 * Where to begin: variable projection over a grid of exponents; for three and more, over points that fill their ranges evenly.
 *
 * Once the exponents are known, a law that is linear in its amplitudes is a least-squares problem with a unique answer, so the
 * search needs no hint of the size of A, B or E. Residuals are relative in log space ((p - L) / L is ln p - ln L to first order).
 * Golub & Pereyra 1973; for scaling laws Open-Athena/vpnls.
 */

import { EXPONENT_SCAN, type Kernel } from '../laws/law.ts';
import { boxedLeastSquares } from '../numeric/boxed-least-squares.ts';
import { evenPoints } from '../numeric/low-discrepancy.ts';
import type { Objective, Observed } from '../objective/objective.ts';

/** A point to descend from, and the objective there. */
export interface Start {
  readonly theta: Float64Array;
  readonly value: number;
}

/** Exponents tried, geometrically spaced: from nearly flat to steeper than any published law. */
export const DEFAULT_EXPONENT_GRID: { readonly from: number; readonly to: number; readonly points: number } =
  Object.freeze({ from: EXPONENT_SCAN[0], to: EXPONENT_SCAN[1], points: 12 });
/** Laws with more exponents than this are scanned at {@link EVEN_POINTS} points: a grid would have 12 to the power of their number. */
const MOST_GRID_EXPONENTS = 2;
/** Enough for the descents to reach the optimum of every law of the registry on runs without noise. */
const EVEN_POINTS = 1024;

/** Amplitudes found to be 0 start at this share of the lowest loss: at 0 itself the derivative by ln A vanishes. */
const SMALLEST_START = 1e-4;

/** All points of the scan as starts, best objective first. */
export function projectedStarts(objective: Objective, observed: Observed): Start[] {
  const { kernel } = objective;
  const project = amplitudeProjection(kernel, observed, objective.space === 'log');
  const exponents = positions(kernel, 'exponent');
  const starts: Start[] = [];
  for (const theta of scan(kernel, exponents)) {
    if (!project(theta)) continue;
    const value = objective.value(theta);
    if (Number.isFinite(value)) starts.push({ theta, value });
  }
  return starts.sort((one, two) => one.value - two.value);
}

function positions(kernel: Kernel, role: 'amplitude' | 'exponent'): number[] {
  return kernel.coordinates.flatMap((coordinate, i) => (coordinate.role === role ? [i] : []));
}

/** Exponents to try, clipped to their bounds; amplitudes still 0. */
function scan(kernel: Kernel, exponents: readonly number[]): Float64Array[] {
  const at = (i: number, u: number): number =>
    Math.min(Math.max(kernel.coordinates[i]!.scan!(u), kernel.lower[i]!), kernel.upper[i]!);
  if (exponents.length > MOST_GRID_EXPONENTS) {
    return evenPoints(EVEN_POINTS, exponents.length).map((point) => {
      const theta = new Float64Array(kernel.dimension);
      exponents.forEach((i, j) => {
        theta[i] = at(i, point[j]!);
      });
      return theta;
    });
  }
  const { points } = DEFAULT_EXPONENT_GRID;
  let grid = [new Float64Array(kernel.dimension)];
  for (const i of exponents) {
    const values = new Set(Array.from({ length: points }, (_, k) => at(i, k / (points - 1))));
    grid = grid.flatMap((theta) => Array.from(values, (value) => theta.with(i, value)));
  }
  return grid;
}

/** Returns a function that fills in the best amplitudes for the exponents in `theta`; false where there are none. */
function amplitudeProjection(
  kernel: Kernel,
  { loss, weight }: Observed,
  relative: boolean,
): (theta: Float64Array) => boolean {
  const at = positions(kernel, 'amplitude');
  const k = at.length;
  const rows = loss.length;
  const isLog = at.map((i) => kernel.coordinates[i]!.scale === 'log');
  const lower = at.map((i, j) => (isLog[j] ? Math.exp(kernel.lower[i]!) : kernel.lower[i]!));
  const upper = at.map((i, j) => (isLog[j] ? Math.exp(kernel.upper[i]!) : kernel.upper[i]!));
  const smallest = SMALLEST_START * loss.reduce((low, value) => Math.min(low, value));
  const importance = weight.map((w, i) => (relative ? w / loss[i]! ** 2 : w));
  const columns = at.map(() => new Float64Array(rows));
  const rest = new Float64Array(rows);
  const G = new Float64Array(k * k);
  const h = new Float64Array(k);
  const switchAll = (theta: Float64Array, on: number): void => {
    for (let j = 0; j < k; j++) theta[at[j]!] = isLog[j] ? (j === on ? 0 : Number.NEGATIVE_INFINITY) : j === on ? 1 : 0;
  };

  return (theta) => {
    // What fixed amplitudes contribute, and the response to one unit of each free amplitude.
    switchAll(theta, -1);
    kernel.predict(theta, rest);
    for (let j = 0; j < k; j++) {
      switchAll(theta, j);
      kernel.predict(theta, columns[j]!);
      for (let i = 0; i < rows; i++) columns[j]![i] = columns[j]![i]! - rest[i]!;
    }
    for (let j = 0; j < k; j++) {
      h[j] = weightedDot(importance, columns[j]!, loss) - weightedDot(importance, columns[j]!, rest);
      for (let l = 0; l <= j; l++) G[j * k + l] = G[l * k + j] = weightedDot(importance, columns[j]!, columns[l]!);
    }
    const amplitudes = boxedLeastSquares(G, h, lower, upper);
    if (!amplitudes) return false;
    for (let j = 0; j < k; j++) {
      const i = at[j]!;
      const start = isLog[j] ? Math.log(Math.max(amplitudes[j]!, smallest)) : amplitudes[j]!;
      theta[i] = Math.min(Math.max(start, kernel.lower[i]!), kernel.upper[i]!);
    }
    return true;
  };
}

function weightedDot(weight: Float64Array, one: Float64Array, two: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weight.length; i++) sum += weight[i]! * one[i]! * two[i]!;
  return sum;
}
