/**
 * Rows that the law cannot explain, and what they do to it.
 *
 * Outliers at the end of a range draw the law to themselves and hide each other (Besiroglu et al. 2024 drop 5 of 245 rows, and beta moves
 * by .09). So the law is fitted again without the rows found so far, until no row comes or goes.
 */

import { predictRows } from '../fit/law-columns.ts';
import { fitProblem } from '../fit/problem.ts';
import { searchMinimum } from '../fit/search.ts';
import type { Coefficients } from '../laws/law.ts';
import { ROUNDING } from '../objective/penalty.ts';
import { takeRuns } from '../runs/runs.ts';
import { type Case, robustSpread } from './case.ts';
import type { Finding } from './finding.ts';
import { digits, list, residualInWords } from './words.ts';

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
  const { fit, rows } = patient;
  const cleaned = cleanedOf(patient);
  if (!cleaned || cleaned.outliers.length === 0) return [];
  const { outliers, residuals, spread, coefficients } = cleaned;
  const worst = [...outliers].sort((i, j) => Math.abs(residuals[j]!) - Math.abs(residuals[i]!)).slice(0, NAMED);
  const moved = patient.kernel.coordinates.flatMap(({ name, scale }) => {
    const before = patient.coefficients[name]!;
    return scale === 'linear' && Math.abs(coefficients[name]! - before) > MATTERS * Math.abs(before)
      ? [`${name} from ${digits(before)} to ${digits(coefficients[name]!)}`]
      : [];
  });
  const early = rows.fraction && outliers.every((i) => rows.fraction![i]! <= EARLY);
  const sourceRows = worst.map((i) => rows.row[i]!);
  const [lie, them, move] =
    outliers.length === 1
      ? ['1 row lies', 'it', 'it hardly moves']
      : [`${outliers.length} rows lie`, 'them', 'they hardly move'];
  const effect = moved.length > 0 ? `without ${them} ${list(moved)}` : `${move} the coefficients`;
  return [
    {
      code: 'D_OUTLIERS',
      severity: moved.length > 0 ? 'warning' : 'note',
      message:
        `${lie} more than ${FAR} robust standard deviations off the law of the others (the farthest: row ${sourceRows[0]}, ` +
        `${residualInWords(residuals[worst[0]!]!, fit.objective.space)}); ${effect}.`,
      evidence: {
        rows: sourceRows,
        z: worst.map((i) => residuals[i]! / spread),
        count: outliers.length,
        without: coefficients,
      },
      advice: early
        ? 'All of them are early checkpoints: drop those with an exclude-early filter.'
        : 'Look these rows up in their source; drop them by an explicit filter if there is a reason, and say so.',
    },
  ];
}

/** The law without its outliers; `undefined` where the residuals are rounding, or too many rows are far off. */
function cleanedOf(patient: Case): Cleaned | undefined {
  const { fit, rows, law, kernel } = patient;
  let { spread, residuals }: { spread: number; residuals: ArrayLike<number> } = patient;
  let { coefficients } = patient;
  let outliers: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const far = Array.from(residuals, Math.abs).flatMap((size, i) => (size > FAR * spread ? [i] : []));
    if (spread < ROUNDING || far.length > MOST_OUTLIERS * rows.length) return undefined;
    if (far.join() === outliers.join()) break;
    outliers = far;
    const skip = new Set(far);
    const kept = Array.from({ length: rows.length }, (_, i) => i).filter((i) => !skip.has(i));
    const { kernel: refitted, observed, objective, engine } = fitProblem(law, takeRuns(rows, kept), fit.options);
    coefficients = refitted.toCoefficients(searchMinimum(objective, observed, engine, fit.options.search).theta);
    residuals = predictRows({ law, coefficients }, rows).map((predicted, i) => {
      const loss = rows.loss[i]!;
      return fit.objective.space === 'log' ? Math.log(predicted / loss) : predicted - loss;
    });
    const refit = residuals;
    spread = robustSpread(
      kept.map((i) => refit[i]!),
      kernel.dimension,
    );
  }
  return { outliers, residuals, spread, coefficients };
}
