/**
 * The law of rounding after training: to the loss of the model as trained comes what rounding its weights to `bits` adds.
 *
 *     L(N, D, bits) = E + A / N^alpha + B / D^beta + CT D^gammaD / N^gammaN exp(-bits / gammaPost)
 *
 * Kumar et al. 2024, "Scaling Laws for Precision", arXiv:2411.04330, equation 2: longer training makes a model harder to round, so beyond
 * some D the loss rises again. The constants of the authors, and the D from which it rises, are in quantization.ts.
 */

import { completeLaw } from './complete.ts';
import {
  amplitudeOf,
  type Coefficients,
  EXPONENT,
  FALLING,
  FLOOR,
  type Law,
  NOT_NEGATIVE,
  type Point,
  type SolverRule,
} from './law.ts';

/** Names of the coefficients of the law of rounding after training. */
export type PrecisionPostCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta' | 'CT' | 'gammaD' | 'gammaN' | 'gammaPost';

const GAMMA: SolverRule<PrecisionPostCoefficient> = { scale: 'linear', role: 'exponent', scan: [0.05, 1] };

/** What rounding multiplies CT by: D^gammaD / N^gammaN exp(-bits / gammaPost). */
const perCT = ({ gammaD, gammaN, gammaPost }: Coefficients<PrecisionPostCoefficient>, { N, D, bits }: Point): number =>
  Math.exp(gammaD * Math.log(D!) - gammaN * Math.log(N!) - bits! / gammaPost);

/** L(N, D, bits); bits, those of the weights after rounding, is a column of the runs (Kumar et al. 2024, eq. 2). */
export const precisionPost: Law<PrecisionPostCoefficient> = completeLaw({
  kind: 'precision-post',
  coefficients: ['E', 'A', 'B', 'alpha', 'beta', 'CT', 'gammaD', 'gammaN', 'gammaPost'],
  variables: ['N', 'D', 'bits'],
  roles: { bits: 'served-weight-bits' },
  bounds: {
    E: NOT_NEGATIVE,
    A: NOT_NEGATIVE,
    B: NOT_NEGATIVE,
    alpha: FALLING,
    beta: FALLING,
    CT: NOT_NEGATIVE,
    gammaD: FALLING,
    gammaN: FALLING,
    gammaPost: [1e-2, 1e3],
  },
  solver: {
    E: FLOOR,
    A: amplitudeOf('N', 'alpha'),
    B: amplitudeOf('D', 'beta'),
    alpha: EXPONENT,
    beta: EXPONENT,
    CT: { scale: 'log', role: 'amplitude' },
    gammaD: GAMMA,
    gammaN: GAMMA,
    gammaPost: { scale: 'log', role: 'exponent', scan: [0.2, 3] },
  },
  units: {
    E: 'nats per token',
    A: 'nats per token x parameters^alpha',
    B: 'nats per token x tokens^beta',
    alpha: '1',
    beta: '1',
    CT: 'nats per token x parameters^gammaN / tokens^gammaD',
    gammaD: '1',
    gammaN: '1',
    gammaPost: 'bits',
  },
  equation: 'L(N, D, bits) = E + A / N^alpha + B / D^beta + CT D^gammaD / N^gammaN exp(-bits / gammaPost)',
  source: 'Kumar et al. 2024, arXiv:2411.04330, eq. 2',

  value: (c, point) => c.E + c.A * point.N! ** -c.alpha + c.B * point.D! ** -c.beta + c.CT * perCT(c, point),

  gradient(c, point, out) {
    const [logN, logD] = [Math.log(point.N!), Math.log(point.D!)];
    const perA = point.N! ** -c.alpha;
    const perB = point.D! ** -c.beta;
    const per = perCT(c, point);
    const rounding = c.CT * per;
    out[0] = 1;
    out[1] = perA;
    out[2] = perB;
    out[3] = -c.A * perA * logN;
    out[4] = -c.B * perB * logD;
    out[5] = per;
    out[6] = rounding * logD;
    out[7] = -rounding * logN;
    out[8] = (rounding * point.bits!) / c.gammaPost ** 2;
  },
});
