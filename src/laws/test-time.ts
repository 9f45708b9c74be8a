/**
 * The law of repeated sampling at test time: k samples a question lower the negative logarithm of pass@k as a third term.
 *
 *     L(N, D, k) = E + A / N^alpha + B / D^beta + G / k^gamma
 *
 * Roberts et al., "Test-time scaling" (T2), approach 1: L is the mean of -log pass@k, k = C_inf / (2 N) samples, one token counted 2 N
 * FLOPs. No constants are published. Approach 2 takes the accuracies of questions to be Beta-distributed; {@link passAtK} is its last step.
 */

import { positive, recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor } from './coefficient.ts';
import type { Law } from './law.ts';

/** Names of the coefficients of the test-time law. */
export type TestTimeCoefficient = 'E' | 'A' | 'B' | 'G' | 'alpha' | 'beta' | 'gamma';

/** L(N, D, k) = E + A / N^alpha + B / D^beta + G / k^gamma (Roberts et al., approach 1); k is a column of the runs. */
export const testTime: Law<TestTimeCoefficient> = defineLaw({
  kind: 'test-time',
  variables: ['N', 'D', { name: 'k', role: 'samples' }],
  coefficients: {
    E: floor({ unit: 'nats' }),
    A: amplitude('N', 'alpha', { unit: 'nats x parameters^alpha' }),
    B: amplitude('D', 'beta', { unit: 'nats x tokens^beta' }),
    G: amplitude('k', 'gamma', { unit: 'nats x samples^gamma' }),
    alpha: exponent(),
    beta: exponent(),
    gamma: exponent(),
  },
  equation: 'L(N, D, k) = E + A / N^alpha + B / D^beta + G / k^gamma',
  source: 'Roberts et al. 2026, T2, approach 1',
  value: ({ E, A, B, G, alpha, beta, gamma }, { N, D, k }) => E + A / N ** alpha + B / D ** beta + G / k ** gamma,

  gradient({ A, B, G, alpha, beta, gamma }, { N, D, k }, out) {
    const [perA, perB, perG] = [N ** -alpha, D ** -beta, k ** -gamma];
    out.set([1, perA, perB, perG]);
    out[4] = -A * perA * Math.log(N);
    out[5] = -B * perB * Math.log(D);
    out[6] = -G * perG * Math.log(k);
  },

  kernel: 'power-sum',
  // By hand, since no constants are published: 0.5 + 5000 / 1e4 + 20000 / 1e5 + 3 / 10.
  example: {
    coefficients: { E: 0.5, A: 5000, B: 20000, G: 3, alpha: 0.5, beta: 0.5, gamma: 1 },
    point: { N: 1e8, D: 1e10, k: 10 },
    loss: 1.5,
    within: 1e-12,
  },
});

/** How the accuracies of the questions of a benchmark are spread: Beta-distributed. */
export interface AccuracySpread {
  /** Mean accuracy of one sample, from 0 to 1. */
  readonly mean: number;
  /** nu of Beta(mean nu, (1 - mean) nu), > 0: small where questions are either easy or hopeless, large where all are alike. */
  readonly concentration: number;
}

/**
 * Share of questions that at least one of k samples solves, where the accuracies of questions are Beta-distributed.
 *
 *     pass@k = 1 - B(a, b + k) / B(a, b) = 1 - product over i < k of (b + i) / (a + b + i),   a = mean nu, b = (1 - mean) nu
 *
 * @param spread - Mean and concentration of the accuracies; `downstream` gives a mean.
 * @param k - Samples a question, an integer >= 1. The product has k factors.
 * @returns A share: the mean at k = 1, and never more than 1 - (1 - mean)^k, which questions that are all alike would have.
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 * @example
 * passAtK({ mean: 0.5, concentration: 2 }, 3) // => 0.75
 * @see Roberts et al. (2026), T2, approach 2.
 */
export function passAtK(spread: AccuracySpread, k: number): number {
  const { mean, concentration } = recordOf('spread', spread);
  if (!Number.isFinite(mean) || mean < 0 || mean > 1) {
    throw refusal('spread.mean', 'be a number from 0 to 1', mean);
  }
  positive('spread.concentration', 'units', concentration);
  if (!Number.isSafeInteger(k) || k < 1) throw refusal('k', 'be an integer >= 1', k);
  let logMissed = 0;
  for (let i = 0; i < k; i++) logMissed += Math.log1p((-mean * concentration) / (concentration + i));
  return Math.abs(Math.expm1(logMissed));
}
