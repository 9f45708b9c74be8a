/**
 * What runs tell about the coefficients of a law, and hence how far off a quantity g of the law will be.
 *
 *     M = sum over runs of J J' / sigma^2,   J = d ln L / d theta       var g = c' M^-1 c,   c = grad g
 *
 * The coefficients of a scaling law are nearly collinear, so M is never formed in them. With J the matrix of all runs that come into
 * question and J = Q R, the rows z of Q take the place of the rows of J, and the solution of R' z_c = c that of c: together these runs
 * make the unit matrix. Columns are taken in order of what is left of them; those of which only rounding is left are combinations of
 * the others, and a goal must combine them in the same way, or no choice of these runs determines it.
 *
 * Fedorov 1972, "Theory of Optimal Experiments"; Golub & Van Loan 2013, "Matrix Computations", section 5.2 (Gram-Schmidt, modified).
 */

import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { Point } from '../laws/law.ts';

/** The runs that come into question, and the goal, in whitened coordinates. */
export interface Whitened {
  /** Number of coordinates: directions that some run sees. */
  readonly dimension: number;
  /** z of each run. */
  readonly runs: readonly Float64Array[];
  /** The goal's gradient; null where these runs do not determine the goal, however many times they are made. */
  readonly goal: Float64Array | null;
}

/** A column of which no more than this share is left is a combination of the others. */
const UNSEEN = 1e-13;
/** A goal may miss such a combination by this share of its largest entry: what is left of an unseen column, some times over. */
const ROUNDING = 1e-12;

/** Derivatives of the log loss at each point, and the gradient `goal`, both by the coefficients, in whitened coordinates. */
export function whiten(law: FittedLaw, points: readonly Point[], goal: Float64Array): Whitened {
  const columns = derivatives(law, points);
  const sizes = columns.map((column) => Math.hypot(...column));
  const left = columns.map((column, j) => column.map((x) => x / (sizes[j]! || 1)));
  const goalLeft = goal.map((x, j) => x / (sizes[j]! || 1));
  const open = new Set(columns.keys());
  const axes: Float64Array[] = [];
  const whitenedGoal: number[] = [];
  while (open.size > 0) {
    const norm = (j: number): number => Math.hypot(...left[j]!);
    const next = [...open].reduce((a, b) => (norm(b) > norm(a) ? b : a));
    const length = norm(next);
    if (length <= UNSEEN) break;
    open.delete(next);
    const axis = left[next]!.map((x) => x / length);
    const along = goalLeft[next]! / length;
    axes.push(axis);
    whitenedGoal.push(along);
    for (const j of open) {
      const share = axis.reduce((sum, x, i) => sum + x * left[j]![i]!, 0);
      left[j] = left[j]!.map((x, i) => x - share * axis[i]!);
      goalLeft[j] = goalLeft[j]! - share * along;
    }
  }
  const largest = Math.max(...whitenedGoal.map(Math.abs));
  const determined = [...open].every((j) => Math.abs(goalLeft[j]!) <= ROUNDING * largest);
  return {
    dimension: axes.length,
    runs: points.map((_, i) => Float64Array.from(axes, (axis) => axis[i]!)),
    goal: determined ? Float64Array.from(whitenedGoal) : null,
  };
}

/** One column a coefficient: d ln L / d theta_j at each point. */
function derivatives(law: FittedLaw, points: readonly Point[]): Float64Array[] {
  const form = lawOf(law);
  const columns = form.coefficients.map(() => new Float64Array(points.length));
  const slopes = new Float64Array(columns.length);
  points.forEach((point, i) => {
    form.gradient(law.coefficients, point, slopes);
    const loss = form.value(law.coefficients, point);
    columns.forEach((column, j) => {
      column[i] = slopes[j]! / loss;
    });
  });
  return columns;
}
