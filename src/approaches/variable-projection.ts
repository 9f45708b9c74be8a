/**
 * Approach 3 by variable projection: least squares over two exponents only.
 *
 *     minimise over (alpha, beta)   the least, over E, A, B >= 0, of  sum_i w_i (E + A / N_i^alpha + B / D_i^beta - loss_i)^2
 *
 * with w = 1 (linear) or 1 / loss^2 (relative: log loss to first order). What is left is a smooth function of two numbers, far better
 * conditioned than that of five (Open-Athena measured 11 against 3.5e11), so that a grid finds the basin and Newton's method the bottom.
 * The gradient is the envelope's; the Hessian is Gauss-Newton's with the amplitudes projected out (Kaufman 1975, BIT 15, 49-57).
 *
 * Golub & Pereyra 1973; for scaling laws Open-Athena/vpnls and arXiv:2603.22339. `fitScalingLaw` finds the same minimum under
 * `{ penalty: { kind: 'squared' }, space: 'linear' }`, and any penalty besides: this is the independent second way.
 */

import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import { filters } from '../filters/filter.ts';
import type { Finding } from '../finding.ts';
import { settingsOf } from '../fit/options.ts';
import { fitProblem } from '../fit/problem.ts';
import { deepFreeze } from '../freeze.ts';
import { type FitStatus, judge } from '../judge/status.ts';
import { type ChinchillaCoefficient, chinchilla } from '../laws/chinchilla.ts';
import { type FittedLaw, type FittedRange, withLaw } from '../laws/fitted-law.ts';
import { type Coefficients, MAX_EXPONENT } from '../laws/law.ts';
import { boxedLeastSquares } from '../numeric/boxed-least-squares.ts';
import { linearSolve } from '../numeric/linear-solve.ts';
import { newtonMinimiser, type Problem } from '../numeric/newton.ts';
import { spanOf } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { choice, integer } from '../schema/fields.ts';
import { type Given, object, optional, where } from '../schema/objects.ts';

/** Open-Athena/vpnls: 32 x 32. */
export const DEFAULT_PROJECTION_GRID = 32;

/** More points an exponent only take time: the refinement finds the bottom. */
const MOST_GRID = 512;

/** Rows, residuals, size of the grid. */
export const variableProjectionOptions = object('variable projection options', {
  filters: optional(filters, []),
  residuals: optional(
    choice(['linear', 'relative'], { help: 'Residuals of loss, or of loss over the observed loss.' }),
    'relative',
  ),
  grid: optional(
    where(integer({ help: 'Values of each exponent on the grid.' }, 2), [
      `be an integer from 2 to ${MOST_GRID}`,
      (value) => value <= MOST_GRID,
    ]),
    DEFAULT_PROJECTION_GRID,
  ),
});
export type VariableProjectionOptions = Given<typeof variableProjectionOptions>;

/** A law fitted by variable projection. */
export interface VariableProjection extends FittedLaw {
  readonly law: 'chinchilla';
  readonly coefficients: Coefficients<ChinchillaCoefficient>;
  readonly fittedRange: FittedRange;
  /** Half the weighted sum of squared residuals. */
  readonly objective: number;
  readonly residuals: 'linear' | 'relative';
  readonly status: FitStatus;
  /** Of the runs and their filters: what a reader or a join had to say. */
  readonly warnings: readonly Finding[];
  readonly rows: number;
}

/** Exponents tried: Open-Athena/vpnls's bounds. The refinement may leave them, within the law's own. */
const LEAST = 0.001;
const MOST = 10;
const WIDEST = MAX_EXPONENT;
/**
 * Fits the Chinchilla law by variable projection.
 *
 * @param runs - Validated runs; six rows or more.
 * @param options - Rows, residuals, size of the grid.
 * @returns Coefficients, objective, and a status that says what they are worth. Usable wherever a law is asked for. Frozen.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_FIT_FAILED` if no grid point has a finite objective. @throws {ScalingLawsError} As `fitScalingLaw`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, noise: 0, seed: 1 });
 * variableProjection(runs).coefficients.beta // => 0.283
 * @see Open-Athena, arXiv:2603.22339; Golub & Pereyra (1973), SIAM Journal on Numerical Analysis 10, 413-432.
 */
export function variableProjection(runs: Runs, options: VariableProjectionOptions = {}): VariableProjection {
  const { residuals, grid, ...rows } = check(variableProjectionOptions, options);
  const settings = settingsOf({ penalty: { kind: 'squared' }, space: residuals === 'linear' ? 'linear' : 'log' });
  const { kept, warnings } = applyFilters(runs, rows.filters, { minimum: 6 });
  const projected = projectedProblem(kept, residuals);

  const values = Array.from({ length: grid }, (_, k) => LEAST * (MOST / LEAST) ** (k / (grid - 1)));
  const minimise = newtonMinimiser(2);
  const [best] = lowPoints(values, projected.value)
    .map((theta) => ({ theta, ...minimise(projected, theta, { iterations: 200, tolerance: 1e-15 }) }))
    .sort((one, two) => one.value - two.value);
  if (!best || !Number.isFinite(best.value)) {
    throw new ScalingLawsError('E_FIT_FAILED', 'fit: the objective must be finite at some grid point, got none', {});
  }
  const coefficients = projected.coefficients(best.theta);
  const { kernel, objective } = fitProblem(chinchilla, kept, settings);
  const theta = kernel
    .fromCoefficients(coefficients)
    .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
  const found = { theta, value: best.value, converged: best.converged, starts: { tried: 0, converged: 0, atBest: 0 } };
  const result = {
    law: 'chinchilla' as const,
    coefficients,
    fittedRange: {
      N: spanOf(kept.N),
      D: spanOf(kept.D),
      C: spanOf(kept.C),
      tokensPerParam: spanOf(kept.D.map((D, i) => D / kept.N[i]!)),
    },
    objective: best.value,
    residuals,
    status: judge(kernel, found, objective.information(theta), coefficients),
    warnings: [...runs.warnings, ...warnings],
    rows: kept.length,
  };
  return deepFreeze(withLaw(result, chinchilla));
}

