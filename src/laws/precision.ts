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
  type VariableRole,
} from './law.ts';

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

/** One factor of Neff: (1 - exp(-(bits / gamma + bias)))^times. */
interface Part<Name extends string> {
  readonly bits: string;
  readonly role: VariableRole;
  readonly gamma: Name;
  readonly bias?: Name;
  readonly times: number;
}

const GAMMA: SolverRule = { scale: 'log', role: 'exponent', scan: [0.3, 6] };
const BIAS: SolverRule = { scale: 'linear', role: 'exponent', scan: [0, 3] };

function precisionLaw<Name extends string>(
  kind: string,
  parts: readonly Part<Name>[],
  equation: string,
): Law<PrecisionBaseCoefficient | Name> {
  type All = PrecisionBaseCoefficient | Name;
  const gammas = parts.map(({ gamma }) => gamma);
  const biases = parts.flatMap(({ bias }) => (bias ? [bias] : []));
  const ofParts = <T>(gamma: T, bias: T): Record<Name, T> =>
    Object.fromEntries([...gammas.map((name) => [name, gamma]), ...biases.map((name) => [name, bias])]) as Record<
      Name,
      T
    >;

  const decay = (c: Coefficients<All>, point: Point, { bits, gamma, bias }: Part<Name>): number =>
    Math.exp(-(point[bits]! / c[gamma] + (bias ? c[bias] : 0)));
  const logSize = (c: Coefficients<All>, point: Point): number =>
    parts.reduce((sum, part) => sum + part.times * Math.log1p(-decay(c, point, part)), Math.log(point.N!));

  return completeLaw<All>({
    kind,
    coefficients: ['E', 'A', 'B', 'alpha', 'beta', ...gammas, ...biases],
    variables: ['N', 'D', ...parts.map(({ bits }) => bits)],
    roles: Object.fromEntries(parts.map(({ bits, role }) => [bits, role])),
    bounds: {
      E: NOT_NEGATIVE,
      A: NOT_NEGATIVE,
      B: NOT_NEGATIVE,
      alpha: FALLING,
      beta: FALLING,
      ...ofParts<readonly [number, number]>([1e-2, 1e3], [0, 50]),
    } as unknown as Law<All>['bounds'],
    solver: {
      E: FLOOR,
      A: amplitudeOf('N', 'alpha'),
      B: amplitudeOf('D', 'beta'),
      alpha: EXPONENT,
      beta: EXPONENT,
      ...ofParts(GAMMA, BIAS),
    } as unknown as Law<All>['solver'],
    units: {
      E: 'nats per token',
      A: 'nats per token x parameters^alpha',
      B: 'nats per token x tokens^beta',
      alpha: '1',
      beta: '1',
      ...ofParts('bits', '1'),
    } as unknown as Law<All>['units'],
    equation,
    source: 'Kumar et al. 2024, arXiv:2411.04330, eq. 3 and 4',

    value: (c, point) => c.E + c.A * Math.exp(-c.alpha * logSize(c, point)) + c.B * point.D! ** -c.beta,

    gradient(c, point, out) {
      const log = logSize(c, point);
      const perA = Math.exp(-c.alpha * log);
      const perB = point.D! ** -c.beta;
      out[0] = 1;
      out[1] = perA;
      out[2] = perB;
      out[3] = -c.A * perA * log;
      out[4] = -c.B * perB * Math.log(point.D!);
      let at = 5 + parts.length;
      parts.forEach((part, i) => {
        const gone = decay(c, point, part);
        const byExponent = (-c.alpha * c.A * perA * part.times * gone) / (1 - gone);
        out[5 + i] = (-byExponent * point[part.bits]!) / c[part.gamma] ** 2;
        if (part.bias) out[at++] = byExponent;
      });
    },
  });
}

/** L(N, D, P), all of the model in P bits; P is a column of the runs (Kumar et al. 2024, eq. 3). */
export const precision: Law<PrecisionCoefficient> = precisionLaw<'gamma'>(
  'precision',
  [{ bits: 'P', role: 'model-bits', gamma: 'gamma', times: 3 }],
  'L(N, D, P) = E + A / (N (1 - exp(-P / gamma))^3)^alpha + B / D^beta',
);

/** L(N, D, PW, PA, PKV), bits of weights, activations and KV cache apart; fix the biases nW, nA, nKV at 0 for equation 4. */
export const precisionParts: Law<PrecisionPartsCoefficient> = precisionLaw<
  Exclude<PrecisionPartsCoefficient, PrecisionBaseCoefficient>
>(
  'precision-parts',
  [
    { bits: 'PW', role: 'weight-bits', gamma: 'gammaW', bias: 'nW', times: 1 },
    { bits: 'PA', role: 'activation-bits', gamma: 'gammaA', bias: 'nA', times: 1 },
    { bits: 'PKV', role: 'kv-bits', gamma: 'gammaKV', bias: 'nKV', times: 1 },
  ],
  'L(N, D, PW, PA, PKV) = E + A / Neff^alpha + B / D^beta, Neff = N prod (1 - exp(-(P / gamma + n))) by gammaW nW, gammaA nA, gammaKV nKV',
);

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
