/**
 * The law with an outer exponent: both terms of the Chinchilla law under one power.
 *
 *     L(N, D) = E + (A / N^alpha + B / D^beta)^k
 *
 * "Skaling", with k between .3 and .9 on the data it was tried on; k = 1 is the Chinchilla law. k and E trade against each other, so E is no
 * entropy of text here. Bounds as its authors use them, but for A and B, which follow the centre of the data.
 */

import { completeLaw } from './complete.ts';
import { amplitudeOf, EXPONENT, FALLING, FLOOR, type Law, NOT_NEGATIVE } from './law.ts';

/** Names of the coefficients of the law with an outer exponent. */
export type SkalingCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta' | 'k';

/** L(N, D) = E + (A / N^alpha + B / D^beta)^k. */
export const skaling: Law<SkalingCoefficient> = completeLaw({
  kind: 'skaling',
  coefficients: ['E', 'A', 'B', 'alpha', 'beta', 'k'],
  variables: ['N', 'D'],
  bounds: { E: NOT_NEGATIVE, A: NOT_NEGATIVE, B: NOT_NEGATIVE, alpha: FALLING, beta: FALLING, k: [0.01, 2] },
  solver: {
    E: FLOOR,
    A: { ...amplitudeOf('N', 'alpha'), role: 'exponent' },
    B: { ...amplitudeOf('D', 'beta'), role: 'exponent' },
    alpha: EXPONENT,
    beta: EXPONENT,
    k: { scale: 'linear', role: 'exponent', scan: [0.2, 1.5] },
  },
  units: {
    E: 'nats per token',
    A: '(nats per token)^(1/k) x parameters^alpha',
    B: '(nats per token)^(1/k) x tokens^beta',
    alpha: '1',
    beta: '1',
    k: '1',
  },
  equation: 'L(N, D) = E + (A / N^alpha + B / D^beta)^k',
  source: 'Skaling 2026, the form with an outer exponent',

  value({ E, A, B, alpha, beta, k }, { N, D }) {
    return E + (A * N! ** -alpha + B * D! ** -beta) ** k;
  },

  gradient({ A, B, alpha, beta, k }, { N, D }, out) {
    const perA = N! ** -alpha;
    const perB = D! ** -beta;
    const sum = A * perA + B * perB;
    const bySum = k * sum ** (k - 1);
    out[0] = 1;
    out[1] = bySum * perA;
    out[2] = bySum * perB;
    out[3] = -bySum * A * perA * Math.log(N!);
    out[4] = -bySum * B * perB * Math.log(D!);
    out[5] = sum > 0 ? sum ** k * Math.log(sum) : 0;
  },
});
