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
  const exponents = positions(kernel, 'exponent');
  const project = amplitudeProjection(objective, observed, exponents);
  const starts: Start[] = [];
  for (const point of scan(kernel, exponents)) {
    const start = project(point);
    if (start && Number.isFinite(start.value)) starts.push(start);
  }
  return starts.sort((one, two) => one.value - two.value);
}

function positions(kernel: Kernel, role: 'amplitude' | 'exponent'): number[] {
  return kernel.coordinates.flatMap((coordinate, i) => (coordinate.role === role ? [i] : []));
}

/** Exponents to try; amplitudes still 0. */
interface ScanPoint {
  readonly theta: Float64Array;
  /** A number that is the same where the exponents at `along` are. */
  key(along: readonly number[]): number;
}

/** Exponents to try, clipped to their bounds. */
function scan(kernel: Kernel, exponents: readonly number[]): ScanPoint[] {
  const at = (i: number, u: number): number =>
    Math.min(Math.max(kernel.coordinates[i]!.scan!(u), kernel.lower[i]!), kernel.upper[i]!);
  if (exponents.length > MOST_GRID_EXPONENTS) {
    return evenPoints(EVEN_POINTS, exponents.length).map((point, k) => {
      const theta = new Float64Array(kernel.dimension);
      exponents.forEach((i, j) => {
        theta[i] = at(i, point[j]!);
      });
      return { theta, key: (along) => (along.length === 0 ? 0 : k) };
    });
  }
  const { points } = DEFAULT_EXPONENT_GRID;
  let grid = [{ theta: new Float64Array(kernel.dimension), steps: new Map<number, number>() }];
  for (const i of exponents) {
    const values = [...new Set(Array.from({ length: points }, (_, k) => at(i, k / (points - 1))))];
    grid = grid.flatMap(({ theta, steps }) =>
      values.map((value, k) => ({ theta: theta.with(i, value), steps: new Map(steps).set(i, k) })),
    );
  }
  return grid.map(({ theta, steps }) => ({
    theta,
    key: (along) => along.reduce((sum, i) => sum * points + steps.get(i)!, 0),
  }));
}

/**
 * Returns a function that fills in the best amplitudes for the exponents of a point; undefined where there are none. What depends on some of
 * the exponents only is formed once for each of their values: of 144 pairs of exponents, each power 12 times.
 */
function amplitudeProjection(
  objective: Objective,
  { loss, weight }: Observed,
  exponents: readonly number[],
): (point: ScanPoint) => Start | undefined {
  const { kernel } = objective;
  const at = positions(kernel, 'amplitude');
  const k = at.length;
  const rows = loss.length;
  const isLog = at.map((i) => kernel.coordinates[i]!.scale === 'log');
  const lower = at.map((i, j) => (isLog[j] ? Math.exp(kernel.lower[i]!) : kernel.lower[i]!));
  const upper = at.map((i, j) => (isLog[j] ? Math.exp(kernel.upper[i]!) : kernel.upper[i]!));
  const smallest = SMALLEST_START * loss.reduce((low, value) => Math.min(low, value));
  const importance = weight.map((w, i) => (objective.space === 'log' ? w / loss[i]! ** 2 : w));
  const predicted = new Float64Array(rows);
  const G = new Float64Array(k * k);
  const h = new Float64Array(k);

  const predictOnly = (theta: Float64Array, on: number): Float64Array => {
    for (let j = 0; j < k; j++) theta[at[j]!] = isLog[j] ? (j === on ? 0 : Number.NEGATIVE_INFINITY) : j === on ? 1 : 0;
    const out = new Float64Array(rows);
    kernel.predict(theta, out);
    return out;
  };
  const ofRest = kernel.restAlong ?? exponents;
  const alongOf = (j: number): readonly number[] => kernel.coordinates[at[j]!]!.along ?? exponents;
  const union = (...lists: readonly (readonly number[])[]): readonly number[] => [...new Set(lists.flat())];
  /** What fixed amplitudes contribute, and what is left of the losses. */
  const rest = remembered(ofRest, ({ theta }) => {
    const fixed = predictOnly(theta, -1);
    return { fixed, left: loss.map((value, i) => value - fixed[i]!) };
  });
  /** The response to one unit of each amplitude. */
  const columns = at.map((_, j) =>
    remembered(union(ofRest, alongOf(j)), (point) => {
      const { fixed } = rest(point);
      return predictOnly(point.theta, j).map((value, i) => value - fixed[i]!);
    }),
  );
  const sides = at.map((_, j) =>
    remembered(union(ofRest, alongOf(j)), (point) => weightedDot(importance, columns[j]!(point), rest(point).left)),
  );
  const products = at.map((_, j) =>
    at.map((_, l) =>
      remembered(union(ofRest, alongOf(j), alongOf(l)), (point) =>
        weightedDot(importance, columns[j]!(point), columns[l]!(point)),
      ),
    ),
  );

  return (point) => {
    for (let j = 0; j < k; j++) {
      h[j] = sides[j]!(point);
      for (let l = 0; l <= j; l++) G[j * k + l] = G[l * k + j] = products[j]![l]!(point);
    }
    const amplitudes = boxedLeastSquares(G, h, lower, upper);
    if (!amplitudes) return undefined;
    const { theta } = point;
    predicted.set(rest(point).fixed);
    for (let j = 0; j < k; j++) {
      const i = at[j]!;
      const start = isLog[j] ? Math.log(Math.max(amplitudes[j]!, smallest)) : amplitudes[j]!;
      theta[i] = Math.min(Math.max(start, kernel.lower[i]!), kernel.upper[i]!);
      addTimes(predicted, columns[j]!(point), isLog[j] ? Math.exp(theta[i]!) : theta[i]!);
    }
    return { theta, value: objective.valueOf(theta, predicted) };
  };
}

/** `make` of a point, made once for all points whose exponents at `along` are the same. */
function remembered<T>(along: readonly number[], make: (point: ScanPoint) => T): (point: ScanPoint) => T {
  const known = new Map<number, T>();
  return (point) => {
    const key = point.key(along);
    let made = known.get(key);
    if (made === undefined) {
      // What depends on more never comes back.
      if (along.length > 1) known.clear();
      made = make(point);
      known.set(key, made);
    }
    return made;
  };
}

function weightedDot(weight: Float64Array, one: Float64Array, two: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weight.length; i++) sum += weight[i]! * one[i]! * two[i]!;
  return sum;
}

function addTimes(to: Float64Array, column: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + factor * column[i]!;
}
