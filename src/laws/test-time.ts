/**
 * The law of repeated sampling at test time: k samples a question lower the negative logarithm of pass@k as a third term.
 *
 *     L(N, D, k) = E + A / N^alpha + B / D^beta + G / k^gamma
 *
 * Roberts et al., "Test-time scaling" (T2), approach 1: L is the mean of -log pass@k, k = C_inf / (2 N) samples, one token counted 2 N
 * FLOPs. No constants are published.
 */

import type { Law } from './law.ts';
import { powerSumLaw } from './power-sum-law.ts';

/** Names of the coefficients of the test-time law. */
export type TestTimeCoefficient = 'E' | 'A' | 'B' | 'G' | 'alpha' | 'beta' | 'gamma';

/** L(N, D, k) = E + A / N^alpha + B / D^beta + G / k^gamma (Roberts et al., approach 1); k is a column of the runs. */
export const testTime: Law<TestTimeCoefficient> = powerSumLaw({
  kind: 'test-time',
  floor: 'E',
  terms: [
    { amplitude: 'A', of: 'N', exponent: 'alpha' },
    { amplitude: 'B', of: 'D', exponent: 'beta' },
    { amplitude: 'G', of: 'k', exponent: 'gamma' },
  ],
  units: {
    E: 'nats',
    A: 'nats x parameters^alpha',
    B: 'nats x tokens^beta',
    G: 'nats x samples^gamma',
    alpha: '1',
    beta: '1',
    gamma: '1',
  },
  equation: 'L(N, D, k) = E + A / N^alpha + B / D^beta + G / k^gamma',
  source: 'Roberts et al. 2026, T2, approach 1',
});
