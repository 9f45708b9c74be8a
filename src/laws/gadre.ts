/**
 * The over-training law: loss by compute C and tokens per parameter M = D / N.
 *
 *     L(C, M) = E + (a M^eta + b M^-eta) / C^eta
 *
 * Gadre et al. 2024, "Language models scale reliably with over-training and on downstream tasks", arXiv:2403.08540, equation 4. Under
 * C = 6 N D it is the Chinchilla law with alpha = beta = 2 eta, a = A 6^eta, b = B 6^eta.
 */

import { completeLaw } from './complete.ts';
import { EXPONENT, FALLING, FLOOR, type Law, NOT_NEGATIVE } from './law.ts';

/** Names of the coefficients of the over-training law. */
export type GadreCoefficient = 'E' | 'a' | 'b' | 'eta';

/** L(C, M) = E + (a M^eta + b M^-eta) / C^eta, M = D / N (Gadre et al. 2024, eq. 4). */
export const gadre: Law<GadreCoefficient> = completeLaw({
  kind: 'gadre',
  coefficients: ['E', 'a', 'b', 'eta'],
  variables: ['N', 'D', 'C'],
  bounds: { E: NOT_NEGATIVE, a: NOT_NEGATIVE, b: NOT_NEGATIVE, eta: FALLING },
  solver: {
    E: FLOOR,
    a: { scale: 'log', role: 'amplitude', power: { of: ({ N, D, C }) => (C! * N!) / D!, exponent: 'eta' } },
    b: { scale: 'log', role: 'amplitude', power: { of: ({ N, D, C }) => (C! * D!) / N!, exponent: 'eta' } },
    eta: EXPONENT,
  },
  units: { E: 'nats per token', a: 'nats per token x FLOPs^eta', b: 'nats per token x FLOPs^eta', eta: '1' },
  equation: 'L(C, M) = E + (a M^eta + b M^-eta) / C^eta, M = D / N',
  source: 'Gadre et al. 2024, arXiv:2403.08540, eq. 4',

  value({ E, a, b, eta }, { N, D, C }) {
    const M = D! / N!;
    return E + (a * M ** eta + b * M ** -eta) * C! ** -eta;
  },

  gradient({ a, b, eta }, { N, D, C }, out) {
    const perA = ((C! * N!) / D!) ** -eta;
    const perB = ((C! * D!) / N!) ** -eta;
    out[0] = 1;
    out[1] = perA;
    out[2] = perB;
    out[3] = -a * perA * Math.log((C! * N!) / D!) - b * perB * Math.log((C! * D!) / N!);
  },
});
