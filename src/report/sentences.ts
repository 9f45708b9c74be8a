/** A fit in sentences: its equation, its status, what was minimised. */

import { BEYOND, type KnownOptimum } from '../judge/decision.ts';
import type { FitStatus } from '../judge/status.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { type LossUnit, lossUnitInWords } from '../loss-unit.ts';
import type { NoiseModel } from '../noise/noise-model.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import { count, digits, listed, percent, plural, power, short } from '../words.ts';

/** The law with its numbers in place: `L(N, D) = 1.69 + 406.4 / N^0.34 + 410.7 / D^0.28`. */
export function equationInWords(fitted: FittedLaw<string>): string {
  const values = new Map<string, number>(Object.entries(fitted.coefficients));
  return lawOf(fitted).equation.replace(/[A-Za-z]\w*/g, (word) => {
    const value = values.get(word);
    return value === undefined ? word : digits(value);
  });
}

/** What a status means for whoever wants to use the coefficients. */
export function statusInWords(status: FitStatus): string {
  switch (status.kind) {
    case 'converged':
      return 'converged: a minimum inside all bounds';
    case 'at-bound':
      return `at a bound: the rows would push ${listed(status.coefficients.map(({ name }) => name))} further`;
    case 'unidentified':
      return `unidentified: the rows do not determine ${listed(status.coefficients)}`;
    case 'not-converged':
      return 'not converged: no start ended in a minimum; do not use these numbers';
    default:
      return status satisfies never;
  }
}

/** What a residual costs, in which space. */
export function penaltyInWords(penalty: Penalty, space: Space): string {
  const kind = penalty.kind === 'huber' ? `Huber penalty, delta ${penalty.delta}` : `${penalty.kind} penalty`;
  const weight = penalty.overestimateWeight;
  const lopsided = weight === undefined ? '' : `, over-estimates ${weight} x`;
  return `${kind}${lopsided}, on ${space === 'log' ? 'log loss' : 'loss'}, summed over rows`;
}

/** The noise about a law, and what its rows are therefore worth. */
export function noiseInWords(
  { rows, runs, between, within, residual, icc, effectiveRows }: NoiseModel,
  space: Space,
  unit?: LossUnit,
): string[] {
  const size = (value: number): string =>
    space === 'log' ? `${percent(value)} of loss` : `${short(value, 2)} ${lossUnitInWords(unit)}`;
  if (between === null || within === null || icc === null)
    return [`${size(residual)} about the law; each row counts as a run of its own`];
  return [
    `${size(between)} between runs, ${size(within)} within a run`,
    `${plural(rows, 'row')} of ${plural(runs, 'run')} count as about ${Math.round(effectiveRows)} independent rows (intraclass correlation ${short(icc, 2)})`,
  ];
}

/** How well the best size is known, at the largest budget of the rows and beyond. */
export function decisionInWords(decision: readonly KnownOptimum[]): string[] {
  return decision.map(({ C, N, factor }) => {
    const at = `${power(C)} FLOPs`;
    if (N === null) return `no best size at ${at}`;
    return `${count(N)} parameters at ${at}, ${factor === null || factor > BEYOND ? 'not known' : `known within a factor of ${short(factor, 2)}`}`;
  });
}
