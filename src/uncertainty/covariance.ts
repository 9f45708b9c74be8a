/**
 * Covariance of the coefficients: from the curvature at the optimum, or from bootstrap replicates; and the chi-squared test with it.
 *
 * A fit that minimises sum w rho(r) has, for many rows, the sandwich covariance
 *
 *     H^-1 M H^-1,   H = sum w rho''(r) J J',   M = sum w^2 rho'(r)^2 J J',   J = dr / d coefficient
 *
 * (Huber 1967; White 1982). A weight is no count of rows here but the influence that one row was given: w^2 in M asks nothing of the noise.
 * Where few rows lie on Huber's parabola, rho'' is nearly a delta function; it is then averaged over a
 * window of residuals, as in quantile regression (Powell 1991; Hall & Sheather 1988).
 */

import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { type FitProblem, fitProblem } from '../fit/problem.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { deepFreeze } from '../freeze.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { chisquareTail, normalQuantile } from '../numeric/distributions.ts';
import { covarianceOf, inverseSymmetric, type Matrix, quadraticForm, sandwich } from '../numeric/symmetric.ts';
import { levelOf } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap } from './bootstrap.ts';

/** Covariance of coefficients, in their own units. */
export interface Covariance {
  /** Coefficients that were free, in the order of the matrix. */
  readonly names: readonly string[];
  readonly matrix: Matrix;
  readonly standardErrors: Readonly<Record<string, number>>;
}

/** A chi-squared test of a fit against another law. */
export interface ChiSquaredTest {
  /** d' V^-1 d, with d the difference in the logarithms of amplitudes and in the other coefficients, and V its covariance. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Chance of a statistic as large if the law were true. */
  readonly pValue: number;
}

/**
 * Sandwich covariance of a fit's coefficients, from the curvature at the optimum. Takes rows for independent: for checkpoints of few
 * runs use {@link bootstrap}.
 *
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH`; `E_UNDEFINED` where the rows do not determine the coefficients.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * curvatureCovariance(fitScalingLaw(runs), runs).names // => ['E', 'A', 'alpha', 'B', 'beta']
 */
export function curvatureCovariance(fit: Fit<string>, runs: Runs): Covariance {
  const problem = fitProblem(lawOf(fit), rowsOf(fit, runs), fit.options);
  const { kernel } = problem;
  const theta = kernel.fromCoefficients(fit.coefficients);
  const inverse = inverseSymmetric(outerSum(problem, theta, bread(problem, theta)));
  if (!inverse) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      'covariance: the rows must determine the coefficients, got a singular curvature',
      {},
    );
  }
  const inSolver = sandwich(inverse, outerSum(problem, theta, meat(problem, theta)));
  const names = kernel.coordinates.map(({ name }) => name);
  return asCovariance(names, sandwich(coefficientJacobian(problem, theta, names), inSolver));
}

/** Covariance of the coefficients over bootstrap replicates. Coefficients that never move are left out. */
export function bootstrapCovariance(bootstrap: Bootstrap<string>): Covariance {
  const names = movingNames(bootstrap);
  return asCovariance(names, covarianceOf(names.map((name) => bootstrap.draws[name]!)));
}

/**
 * Tests a bootstrapped fit against a law with given coefficients: in the logarithms of those that are amplitudes or that the law's solver
 * takes the logarithm of (ln E, ln A, ln B of the Chinchilla law), and in the others as they are (alpha, beta).
 *
 * @param law - A law of the same form as the fit's.
 * @throws {ScalingLawsError} `E_UNDEFINED` where the law or a replicate has an amplitude at 0, or the covariance is singular.
 * @see Besiroglu et al. (2024), arXiv:2404.10102, section 3.2.
 */
