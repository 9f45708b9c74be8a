/**
 * Residuals that depend on N, on D or on how far the run is: the law has the wrong shape there, or the rows are not all of one kind. A fit
 * leaves no slope, and little of a bend, so what is asked is whether groups of rows lie apart in any way.
 */

import { median } from 'simple-statistics';
import { type Finding, finding } from '../finding.ts';
import { type LossUnit, lossUnitInWords } from '../loss-unit.ts';
import { chisquareTail } from '../numeric/distributions.ts';
import { kruskalWallis, ranks } from '../numeric/ranks.ts';
import { ROUNDING, type Space } from '../objective/penalty.ts';
import type { Sentence } from '../sentence.ts';
import { short } from '../words.ts';
import { lagOne } from './autocorrelation.ts';
import type { Case } from './case.ts';

/** Level of each of the three tests. */
const LEVEL = 0.001;
/** Share of the variance of the residuals' ranks; less is no matter, however sure. */
const LARGE = 0.15;
/** Up to this many values are a group each; more are cut into {@link GROUPS} groups of about as many rows. */
const MOST_VALUES = 8;
const GROUPS = 6;

/** What to do about checkpoints before the end of a run. */
export const EARLY_CHECKPOINTS: Sentence = [
  'Drop early checkpoints with ',
  { option: 'filters', value: [{ kind: 'exclude-early', fraction: 0.1 }] },
  ', or keep the ends of runs alone with ',
  { option: 'filters', value: [{ kind: 'final-only' }] },
  ', and compare.',
];

const VARIABLES = [
  {
    of: 'N',
    inWords: 'model size',
    code: 'W_TREND_N',
    advice: 'Do not extrapolate in N; ask whether all sizes share one recipe and one way of counting parameters.',
  },
  {
    of: 'D',
    inWords: 'training tokens',
    code: 'W_TREND_D',
    advice: 'Do not extrapolate in D; ask whether warm-up, or very long runs, should be filtered out.',
  },
  {
    of: 'fraction',
    inWords: 'the fraction of the run',
    code: 'W_TREND_FRACTION',
    advice: EARLY_CHECKPOINTS,
  },
] as const;

export function trendFindings(patient: Case): Finding[] {
  const { rows, residuals, spread, space } = patient;
  if (spread < ROUNDING) return [];
  const { effectiveRows, matters } = lagOne(patient);
  // Of what differs between runs that err together, a run is one.
  const between = matters ? Math.min(effectiveRows, new Set(rows.run).size) : rows.length;
  return VARIABLES.flatMap(({ of, inWords, code, advice }): Finding[] => {
    const column = rows[of];
    if (!column) return [];
    const groups = groupsOf(column);
    const h = kruskalWallis(residuals, groups);
    const share = h / (rows.length - 1);
    const rowsThatCount = Math.floor(of === 'fraction' ? effectiveRows : between);
    if (share < LARGE || chisquareTail((h * rowsThatCount) / rows.length, groups.length - 1) > LEVEL) return [];
    const medians = groups.map((group) => median(group.map((i) => residuals[i]!)));
    const centres = groups.map((group) => median(group.map((i) => column[i]!)));
    const extreme = (value: number): string =>
      `${residualInWords(value, space, rows.lossUnit)} around ${short(centres[medians.indexOf(value)]!)}`;
    const message =
      `Residuals depend on ${inWords}: the median of predicted minus observed is ` +
      `${extreme(Math.min(...medians))} and ${extreme(Math.max(...medians))}.`;
    return [
      finding(code, message, {
        about: [`columns.${of}`],
        evidence: { share, centres, medians, rowsThatCount },
        advice,
      }),
    ];
  });
}

/** A residual in words: percent of loss in log space, in linear space in the unit of the losses. */
export const residualInWords = (residual: number, space: Space, unit?: LossUnit): string =>
  space === 'log'
    ? `${short(Number((100 * Math.expm1(residual)).toFixed(2)))}%`
    : `${short(residual)} ${lossUnitInWords(unit)}`;

/** Rows of like values, as positions, in ascending order. */
function groupsOf(column: Float64Array): readonly (readonly number[])[] {
  const values = [...new Set(column)].sort((a, b) => a - b);
  const rank = ranks(column);
  const groups = new Map<number, number[]>();
  for (let i = 0; i < column.length; i++) {
    const key =
      values.length <= MOST_VALUES
        ? values.indexOf(column[i]!)
        : Math.floor((GROUPS * (rank[i]! - 0.5)) / column.length);
    const known = groups.get(key);
    if (known) known.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
}
