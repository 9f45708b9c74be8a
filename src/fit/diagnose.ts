/** What is wrong with this fit, in sentences: the case laid out for the checks of judge/. */

import type { Finding } from '../finding.ts';
import { deepFreeze } from '../freeze.ts';
import type { Case } from '../judge/case.ts';
import { caseFindings } from '../judge/checks.ts';
import { boundHits } from '../judge/status.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { robustSpread } from '../numeric/robust-spread.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import type { Fit } from './fit.ts';
import { freedFloor } from './freed-floor.ts';
import { predictRows } from './law-columns.ts';
import { thetaOf } from './noise.ts';
import { fitProblem } from './problem.ts';
import { rowsOf } from './rows-of.ts';
import { searchMinimum } from './search.ts';

/** Findings about a fit, the gravest first. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
}

/**
 * Diagnoses a fit: can this design identify this law, is the optimum the optimum, do the rows obey the law?
 *
 * A finding of severity `error` says not to use the coefficients, `warning` to use them with care. On clean rows of a good design
 * there are neither.
 *
 * @param fit - A fit of this library.
 * @param runs - The rows behind it, or the table that it filtered.
 * @returns Frozen findings: code, severity, what it is about, message, evidence, advice.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 * @example
 * const ray = { kind: 'ray', N: [1e8, 2e8, 5e8, 1e9, 2e9, 5e9], tokensPerParam: 20 };
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: ray, noise: 0.001, seed: 1 });
 * diagnose(fitScalingLaw(runs), runs).findings[0].code // => 'W_ONE_RAY'
 */
export function diagnose(fit: Fit<string>, runs: Runs): Diagnosis {
  return deepFreeze({ findings: caseFindings(caseOf(fit, runs)) });
}

/**
 * Lays out the case.
 *
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if `runs` are not the rows behind the fit, nor the table they were filtered from.
 */
export function caseOf(fit: Fit<string>, runs: Runs): Case {
  const rows = rowsOf(fit, runs);
  const { law, kernel, objective } = fitProblem(lawOf(fit), rows, fit.options);
  const theta = thetaOf(kernel, fit.coefficients);
  const residuals = new Float64Array(rows.length);
  objective.residuals(theta, residuals);
  const { space, penalty, value } = fit.objective;
  const onBound = boundHits(kernel, theta, fit.coefficients);
  return {
    law,
    kernel,
    coefficients: fit.coefficients,
    rows,
    status: fit.status,
    starts: fit.starts,
    objective: value,
    rivals: fit.rivals,
    decision: fit.decision,
    options: fit.options,
    penalty,
    space,
    information: objective.information(theta),
    residuals,
    spread: robustSpread(residuals, kernel.dimension),
    onBound,
    freedFloor: freedFloor(law, rows, fit.options, onBound, value),
    refit: (kept) => {
      const again = fitProblem(law, takeRuns(rows, kept), fit.options);
      const found = searchMinimum(again.objective, again.observed, again.engine, fit.options.search);
      const coefficients = again.kernel.toCoefficients(found.theta);
      const predicted = predictRows({ law, coefficients }, rows);
      return {
        coefficients,
        residuals: predicted.map((at, i) => (space === 'log' ? Math.log(at / rows.loss[i]!) : at - rows.loss[i]!)),
      };
    },
  };
}
