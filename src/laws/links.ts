/**
 * Links from loss to what a benchmark measures: the share of errors as a function of the loss L of the same model.
 *
 *     error(L) = epsilon - k exp(-gamma L)                               Gadre et al. 2024, arXiv:2403.08540, section 3.2
 *     error(L) = least + rise / (1 + exp(-slope (L - middle)))           a sigmoid, as Llama 3 (arXiv:2407.21783, section 3.2.1) uses it
 *
 * They are fitted like laws, in the one variable L, but they are laws of an error, not of a loss.
 */

import { completeLaw } from './complete.ts';
import { FLOOR, type Law, NOT_NEGATIVE } from './law.ts';

/** Names of the coefficients of the exponential link. */
export type ExponentialLinkCoefficient = 'epsilon' | 'k' | 'gamma';
/** Names of the coefficients of the sigmoid. */
export type SigmoidLinkCoefficient = 'least' | 'rise' | 'slope' | 'middle';

/** error(L) = epsilon - k exp(-gamma L) (Gadre et al. 2024). */
export const exponentialLink: Law<ExponentialLinkCoefficient> = completeLaw({
  kind: 'error-exponential',
  coefficients: ['epsilon', 'k', 'gamma'],
  variables: ['L'],
  bounds: { epsilon: [0, 10], k: [0, 1e12], gamma: [1e-3, 50] },
  solver: {
    epsilon: { scale: 'log', role: 'amplitude' },
    k: { scale: 'log', role: 'amplitude' },
    gamma: { scale: 'log', role: 'exponent', scan: [0.05, 10] },
  },
  units: { epsilon: 'share of errors', k: 'share of errors', gamma: 'per nat' },
  equation: 'error(L) = epsilon - k exp(-gamma L)',
  source: 'Gadre et al. 2024, arXiv:2403.08540, section 3.2',

  value: ({ epsilon, k, gamma }, { L }) => epsilon - k * Math.exp(-gamma * L!),

  gradient({ k, gamma }, { L }, out) {
    const decay = Math.exp(-gamma * L!);
    out[0] = 1;
    out[1] = -decay;
    out[2] = k * L! * decay;
  },
});

/** error(L) = least + rise / (1 + exp(-slope (L - middle))) (as Llama 3). */
export const sigmoidLink: Law<SigmoidLinkCoefficient> = completeLaw({
  kind: 'error-sigmoid',
  coefficients: ['least', 'rise', 'slope', 'middle'],
  variables: ['L'],
  bounds: { least: NOT_NEGATIVE, rise: [0, 10], slope: [1e-3, 1e3], middle: [1e-6, 1e3] },
  solver: {
    least: FLOOR,
    rise: { scale: 'log', role: 'amplitude' },
    slope: { scale: 'log', role: 'exponent', scan: [0.5, 50] },
    middle: { scale: 'log', role: 'exponent', scan: 'L' },
  },
  units: { least: 'share of errors', rise: 'share of errors', slope: 'per nat', middle: 'nats' },
  equation: 'error(L) = least + rise / (1 + exp(-slope (L - middle)))',
  source: 'Llama team 2024, arXiv:2407.21783, section 3.2.1',

  value: ({ least, rise, slope, middle }, { L }) => least + rise / (1 + Math.exp(-slope * (L! - middle))),

  gradient({ rise, slope, middle }, { L }, out) {
    const share = 1 / (1 + Math.exp(-slope * (L! - middle)));
    const steep = rise * share * (1 - share);
    out[0] = 1;
    out[1] = share;
    out[2] = steep * (L! - middle);
    out[3] = -steep * slope;
  },
});
