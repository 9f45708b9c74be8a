/** Do checkpoints of one run err together? Then they count for fewer rows than they are. */

import { ROUNDING } from '../objective/penalty.ts';
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { digits } from './words.ts';

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
  return { correlation, pairs, runs, matters: correlation > Math.max(LARGE, SIGNIFICANT / Math.sqrt(pairs)) };
}

export function autocorrelationFindings(patient: Case): Finding[] {
  const { correlation, pairs, runs, matters } = lagOne(patient);
  if (!matters) return [];
  const effective = (1 - correlation) / (1 + correlation);
  return [
    {
      code: 'D_AUTOCORRELATED',
      severity: 'warning',
      message:
        `Neighbouring checkpoints err together (lag-1 autocorrelation ${digits(Number(correlation.toFixed(3)))}): ` +
        `${patient.rows.length} rows are worth about ${Math.round(effective * patient.rows.length)} at the most.`,
      evidence: { correlation, pairs, runs, effectiveShare: effective },
      advice: "Bootstrap over runs, resample: 'runs'; intervals from single rows would be too narrow.",
    },
  ];
}
