/**
 * Least value of a function of one variable where margins must not be negative: a scan, then refinement.
 *
 * Every place where a margin changes sign becomes a point of the scan of its own, so a window narrower than the scan's step is not
 * missed as long as one margin opens it and another closes it. Inside the allowed windows, Brent's method refines each dip of the scan.
 * The function may jump, and may be NaN; where it is NaN nothing is allowed.
 */

import { bracketedMinimum } from './minimize.ts';

/** A function, where to look, and what must hold. */
export interface LineProblem {
  readonly low: number;
  readonly high: number;
  /** What is to be least; NaN where it does not exist. */
  readonly value: (x: number) => number;
  /** Each is >= 0 where its constraint is kept. */
  readonly margins: readonly ((x: number) => number)[];
  /** Points of the scan; default {@link DEFAULT_SCAN}. */
  readonly points?: number;
}

/** The least allowed value, and what holds it there. */
export interface LineMinimum {
  readonly x: number;
  readonly value: number;
  /** The margins that are 0 here and open on the other side: without them x would be another. */
  readonly held: readonly number[];
  /** The minimum lies at an end of the range, or of the part of it where the function exists. */
  readonly atEnd: boolean;
}

/** Points of a scan: a fifth of a natural logarithm apart over the 37 that parameters and tokens may span. */
export const DEFAULT_SCAN = 192;

const TOLERANCE = 1e-9;
const HALVINGS = 60;

/** The least allowed value, or undefined if nothing is allowed. */
export function constrainedMinimum(problem: LineProblem): LineMinimum | undefined {
  const { low, high, value, margins, points = DEFAULT_SCAN } = problem;
  // That the value exists is a margin like the others.
  const exists = (x: number): number => (Number.isNaN(value(x)) ? -1 : 1);
  const all = [...margins, exists];
  const grid = Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));
  const places = [...grid, ...crossings(grid, all)].sort((one, two) => one - two);
  const allowed = places.map((x) => all.every((margin) => margin(x) >= 0));
  let best: { x: number; value: number } | undefined;
  const consider = (x: number, at: number): void => {
    if (!best || at < best.value) best = { x, value: at };
  };
  const values = places.map((x, i) => (allowed[i] ? value(x) : Number.NaN));
  for (let i = 0; i < places.length; i++) {
    if (!allowed[i]) continue;
    const here = values[i]!;
    consider(places[i]!, here);
    // NaN compares as false: a neighbour that is not allowed does not count as lower.
    if (values[i - 1]! < here || values[i + 1]! < here) continue;
    const from = allowed[i - 1] ? places[i - 1]! : places[i]!;
    const to = allowed[i + 1] ? places[i + 1]! : places[i]!;
    if (!(from < to)) continue;
    const dip = bracketedMinimum(value, from, to, TOLERANCE);
    if (all.every((margin) => margin(dip.x) >= 0)) consider(dip.x, dip.value);
  }
  if (!best) return undefined;
  const { x } = best;
  const atEnd = Math.min(x - low, high - x) < 2 * TOLERANCE || heldBy(x, [exists]).length > 0;
  return { ...best, held: heldBy(x, margins), atEnd };
}

/** Points where a margin changes sign between neighbours of the grid, on its allowed side. */
function crossings(grid: readonly number[], margins: readonly ((x: number) => number)[]): number[] {
  return margins.flatMap((margin) => {
    const kept = grid.map((x) => margin(x) >= 0);
    return grid.flatMap((x, i) => (i > 0 && kept[i] !== kept[i - 1] ? [edge(margin, grid[i - 1]!, x)] : []));
  });
}

/** The last allowed point before `margin` turns negative between `a` and `b`; one of them is allowed. */
function edge(margin: (x: number) => number, a: number, b: number): number {
  let [kept, broken] = margin(a) >= 0 ? [a, b] : [b, a];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (kept + broken) / 2;
    if (margin(middle) >= 0) kept = middle;
    else broken = middle;
  }
  return kept;
}

/** Which margins turn negative within a hair of `x`. */
function heldBy(x: number, margins: readonly ((x: number) => number)[]): number[] {
  const hair = 16 * TOLERANCE;
  return margins.flatMap((margin, i) => (margin(x - hair) < 0 || margin(x + hair) < 0 ? [i] : []));
}

/**
 * How far `margins` can be kept at all: for each its largest value alone, and the largest that the smallest of them can be together.
 *
 * @returns `alone[i]`: the best of margin i over the range; `together`: where the worst margin is best, and which two are worst there.
 */
export function bestMargins({ low, high, value, margins, points = DEFAULT_SCAN }: LineProblem): {
  readonly alone: readonly number[];
  readonly together: { readonly x: number; readonly worst: readonly number[] };
} {
  const exists = (f: (x: number) => number) => (x: number) =>
    Number.isNaN(value(x)) ? Number.POSITIVE_INFINITY : -f(x);
  const largest = (f: (x: number) => number): { x: number; value: number } => {
    const found = constrainedMinimum({ low, high, value: (x) => exists(f)(x), margins: [], points });
    return { x: found?.x ?? low, value: -(found?.value ?? Number.POSITIVE_INFINITY) };
  };
  const together = largest((x) =>
    margins.reduce((worst, margin) => Math.min(worst, margin(x)), Number.POSITIVE_INFINITY),
  );
  const order = margins.map((_, i) => i).sort((i, j) => margins[i]!(together.x) - margins[j]!(together.x));
  return {
    alone: margins.map((margin) => largest(margin).value),
    together: { x: together.x, worst: order.slice(0, 2) },
  };
}
