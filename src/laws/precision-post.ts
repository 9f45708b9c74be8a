/**
 * The law of rounding after training: to the loss of the model as trained comes what rounding its weights to `bits` adds.
 *
 *     L(N, D, bits) = E + A / N^alpha + B / D^beta + CT D^gammaD / N^gammaN exp(-bits / gammaPost)
 *
 * Kumar et al. 2024, "Scaling Laws for Precision", arXiv:2411.04330, equation 2: longer training makes a model harder to round, so beyond
 * some D the loss rises again. The constants of the authors, and the D from which it rises, are in quantization.ts.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor, scale } from './coefficient.ts';
import type { At, Coefficients, Law } from './law.ts';

/** Names of the coefficients of the law of rounding after training. */
export type PrecisionPostCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta' | 'CT' | 'gammaD' | 'gammaN' | 'gammaPost';

/** What rounding multiplies CT by: D^gammaD / N^gammaN exp(-bits / gammaPost). */
const perCT = (
  { gammaD, gammaN, gammaPost }: Coefficients<PrecisionPostCoefficient>,
  { N, D, bits }: At<'N' | 'D' | 'bits'>,
): number => Math.exp(gammaD * Math.log(D) - gammaN * Math.log(N) - bits / gammaPost);

/** L(N, D, bits); bits, those of the weights after rounding, is a column of the runs (Kumar et al. 2024, eq. 2). */
export const precisionPost: Law<PrecisionPostCoefficient> = defineLaw({
  kind: 'precision-post',
  variables: ['N', 'D', { name: 'bits', role: 'served-weight-bits' }],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'beta'),
    alpha: exponent(),
    beta: exponent(),
    CT: scale([0, Number.POSITIVE_INFINITY], {
      linear: true,
      unit: 'nats per token x parameters^gammaN / tokens^gammaD',
    }),
    gammaD: exponent({ scan: [0.05, 1] }),
    gammaN: exponent({ scan: [0.05, 1] }),
    gammaPost: scale([1e-2, 1e3], { scan: [0.2, 3], unit: 'bits' }),
  },
  equation: 'L(N, D, bits) = E + A / N^alpha + B / D^beta + CT D^gammaD / N^gammaN exp(-bits / gammaPost)',
  source: 'Kumar et al. 2024, arXiv:2411.04330, eq. 2',
  value: (c, point) => c.E + c.A * point.N ** -c.alpha + c.B * point.D ** -c.beta + c.CT * perCT(c, point),

  gradient(c, point, out) {
    const [logN, logD] = [Math.log(point.N), Math.log(point.D)];
    const perA = point.N ** -c.alpha;
    const perB = point.D ** -c.beta;
    const per = perCT(c, point);
    const rounding = c.CT * per;
    out.set([1, perA, perB, -c.A * perA * logN, -c.B * perB * logD, per, rounding * logD, -rounding * logN]);
    out[8] = (rounding * point.bits) / c.gammaPost ** 2;
  },

  // Constants of their table 2 without its bias b. Rounding to 4 bits adds 0.0142 to 3.4191.
  example: {
    coefficients: {
      E: 2.7648,
      A: 4299,
      B: 18060,
      alpha: 0.4965,
      beta: 0.4965,
      CT: 0.0598,
      gammaD: 0.5068,
      gammaN: 0.3439,
      gammaPost: 0.5907,
    },
    point: { N: 1e8, D: 1e10, bits: 4 },
    loss: 3.4333,
    within: 2e-5,
  },
});
