/**
 * The Chinchilla law: an irreducible loss, a term that model size pays off, a term that data pay off.
 *
 *     L(N, D) = E + A / N^alpha + B / D^beta
 *
 * Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models", arXiv:2203.15556, equation 2.
 * E is the entropy of text as this family of models can see it; A / N^alpha is what a model of N parameters misses even
 * with endless data; B / D^beta is what is lost by stopping after D tokens.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor } from './coefficient.ts';
import type { Law } from './law.ts';

/** Names of the coefficients of the Chinchilla law. */
export type ChinchillaCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta';

/** L(N, D) = E + A / N^alpha + B / D^beta (Hoffmann et al. 2022, eq. 2). */
export const chinchilla: Law<ChinchillaCoefficient> = defineLaw({
  kind: 'chinchilla',
  variables: ['N', 'D'],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'beta'),
    alpha: exponent(),
    beta: exponent(),
  },
  equation: 'L(N, D) = E + A / N^alpha + B / D^beta',
  source: 'Hoffmann et al. 2022, arXiv:2203.15556, eq. 2',
  value: ({ E, A, B, alpha, beta }, { N, D }) => E + A / N ** alpha + B / D ** beta,

  gradient({ A, B, alpha, beta }, { N, D }, out) {
    const perA = N ** -alpha;
    const perB = D ** -beta;
    out[0] = 1;
    out[1] = perA;
    out[2] = perB;
    out[3] = -A * perA * Math.log(N);
    out[4] = -B * perB * Math.log(D);
  },

  kernel: 'power-sum',
  // Sardana et al. 2024, arXiv:2401.00448: their constants, and the loss that their code prints for 70B parameters on 1T tokens.
  example: {
    coefficients: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283 },
    point: { N: 70e9, D: 1e12 },
    loss: 1.947,
  },
});
