/**
 * The law of Kaplan et al.: one power of a sum, no irreducible loss.
 *
 *     L(N, D) = ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD
 *
 * Kaplan et al. 2020, "Scaling Laws for Neural Language Models", arXiv:2001.08361, equation 1.5. N counts parameters without embeddings,
 * and losses are nats per token of their own tokenizer, so its numbers do not compare with those of other laws.
 */

import { defineLaw } from './built-in.ts';
import { exponent, scale } from './coefficient.ts';
import { type Coefficients, type Law, MAX_EXPONENT } from './law.ts';

/** Names of the coefficients of Kaplan's law. */
export type KaplanCoefficient = 'Nc' | 'Dc' | 'alphaN' | 'alphaD';

/** Constants of equation 1.5 (Kaplan et al. 2020, table 2). */
export const KAPLAN_2020: Coefficients<KaplanCoefficient> = { Nc: 6.4e13, Dc: 1.8e13, alphaN: 0.076, alphaD: 0.103 };

/** L(N, D) = ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD (Kaplan et al. 2020, eq. 1.5). */
export const kaplan: Law<KaplanCoefficient> = defineLaw({
  kind: 'kaplan',
  variables: ['N', 'D'],
  coefficients: {
    Nc: scale([1e-6, 1e60], { unit: 'parameters', scan: [1e6, 1e20] }),
    Dc: scale([1e-6, 1e60], { unit: 'tokens', scan: [1e6, 1e20] }),
    alphaN: exponent({ bounds: [1e-3, MAX_EXPONENT] }),
    alphaD: exponent({ bounds: [1e-3, MAX_EXPONENT] }),
  },
  equation: 'L(N, D) = ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD',
  source: 'Kaplan et al. 2020, arXiv:2001.08361, eq. 1.5',
  value: ({ Nc, Dc, alphaN, alphaD }, { N, D }) => ((Nc / N) ** (alphaN / alphaD) + Dc / D) ** alphaD,

  gradient({ Nc, Dc, alphaN, alphaD }, { N, D }, out) {
    const logN = Math.log(Nc / N);
    const ofN = Math.exp((alphaN / alphaD) * logN);
    const sum = ofN + Dc / D;
    const bySum = alphaD * sum ** (alphaD - 1);
    out[0] = (bySum * ofN * alphaN) / (alphaD * Nc);
    out[1] = bySum / D;
    out[2] = (bySum * ofN * logN) / alphaD;
    out[3] = sum ** alphaD * Math.log(sum) - (bySum * ofN * logN * alphaN) / alphaD ** 2;
  },

  example: { coefficients: KAPLAN_2020, point: { N: 1e9, D: 1e10 }, loss: 2.42 },
});
