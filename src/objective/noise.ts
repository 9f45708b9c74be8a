/**
 * The noise that a penalty stands for. A sum of penalties is, up to its scale t, a negative log-likelihood of independent residuals:
 *
 *     f(r) = exp(-rho(r) / t) / Z(t)         squared: normal, t = sigma^2     absolute: Laplace     huber: normal core, exponential tails
 *     l    = -S / t - n ln Z(t)              S = sum w rho(r),  n = sum w
 *
 * A weight says how often a row is counted: 2 is a row written twice. The scale is fitted beside the coefficients. Huber's normaliser, with
 * k = delta / sqrt(t) and Q the upper normal tail, is that of Besiroglu et al. 2024 (arXiv:2404.10102), data_analysis.ipynb:
 *
 *     Z = sqrt(t) (sqrt(2 pi) (1 - 2 Q(k)) + 2 exp(-k^2 / 2) / k)
 *
 * Overestimates weighed by c have their half of the density at the scale t / c: Z becomes (Z(t) + Z(t / c)) / 2. In log space the density of
 * the loss itself is f(r) / loss; with that Jacobian, fits in log and in linear space can be compared.
 */

import { normalCdf } from '../numeric/distributions.ts';
import { bracketedMinimum } from '../numeric/minimize.ts';
import { type Penalty, ROUNDING, type Space } from './penalty.ts';

/** ln Z(t): what exp(-rho(r) / t) integrates to. */
export function logNormaliser(penalty: Penalty, scale: number): number {
  const over = penalty.overestimateWeight ?? 1;
  const below = areaOf(penalty, scale);
  return Math.log(over === 1 ? below : (below + areaOf(penalty, scale / over)) / 2);
}

/** Z(t) of a symmetric penalty. */
function areaOf(penalty: Penalty, scale: number): number {
  switch (penalty.kind) {
    case 'squared':
      return Math.sqrt(2 * Math.PI * scale);
    case 'absolute':
      return 2 * scale;
    case 'huber': {
      const k = penalty.delta / Math.sqrt(scale);
      const core = Math.sqrt(2 * Math.PI) * (1 - 2 * normalCdf(-k));
      return Math.sqrt(scale) * (core + (2 * Math.exp((-k * k) / 2)) / k);
    }
    default:
      return penalty satisfies never;
  }
}

/** Rows of an objective, each as often as its weight says. */
export const countOf = ({ weight }: { readonly weight: Float64Array }): number =>
  weight.reduce((sum, value) => sum + value, 0);

/** Log-likelihood of `rows` residuals (the sum of their weights) whose penalties add up to `sum`, at the scale that makes it largest. */
export function concentratedLogLikelihood(sum: number, rows: number, penalty: Penalty): number {
  const scale = likeliestScale(sum, rows, penalty);
  return -rows * (meanPenalty(sum, rows, penalty) / scale + logNormaliser(penalty, scale));
}

/** The scale t at which `rows` residuals whose penalties add up to `sum` are most probable. */
export function likeliestScale(sum: number, rows: number, penalty: Penalty): number {
  const mean = meanPenalty(sum, rows, penalty);
  switch (penalty.kind) {
    case 'squared':
      return 2 * mean;
    case 'absolute':
      return mean;
    case 'huber': {
      // From the scale of pure tails to that of a pure core.
      const cost = (logScale: number): number => mean / Math.exp(logScale) + logNormaliser(penalty, Math.exp(logScale));
      return Math.exp(bracketedMinimum(cost, Math.log(mean) - 0.1, Math.log(2 * mean) + 0.1, 1e-9).x);
    }
    default:
      return penalty satisfies never;
  }
}

/** Runs without noise leave rounding only; a scale of 0 would make them infinitely probable. */
const meanPenalty = (sum: number, rows: number, penalty: Penalty): number =>
  Math.max(sum / rows, scaleOfWidth(penalty, ROUNDING) / 2);

/** ln of |dr / dloss|, summed over rows: what turns the likelihood of residuals into that of the losses. */
export function logJacobian(space: Space, loss: Float64Array, weight: Float64Array): number {
  return space === 'linear' ? 0 : loss.reduce((sum, value, i) => sum - weight[i]! * Math.log(value), 0);
}

/** The scale t of noise with this width in the unit of the residual: its variance where rho is a parabola, delta x width on the lines. */
export function scaleOfWidth(penalty: Penalty, width: number): number {
  switch (penalty.kind) {
    case 'squared':
      return width ** 2;
    case 'absolute':
      return width;
    case 'huber':
      return width * Math.min(penalty.delta, width);
    default:
      return penalty satisfies never;
  }
}
