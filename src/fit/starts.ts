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
/** Shares of the range of an exponent, beyond it, for terms that are a step at the smallest value: exponents of 6 and 20. */
const STEEP: readonly number[] = [1.25, 1.5];
/** A steep term is tried where the best start with it is at most so many times as high as the best without. */
const STEEP_RIVAL = 1.5;
/** Enough for the descents to reach the optimum of every law of the registry on runs without noise. */
const EVEN_POINTS = 1024;

/** Terms found to be 0 start at this share of the lowest loss in the row where they are largest: at 0 itself the derivative by ln A vanishes. */
const SMALLEST_START = 1e-4;

/** A start of the scan, and where it leads on the grid. */
export interface ScannedStart extends Start {
  /** Where one comes to by stepping to the lowest neighbour again and again; the start itself off a grid. */
  readonly low: Start;
}

/** The `count` points of the scan with the best objective as starts, the best first; then the best of those with a steep term, for each. */
export function projectedStarts(objective: Objective, observed: Observed, count: number): ScannedStart[] {
  const { kernel } = objective;
  const exponents = positions(kernel, 'exponent');
  const project = amplitudeProjection(objective, observed, exponents);
  const known = new Map<number, GridStart>();
  const steepest = new Map<number, GridStart>();
  for (const point of scan(kernel, exponents)) {
    const start = project(point);
    if (!start || !Number.isFinite(start.value)) continue;
    const found = { ...start, steps: point.steps };
    if (point.steep === undefined) known.set(keyOf(point.steps), found);
    else if (found.value < (steepest.get(point.steep)?.value ?? Number.POSITIVE_INFINITY))
      steepest.set(point.steep, found);
  }
  const best = Array.from(known.values())
    .sort((one, two) => one.value - two.value)
    .slice(0, count)
    .map((start) => ({ ...start, low: lowFrom(start, known) }));
  const most = STEEP_RIVAL * (best[0]?.value ?? Number.POSITIVE_INFINITY);
  const steep = Array.from(steepest.values()).filter(({ value }) => value <= most);
  return [...best, ...steep.map((start) => ({ ...start, low: start }))];
}

type GridStart = Start & Pick<ScanPoint, 'steps'>;

function lowFrom(start: GridStart, known: ReadonlyMap<number, GridStart>): GridStart {
  let low = start;
  for (;;) {
    const next = neighboursOf(low.steps).reduce((lowest, steps) => {
      const other = known.get(keyOf(steps));
      return other && other.value < lowest.value ? other : lowest;
    }, low);
    if (next === low) return low;
    low = next;
  }
}

function positions(kernel: Kernel, role: 'amplitude' | 'exponent'): number[] {
  return kernel.coordinates.flatMap((coordinate, i) => (coordinate.role === role ? [i] : []));
}

/** Exponents to try; amplitudes still 0. */
interface ScanPoint {
  readonly theta: Float64Array;
  /** Number of the value of each exponent; of points that fill their ranges evenly, whose values never come back, the number of the point. */
  readonly steps: readonly number[];
  /** Number of the exponent and its value, where that is a steep one. */
  readonly steep?: number | undefined;
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
      return { theta, steps: exponents.map(() => k) };
    });
  }
  const { points } = DEFAULT_EXPONENT_GRID;
  const usual = Array.from({ length: points }, (_, k) => k / (points - 1));
  const isPower = (i: number): boolean => kernel.coordinates.some(({ along }) => along?.includes(i));
  const values = exponents.map((i) => {
    const shares = isPower(i) ? [...usual, ...STEEP] : usual;
    return [...new Set(shares.map((u) => at(i, u)))];
  });
  const grid = values.reduce<number[][]>((all, list) => all.flatMap((one) => list.map((_, k) => [...one, k])), [[]]);
  return grid.flatMap((steps) => {
    const theta = new Float64Array(kernel.dimension);
    for (const [j, i] of exponents.entries()) theta[i] = values[j]![steps[j]!]!;
    const steep = steps.flatMap((k, j) =>
      values[j]![k]! > at(exponents[j]!, 1) ? [j * (points + STEEP.length) + k] : [],
    );
    // Two steps at once are more than some rows can tell.
    return steep.length > 1 ? [] : [{ theta, steps, steep: steep[0] }];
  });
}

/** A number for few steps, or for the same step many times. */
const keyOf = (steps: readonly number[]): number =>
  steps.slice(0, MOST_GRID_EXPONENTS).reduce((sum, k) => sum * (EVEN_POINTS + 2) + k + 1, 0);

/** Steps of the points next to a point of the grid, diagonally too; none of points off a grid. */
function neighboursOf(steps: readonly number[]): readonly (readonly number[])[] {
  if (steps.length > MOST_GRID_EXPONENTS) return [];
  return steps.reduce<number[][]>((all, k) => all.flatMap((one) => [-1, 0, 1].map((by) => [...one, k + by])), [[]]);
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
  /** Which of the exponents stand at some positions. */
  const among = (along: readonly number[] | undefined): number[] =>
    exponents.flatMap((i, j) => (!along || along.includes(i) ? [j] : []));
  const ofRest = among(kernel.restAlong);
  const ofColumn = at.map((i) =>
    among([...(kernel.coordinates[i]!.along ?? exponents), ...(kernel.restAlong ?? exponents)]),
  );
  /** What fixed amplitudes contribute, and what is left of the losses. */
  const rest = remembered(ofRest, ({ theta }) => {
    const fixed = predictOnly(theta, -1);
    return { fixed, left: loss.map((value, i) => value - fixed[i]!) };
  });
  /** The response to one unit of each amplitude. */
  const columns = at.map((_, j) =>
    remembered(ofColumn[j]!, (point) => {
      const { fixed } = rest(point);
      return predictOnly(point.theta, j).map((value, i) => value - fixed[i]!);
    }),
  );
  /** A steep term that is nothing at the centre of the rows may be all of the smallest. */
  const largest = at.map((_, j) =>
    remembered(ofColumn[j]!, (point) => columns[j]!(point).reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
  );
  const sides = at.map((_, j) =>
    remembered(ofColumn[j]!, (point) => weightedDot(importance, columns[j]!(point), rest(point).left)),
  );
  const products = at.map((_, j) =>
    at.map((_, l) =>
      remembered([...new Set([...ofColumn[j]!, ...ofColumn[l]!])], (point) =>
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
      const start = isLog[j] ? Math.log(Math.max(amplitudes[j]!, smallest / largest[j]!(point))) : amplitudes[j]!;
      theta[i] = Math.min(Math.max(start, kernel.lower[i]!), kernel.upper[i]!);
      addTimes(predicted, columns[j]!(point), isLog[j] ? Math.exp(theta[i]!) : theta[i]!);
    }
    return { theta, value: objective.valueOf(theta, predicted) };
  };
}

/** `make` of a point, made once for all points with the same values of some exponents. */
function remembered<T>(along: readonly number[], make: (point: ScanPoint) => T): (point: ScanPoint) => T {
  const known = new Map<number, T>();
  return (point) => {
    const key = keyOf(along.map((j) => point.steps[j]!));
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
