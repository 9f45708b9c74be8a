/**
 * Laws of numerical precision: trained in few bits, a model counts for fewer parameters.
 *
 *     L(N, D, P) = E + A / Neff^alpha + B / D^beta
 *     Neff = N (1 - exp(-P / gamma))^3                         weights, activations and KV cache all in P bits
 *     Neff = N prod over x of (1 - exp(-(Px / gammax + nx)))   x = W, A, KV, each in bits of its own
 *
 * Kumar et al. 2024, "Scaling Laws for Precision", arXiv:2411.04330, equations 3 and 4, with the biases n of its table 2 (0 in equation 4).
 * What rounding after training costs is in quantization.ts.
 */

import { notNegative, positive } from '../arguments.ts';
import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor, scale } from './coefficient.ts';
import type { At, Coefficients, Law } from './law.ts';

/** Coefficients of every law of precision. */
export type PrecisionBaseCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta';
/** Names of the coefficients of the law of one precision for all. */
export type PrecisionCoefficient = PrecisionBaseCoefficient | 'gamma';
/** Names of the coefficients of the law of three precisions. */
export type PrecisionPartsCoefficient =
  | PrecisionBaseCoefficient
  | 'gammaW'
  | 'gammaA'
  | 'gammaKV'
  | 'nW'
  | 'nA'
  | 'nKV';

/** What a part of the model in `bits` bits loses of its parameters: exp(-(bits / gamma + bias)). */
const lost = (bits: number, gamma: number, bias = 0): number => Math.exp(-(bits / gamma + bias));

/** Derivatives by E, A, B, alpha and beta, from ln Neff. */
function baseGradient(
  { A, B, alpha, beta }: Readonly<Record<PrecisionBaseCoefficient, number>>,
  logSize: number,
  D: number,
  out: Float64Array,
): void {
  const perA = Math.exp(-alpha * logSize);
  const perB = D ** -beta;
  out.set([1, perA, perB, -A * perA * logSize, -B * perB * Math.log(D)]);
}

/** ln Neff where all is in P bits. */
const logSizeAt = (gamma: number, N: number, P: number): number => Math.log(N) + 3 * Math.log1p(-lost(P, gamma));

/** L(N, D, P), all of the model in P bits; P is a column of the runs (Kumar et al. 2024, eq. 3). */
export const precision: Law<PrecisionCoefficient> = defineLaw({
  kind: 'precision',
  variables: ['N', 'D', { name: 'P', role: 'model-bits' }],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'beta'),
    alpha: exponent(),
    beta: exponent(),
    gamma: scale([1e-2, 1e3], { scan: [0.3, 6], unit: 'bits' }),
  },
  equation: 'L(N, D, P) = E + A / (N (1 - exp(-P / gamma))^3)^alpha + B / D^beta',
  source: 'Kumar et al. 2024, arXiv:2411.04330, eq. 3 and 4',
  value: ({ E, A, B, alpha, beta, gamma }, { N, D, P }) =>
    E + A * Math.exp(-alpha * logSizeAt(gamma, N, P)) + B * D ** -beta,

  gradient(c, { N, D, P }, out) {
    baseGradient(c, logSizeAt(c.gamma, N, P), D, out);
    const gone = lost(P, c.gamma);
    out[5] = (((c.alpha * c.A * out[1]! * 3 * gone) / (1 - gone)) * P) / c.gamma ** 2;
  },

  // Table 2 with the sensitivity of the weights for all three parts: 4 bits keep 0.7759^3 of the parameters.
  example: {
    coefficients: { E: 2.7648, A: 4299, B: 18060, alpha: 0.4965, beta: 0.4965, gamma: 2.6745 },
    point: { N: 1e9, D: 2e10, P: 4 },
    loss: 3.11687,
    within: 2e-6,
  },
});

/** Constants of table 2 (Kumar et al. 2024). */
export const KUMAR_2024: Coefficients<PrecisionPartsCoefficient> = {
  E: 2.7648,
  A: 4299,
  B: 18060,
  alpha: 0.4965,
  beta: 0.4965,
  gammaW: 2.6745,
  gammaA: 2.2102,
  gammaKV: 0.9578,
  nW: 0.3037,
  nA: 1.4072,
  nKV: 2.4185,
};

