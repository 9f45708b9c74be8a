/** Do checkpoints of one run err together? Then they count for fewer rows than they are. */

import { type Finding, finding } from '../finding.ts';
import { ROUNDING } from '../objective/penalty.ts';
import { plural, short } from '../words.ts';
import type { Case } from './case.ts';

/** Runs with fewer checkpoints say little about their neighbours. */
const CHECKPOINTS = 4;
/** Residuals count for no more than this many robust standard deviations, so that a few outliers do not decide. */
const CLIP = 3;
/** Standard errors from which a correlation is taken for real, and correlation from which it matters. */
const SIGNIFICANT = 3.3;
const LARGE = 0.1;

/** Correlation of neighbouring checkpoints. */
export interface LagOne {
  /** Sum of products of neighbours over the sum of squares, all runs together. */
  readonly correlation: number;
  readonly pairs: number;
  readonly runs: number;
  /** Independent rows that would say as much of a mean: at least one a run. */
  readonly effectiveRows: number;
  /** Real and large enough to matter. */
  readonly matters: boolean;
}

/** Lag-1 autocorrelation of the residuals, in order of tokens, over all runs with {@link CHECKPOINTS} or more; 0 where there are none. */
export function lagOne({ rows, residuals, spread }: Case): LagOne {
  const byRun = new Map<string, number[]>();
  rows.run?.forEach((name, i) => {
    const known = byRun.get(name);
    if (known) known.push(i);
    else byRun.set(name, [i]);
  });
  let products = 0;
  let squares = 0;
  let pairs = 0;
  let runs = 0;
  for (const run of byRun.values()) {
    if (run.length < CHECKPOINTS || spread < ROUNDING) continue;
    const r = run
      .sort((i, j) => rows.D[i]! - rows.D[j]!)
      .map((i) => Math.min(Math.max(residuals[i]! / spread, -CLIP), CLIP));
    runs++;
    for (let k = 1; k < r.length; k++) {
      products += r[k]! * r[k - 1]!;
      squares += (r[k]! ** 2 + r[k - 1]! ** 2) / 2;
      pairs++;
    }
  }
  const correlation = squares > 0 ? products / squares : 0;
  const matters = correlation > Math.max(LARGE, SIGNIFICANT / Math.sqrt(pairs));
  const sizes = rows.run ? Array.from(byRun.values(), ({ length }) => length) : [rows.length];
  const effectiveRows = matters ? sizes.reduce((sum, n) => sum + effective(n, correlation), 0) : rows.length;
  return { correlation, pairs, runs, effectiveRows, matters };
}

/**
 * Independent values whose mean is as uncertain as that of `n` values in a row, each correlated with its neighbour (AR(1)):
 *
 *     n / (1 + 2 sum_k (1 - k / n) rho^k),   k = 1 .. n - 1
 */
function effective(n: number, rho: number): number {
  let sum = 0;
  for (let k = 1; k < n; k++) sum += (1 - k / n) * rho ** k;
  return n / (1 + 2 * sum);
}

export function autocorrelationFindings(patient: Case): Finding[] {
  const { correlation, pairs, runs, effectiveRows, matters } = lagOne(patient);
  if (!matters) return [];
  const rows = patient.rows.length;
  const message =
    `Neighbouring checkpoints err together (lag-1 autocorrelation ${short(Number(correlation.toFixed(3)))}): ` +
    `${plural(rows, 'row')} say as much as about ${Math.round(effectiveRows)} independent ones.`;
  return [
    finding('W_AUTOCORRELATED', message, {
      evidence: { correlation, pairs, runs, effectiveRows, effectiveShare: effectiveRows / rows },
      advice: [
        'Bootstrap over runs, ',
        { option: 'resample', value: 'runs' },
        '; intervals from single rows would be too narrow.',
      ],
    }),
  ];
}
