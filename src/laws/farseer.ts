/**
 * Farseer: data pay off with an amplitude and an exponent that depend on the size of the model.
 *
 *     L(N, D) = exp(s N^q + S) + exp(B N^b + Q) / D^exp(A N^a + E)
 *
 * Li et al. 2025, "Predictable Scale, Part II: Farseer", arXiv:2506.10972. Nine coefficients: it needs a grid of many sizes and many
 * token counts, and its coefficients are hardly ever determined one by one. No constants are given here.
 *
 * Three coefficients of one curve k N^p + c trade against each other; a fit works in what the rows see of it (farseer-kernel.ts).
 */

import { defineLaw } from './built-in.ts';
import { type Coefficient, exponent } from './coefficient.ts';
import { farseerKernel } from './farseer-kernel.ts';
import type { Law } from './law.ts';

/** Names of the coefficients of Farseer, as in its paper. */
export type FarseerCoefficient = 's' | 'q' | 'S' | 'B' | 'b' | 'Q' | 'A' | 'a' | 'E';

/** The coefficient of a power N^exponent: scanned by the size of the product at the centre of the data. */
const factor = (power: FarseerCoefficient, most: number): Coefficient<'N', FarseerCoefficient> => ({
  role: 'exponent',
  unit: `parameters^-${power}`,
  bounds: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  scale: 'linear',
  linear: false,
  scan: [-most, most],
  of: ({ N }) => 1 / N,
  exponent: power,
});
const power = (): Coefficient<never, never> => exponent({ bounds: [-2, 2], scan: [-0.3, 0.3] });
const constant = (low: number, high: number): Coefficient<never, never> =>
  exponent({ bounds: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], scan: [low, high] });

/** L(N, D) = exp(s N^q + S) + exp(B N^b + Q) / D^exp(A N^a + E) (Li et al. 2025). */
export const farseer: Law<FarseerCoefficient> = defineLaw({
  kind: 'farseer',
  variables: ['N', 'D'],
  coefficients: {
    s: /* @__PURE__ */ factor('q', 1.5),
    q: /* @__PURE__ */ power(),
    S: /* @__PURE__ */ constant(-1.5, 1.5),
    B: /* @__PURE__ */ factor('b', 10),
    b: /* @__PURE__ */ power(),
    Q: /* @__PURE__ */ constant(-5, 10),
    A: /* @__PURE__ */ factor('a', 2),
    a: /* @__PURE__ */ power(),
    E: /* @__PURE__ */ constant(-2, 1),
  },
  equation: 'L(N, D) = exp(s N^q + S) + exp(B N^b + Q) / D^exp(A N^a + E)',
  source: 'Li et al. 2025, arXiv:2506.10972',

  value({ s, q, S, B, b, Q, A, a, E }, { N, D }) {
    const exponent = Math.exp(A * N ** a + E);
    return Math.exp(s * N ** q + S) + Math.exp(B * N ** b + Q - exponent * Math.log(D));
  },

  gradient({ s, q, S, B, b, Q, A, a, E }, { N, D }, out) {
    const [logN, logD] = [Math.log(N), Math.log(D)];
    const [toQ, toB, toA] = [N ** q, N ** b, N ** a];
    const floor = Math.exp(s * toQ + S);
    const exponent = Math.exp(A * toA + E);
    const term = Math.exp(B * toB + Q - exponent * logD);
    const byE = -term * logD * exponent;
    out.set([floor * toQ, floor * s * toQ * logN, floor, term * toB, term * B * toB * logN, term]);
    out.set([byE * toA, byE * A * toA * logN, byE], 6);
  },

  kernel: farseerKernel,
  // Constants of the authors' code as PlanarG/active-sl has them.
  example: {
    coefficients: {
      s: -0.062465473,
      q: 0.13,
      S: 0.1284880679442551,
      B: 230.73437075885855,
      b: -0.1729,
      Q: -1.544209554,
      A: -1.665630816,
      a: 0.0458999999999619,
      E: 3.133347198805445,
    },
    point: { N: 1e9, D: 1e11 },
    loss: 0.505029,
    within: 1e-6,
  },
});
