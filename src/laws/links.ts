/**
 * Links from loss to what a benchmark measures: the share of errors as a function of the loss L of the same model.
 *
 *     error(L) = epsilon - k exp(-gamma L)                               Gadre et al. 2024, arXiv:2403.08540, section 3.2
 *     error(L) = least + rise / (1 + exp(-slope (L - middle)))           a sigmoid, as Llama 3 (arXiv:2407.21783, section 3.2.1) uses it
 *
 * They are fitted like laws, in the one variable L, but they are laws of an error, not of a loss.
 */

import { defineLaw } from './built-in.ts';
import { floor, scale } from './coefficient.ts';
import type { Law } from './law.ts';

/** Names of the coefficients of the exponential link. */
export type ExponentialLinkCoefficient = 'epsilon' | 'k' | 'gamma';
/** Names of the coefficients of the sigmoid. */
export type SigmoidLinkCoefficient = 'least' | 'rise' | 'slope' | 'middle';

/** error(L) = epsilon - k exp(-gamma L) (Gadre et al. 2024). */
export const exponentialLink: Law<ExponentialLinkCoefficient> = defineLaw({
  kind: 'error-exponential',
  variables: ['L'],
  coefficients: {
    epsilon: scale([0, 10], { linear: true, unit: 'share of errors' }),
    k: scale([0, 1e12], { linear: true, unit: 'share of errors' }),
    gamma: scale([1e-3, 50], { scan: [0.05, 10], unit: 'per nat' }),
  },
  equation: 'error(L) = epsilon - k exp(-gamma L)',
  source: 'Gadre et al. 2024, arXiv:2403.08540, section 3.2',
  value: ({ epsilon, k, gamma }, { L }) => epsilon - k * Math.exp(-gamma * L),

  gradient({ k, gamma }, { L }, out) {
    const decay = Math.exp(-gamma * L);
    out.set([1, -decay, k * L * decay]);
  },

  // By hand: 0.8 - 1 / e.
  example: { coefficients: { epsilon: 0.8, k: 1, gamma: 0.5 }, point: { L: 2 }, loss: 0.43212, within: 2e-6 },
});

/** error(L) = least + rise / (1 + exp(-slope (L - middle))) (as Llama 3). */
export const sigmoidLink: Law<SigmoidLinkCoefficient> = defineLaw({
  kind: 'error-sigmoid',
  variables: ['L'],
  coefficients: {
    least: floor({ unit: 'share of errors' }),
    rise: scale([0, 10], { linear: true, unit: 'share of errors' }),
    slope: scale([1e-3, 1e3], { scan: [0.5, 50], unit: 'per nat' }),
    middle: scale([1e-6, 1e3], { scan: 'L', unit: 'nats' }),
  },
  equation: 'error(L) = least + rise / (1 + exp(-slope (L - middle)))',
  source: 'Llama team 2024, arXiv:2407.21783, section 3.2.1',
  value: ({ least, rise, slope, middle }, { L }) => least + rise / (1 + Math.exp(-slope * (L - middle))),

  gradient({ rise, slope, middle }, { L }, out) {
    const share = 1 / (1 + Math.exp(-slope * (L - middle)));
    const steep = rise * share * (1 - share);
    out.set([1, share, steep * (L - middle), -steep * slope]);
  },

  // By hand: half of the rise at the middle.
  example: { coefficients: { least: 0.2, rise: 0.6, slope: 4, middle: 3 }, point: { L: 3 }, loss: 0.5, within: 1e-12 },
});
