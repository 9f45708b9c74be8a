/**
 * The law with an outer exponent: both terms of the Chinchilla law under one power.
 *
 *     L(N, D) = E + (A / N^alpha + B / D^beta)^k
 *
 * "Skaling", with k between 0.3 and 0.9 on the data it was tried on; k = 1 is the Chinchilla law. k and E trade against each other, so E is no
 * entropy of text here. Bounds as its authors use them, but for A and B, which follow the centre of the data.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor } from './coefficient.ts';
import type { Law } from './law.ts';

/** Names of the coefficients of the law with an outer exponent. */
export type SkalingCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta' | 'k';

/** L(N, D) = E + (A / N^alpha + B / D^beta)^k. */
export const skaling: Law<SkalingCoefficient> = defineLaw({
  kind: 'skaling',
  variables: ['N', 'D'],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha', { linear: false, unit: '(nats per token)^(1/k) x parameters^alpha' }),
    B: amplitude('D', 'beta', { linear: false, unit: '(nats per token)^(1/k) x tokens^beta' }),
    alpha: exponent(),
    beta: exponent(),
    k: exponent({ bounds: [0.01, 2], scan: [0.2, 1.5] }),
  },
  equation: 'L(N, D) = E + (A / N^alpha + B / D^beta)^k',
  source: 'Skaling 2026, the form with an outer exponent',
  value: ({ E, A, B, alpha, beta, k }, { N, D }) => E + (A * N ** -alpha + B * D ** -beta) ** k,

  gradient({ A, B, alpha, beta, k }, { N, D }, out) {
    const perA = N ** -alpha;
    const perB = D ** -beta;
    const sum = A * perA + B * perB;
    const bySum = k * sum ** (k - 1);
    out[0] = 1;
    out[1] = bySum * perA;
    out[2] = bySum * perB;
    out[3] = -bySum * A * perA * Math.log(N);
    out[4] = -bySum * B * perB * Math.log(D);
    out[5] = sum > 0 ? sum ** k * Math.log(sum) : 0;
  },

  // By hand: 900 / 1e4 + 16000 / 1e5 = 0.25, whose root is 0.5.
  example: {
    coefficients: { E: 1.5, A: 900, B: 16000, alpha: 0.5, beta: 0.5, k: 0.5 },
    point: { N: 1e8, D: 1e10 },
    loss: 2,
    within: 1e-12,
  },
});
