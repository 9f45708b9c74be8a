/** What is wrong with this fit, in sentences: each check is a function from the case to its findings. */

import type { Fit } from '../fit/fit.ts';
import { deepFreeze } from '../freeze.ts';
import type { Runs } from '../runs/runs.ts';
import { autocorrelationFindings } from './autocorrelation.ts';
import { type Case, caseOf } from './case.ts';
import { coefficientFindings } from './coefficients.ts';
import { designFindings } from './coverage.ts';
import type { Finding } from './finding.ts';
import { optimumFindings } from './optimum.ts';
import { outlierFindings } from './outliers.ts';
import { precisionFindings } from './precision.ts';
import { trendFindings } from './trends.ts';

/** Findings about a fit, the gravest first. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
}

const CHECKS: readonly ((patient: Case) => Finding[])[] = [
  designFindings,
  optimumFindings,
  coefficientFindings,
  precisionFindings,
  outlierFindings,
  trendFindings,
  autocorrelationFindings,
];
const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'note'];

/**
 * Diagnoses a fit: can this design identify this law, is the optimum the optimum, do the rows obey the law?
 *
 * A finding of severity `error` says not to use the coefficients, `warning` to use them with care. On clean rows of a good design
 * there are neither.
 *
 * @param fit - A fit of this library.
 * @param runs - The rows behind it, or the table that it filtered.
 * @returns Frozen findings: code, severity, message, evidence, advice.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 * @example
 * const ray = { kind: 'ray', N: [1e8, 2e8, 5e8, 1e9, 2e9, 5e9], tokensPerParam: 20 };
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: ray, seed: 1 });
 * diagnose(fitScalingLaw(runs), runs).findings[0].code // => 'D_ONE_RAY'
 */
export function diagnose(fit: Fit<string>, runs: Runs): Diagnosis {
  const patient = caseOf(fit, runs);
  const findings = CHECKS.flatMap((check) => check(patient));
  return deepFreeze({ findings: SEVERITIES.flatMap((severity) => findings.filter((f) => f.severity === severity)) });
}
