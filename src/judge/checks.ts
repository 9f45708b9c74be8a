/** Every check of a fit with its rows, the gravest findings first. */

import type { Finding } from '../finding.ts';
import { autocorrelationFindings } from './autocorrelation.ts';
import type { Case } from './case.ts';
import { likeTermFindings } from './design.ts';
import { optimumFindings } from './optimum.ts';
import { outlierFindings } from './outliers.ts';
import { conditionFindings, errorFindings } from './precision.ts';
import { trendFindings } from './trends.ts';

const CHECKS: readonly ((patient: Case) => Finding[])[] = [
  optimumFindings,
  likeTermFindings,
  conditionFindings,
  errorFindings,
  outlierFindings,
  trendFindings,
  autocorrelationFindings,
];
const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'note'];

/** Everything that may be said against a fit. */
export function caseFindings(patient: Case): Finding[] {
  const findings = CHECKS.flatMap((check) => check(patient));
  return SEVERITIES.flatMap((severity) => findings.filter((one) => one.severity === severity));
}
