/**
 * Rows that the law cannot explain, and what they do to it.
 *
 * Outliers at the end of a range draw the law to themselves and hide each other (Besiroglu et al. 2024 drop 5 of 245 rows, and beta moves
 * by 0.09). So the law is fitted again without the rows found so far, until no row comes or goes.
 */

import { type Finding, finding } from '../finding.ts';
import type { Coefficients } from '../laws/law.ts';
import { robustSpread } from '../numeric/robust-spread.ts';
import { ROUNDING } from '../objective/penalty.ts';
import { listed, plural, short } from '../words.ts';
import type { Case } from './case.ts';
import { EARLY_CHECKPOINTS, residualInWords } from './trends.ts';

/** Residuals of this many robust standard deviations: one in 500 million of a normal law; of 36 rows, seldom one that looks so. */
const FAR = 6;
/** Beyond this share, they are no outliers but the data. */
const MOST_OUTLIERS = 0.2;
const ROUNDS = 5;
/** Rows that are named. */
const NAMED = 10;
/** A coefficient that moves by this share matters. */
const MATTERS = 0.1;
/** Share of a run that warm-up may reach. */
const EARLY = 0.2;

interface Cleaned {
  readonly outliers: readonly number[];
  readonly residuals: ArrayLike<number>;
  readonly spread: number;
  readonly coefficients: Coefficients;
}

export function outlierFindings(patient: Case): Finding[] {
  const { rows, space } = patient;
  const cleaned = cleanedOf(patient);
  if (!cleaned || cleaned.outliers.length === 0) return [];
  const { outliers, residuals, spread, coefficients } = cleaned;
  const worst = [...outliers].sort((i, j) => Math.abs(residuals[j]!) - Math.abs(residuals[i]!)).slice(0, NAMED);
  const moved = patient.kernel.coordinates.filter(({ name, scale }) => {
    const before = patient.coefficients[name]!;
    return scale === 'linear' && Math.abs(coefficients[name]! - before) > MATTERS * Math.abs(before);
  });
  const early = rows.fraction && outliers.every((i) => rows.fraction![i]! <= EARLY);
  const sourceRows = worst.map((i) => rows.row[i]!);
  const one = outliers.length === 1;
  const effect =
    moved.length > 0
      ? `without ${one ? 'it' : 'them'}, ${listed(moved.map(({ name }) => `${name} goes from ${short(patient.coefficients[name]!)} to ${short(coefficients[name]!)}`))}`
      : `${one ? 'it hardly moves' : 'they hardly move'} the coefficients`;
  const message =
    `${plural(outliers.length, 'row')} ${one ? 'lies' : 'lie'} more than ${FAR} robust standard deviations off the law of the others ` +
    `(the farthest: row ${sourceRows[0]}, ${residualInWords(residuals[worst[0]!]!, space, rows.lossUnit)}); ${effect}.`;
  return [
    finding('W_OUTLIERS', message, {
      severity: moved.length > 0 ? 'warning' : 'note',
      about: sourceRows.map((row) => `rows.${row}`),
      evidence: {
        rows: sourceRows,
        z: worst.map((i) => residuals[i]! / spread),
        count: outliers.length,
        without: coefficients,
      },
      advice: early
        ? EARLY_CHECKPOINTS
        : 'Look these rows up in their source; if there is a reason to drop them, do it by an explicit filter, and say so.',
    }),
  ];
}

/** The law without its outliers; `undefined` where the residuals are rounding, or too many rows are far off. */
function cleanedOf(patient: Case): Cleaned | undefined {
  const { rows, kernel, refit } = patient;
  let { spread, residuals, coefficients }: Omit<Cleaned, 'outliers'> = patient;
  let outliers: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const far = Array.from(residuals, Math.abs).flatMap((size, i) => (size > FAR * spread ? [i] : []));
    if (spread < ROUNDING || far.length > MOST_OUTLIERS * rows.length) return undefined;
    if (far.join() === outliers.join()) break;
    outliers = far;
    const skip = new Set(far);
    const kept = Array.from({ length: rows.length }, (_, i) => i).filter((i) => !skip.has(i));
    const again = refit(kept);
    ({ coefficients, residuals } = again);
    spread = robustSpread(
      kept.map((i) => again.residuals[i]!),
      kernel.dimension,
    );
  }
  return { outliers, residuals, spread, coefficients };
}
