/** What is said of a fit from its optimum and the spans of its rows alone: every fit carries it. */

import { type Finding, finding } from '../finding.ts';
import { listed } from '../words.ts';
import { FEW_STARTS, type Optimum } from './case.ts';
import { boundFindings, explodingFindings, floorFindings } from './coefficients.ts';
import { decisionFindings } from './decision.ts';
import { lineFindings, ratioFindings, rowFindings, sizeFindings } from './design.ts';
import { rivalFindings } from './rivals.ts';

const CHECKS: readonly ((optimum: Optimum) => Finding[])[] = [
  lineFindings,
  ratioFindings,
  statusFindings,
  decisionFindings,
  boundFindings,
  floorFindings,
  explodingFindings,
  sizeFindings,
  rowFindings,
  startFindings,
  rivalFindings,
];

/** Everything that may be said against an optimum without a look at its residuals. */
export function optimumFindings(optimum: Optimum): Finding[] {
  return CHECKS.flatMap((check) => check(optimum));
}

function statusFindings({ status, starts }: Optimum): Finding[] {
  switch (status.kind) {
    case 'not-converged':
      return [
        finding('W_NOT_CONVERGED', 'No start ended in a local minimum.', {
          severity: 'error',
          evidence: { tried: starts.tried, converged: starts.converged },
          advice: ['Search deeper with ', { option: 'search.hops', value: 200 }, ', and check the rows for outliers.'],
        }),
      ];
    case 'unidentified':
      return [
        finding('W_UNIDENTIFIED', `Other values of ${listed(status.coefficients)} predict these rows equally well.`, {
          severity: 'error',
          about: status.coefficients.map((name) => `coefficients.${name}`),
          advice: 'Use predictions near the rows only; fix or tie one of these coefficients, or widen the design.',
        }),
      ];
    case 'at-bound':
    case 'converged':
      return [];
    default:
      return status satisfies never;
  }
}

function startFindings({ starts: { tried, converged, atBest }, status }: Optimum): Finding[] {
  if (atBest >= FEW_STARTS || tried < FEW_STARTS || status.kind === 'unidentified') return [];
  const message = `Only ${atBest} of ${tried} starts reached the best objective: there may be a better one.`;
  return [
    finding('W_FEW_STARTS_AGREE', message, {
      evidence: { tried, converged, atBest },
      advice: ['Search deeper with ', { option: 'search.hops', value: 200 }, '.'],
    }),
  ];
}
