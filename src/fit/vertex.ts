/**
 * The exact end of a descent under the absolute penalty. A minimum of sum w |r| is a vertex: as many residuals are 0 as coordinates are
 * free. Near one, the rows of smallest residual say which; Newton's method on r = 0 goes there, and it is a minimum if multipliers
 * within the weights balance the gradient of all other rows (Barrodale & Roberts 1973):
 *
 *     sum_others w sign(r) J  +  sum_vertex lambda J  =  0,   -w <= lambda <= w      (w times its weight for over-estimates, above)
 */

import { linearSolve } from '../numeric/linear-solve.ts';
import type { Objective } from '../objective/objective.ts';

/** A residual this small is 0. */
const ZERO = 1e-13;
const MOST_STEPS = 12;
/** Share of a row's derivative that must be new for the row to count beside those chosen before. */
const NEW_DIRECTION = 1e-6;
/** Multipliers may be this far out, by rounding. */
const SLACK = 1e-9;

/**
 * Moves to the vertex next to `theta` if that is a local minimum of the absolute penalty.
 *
 * @returns The vertex, or undefined where none is found or it is no minimum; `theta` is not changed.
 */
export function vertexNear(objective: Objective, theta: Float64Array): Float64Array | undefined {
  const { kernel } = objective;
  const free = freeCoordinates(objective, theta);
  const at = zeroRows(objective, theta, free);
  if (free.length === 0 || at.length < free.length) return undefined;
  const vertex = Float64Array.from(theta);
  const residuals = new Float64Array(objective.rows);
  for (let step = 0; ; step++) {
    objective.residuals(vertex, residuals);
    if (at.every((i) => Math.abs(residuals[i]!) <= ZERO)) break;
    if (step === MOST_STEPS) return undefined;
    const move = linearSolve(
      at.map((i) => derivatives(objective, i, free)),
      at.map((i) => -residuals[i]!),
    );
    if (!move) return undefined;
    for (const [j, k] of free.entries()) vertex[k] = vertex[k]! + move[j]!;
    if (free.some((k) => !(vertex[k]! > kernel.lower[k]! && vertex[k]! < kernel.upper[k]!))) return undefined;
  }
  return isMinimum(objective, vertex, residuals, at, free) ? vertex : undefined;
}

function freeCoordinates({ kernel }: Objective, theta: Float64Array): number[] {
  return Array.from(theta.keys()).filter((k) => theta[k]! > kernel.lower[k]! && theta[k]! < kernel.upper[k]!);
}

/** dr / dtheta of row i over some coordinates, at the last prediction of the objective's kernel. */
function derivatives({ kernel, space, predictionAt }: Objective, i: number, free: readonly number[]): Float64Array {
  const all = new Float64Array(kernel.dimension);
  kernel.jacobian(i, all);
  const scale = space === 'log' ? 1 / predictionAt(i) : 1;
  return Float64Array.from(free, (k) => scale * all[k]!);
}

/** Rows of smallest residual whose derivatives are independent, as many as there are free coordinates. */
function zeroRows(objective: Objective, theta: Float64Array, free: readonly number[]): number[] {
  const residuals = new Float64Array(objective.rows);
  objective.residuals(theta, residuals);
  const order = Array.from(residuals.keys()).sort((i, j) => Math.abs(residuals[i]!) - Math.abs(residuals[j]!));
  const chosen: number[] = [];
  const basis: Float64Array[] = [];
  for (const i of order) {
    if (chosen.length === free.length) break;
    const row = derivatives(objective, i, free);
    const length = Math.hypot(...row);
    for (const unit of basis) {
      const along = row.reduce((sum, value, k) => sum + value * unit[k]!, 0);
      for (let k = 0; k < row.length; k++) row[k] = row[k]! - along * unit[k]!;
    }
    const rest = Math.hypot(...row);
    if (!(rest > NEW_DIRECTION * length)) continue;
    basis.push(row.map((value) => value / rest));
    chosen.push(i);
  }
  return chosen;
}

function isMinimum(
  objective: Objective,
  vertex: Float64Array,
  residuals: Float64Array,
  at: readonly number[],
  free: readonly number[],
): boolean {
  const { kernel, penalty, weight } = objective;
  const over = penalty.overestimateWeight ?? 1;
  const every = Array.from(vertex.keys());
  const pull = new Float64Array(vertex.length);
  const active = new Set(at);
  for (let i = 0; i < objective.rows; i++) {
    if (active.has(i)) continue;
    const slope = residuals[i]! > 0 ? weight[i]! * over : -weight[i]!;
    const row = derivatives(objective, i, every);
    for (const k of every) pull[k] = pull[k]! + slope * row[k]!;
  }
  const rows = at.map((i) => derivatives(objective, i, every));
  const multipliers = linearSolve(
    free.map((k) => rows.map((row) => row[k]!)),
    free.map((k) => -pull[k]!),
  );
  if (!multipliers) return false;
  const balanced = at.every((i, j) => {
    const slack = SLACK * weight[i]!;
    return multipliers[j]! >= -weight[i]! - slack && multipliers[j]! <= weight[i]! * over + slack;
  });
  // A coordinate held by a bound must be pushed against it.
  return (
    balanced &&
    every.every((k) => {
      if (free.includes(k)) return true;
      const push = rows.reduce((sum, row, j) => sum + multipliers[j]! * row[k]!, pull[k]!);
      return vertex[k]! <= kernel.lower[k]! ? push >= 0 : push <= 0;
    })
  );
}
