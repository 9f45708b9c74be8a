/** Coefficients that cannot be what they claim to be. */

import { isFloor, MAX_EXPONENT } from '../laws/law.ts';
import { spanOf } from '../numeric/span.ts';
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { digits, list } from './words.ts';

/** An irreducible loss below this, in nats per token, is no entropy of any text. */
const NO_ENTROPY = 1e-3;
/** Published exponents go from .05 to .8. */
const STEEPEST = 2;
/** Published amplitudes go from 1 to 1e5. */
const LARGEST = 1e9;

export function coefficientFindings(patient: Case): Finding[] {
  return [...floorFindings(patient), ...boundFindings(patient), ...explodingFindings(patient)];
}

function floorFindings(patient: Case): Finding[] {
  const { E } = patient.coefficients;
  if (E === undefined || !isFloor(patient.law.solver.E)) return [];
  const lowestLoss = spanOf(patient.rows.loss)[0];
  const fixed = 'E' in patient.fit.options.fixed;
  const evidence = { E, lowestLoss };
  if (E >= lowestLoss * (1 - 1e-9)) {
    return [
      {
        code: 'D_E_ABOVE_LOWEST_LOSS',
        severity: 'error',
        message: `E is ${digits(E)}, not below the lowest loss ${digits(lowestLoss)}: the law cannot reach a loss that was observed.`,
        evidence,
        advice: fixed
          ? 'Fix E at a lower value, or leave it free.'
          : 'Check the rows of lowest loss, and whether all rows share one test set; or bound E.',
      },
    ];
  }
  if (E >= NO_ENTROPY || fixed) return [];
  return [
    {
      code: 'D_E_AT_ZERO',
      severity: 'warning',
      message: `E is ${digits(E)}: these rows do not show an irreducible loss.`,
      evidence,
      advice: 'Do not extrapolate far; drop early checkpoints if there are any, and add larger models and longer runs.',
    },
  ];
}

function boundFindings(patient: Case): Finding[] {
  const lowestLoss = spanOf(patient.rows.loss)[0];
  // E at 0, or at the lowest loss, is said above.
  const hits = patient.onBound.filter(
    ({ name, value }) => name !== 'E' || (value >= NO_ENTROPY && value < lowestLoss * (1 - 1e-9)),
  );
  if (hits.length === 0) return [];
  const inWords = hits.map(({ name, bound, value }) => `${name} is on its ${bound} bound (${digits(value)})`);
  return [
    {
      code: 'D_AT_BOUND',
      severity: 'warning',
      message: `${list(inWords)}: the rows do not hold it off.`,
      evidence: Object.fromEntries(hits.map(({ name, value }) => [name, value])),
      advice: 'If the bound is yours, ask whether it belongs there; if not, the rows do not show this term of the law.',
    },
  ];
}

function explodingFindings({ law, kernel, coefficients }: Case): Finding[] {
  const wild = kernel.coordinates
    .filter(({ name, role }) => {
      if (role === 'amplitude') return coefficients[name]! > LARGEST;
      return law.bounds[name]![1] === MAX_EXPONENT && coefficients[name]! > STEEPEST;
    })
    .map(({ name }) => name);
  if (wild.length === 0) return [];
  return [
    {
      code: 'D_EXPLODING',
      severity: 'error',
      message:
        `${list(wild.map((name) => `${name} = ${digits(coefficients[name]!)}`))}: far from any published law; ` +
        'such a term only switches between the smallest value and the rest.',
      evidence: Object.fromEntries(wild.map((name) => [name, coefficients[name]!])),
      advice: 'Check the smallest sizes and shortest runs for outliers, and widen the design; or bound the exponent.',
    },
  ];
}