export function chiSquaredTest(bootstrap: Bootstrap<string>, law: FittedLaw<string>): ChiSquaredTest {
  const names = movingNames(bootstrap);
  const { solver } = lawOf(bootstrap);
  const inLogs = (name: string, value: number): number =>
    solver[name]!.scale === 'log' || solver[name]!.role === 'amplitude' ? Math.log(value) : value;
  const columns = names.map((name) => bootstrap.draws[name]!.map((value) => inLogs(name, value)));
  const difference = names.map(
    (name) => inLogs(name, bootstrap.coefficients[name]!) - inLogs(name, law.coefficients[name]!),
  );
  const finite = [difference, ...columns].every((list) => list.every(Number.isFinite));
  const inverse = finite ? inverseSymmetric(covarianceOf(columns)) : undefined;
  if (!inverse) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      'chi-squared test: the law and every replicate must have amplitudes > 0, and the replicates a covariance with an inverse',
      {},
    );
  }
  const statistic = quadraticForm(inverse, difference);
  return Object.freeze({
    statistic,
    degreesOfFreedom: names.length,
    pValue: chisquareTail(statistic, names.length),
  });
}

function movingNames({ draws }: Bootstrap<string>): string[] {
  return Object.keys(draws).filter((name) => draws[name]!.some((value) => value !== draws[name]![0]));
}

function asCovariance(names: readonly string[], matrix: Matrix): Covariance {
  const standardErrors = Object.fromEntries(names.map((name, i) => [name, Math.sqrt(matrix[i]![i]!)]));
  return deepFreeze({ names, matrix, standardErrors });
}

/** Weights of J J' in H: w rho''(r), with rho'' averaged over a window where too few residuals lie on the parabola. */
function bread({ objective, observed }: FitProblem, theta: Float64Array): Float64Array {
  const residuals = new Float64Array(objective.rows);
  objective.residuals(theta, residuals);
  const delta = levelOf(objective.penalty);
  const squared = delta === Number.POSITIVE_INFINITY;
  const window = squared ? delta : Math.max(delta, smoothingWindow(residuals));
  const height = squared ? 1 : (delta === 0 ? 1 : delta) / window;
  const over = objective.penalty.overestimateWeight ?? 1;
  return residuals.map((r, i) => (Math.abs(r) <= window ? height * observed.weight[i]! * (r > 0 ? over : 1) : 0));
}

/** Half-width of Hall & Sheather's window for the density of residuals at 0, on a robust scale. */
function smoothingWindow(residuals: Float64Array): number {
  const n = residuals.length;
  const scale = residuals.map(Math.abs).sort()[n >> 1]! / normalQuantile(0.75);
  const atZero = 1 / (2 * Math.PI); // squared standard normal density at 0
  const share = n ** (-1 / 3) * normalQuantile(0.975) ** (2 / 3) * (1.5 * atZero) ** (1 / 3);
  return scale * normalQuantile(Math.min(0.5 + share, 0.99));
}

/** Weights of J J' in M: (w rho'(r))^2. */
function meat({ objective, observed }: FitProblem, theta: Float64Array): Float64Array {
  const residuals = new Float64Array(objective.rows);
  objective.residuals(theta, residuals);
  const delta = levelOf(objective.penalty);
  const over = objective.penalty.overestimateWeight ?? 1;
  return residuals.map((r, i) => {
    const size = delta === 0 ? 1 : Math.min(Math.abs(r), delta);
    return (observed.weight[i]! * (r > 0 ? over : 1) * size) ** 2;
  });
}

/** sum weight_i J_i J_i' over the rows, J = dr / dtheta. */
function outerSum({ kernel, objective }: FitProblem, theta: Float64Array, weight: Float64Array): Matrix {
  const n = kernel.dimension;
  const predicted = new Float64Array(objective.rows);
  kernel.predict(theta, predicted);
  const importance = objective.space === 'log' ? weight.map((w, i) => w / predicted[i]! ** 2) : weight;
  const flat = new Float64Array(n * n);
  kernel.accumulate(new Float64Array(objective.rows), importance, new Float64Array(n), flat);
  return Array.from({ length: n }, (_, i) => Array.from(flat.subarray(i * n, (i + 1) * n)));
}

/** d coefficient / d theta by central differences: the map is exponentials and products, and smooth. */
function coefficientJacobian({ kernel }: FitProblem, theta: Float64Array, names: readonly string[]): Matrix {
  const columns = Array.from(theta, (value, j) => {
    const step = 1e-6 * Math.max(1, Math.abs(value));
    const high = kernel.toCoefficients(theta.with(j, value + step));
    const low = kernel.toCoefficients(theta.with(j, value - step));
    return names.map((name) => (high[name]! - low[name]!) / (2 * step));
  });
  return names.map((_, i) => columns.map((column) => column[i]!));
}
