/**
 * How well these rows hold each coefficient, from J'J at the optimum: its condition number, and standard errors, spread^2 (J'J)^-1 times
 * what a Huber fit pays for its caution. They are those of a law that is right and of independent normal errors: a bootstrap says more.
 */

import { type Finding, finding } from '../finding.ts';
import { normalCdf, normalQuantile } from '../numeric/distributions.ts';
import { symmetricEigen } from '../numeric/eigen.ts';
import { inverseSymmetric } from '../numeric/symmetric.ts';
import { levelOf } from '../objective/penalty.ts';
import type { Case } from './case.ts';
import { type Ends, uncertaintyFindings } from './uncertainty.ts';

/**
 * Condition number of J'J from which directions are hardly seen. Belsley, Kuh & Welsch 1980 call a condition index (its root) of 30
 * moderate; of this law, designs that give every coefficient to 10% have 20 to 60, fits in which nothing holds E have 500 and more.
 */
const ILL_CONDITIONED = 1e5;
/** Nominal coverage of the intervals that are told. */
const LEVEL = 0.95;

/** Coordinates that the rows may move, and J'J over them. */
function freeInformation({ kernel, information, onBound }: Case): { free: number[]; matrix: number[] } {
  const held = new Set(onBound.map(({ name }) => name));
  const free = kernel.coordinates.flatMap(({ name }, i) => (held.has(name) ? [] : [i]));
  return { free, matrix: free.flatMap((i) => free.map((j) => information[i * kernel.dimension + j]!)) };
}

/** Condition number of J'J with each column of J scaled to length 1; infinite where a direction is not seen at all. */
function conditionNumber(matrix: readonly number[], n: number): number {
  const size = (i: number): number => Math.sqrt(matrix[i * n + i]!);
  const scaled = matrix.map((value, k) => value / (size(Math.floor(k / n)) * size(k % n)));
  if (!scaled.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const { values } = symmetricEigen(scaled, n);
  return values[n - 1]! / Math.max(values[0]!, 0);
}

export function conditionFindings(patient: Case): Finding[] {
  const { free, matrix } = freeInformation(patient);
  if (free.length < 2) return [];
  const condition = conditionNumber(matrix, free.length);
  if (condition < ILL_CONDITIONED) return [];
  const inWords = condition < 1e15 ? condition.toExponential(1).replace('e+', 'e') : 'beyond double precision';
  const message =
    'Several coefficients can change at once and hardly change any prediction of these rows ' +
    `(the condition number of J'J, its columns scaled to length 1, is ${inWords}).`;
  return [
    finding('W_ILL_CONDITIONED', message, {
      about: free.map((i) => `coefficients.${patient.kernel.coordinates[i]!.name}`),
      evidence: Number.isFinite(condition) ? { conditionNumber: condition } : {},
      advice: 'Read predictions near the rows, not single coefficients; widen the range of N, D and D / N.',
    }),
  ];
}

/**
 * Standard errors of the coordinates off their bounds, by name: of a coefficient itself, or of the logarithm of an amplitude at the
 * geometric mean of its variable. None where J'J has no inverse.
 */
export function standardErrors(patient: Case): Readonly<Record<string, number>> {
  const { penalty, kernel, spread } = patient;
  const { free, matrix } = freeInformation(patient);
  const n = free.length;
  const inverse = inverseSymmetric(free.map((_, j) => matrix.slice(j * n, (j + 1) * n)));
  const variance = spread ** 2 * huberVariance(levelOf(penalty) / spread);
  return Object.fromEntries(
    inverse ? free.map((i, j) => [kernel.coordinates[i]!.name, Math.sqrt(variance * inverse[j]![j]!)]) : [],
  );
}

/** Coefficients with wide intervals. Amplitudes go with their exponents: the logarithm of one is known when the other is. */
export function errorFindings(patient: Case): Finding[] {
  const errors = standardErrors(patient);
  const z = normalQuantile((1 + LEVEL) / 2);
  const intervals = patient.kernel.coordinates.flatMap(({ name, scale }): [string, Ends][] => {
    const value = patient.coefficients[name]!;
    const error = errors[name];
    return scale === 'linear' && error !== undefined ? [[name, [value - z * error, value + z * error]]] : [];
  });
  return uncertaintyFindings(patient.law, patient.coefficients, Object.fromEntries(intervals), LEVEL);
}

/**
 * Variance of a Huber fit to normal residuals over that of least squares: E psi^2 / (E psi')^2, psi cut at `level` standard deviations.
 * From pi / 2 at 0 to 1 at infinity. Huber 1964.
 */
function huberVariance(level: number): number {
  const c = Math.min(Math.max(level, 1e-3), 10);
  const inside = 2 * normalCdf(c) - 1;
  const density = Math.exp((-c * c) / 2) / Math.sqrt(2 * Math.PI);
  return (inside - 2 * c * density + c * c * (1 - inside)) / inside ** 2;
}
