/** Is the optimum the optimum? */

import { aboveBest, differences } from '../fit/rivals.ts';
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { digits, list } from './words.ts';

/** An optimum that fewer starts reach may not be the lowest. */
const LONELY = 3;

export function optimumFindings(patient: Case): Finding[] {
  return [...statusFindings(patient), ...lonelyFindings(patient), ...rivalFindings(patient)];
}

function statusFindings({ fit }: Case): Finding[] {
  const { status } = fit;
  switch (status.kind) {
    case 'not-converged':
      return [
        {
          code: 'D_NOT_CONVERGED',
          severity: 'error',
          message: 'The best start did not end in a local minimum.',
          evidence: { tried: fit.starts.tried, converged: fit.starts.converged },
          advice: 'Search deeper with search: { starts: 64, hops: 200 }, and check the rows for outliers.',
        },
      ];
    case 'unidentified':
      return [
        {
          code: 'D_UNIDENTIFIED',
          severity: 'error',
          message: `Other values of ${list(status.coefficients)} predict these rows equally well.`,
          evidence: {},
          advice: 'Use predictions near the rows only; fix or tie one of these coefficients, or widen the design.',
        },
      ];
    case 'at-bound':
    case 'converged':
      return [];
    default:
      return status satisfies never;
  }
}

function lonelyFindings({ fit }: Case): Finding[] {
  const { tried, converged, atBest } = fit.starts;
  if (atBest >= LONELY || tried < LONELY || fit.status.kind === 'unidentified') return [];
  return [
    {
      code: 'D_LONELY_OPTIMUM',
      severity: 'warning',
      message: `Only ${atBest} of ${tried} starts reached the best objective: there may be a better one.`,
      evidence: { tried, converged, atBest },
      advice: 'Search deeper with search: { hops: 200 }.',
    },
  ];
}

function rivalFindings({ fit, kernel }: Case): Finding[] {
  const [lowest] = fit.rivals;
  if (!lowest) return [];
  const best = fit.objective.value;
  const inWords = fit.rivals.map(({ coefficients, objective, starts }) => {
    const names = differences(kernel, fit.coefficients, coefficients);
    const values = list(names.map((name) => `${name} = ${digits(coefficients[name]!)}`));
    return `${values}, ${aboveBest(objective, best)} above the best objective (${starts === 1 ? '1 start' : `${starts} starts`})`;
  });
  return [
    {
      code: 'D_RIVAL_OPTIMA',
      severity: 'warning',
      message: `There ${inWords.length === 1 ? 'is another minimum' : 'are other minima'} nearly as low: ${inWords.join('; ')}.`,
      evidence: {
        rival: lowest.coefficients,
        startsAtRivals: fit.rivals.reduce((sum, { starts }) => sum + starts, 0),
      },
      advice: 'Do not choose between them by the objective: use what all predict alike, or rows that tell them apart.',
    },
  ];
}
