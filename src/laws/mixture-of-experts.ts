/**
 * The joint law of mixtures of experts: amplitudes and exponents that depend on the number of experts X.
 *
 *     L(N, D, X) = a x^delta N^(alpha + gamma ln x) + b x^omega D^(beta + zeta ln x) + c
 *     1 / x = 1 / (X - 1 + 1 / (1 / Estart - 1 / Emax)) + 1 / Emax
 *
 * Ludziejewski et al. 2025, "Joint MoE Scaling Laws", arXiv:2502.05172; the saturating x after Clark et al. 2022, arXiv:2202.01169. N counts
 * active parameters; alpha and beta are negative, as the authors write them. At one number of experts it is a Chinchilla law.
 */

import { recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor, scale } from './coefficient.ts';
import { type At, type Coefficients, type Law, MAX_EXPONENT } from './law.ts';

/** Names of the coefficients of the law of mixtures of experts, as in its paper. */
export type MixtureOfExpertsCoefficient =
  | 'a'
  | 'alpha'
  | 'delta'
  | 'gamma'
  | 'b'
  | 'beta'
  | 'omega'
  | 'zeta'
  | 'c'
  | 'Estart'
  | 'Emax';

/** Constants of Ludziejewski et al. 2025. */
export const LUDZIEJEWSKI_2025: Coefficients<MixtureOfExpertsCoefficient> = {
  a: 35.91,
  alpha: -0.1889,
  delta: -0.2285,
  gamma: 0.0098,
  b: 35.98,
  beta: -0.1775,
  omega: 0.5529,
  zeta: -0.0259,
  c: 1.3637,
  Estart: 2.0732,
  Emax: 290.4521,
};

const RISING: readonly [number, number] = [-MAX_EXPONENT, 0];
const ANY: readonly [number, number] = [-MAX_EXPONENT, MAX_EXPONENT];

/** X - 1 + q, with q = 1 / (1 / Estart - 1 / Emax): what the number of experts amounts to before it saturates. */
const headOf = (Estart: number, Emax: number): number => 1 / (1 / Estart - 1 / Emax);

/** L(N, D, experts) of Ludziejewski et al. 2025; experts, the number of experts, is a column of the runs. */
export const mixtureOfExperts: Law<MixtureOfExpertsCoefficient> = defineLaw({
  kind: 'mixture-of-experts',
  variables: ['N', 'D', { name: 'experts', role: 'experts', least: 1 }],
  coefficients: {
    a: amplitude(({ N }: At<'N'>) => 1 / N, 'alpha', { unit: 'nats per token x parameters^-alpha' }),
    alpha: exponent({ bounds: RISING, scan: [-0.6, -0.05] }),
    delta: exponent({ bounds: ANY, scan: [-0.6, 0.6] }),
    gamma: exponent({ bounds: ANY, scan: [-0.03, 0.03] }),
    b: amplitude(({ D }: At<'D'>) => 1 / D, 'beta', { unit: 'nats per token x tokens^-beta' }),
    beta: exponent({ bounds: RISING, scan: [-0.6, -0.05] }),
    omega: exponent({ bounds: ANY, scan: [-0.6, 0.6] }),
    zeta: exponent({ bounds: ANY, scan: [-0.03, 0.03] }),
    c: floor(),
    Estart: scale([1, 15], { scan: [1.1, 6], unit: 'experts' }),
    Emax: scale([16, 1e6], { scan: [60, 1000], unit: 'experts' }),
  },
  equation:
    'L(N, D, experts) = a x^delta N^(alpha + gamma ln x) + b x^omega D^(beta + zeta ln x) + c, x from experts by Estart and Emax',
  source: 'Ludziejewski et al. 2025, arXiv:2502.05172',

  value(k, { N, D, experts: X }) {
    const u = X - 1 + headOf(k.Estart, k.Emax);
    const log = -Math.log(1 / u + 1 / k.Emax);
    const ofN = k.a * Math.exp(k.delta * log + (k.alpha + k.gamma * log) * Math.log(N));
    return ofN + k.b * Math.exp(k.omega * log + (k.beta + k.zeta * log) * Math.log(D)) + k.c;
  },

  gradient(k, { N, D, experts: X }, out) {
    const q = headOf(k.Estart, k.Emax);
    const u = X - 1 + q;
    const x = 1 / (1 / u + 1 / k.Emax);
    const log = Math.log(x);
    const [logN, logD] = [Math.log(N), Math.log(D)];
    const perA = Math.exp(k.delta * log + (k.alpha + k.gamma * log) * logN);
    const perB = Math.exp(k.omega * log + (k.beta + k.zeta * log) * logD);
    const [ofN, ofD] = [k.a * perA, k.b * perB];
    const byLog = ofN * (k.delta + k.gamma * logN) + ofD * (k.omega + k.zeta * logD);
    const head = (q / u) ** 2;
    out.set([perA, ofN * logN, ofN * log, ofN * log * logN, perB, ofD * logD, ofD * log, ofD * log * logD, 1]);
    out[9] = (byLog * x * head) / k.Estart ** 2;
    out[10] = (byLog * x * (1 - head)) / k.Emax ** 2;
  },

  // Their reduced law at 8 experts, 21.833 N^-0.1676 + 119.913 D^-0.2338 + 1.3637: its numbers are rounded.
  example: { coefficients: LUDZIEJEWSKI_2025, point: { N: 1e9, D: 1e11, experts: 8 }, loss: 2.3623 },
});

/**
 * The Chinchilla law that holds at one number of experts: L = m N^mu + n D^nu + c.
 *
 * @param coefficients - Of the law of mixtures of experts.
 * @param count - Number of experts, >= 1.
 * @returns Coefficients of the law `chinchilla`: E = c, A = m, B = n, alpha = -mu, beta = -nu, N in active parameters.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a number of experts below 1, or coefficients that are no finite numbers.
 * @example
 * atExperts(publishedLaws.ludziejewski2025.coefficients, 8).alpha // => 0.1676
 */
export function atExperts(
  coefficients: Readonly<Record<MixtureOfExpertsCoefficient, number>>,
  count: number,
): { readonly E: number; readonly A: number; readonly B: number; readonly alpha: number; readonly beta: number } {
  for (const name of mixtureOfExperts.coefficients) {
    const value: unknown = recordOf('coefficients', coefficients)[name];
    if (!Number.isFinite(value)) throw refusal(`coefficients.${name}`, 'be a finite number', value);
  }
  if (!Number.isFinite(count) || count < 1) {
    throw refusal('count', 'be a finite number of experts, 1 or more', count);
  }
  const { a, alpha, delta, gamma, b, beta, omega, zeta, c, Estart, Emax } = coefficients;
  const log = -Math.log(1 / (count - 1 + headOf(Estart, Emax)) + 1 / Emax);
  return {
    E: c,
    A: a * Math.exp(delta * log),
    B: b * Math.exp(omega * log),
    alpha: -(alpha + gamma * log),
    beta: -(beta + zeta * log),
  };
}
