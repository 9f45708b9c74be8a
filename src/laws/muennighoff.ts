/**
 * The law of repeated data: a repeated token is worth less than a fresh one, and so is a parameter beyond what the unique tokens can feed.
 *
 *     L(N, D, U) = E + A / N'^alpha + B / D'^beta
 *     D' = U + U RD (1 - exp(-(D / U - 1) / RD))                          U unique tokens, at most D
 *     N' = V + V RN (1 - exp(-(N / V - 1) / RN))                          V = min(N, the best N for U tokens)
 *     best N for U tokens = (U G)^(beta / alpha) G,   G = (alpha A / (beta B))^(1 / (alpha + beta))
 *
 * Muennighoff et al. 2023, "Scaling Data-Constrained Language Models", arXiv:2305.16264, section 3 and the authors' code
 * (huggingface/datablations). Without repetition (U = D) D' = D; with N at most V, N' = N: then it is the Chinchilla law.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor, scale } from './coefficient.ts';
import type { Coefficients, Law } from './law.ts';

/** Names of the coefficients of the law of repeated data. */
export type MuennighoffCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'beta' | 'RD' | 'RN';

/**
 * Published constants of repetition (Muennighoff et al. 2023, the authors' code): RD repetitions, and RN times the surplus of parameters,
 * after which a further one is worth 1/e of a fresh one.
 */
export const REPEATED_DATA: { readonly RD: number; readonly RN: number } = Object.freeze({
  RD: 15.387756,
  RN: 5.309743,
});

/** Constants of the law with repetition: the base law of their code, alpha = beta, and {@link REPEATED_DATA}. */
export const MUENNIGHOFF_2023: Coefficients<MuennighoffCoefficient> = {
  E: /* @__PURE__ */ Math.exp(0.6254804),
  A: /* @__PURE__ */ Math.exp(6.255414),
  B: /* @__PURE__ */ Math.exp(7.3049974),
  alpha: 0.3526596,
  beta: 0.3526596,
  RD: 15.387756,
  RN: 5.309743,
};

/** ln V is min(ln N, v) with v = (beta ln U + ln(alpha A) - ln(beta B)) / alpha. */
function bestLogN(A: number, B: number, alpha: number, beta: number, U: number): number {
  return (beta * Math.log(U) + Math.log(alpha * A) - Math.log(beta * B)) / alpha;
}

/** What `value` of a quantity of which `base` is fresh is worth: base + base R (1 - exp(-(value / base - 1) / R)). */
const worth = (value: number, base: number, R: number): number =>
  value <= base ? value : base - base * R * Math.expm1(-(value / base - 1) / R);

/** L(N, D, U) = E + A / N'^alpha + B / D'^beta (Muennighoff et al. 2023). */
export const muennighoff: Law<MuennighoffCoefficient> = defineLaw({
  kind: 'muennighoff',
  variables: ['N', 'D', { name: 'U', role: 'unique-tokens' }],
  coefficients: {
    E: floor(),
    // A and B also set how many parameters U tokens can feed, so the loss is not linear in them.
    A: amplitude('N', 'alpha', { linear: false }),
    B: amplitude('D', 'beta', { linear: false }),
    alpha: exponent(),
    beta: exponent(),
    // From worthless after the first repetition to as good as fresh.
    RD: scale([1e-3, 1e6], { scan: [0.5, 200], unit: 'repetitions' }),
    RN: scale([1e-3, 1e6], { scan: [0.5, 200], unit: 'multiples of the best size' }),
  },
  equation: "L(N, D, U) = E + A / N'^alpha + B / D'^beta, N' by RN, D' by RD",
  source: 'Muennighoff et al. 2023, arXiv:2305.16264, section 3; huggingface/datablations',

  value({ E, A, B, alpha, beta, RD, RN }, { N, D, U }) {
    const unique = Math.min(U, D);
    const base = Math.min(N, Math.exp(bestLogN(A, B, alpha, beta, unique)));
    // With A at 0 no parameter is worth anything, and the best size is 0.
    const ofN = A > 0 ? A * worth(N, base, RN) ** -alpha : 0;
    return E + ofN + (B > 0 ? B * worth(D, unique, RD) ** -beta : 0);
  },

  gradient({ A, B, alpha, beta, RD, RN }, { N, D, U }, out) {
    const unique = Math.min(U, D);
    const fresh = worth(D, unique, RD);
    const v = bestLogN(A, B, alpha, beta, unique);
    const surplus = v < Math.log(N);
    const base = surplus ? Math.exp(v) : N;
    const size = worth(N, base, RN);
    const perA = size ** -alpha;
    const perB = fresh ** -beta;
    const x = (D / unique - 1) / RD;
    const y = (N / base - 1) / RN;
    const bySize = (-alpha * A * perA) / size;
    // d size / d v, through the best size: size depends on A, B, alpha and beta where there is a surplus.
    const byBest = surplus ? bySize * base * (1 - RN * Math.expm1(-y) - (N / base) * Math.exp(-y)) : 0;
    out[0] = 1;
    out[1] = perA + byBest / (alpha * A);
    out[2] = perB - byBest / (alpha * B);
    out[3] = -A * perA * Math.log(size) + (byBest * (1 / alpha - v)) / alpha;
    out[4] = -B * perB * Math.log(fresh) + (byBest * (Math.log(unique) - 1 / beta)) / alpha;
    out[5] = ((-beta * B * perB) / fresh) * unique * (-Math.expm1(-x) - x * Math.exp(-x));
    out[6] = bySize * base * (-Math.expm1(-y) - y * Math.exp(-y));
  },

  // Their code, 6.34B parameters on 242B tokens of which 25B are unique.
  example: {
    coefficients: MUENNIGHOFF_2023,
    point: { N: 6.34e9, D: 242e9, U: 25e9 },
    loss: 2.2256440889984477,
    within: 1e-12,
  },
});
