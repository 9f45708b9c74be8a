/**
 * Residuals that depend on N, on D or on how far the run is: the law has the wrong shape there, or the rows are not all of one kind. A fit
 * leaves no slope, and little of a bend, so what is asked is whether groups of rows lie apart in any way.
 */

import { max, median, min } from 'simple-statistics';
import { chisquareTail } from '../numeric/distributions.ts';
import { kruskalWallis, ranks } from '../numeric/ranks.ts';
import { ROUNDING } from '../objective/penalty.ts';
import { lagOne } from './autocorrelation.ts';
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { digits, residualInWords } from './words.ts';

/** Level of each of the three tests. */
const LEVEL = 0.001;
/** Share of the variance of the residuals' ranks; less is no matter, however sure. */
const LARGE = 0.15;
/** Up to this many values are a group each; more are cut into {@link GROUPS} groups of about as many rows. */
const MOST_VALUES = 8;
const GROUPS = 6;

const VARIABLES: readonly { readonly of: 'N' | 'D' | 'fraction'; readonly code: string; readonly advice: string }[] = [
  {
    of: 'N',
    code: 'D_TREND_N',
    advice: 'Do not extrapolate in N; ask whether all sizes share one recipe and one way of counting parameters.',
  },
  {
    of: 'D',
    code: 'D_TREND_D',
    advice: 'Do not extrapolate in D; ask whether warm-up, or very long runs, should be filtered out.',
  },
  {
    of: 'fraction',
    code: 'D_TREND_FRACTION',
    advice:
      'Drop early checkpoints with an exclude-early filter, or keep the ends of runs with final-only, and compare.',
  },
];

export function trendFindings(patient: Case): Finding[] {
  const { fit, rows, residuals, spread } = patient;
  if (spread < ROUNDING) return [];
  const { correlation, matters } = lagOne(patient);
  // Where checkpoints err together, rows count for fewer: of what differs between runs, a run is one.
  const within = matters ? (rows.length * (1 - correlation)) / (1 + correlation) : rows.length;
  const between = matters ? Math.min(within, new Set(rows.run).size) : rows.length;
  return VARIABLES.flatMap(({ of, code, advice }): Finding[] => {
    const column = rows[of];
    if (!column) return [];
    const groups = groupsOf(column);
    const h = kruskalWallis(residuals, groups);
    const share = h / (rows.length - 1);
    const count = Math.floor(of === 'fraction' ? within : between);
    if (share < LARGE || chisquareTail((h * count) / rows.length, groups.length - 1) > LEVEL) return [];
    const medians = groups.map((group) => median(group.map((i) => residuals[i]!)));
    const centres = groups.map((group) => median(group.map((i) => column[i]!)));
    const inWords = (extreme: number): string =>
      `${residualInWords(extreme, fit.objective.space)} around ${digits(centres[medians.indexOf(extreme)]!)}`;
    return [
      {
        code,
        severity: 'warning',
        message:
          `Residuals depend on ${of === 'fraction' ? 'the fraction of the run' : of}: in the median, predicted less observed is ` +
          `${inWords(min(medians))}, and ${inWords(max(medians))}.`,
        evidence: { share, centres, medians, rowsThatCount: count },
        advice,
      },
    ];
  });
}

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
