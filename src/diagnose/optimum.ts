/** Is the optimum the optimum? */

import type { Coefficients } from '../laws/law.ts';
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { digits, list } from './words.ts';

/** An optimum that fewer starts reach may not be the lowest. */
const LONELY = 3;
/** Coefficients that differ by less than this share are one answer. */
const ALIKE = 0.1;
/** So are values of E that differ by less than this, in nats per token, and exponents that differ by less than a tenth of it. */
const ALIKE_E = 0.1;

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
  if (atBest >= LONELY || tried < LONELY) return [];
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

/** Names of the coefficients by which two answers differ; amplitudes go with their exponents. */
function differences(patient: Case, one: Coefficients, two: Coefficients): string[] {
  return patient.kernel.coordinates.flatMap(({ name, role }) => {
    if (patient.law.solver[name]!.power) return [];
    const gap = Math.abs(one[name]! - two[name]!);
    const least = role === 'amplitude' ? ALIKE_E : ALIKE_E / 10;
    return gap > Math.max(least, ALIKE * Math.max(Math.abs(one[name]!), Math.abs(two[name]!))) ? [name] : [];
  });
}

function rivalFindings(patient: Case): Finding[] {
  const { coefficients, rivals } = patient;
  const apart = rivals.map((rival) => ({ rival, names: differences(patient, coefficients, rival) }));
  const furthest = apart.reduce<(typeof apart)[number] | undefined>(
    (most, each) => (each.names.length > (most?.names.length ?? 0) ? each : most),
    undefined,
  );
  if (!furthest) return [];
  const { rival, names } = furthest;
  const inWords = names.map((name) => `${name} = ${digits(rival[name]!)}`);
  const others = apart.filter((each) => each.names.length > 0).length;
  return [
    {
      code: 'D_RIVAL_OPTIMA',
      severity: 'warning',
      message: `Another minimum, with ${list(inWords)}, comes within .1 % of the best objective.`,
      evidence: { rival, startsAtRivals: others },
      advice: 'Do not choose between them by the objective: use what both predict alike, or rows that tell them apart.',
    },
  ];
}
