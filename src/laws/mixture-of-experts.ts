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
import { completeLaw } from './complete.ts';
import { FLOOR, type Law, MAX_EXPONENT, NOT_NEGATIVE, type SolverRule } from './law.ts';

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

type Rule = SolverRule<MixtureOfExpertsCoefficient>;
const scanned = (low: number, high: number): Rule => ({ scale: 'linear', role: 'exponent', scan: [low, high] });
const experts = (low: number, high: number): Rule => ({ scale: 'log', role: 'exponent', scan: [low, high] });
const RISING: readonly [number, number] = [-MAX_EXPONENT, 0];
const ANY: readonly [number, number] = [-MAX_EXPONENT, MAX_EXPONENT];

/** X - 1 + q, with q = 1 / (1 / Estart - 1 / Emax): what the number of experts amounts to before it saturates. */
const headOf = (Estart: number, Emax: number): number => 1 / (1 / Estart - 1 / Emax);

/** L(N, D, experts) of Ludziejewski et al. 2025; experts, the number of experts, is a column of the runs. */
export const mixtureOfExperts: Law<MixtureOfExpertsCoefficient> = completeLaw({
  kind: 'mixture-of-experts',
  coefficients: ['a', 'alpha', 'delta', 'gamma', 'b', 'beta', 'omega', 'zeta', 'c', 'Estart', 'Emax'],
  variables: ['N', 'D', 'experts'],
  roles: { experts: 'experts' },
  least: { experts: 1 },
  bounds: {
    a: NOT_NEGATIVE,
    alpha: RISING,
    delta: ANY,
    gamma: ANY,
    b: NOT_NEGATIVE,
    beta: RISING,
    omega: ANY,
    zeta: ANY,
    c: NOT_NEGATIVE,
    Estart: [1, 15],
    Emax: [16, 1e6],
  },
  solver: {
    a: { scale: 'log', role: 'amplitude', power: { of: ({ N }) => 1 / N!, exponent: 'alpha' } },
    alpha: scanned(-0.6, -0.05),
    delta: scanned(-0.6, 0.6),
    gamma: scanned(-0.03, 0.03),
    b: { scale: 'log', role: 'amplitude', power: { of: ({ D }) => 1 / D!, exponent: 'beta' } },
    beta: scanned(-0.6, -0.05),
    omega: scanned(-0.6, 0.6),
    zeta: scanned(-0.03, 0.03),
    c: FLOOR,
    Estart: experts(1.1, 6),
    Emax: experts(60, 1000),
  },
  units: {
    a: 'nats per token x parameters^-alpha',
    alpha: '1',
    delta: '1',
    gamma: '1',
    b: 'nats per token x tokens^-beta',
    beta: '1',
    omega: '1',
    zeta: '1',
    c: 'nats per token',
    Estart: 'experts',
    Emax: 'experts',
  },
  equation:
    'L(N, D, experts) = a x^delta N^(alpha + gamma ln x) + b x^omega D^(beta + zeta ln x) + c, x from experts by Estart and Emax',
  source: 'Ludziejewski et al. 2025, arXiv:2502.05172',

  value(k, { N, D, experts: X }) {
    const u = X! - 1 + headOf(k.Estart, k.Emax);
    const log = -Math.log(1 / u + 1 / k.Emax);
    const ofN = k.a * Math.exp(k.delta * log + (k.alpha + k.gamma * log) * Math.log(N!));
    return ofN + k.b * Math.exp(k.omega * log + (k.beta + k.zeta * log) * Math.log(D!)) + k.c;
  },

  gradient(k, { N, D, experts: X }, out) {
    const q = headOf(k.Estart, k.Emax);
    const u = X! - 1 + q;
    const x = 1 / (1 / u + 1 / k.Emax);
    const log = Math.log(x);
    const [logN, logD] = [Math.log(N!), Math.log(D!)];
    const perA = Math.exp(k.delta * log + (k.alpha + k.gamma * log) * logN);
    const perB = Math.exp(k.omega * log + (k.beta + k.zeta * log) * logD);
    const [ofN, ofD] = [k.a * perA, k.b * perB];
    const byLog = ofN * (k.delta + k.gamma * logN) + ofD * (k.omega + k.zeta * logD);
    const head = (q / u) ** 2;
    out.set([perA, ofN * logN, ofN * log, ofN * log * logN, perB, ofD * logD, ofD * log, ofD * log * logD, 1]);
    out[9] = (byLog * x * head) / k.Estart ** 2;
    out[10] = (byLog * x * (1 - head)) / k.Emax ** 2;
  },
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
