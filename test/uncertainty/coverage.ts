/**
 * How often an interval holds the truth: runs simulated from a known law again and again, fitted, bootstrapped, and the loss of the law
 * at two points compared with the interval for it.
 */

import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { predictor } from '../../src/predict/predictor.ts';
import type { Noise } from '../../src/simulate/noise.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { type IntervalMethod, intervals } from '../../src/uncertainty/intervals.ts';
import type { Resample } from '../../src/uncertainty/resample.ts';

/** What is simulated. */
export interface Layout {
  readonly sizes: readonly number[];
  /** Tokens per parameter of the runs of each size. */
  readonly ratios: readonly number[];
  readonly checkpoints: number;
  readonly noise: Noise;
}

/** What is repeated. */
export interface Experiment extends Layout {
  readonly penalty: Penalty;
  readonly resample: Resample;
}

/** How an interval did over all experiments. */
export interface Coverage {
  readonly method: IntervalMethod;
  /** Where the loss is predicted: within the runs, or at three times the largest N and D. */
  readonly at: 'inside' | '3x beyond';
  /** Shares of experiments in which the truth is in the interval, below it, above it. */
  readonly covered: number;
  readonly below: number;
  readonly above: number;
  /** Standard deviation of the estimates over the experiments, nats per token, and the mean of their standard errors. */
  readonly spread: number;
  readonly standardError: number;
}

export const TRUTH: FittedLaw = publishedLaws.besiroglu2024;
const SIZES = [1e8, 2.5e8, 6e8, 1.5e9, 4e9, 1e10];

/** 60 independent rows with 1% noise. */
export const INDEPENDENT_ROWS: Layout = {
  sizes: SIZES,
  ratios: [3, 6, 10, 20, 40, 80, 150, 300, 600, 1000],
  checkpoints: 1,
  noise: { kind: 'log-normal', sd: 0.01 },
};
/** 24 runs of ten checkpoints that share an offset of 1%, with 0.5% of noise each. */
export const CORRELATED_RUNS: Layout = {
  sizes: SIZES,
  ratios: [5, 20, 100, 500],
  checkpoints: 10,
  noise: { kind: 'log-normal', sd: 0.005, runEffect: 0.01 },
};

const METHODS: readonly IntervalMethod[] = ['bca', 'percentile'];

/** Repeats `experiment` `count` times, with seeds 1 to `count`. */
export function coverageOf(experiment: Experiment, count: number, replicates: number): Coverage[] {
  const { sizes, ratios, checkpoints, noise, penalty, resample } = experiment;
  const points = sizes.flatMap((N) => ratios.map((ratio) => ({ N, D: ratio * N })));
  const places = {
    inside: { N: 1e9, D: 1e11 },
    '3x beyond': { N: 3 * Math.max(...sizes), D: 3 * Math.max(...points.map(({ D }) => D)) },
  } as const;
  const cells = Object.entries(places).flatMap(([at, point]) =>
    METHODS.map((method) => ({
      at: at as keyof typeof places,
      point,
      method,
      truth: predictor(TRUTH).loss(point),
      below: 0,
      above: 0,
      estimates: [] as number[],
      errors: 0,
    })),
  );
  for (let seed = 1; seed <= count; seed++) {
    const runs = simulateRuns({ law: TRUTH, layout: { kind: 'points', points }, checkpoints, noise, seed });
    const boot = bootstrap(fitScalingLaw(runs, { penalty }), runs, { replicates, resample, seed });
    for (const cell of cells) {
      const interval = intervals(boot, (law) => predictor(law).loss(cell.point), { method: cell.method });
      if (cell.truth < interval.lower) cell.below++;
      if (cell.truth > interval.upper) cell.above++;
      cell.estimates.push(interval.estimate);
      cell.errors += interval.standardError;
    }
  }
  return cells.map(({ at, method, below, above, estimates, errors }) => {
    const mean = estimates.reduce((sum, x) => sum + x, 0) / count;
    const squares = estimates.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    return {
      at,
      method,
      covered: (count - below - above) / count,
      below: below / count,
      above: above / count,
      spread: Math.sqrt(squares / (count - 1)),
      standardError: errors / count,
    };
  });
}
