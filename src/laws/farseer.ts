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

import { farseerKernel } from './farseer-kernel.ts';
import type { Law, Point, SolverRule } from './law.ts';

/** Names of the coefficients of Farseer, as in its paper. */
export type FarseerCoefficient = 's' | 'q' | 'S' | 'B' | 'b' | 'Q' | 'A' | 'a' | 'E';

/** The coefficient of a power N^exponent: scanned by the size of the product at the centre of the data. */
function factor(exponent: FarseerCoefficient, low: number, high: number): SolverRule<FarseerCoefficient> {
  const of = ({ N }: Point): number => 1 / N!;
  return { scale: 'linear', role: 'exponent', scan: [low, high], power: { of, exponent } };
}
const power: SolverRule<FarseerCoefficient> = { scale: 'linear', role: 'exponent', scan: [-0.3, 0.3] };
const constant = (low: number, high: number): SolverRule<FarseerCoefficient> => ({
  scale: 'linear',
  role: 'exponent',
  scan: [low, high],
});

const ANY: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const POWER: readonly [number, number] = [-2, 2];

/** L(N, D) = exp(s N^q + S) + exp(B N^b + Q) / D^exp(A N^a + E) (Li et al. 2025). */
export const farseer: Law<FarseerCoefficient> = {
  kind: 'farseer',
  coefficients: ['s', 'q', 'S', 'B', 'b', 'Q', 'A', 'a', 'E'],
  variables: ['N', 'D'],
  bounds: { s: ANY, q: POWER, S: ANY, B: ANY, b: POWER, Q: ANY, A: ANY, a: POWER, E: ANY },
  solver: {
    s: factor('q', -1.5, 1.5),
    q: power,
    S: constant(-1.5, 1.5),
    B: factor('b', -10, 10),
    b: power,
    Q: constant(-5, 10),
    A: factor('a', -2, 2),
    a: power,
    E: constant(-2, 1),
  },
  units: {
    s: 'parameters^-q',
    q: '1',
    S: '1',
    B: 'parameters^-b',
    b: '1',
    Q: '1',
    A: 'parameters^-a',
    a: '1',
    E: '1',
  },
  equation: 'L(N, D) = exp(s N^q + S) + exp(B N^b + Q) / D^exp(A N^a + E)',
  source: 'Li et al. 2025, arXiv:2506.10972',

  value({ s, q, S, B, b, Q, A, a, E }, { N, D }) {
    const exponent = Math.exp(A * N! ** a + E);
    return Math.exp(s * N! ** q + S) + Math.exp(B * N! ** b + Q - exponent * Math.log(D!));
  },

  gradient({ s, q, S, B, b, Q, A, a, E }, { N, D }, out) {
    const [logN, logD] = [Math.log(N!), Math.log(D!)];
    const [toQ, toB, toA] = [N! ** q, N! ** b, N! ** a];
    const floor = Math.exp(s * toQ + S);
    const exponent = Math.exp(A * toA + E);
    const term = Math.exp(B * toB + Q - exponent * logD);
    const byLogExponent = -term * logD * exponent;
    out[0] = floor * toQ;
    out[1] = floor * s * toQ * logN;
    out[2] = floor;
    out[3] = term * toB;
    out[4] = term * B * toB * logN;
    out[5] = term;
    out[6] = byLogExponent * toA;
    out[7] = byLogExponent * A * toA * logN;
    out[8] = byLogExponent;
  },

  kernel: (columns, options) => farseerKernel(farseer as unknown as Law, columns, options),
};
