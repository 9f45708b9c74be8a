/**
 * The over-training law: loss by compute C and tokens per parameter M = D / N.
 *
 *     L(C, M) = E + (a M^eta + b M^-eta) / C^eta
 *
 * Gadre et al. 2024, "Language models scale reliably with over-training and on downstream tasks", arXiv:2403.08540, equation 4. Under
 * C = 6 N D it is the Chinchilla law with alpha = beta = 2 eta, a = A 6^eta, b = B 6^eta.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor } from './coefficient.ts';
import type { At, Law } from './law.ts';

/** Names of the coefficients of the over-training law. */
export type GadreCoefficient = 'E' | 'a' | 'b' | 'eta';

/** L(C, M) = E + (a M^eta + b M^-eta) / C^eta, M = D / N (Gadre et al. 2024, eq. 4). */
export const gadre: Law<GadreCoefficient> = defineLaw({
  kind: 'gadre',
  variables: ['N', 'D', 'C'],
  coefficients: {
    E: floor(),
    a: amplitude(({ N, D, C }: At<'N' | 'D' | 'C'>) => (C * N) / D, 'eta', { unit: 'nats per token x FLOPs^eta' }),
    b: amplitude(({ N, D, C }: At<'N' | 'D' | 'C'>) => (C * D) / N, 'eta', { unit: 'nats per token x FLOPs^eta' }),
    eta: exponent(),
  },
  equation: 'L(C, M) = E + (a M^eta + b M^-eta) / C^eta, M = D / N',
  source: 'Gadre et al. 2024, arXiv:2403.08540, eq. 4',

  value({ E, a, b, eta }, { N, D, C }) {
    const M = D / N;
    return E + (a * M ** eta + b * M ** -eta) * C ** -eta;
  },

  gradient({ a, b, eta }, { N, D, C }, out) {
    const perA = ((C * N) / D) ** -eta;
    const perB = ((C * D) / N) ** -eta;
    out[0] = 1;
    out[1] = perA;
    out[2] = perB;
    out[3] = -a * perA * Math.log((C * N) / D) - b * perB * Math.log((C * D) / N);
  },

  // RedPajama, from their five small runs: 1.4B parameters at 20 tokens per parameter. The Chinchilla law with A 166.2, B 287.2 and alpha = beta
  // = 0.2729 gives 2.7722; eta and the amplitudes are rounded to four digits.
  example: {
    coefficients: { E: 1.837, a: 212.2, b: 366.7, eta: 0.13645 },
    point: { N: 1.4e9, D: 28e9, C: 2.352e20 },
    loss: 2.7722,
  },
});
