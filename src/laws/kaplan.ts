/**
 * The law of Kaplan et al.: one power of a sum, no irreducible loss.
 *
 *     L(N, D) = ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD
 *
 * Kaplan et al. 2020, "Scaling Laws for Neural Language Models", arXiv:2001.08361, equation 1.5. N counts parameters without embeddings,
 * and losses are nats per token of their own tokenizer, so its numbers do not compare with those of other laws.
 */

import { completeLaw } from './complete.ts';
import { EXPONENT, FALLING, type Law, type SolverRule } from './law.ts';

/** Names of the coefficients of Kaplan's law. */
export type KaplanCoefficient = 'Nc' | 'Dc' | 'alphaN' | 'alphaD';

const SCALE: SolverRule<KaplanCoefficient> = { scale: 'log', role: 'exponent', scan: [1e6, 1e20] };

/** L(N, D) = ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD (Kaplan et al. 2020, eq. 1.5). */
export const kaplan: Law<KaplanCoefficient> = completeLaw({
  kind: 'kaplan',
  coefficients: ['Nc', 'Dc', 'alphaN', 'alphaD'],
  variables: ['N', 'D'],
  bounds: { Nc: [1e-6, 1e60], Dc: [1e-6, 1e60], alphaN: [1e-3, FALLING[1]], alphaD: [1e-3, FALLING[1]] },
  solver: { Nc: SCALE, Dc: SCALE, alphaN: EXPONENT, alphaD: EXPONENT },
  units: { Nc: 'parameters', Dc: 'tokens', alphaN: '1', alphaD: '1' },
  equation: 'L(N, D) = ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD',
  source: 'Kaplan et al. 2020, arXiv:2001.08361, eq. 1.5',

  value({ Nc, Dc, alphaN, alphaD }, { N, D }) {
    return ((Nc / N!) ** (alphaN / alphaD) + Dc / D!) ** alphaD;
  },

  gradient({ Nc, Dc, alphaN, alphaD }, { N, D }, out) {
    const logN = Math.log(Nc / N!);
    const ofN = Math.exp((alphaN / alphaD) * logN);
    const sum = ofN + Dc / D!;
    const bySum = alphaD * sum ** (alphaD - 1);
    out[0] = (bySum * ofN * alphaN) / (alphaD * Nc);
    out[1] = bySum / D!;
    out[2] = (bySum * ofN * logN) / alphaD;
    out[3] = sum ** alphaD * Math.log(sum) - (bySum * ofN * logN * alphaN) / alphaD ** 2;
  },
});
