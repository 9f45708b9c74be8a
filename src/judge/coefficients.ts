/** Coefficients that cannot be what they claim to be. */

import { type Finding, finding } from '../finding.ts';
import { floorOf, MAX_EXPONENT } from '../laws/law.ts';
import { spanOf } from '../numeric/span.ts';
import { listed, percent, plural, short } from '../words.ts';
import type { Optimum } from './case.ts';

/** An irreducible loss below this, in nats per token, is no entropy of any text. */
const NO_ENTROPY = 1e-3;
/** Published exponents go from 0.05 to 0.8. */
const STEEPEST = 2;
/** Published amplitudes go from 1 to 1e5. */
const LARGEST = 1e9;
/** A floor this close below the lowest loss, as a share, is at it. */
const ROUNDING = 1e-9;

/** The irreducible loss against 0 and against the losses that were observed. */
export function floorFindings({ law, coefficients, rows, options: { fixed, bounds }, freedFloor }: Optimum): Finding[] {
  const floor = floorOf(law);
  const value = floor === undefined ? undefined : coefficients[floor];
  if (floor === undefined || value === undefined) return [];
  const [lowestLoss] = spanOf(rows.loss);
  const given = Object.hasOwn(fixed, floor);
  const details = { about: [`coefficients.${floor}`], evidence: { [floor]: value, lowestLoss } };
  if (freedFloor) {
    const { value: unbounded, lower, rowsBelow } = freedFloor;
    const message =
      `${floor} is held at the lowest loss, ${short(value)}. Without that bound it would be ${short(unbounded)}: the objective would be ` +
      `${percent(lower)} lower, and ${rowsBelow} of ${plural(rows.length, 'row')} would lie below it.`;
    const roomy = Number((unbounded * 1.1).toPrecision(3));
    return [
      finding('W_E_AT_LOWEST_LOSS', message, {
        about: details.about,
        evidence: { [floor]: value, lowestLoss, unbounded, objectiveLower: lower, rowsBelow },
        advice: [
          `If the rows below are noise, let ${floor} rise with `,
          { option: 'bounds', value: { [floor]: [0, roomy] } },
          '; if they are sound, these rows show no floor yet, and the bound is right. Look at the rows of lowest loss, and whether all rows share one test set.',
        ],
      }),
    ];
  }
  if (value >= lowestLoss * (1 - ROUNDING) && Object.hasOwn(bounds, floor) && !given) {
    const below = rows.loss.reduce((count, loss) => count + Number(loss < value), 0);
    const message = `${floor} is ${short(value)}, as its bound allows: ${below} of ${plural(rows.length, 'row')} lie below it.`;
    return [finding('W_E_ABOVE_LOWEST_LOSS', message, { ...details, severity: 'note' })];
  }
  if (value >= lowestLoss * (1 - ROUNDING)) {
    const message = `${floor} is ${short(value)}, not below the lowest loss ${short(lowestLoss)}: the law cannot reach a loss that was observed.`;
    return [
      finding('W_E_ABOVE_LOWEST_LOSS', message, {
        ...details,
        severity: 'error',
        advice: given
          ? `Fix ${floor} at a lower value, or leave it free.`
          : `Check the rows of lowest loss, and whether all rows share one test set; or bound ${floor}.`,
      }),
    ];
  }
  if (value >= NO_ENTROPY || given) return [];
  return [
    finding('W_E_AT_ZERO', `${floor} is ${short(value)}: these rows do not show an irreducible loss.`, {
      ...details,
      advice: 'Do not extrapolate far; drop early checkpoints if there are any, and add larger models and longer runs.',
    }),
  ];
}

/** Coefficients on a bound, but for a floor at 0 or at the lowest loss, which has a sentence of its own. */
export function boundFindings({ law, rows, status }: Optimum): Finding[] {
  if (status.kind !== 'at-bound') return [];
  const floor = floorOf(law);
  const [lowestLoss] = spanOf(rows.loss);
  const hits = status.coefficients.filter(
    ({ name, value }) => name !== floor || (value >= NO_ENTROPY && value < lowestLoss * (1 - ROUNDING)),
  );
  if (hits.length === 0) return [];
  const inWords = hits.map(({ name, bound, value }) => `${name} is on its ${bound} bound (${short(value)})`);
  const message = `${listed(inWords)}: the rows would push ${hits.length === 1 ? 'it' : 'them'} further.`;
  return [
    finding('W_AT_BOUND', message, {
      about: hits.map(({ name }) => `coefficients.${name}`),
      evidence: Object.fromEntries(hits.map(({ name, value }) => [name, value])),
      advice: 'If the bound is yours, ask whether it belongs there; if not, the rows do not show this term of the law.',
    }),
  ];
}

/** Amplitudes and exponents far from any published law. */
export function explodingFindings({ law, kernel, coefficients }: Optimum): Finding[] {
  const wild = kernel.coordinates.flatMap(({ name, role }) => {
    const value = coefficients[name];
    const most =
      role === 'amplitude' ? LARGEST : law.bounds[name]?.[1] === MAX_EXPONENT ? STEEPEST : Number.POSITIVE_INFINITY;
    return value !== undefined && value > most ? [{ name, value }] : [];
  });
  if (wild.length === 0) return [];
  const values = listed(wild.map(({ name, value }) => `${name} = ${short(value)}`));
  const message = `${values}: far from any published law. Such a term only separates the smallest value from all others.`;
  return [
    finding('W_EXPLODING', message, {
      severity: 'error',
      about: wild.map(({ name }) => `coefficients.${name}`),
      evidence: Object.fromEntries(wild.map(({ name, value }) => [name, value])),
      advice: 'Check the smallest sizes and shortest runs for outliers, and widen the design; or bound the exponent.',
    }),
  ];
}
