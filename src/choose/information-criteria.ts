/**
 * How probable the fitted rows are under a fit whose penalty is read as a density of the noise, with a scale fitted beside it:
 *
 *     squared          Gaussian   s^2 = sum w r^2 / n     ln f(r) = -ln(s sqrt(2 pi)) + ln(w) / 2 - w r^2 / (2 s^2)
 *     absolute, huber  Laplace    b = sum w |r| / n       ln f(r) = -ln(2 b) + ln w - w |r| / b
 *
 * A weight w is a precision: the row's own scale is s / sqrt(w), or b / w. In log space r = ln(predicted / loss), so the density of
 * the loss is f(r) / loss; with that factor fits in log and in linear space can be compared. Rows with r > 0 weighed by c have a
 * density of two halves, and s sqrt(2 pi) becomes s sqrt(2 pi) (1 + c^-1/2) / 2, and 2 b becomes b (1 + 1 / c).
 *
 *     AIC = 2 k - 2 ln likelihood        BIC = k ln n - 2 ln likelihood        k: free coefficients and the scale
 *
 * Akaike 1974; Schwarz 1978. Huber at a delta far under the residuals is an absolute penalty but for a factor, hence Laplace.
 */

import type { Fit } from '../fit/fit.ts';
import { freeCoefficients } from '../fit/problem.ts';
import { signedErrors } from '../hold-out/relative-error.ts';
import { lawNamed } from '../laws/registry.ts';
import { ROUNDING } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';

/** Criteria of one fit on the rows behind it. */
export interface InformationCriteria {
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** Free coefficients, and the scale of the noise. */
  readonly parameters: number;
}

/** Criteria of `fit` on `rows`, the rows behind it. Checkpoints of one run count as independent here, which flatters rich laws. */
export function informationCriteria(fit: Fit<string>, rows: Runs): InformationCriteria {
  const { penalty, space } = fit.objective;
  const gaussian = penalty.kind === 'squared';
  const over = penalty.overestimateWeight ?? 1;
  const errors = signedErrors(fit, rows);
  const n = rows.length;
  let cost = 0;
  let jacobian = 0;
  for (let i = 0; i < n; i++) {
    const loss = rows.loss[i]!;
    const weight = rows.weight?.[i] ?? 1;
    const r = space === 'log' ? Math.log1p(errors[i]!) : errors[i]! * loss;
    cost += weight * (r > 0 ? over : 1) * (gaussian ? r * r : Math.abs(r));
    jacobian += (gaussian ? 0.5 : 1) * Math.log(weight) - (space === 'log' ? Math.log(loss) : 0);
  }
  // Runs without noise leave rounding only; a scale of 0 would make them infinitely probable.
  const scale = Math.max(gaussian ? Math.sqrt(cost / n) : cost / n, ROUNDING);
  const width = gaussian ? scale * Math.sqrt(Math.PI / 2) * (1 + over ** -0.5) : scale * (1 + 1 / over);
  const logLikelihood = -n * Math.log(width) + jacobian - (gaussian ? n / 2 : n);
  const parameters = freeCoefficients(lawNamed(fit.law), fit.options) + 1;
  return {
    logLikelihood,
    aic: 2 * parameters - 2 * logLikelihood,
    bic: parameters * Math.log(n) - 2 * logLikelihood,
    parameters,
  };
}
