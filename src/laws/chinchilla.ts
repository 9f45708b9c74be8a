/**
 * The Chinchilla law: an irreducible loss, a term that model size pays off, a term that data pay off.
 *
 *     L(N, D) = E + A / N^alpha + B / D^beta
 *
 * Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models", arXiv:2203.15556, equation 2.
 * E is the entropy of text as this family of models can see it; A / N^alpha is what a model of N parameters misses even
 * with endless data; B / D^beta is what is lost by stopping after D tokens.
 */

import { amplitudeOf, EXPONENT, FALLING, FLOOR, type Law, NOT_NEGATIVE } from './law.ts';
import { powerSumKernel } from './power-sum.ts';

/** Names of the coefficients of the Chinchilla law. */
export type ChinchillaCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta';

/** L(N, D) = E + A / N^alpha + B / D^beta (Hoffmann et al. 2022, eq. 2). */
export const chinchilla: Law<ChinchillaCoefficient> = {
  kind: 'chinchilla',
  coefficients: ['E', 'A', 'B', 'alpha', 'beta'],
  variables: ['N', 'D'],
  bounds: { E: NOT_NEGATIVE, A: NOT_NEGATIVE, B: NOT_NEGATIVE, alpha: FALLING, beta: FALLING },
  solver: {
    E: FLOOR,
    A: amplitudeOf('N', 'alpha'),
    B: amplitudeOf('D', 'beta'),
    alpha: EXPONENT,
    beta: EXPONENT,
  },
  units: {
    E: 'nats per token',
    A: 'nats per token x parameters^alpha',
    B: 'nats per token x tokens^beta',
    alpha: '1',
    beta: '1',
  },
  equation: 'L(N, D) = E + A / N^alpha + B / D^beta',
  source: 'Hoffmann et al. 2022, arXiv:2203.15556, eq. 2',

  value({ E, A, B, alpha, beta }, { N, D }) {
    return E + A / N! ** alpha + B / D! ** beta;
  },

  gradient({ A, B, alpha, beta }, { N, D }, out) {
    const perA = N! ** -alpha;
    const perB = D! ** -beta;
    out[0] = 1;
    out[1] = perA;
    out[2] = perB;
    out[3] = -A * perA * Math.log(N!);
    out[4] = -B * perB * Math.log(D!);
  },

  kernel: (columns, options) =>
    powerSumKernel(
      {
        floor: 'E',
        terms: [
          { amplitude: 'A', of: 'N', exponent: 'alpha' },
          { amplitude: 'B', of: 'D', exponent: 'beta' },
        ],
      },
      columns,
      options,
    ),
};
