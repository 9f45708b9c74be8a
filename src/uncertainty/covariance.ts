/**
 * Covariance of the coefficients: from the curvature at the optimum, with runs as units (noise/sandwich.ts), or from bootstrap replicates;
 * and the chi-squared test with it.
 */

import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { type TangentOfFit, tangentOf } from '../fit/noise.ts';
import { deepFreeze } from '../freeze.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { sandwichOf } from '../noise/sandwich.ts';
import { chisquareTail } from '../numeric/distributions.ts';
import { covarianceOf, inverseSymmetric, type Matrix, quadraticForm, sandwich } from '../numeric/symmetric.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap } from './bootstrap.ts';

/** Covariance of coefficients, in their own units. */
export interface Covariance {
  /** Coefficients that were free, in the order of the matrix. */
  readonly names: readonly string[];
  readonly matrix: Matrix;
  readonly standardErrors: Readonly<Record<string, number>>;
  /** Units less coefficients, at least 1: what Student's t for an interval takes. */
  readonly degreesOfFreedom: number;
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
 * Sandwich covariance of a fit's coefficients, from the curvature at the optimum: right for any noise that is independent between runs (rows,
 * where no column names the run), and whatever the weights. Supposes that the law is nearly linear over the width of the error.
 *
 * @returns The covariance, with the degrees of freedom of the Student's t that its intervals take: runs less coefficients.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH`; `E_UNDEFINED` where the rows do not determine the coefficients.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * curvatureCovariance(fitScalingLaw(runs), runs).names // => ['E', 'A', 'alpha', 'B', 'beta']
 * @see Liang & Zeger (1986), Biometrika 73, 13; MacKinnon & White (1985), Journal of Econometrics 29, 305.
 */
export function curvatureCovariance(fit: Fit<string>, runs: Runs): Covariance {
  const tangent = tangentOf(fit, runs);
  const found = sandwichOf(tangent, fit.objective.penalty);
  if (!found) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      'covariance: the rows must determine the coefficients, got a singular curvature',
      {},
    );
  }
  const { problem, free } = tangent;
  const names = free.map((k) => problem.kernel.coordinates[k]!.name);
  const matrix = sandwich(coefficientJacobian(tangent, names), found.covariance);
  return asCovariance(names, matrix, found.degreesOfFreedom);
}

/** Covariance of the coefficients over bootstrap replicates. Coefficients that never move are left out. */
export function bootstrapCovariance(bootstrap: Bootstrap<string>): Covariance {
  const names = movingNames(bootstrap);
  const matrix = covarianceOf(names.map((name) => bootstrap.draws[name]!));
  return asCovariance(names, matrix, bootstrap.degreesOfFreedom);
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

function asCovariance(names: readonly string[], matrix: Matrix, degreesOfFreedom: number): Covariance {
  const standardErrors = Object.fromEntries(names.map((name, i) => [name, Math.sqrt(matrix[i]![i]!)]));
  return deepFreeze({ names, matrix, standardErrors, degreesOfFreedom });
}

/** d coefficient / d theta by central differences, over the coordinates that are free: the map is exponentials and products, and smooth. */
export function coefficientJacobian(
  { problem: { kernel }, theta, free }: TangentOfFit,
  names: readonly string[],
): Matrix {
  const columns = free.map((j) => {
    const value = theta[j]!;
    const step = 1e-6 * Math.max(1, Math.abs(value));
    const high = kernel.toCoefficients(theta.with(j, value + step));
    const low = kernel.toCoefficients(theta.with(j, value - step));
    return names.map((name) => (high[name]! - low[name]!) / (2 * step));
  });
  return names.map((_, i) => columns.map((column) => column[i]!));
}
