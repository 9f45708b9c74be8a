/**
 * Criteria that weigh how probable the fitted rows are against the number of coefficients, with the density that belongs to the penalty:
 *
 *     AIC = 2 k - 2 l        BIC = k ln n - 2 l        k: free coefficients and the scale of the noise; n: rows
 *
 * l is the log-likelihood of the losses, `logLikelihood + logJacobian`, so that fits in log and in linear space can be compared. It takes rows
 * for independent, so that there are no criteria where a run has several rows.
 * Akaike 1974; Schwarz 1978; densities in src/objective/noise.ts.
 */

import { rowsByRun } from '../filters/groups.ts';
import type { Fit } from '../fit/fit.ts';
import { freeCoefficients } from '../fit/problem.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { countOf, logJacobian } from '../objective/noise.ts';
import type { Runs } from '../runs/runs.ts';
import { logLikelihood } from '../uncertainty/likelihood.ts';
import { plural } from '../words.ts';

/** Criteria of one fit on the rows behind it. */
export interface InformationCriteria {
  /** Of the residuals in the space of the fit, as `logLikelihood` gives it. */
  readonly logLikelihood: number;
  /** What turns it into that of the losses: -sum of w ln loss in log space, 0 in linear. */
  readonly logJacobian: number;
  /** Null where a run has several rows. */
  readonly aic: number | null;
  readonly bic: number | null;
  /** Why there are none; null where there are. */
  readonly reason: string | null;
  /** Free coefficients, and the scale of the noise. */
  readonly parameters: number;
}

/**
 * Criteria of `fit` on `rows`, the rows behind it.
 *
 * @returns `aic` and `bic` are null, with the `reason`, where a run has several rows: its rows err together, and a sum of their
 *   log-likelihoods would call a rich law better for what is the luck of one run. Compare such fits by a hold-out.
 */
export function informationCriteria(fit: Fit<string>, rows: Runs): InformationCriteria {
  const weight = rows.weight ?? new Float64Array(rows.length).fill(1);
  const ofResiduals = logLikelihood(fit, rows);
  const jacobian = logJacobian(fit.objective.space, rows.loss, weight);
  const ofLosses = ofResiduals + jacobian;
  const parameters = freeCoefficients(lawOf(fit), fit.options) + 1;
  const runs = rowsByRun(rows).length;
  const independent = runs === rows.length;
  return {
    logLikelihood: ofResiduals,
    logJacobian: jacobian,
    aic: independent ? 2 * parameters - 2 * ofLosses : null,
    bic: independent ? parameters * Math.log(countOf({ weight })) - 2 * ofLosses : null,
    parameters,
    reason: independent
      ? null
      : `${plural(rows.length, 'row')} of ${plural(runs, 'run')} are no independent rows, which AIC and BIC suppose`,
  };
}
