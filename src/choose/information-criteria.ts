/**
 * Criteria that weigh how probable the fitted rows are against the number of coefficients, with the density that belongs to the penalty:
 *
 *     AIC = 2 k - 2 l        BIC = k ln n - 2 l        k: free coefficients and the scale of the noise; n: rows
 *
 * l is the log-likelihood of the losses, `logLikelihood + logJacobian`, so that fits in log and in linear space can be compared.
 * Akaike 1974; Schwarz 1978; densities in src/objective/noise.ts.
 */

import type { Fit } from '../fit/fit.ts';
import { freeCoefficients } from '../fit/problem.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { countOf, logJacobian } from '../objective/noise.ts';
import type { Runs } from '../runs/runs.ts';
import { logLikelihood } from '../uncertainty/likelihood.ts';

/** Criteria of one fit on the rows behind it. */
export interface InformationCriteria {
  /** Of the residuals in the space of the fit, as `logLikelihood` gives it. */
  readonly logLikelihood: number;
  /** What turns it into that of the losses: -sum of w ln loss in log space, 0 in linear. */
  readonly logJacobian: number;
  readonly aic: number;
  readonly bic: number;
  /** Free coefficients, and the scale of the noise. */
  readonly parameters: number;
}

/** Criteria of `fit` on `rows`, the rows behind it. Checkpoints of one run count as independent here, which flatters rich laws. */
export function informationCriteria(fit: Fit<string>, rows: Runs): InformationCriteria {
  const weight = rows.weight ?? new Float64Array(rows.length).fill(1);
  const ofResiduals = logLikelihood(fit, rows);
  const jacobian = logJacobian(fit.objective.space, rows.loss, weight);
  const ofLosses = ofResiduals + jacobian;
  const parameters = freeCoefficients(lawOf(fit), fit.options) + 1;
  return {
    logLikelihood: ofResiduals,
    logJacobian: jacobian,
    aic: 2 * parameters - 2 * ofLosses,
    bic: parameters * Math.log(countOf({ weight })) - 2 * ofLosses,
    parameters,
  };
}