/** What the weights, the activations and the KV cache lose. */
const lostParts = (
  c: Coefficients<PrecisionPartsCoefficient>,
  { PW, PA, PKV }: At<'PW' | 'PA' | 'PKV'>,
): readonly [number, number, number] => [
  lost(PW, c.gammaW, c.nW),
  lost(PA, c.gammaA, c.nA),
  lost(PKV, c.gammaKV, c.nKV),
];
const logSizeOf = (N: number, parts: readonly number[]): number =>
  parts.reduce((sum, gone) => sum + Math.log1p(-gone), Math.log(N));

/** L(N, D, PW, PA, PKV), bits of weights, activations and KV cache apart; fix the biases nW, nA, nKV at 0 for equation 4. */
export const precisionParts: Law<PrecisionPartsCoefficient> = defineLaw({
  kind: 'precision-parts',
  variables: [
    'N',
    'D',
    { name: 'PW', role: 'weight-bits' },
    { name: 'PA', role: 'activation-bits' },
    { name: 'PKV', role: 'kv-bits' },
  ],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'beta'),
    alpha: exponent(),
    beta: exponent(),
    gammaW: scale([1e-2, 1e3], { scan: [0.3, 6], unit: 'bits' }),
    gammaA: scale([1e-2, 1e3], { scan: [0.3, 6], unit: 'bits' }),
    gammaKV: scale([1e-2, 1e3], { scan: [0.3, 6], unit: 'bits' }),
    nW: exponent({ bounds: [0, 50], scan: [0, 3] }),
    nA: exponent({ bounds: [0, 50], scan: [0, 3] }),
    nKV: exponent({ bounds: [0, 50], scan: [0, 3] }),
  },
  equation:
    'L(N, D, PW, PA, PKV) = E + A / Neff^alpha + B / D^beta, Neff = N prod (1 - exp(-(P / gamma + n))) by gammaW nW, gammaA nA, gammaKV nKV',
  source: 'Kumar et al. 2024, arXiv:2411.04330, eq. 3 and 4',
  value: (c, point) =>
    c.E + c.A * Math.exp(-c.alpha * logSizeOf(point.N, lostParts(c, point))) + c.B * point.D ** -c.beta,

  gradient(c, point, out) {
    const parts = lostParts(c, point);
    baseGradient(c, logSizeOf(point.N, parts), point.D, out);
    const byBias = parts.map((gone) => (-c.alpha * c.A * out[1]! * gone) / (1 - gone));
    out[5] = (-byBias[0]! * point.PW) / c.gammaW ** 2;
    out[6] = (-byBias[1]! * point.PA) / c.gammaA ** 2;
    out[7] = (-byBias[2]! * point.PKV) / c.gammaKV ** 2;
    out.set(byBias, 8);
  },

  // 4 bits keep 0.8000 of the parameters.
  example: { coefficients: KUMAR_2024, point: { N: 1e9, D: 2e10, PW: 4, PA: 4, PKV: 4 }, loss: 3.06685, within: 2e-6 },
});

/**
 * Share of its parameters that a model trained in few bits counts for, by one part of it: 1 - exp(-(bits / gamma + bias)).
 *
 * @param bits - Bits of the weights, the activations or the KV cache, > 0.
 * @param gamma - Sensitivity of that part, bits.
 * @param bias - Default 0, as in equation 4.
 * @returns A share in (0, 1); the product over the parts, times N, is Neff.
 * @throws {ScalingLawsError} `E_ARGUMENT` for bits or a sensitivity that is not positive and finite, or a bias below 0.
 * @example
 * effectiveShare(4, 2.6745) // => 0.776
 * @see Kumar et al. (2024), arXiv:2411.04330, eq. 4.
 */
export function effectiveShare(bits: number, gamma: number, bias = 0): number {
  positive('bits', 'bits', bits);
  positive('gamma', 'bits', gamma);
  return -Math.expm1(-(bits / gamma + notNegative('bias', 'units', bias)));
}