/** Points of the grid `values` x `values` that no neighbour lies below: every basin that the grid can see has one. */
function lowPoints(values: readonly number[], value: (theta: Float64Array) => number): Float64Array[] {
  const n = values.length;
  const at = Float64Array.from({ length: n * n }, (_, k) =>
    value(Float64Array.of(values[Math.floor(k / n)]!, values[k % n]!)),
  );
  const steps = [-1, 0, 1];
  const isLow = (i: number, j: number): boolean =>
    Number.isFinite(at[i * n + j]!) &&
    steps.every((di) =>
      steps.every((dj) => {
        const [k, l] = [i + di, j + dj];
        return k < 0 || l < 0 || k >= n || l >= n || at[i * n + j]! <= at[k * n + l]!;
      }),
    );
  return values.flatMap((alpha, i) => values.flatMap((beta, j) => (isLow(i, j) ? [Float64Array.of(alpha, beta)] : [])));
}

/** The function of (alpha, beta) that is left when E, A and B are solved for. */
function projectedProblem(
  { length, N, D, loss, weight }: Runs,
  residuals: 'linear' | 'relative',
): Problem & { coefficients(theta: Float64Array): Coefficients<ChinchillaCoefficient> } {
  const mean = (column: Float64Array): number => column.reduce((sum, value) => sum + value / length, 0);
  const w = loss.map((value, i) => (weight?.[i] ?? 1) * (residuals === 'linear' ? 1 : value ** -2));
  // Centred logarithms, so that amplitudes are of the size of a loss whatever the exponents.
  const [logN, logD] = [N.map(Math.log), D.map(Math.log)];
  const [midN, midD] = [mean(logN), mean(logD)];
  const x = logN.map((value) => value - midN);
  const y = logD.map((value) => value - midD);
  const lower = [0, 0, 0];
  const upper = [spanOf(loss)[0], Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const ones = new Float64Array(length).fill(1);
  const dot = (one: Float64Array, two: Float64Array): number =>
    one.reduce((sum, value, i) => sum + w[i]! * value * two[i]!, 0);

  const solve = ([alpha, beta]: ArrayLike<number> & Iterable<number>) => {
    const columns = [ones, x.map((value) => Math.exp(-alpha! * value)), y.map((value) => Math.exp(-beta! * value))];
    const G = columns.flatMap((one) => columns.map((two) => dot(one, two)));
    const amplitudes = boxedLeastSquares(
      G,
      columns.map((column) => dot(column, loss)),
      lower,
      upper,
    );
    if (!amplitudes) return undefined;
    const rest = loss.map((value, i) => amplitudes.reduce((sum, a, j) => sum + a * columns[j]![i]!, -value));
    return { columns, amplitudes, rest, value: dot(rest, rest) / 2 };
  };

  let solved: ReturnType<typeof solve>;
  return {
    dimension: 2,
    lower: new Float64Array(2),
    upper: new Float64Array(2).fill(WIDEST),
    value(theta) {
      solved = solve(theta);
      return solved?.value ?? Number.POSITIVE_INFINITY;
    },
    derivatives(gradient, hessian) {
      if (!solved) return;
      const { columns, amplitudes, rest } = solved;
      const slopes = [x, y].map((log, k) => log.map((at, i) => -amplitudes[k + 1]! * at * columns[k + 1]![i]!));
      const free = columns.filter((_, j) => amplitudes[j]! > lower[j]! && amplitudes[j]! < upper[j]!);
      const G = free.map((one) => free.map((two) => dot(one, two)));
      slopes.forEach((slope, k) => {
        gradient[k] = dot(slope, rest);
        const shadow = linearSolve(
          G,
          free.map((column) => dot(column, slope)),
        );
        slopes.forEach((other, l) => {
          const projected = shadow ? shadow.reduce((sum, part, j) => sum + part * dot(free[j]!, other), 0) : 0;
          hessian[2 * k + l] = dot(slope, other) - projected;
        });
      });
    },
    coefficients(theta) {
      const [alpha, beta] = theta;
      const [E, a, b] = solve(theta)!.amplitudes;
      return { E: E!, A: a! * Math.exp(alpha! * midN), B: b! * Math.exp(beta! * midD), alpha: alpha!, beta: beta! };
    },
  };
}
