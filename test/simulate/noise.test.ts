/** Each model of noise, and each schedule, against what it says it is. Tolerances are four simulation errors unless said otherwise. */

import { mean, sampleCorrelation, sampleKurtosis, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { tQuantile } from '../../src/numeric/distributions.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import type { Noise } from '../../src/simulate/noise.ts';
import { annealingToCome, DEFAULT_ANNEALING } from '../../src/simulate/schedule.ts';
import { type Simulation, simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { read } from '../fences.ts';

const law = publishedLaws.sardana2024;
const RUNS = 1000;
const CHECKPOINTS = 20;
const many = {
  kind: 'grid',
  N: Array.from({ length: 20 }, (_, i) => 1e8 * (i + 1)),
  D: Array.from({ length: 50 }, (_, i) => 1e9 * (i + 1)),
} as const;
const simulate = (options: Partial<Simulation>): Runs =>
  simulateRuns({ law, layout: many, checkpoints: CHECKPOINTS, seed: 20240714, ...options });

/** ln(loss / law) of every row. */
function errorsOf({ N, D, loss }: Runs): number[] {
  const { E, A, B, alpha, beta } = law.coefficients;
  return Array.from(loss, (l, i) => Math.log(l / (E + A / N[i]! ** alpha + B / D[i]! ** beta)));
}
const noiseErrors = (noise: Noise): number[] => errorsOf(simulate({ noise }));
const byRun = (errors: readonly number[]): number[][] =>
  Array.from({ length: RUNS }, (_, run) => errors.slice(run * CHECKPOINTS, (run + 1) * CHECKPOINTS));
const neighbours = (errors: readonly number[], apart = 1): number =>
  sampleCorrelation(
    byRun(errors).flatMap((run) => run.slice(apart)),
    byRun(errors).flatMap((run) => run.slice(0, -apart)),
  );
const ROWS = RUNS * CHECKPOINTS;

describe('reproducibility', () => {
  it('makes the bundled file again, bit for bit', () => {
    const runs = simulateRuns({
      law,
      layout: { kind: 'sardana' },
      checkpoints: 20,
      noise: 0.005,
      early: { excess: 0.3, share: 0.05 },
      seed: 20240714,
    });
    expect(runsToCsv(runs)).toBe(read('examples/data/simulated-runs.csv'));
  });

  it('takes a bare number for log-normal noise', () => {
    const { loss } = simulate({ noise: 0.02 });
    expect(simulate({ noise: { kind: 'log-normal', sd: 0.02 } }).loss).toEqual(loss);
    expect(simulate({ noise: { kind: 'log-normal', sd: 0.02, runEffect: 0, autocorrelation: 0 } }).loss).toEqual(loss);
  });

  it('gives the same runs for the same seed, whatever the noise', () => {
    const noise = { kind: 'student-t', sd: 0.02, df: 3, runEffect: 0.01, autocorrelation: 0.5 } as const;
    expect(simulate({ noise, schedule: 'wsd' })).toEqual(simulate({ noise, schedule: 'wsd' }));
    expect(simulate({ noise, seed: 5 }).loss).not.toEqual(simulate({ noise }).loss);
  });
});

describe('log-normal', () => {
  it('has mean 0, the deviation asked for, and the tails of a normal', () => {
    const errors = noiseErrors({ kind: 'log-normal', sd: 0.01 });
    expect(Math.abs(mean(errors))).toBeLessThan((4 * 0.01) / Math.sqrt(ROWS));
    expect(Math.abs(standardDeviation(errors) / 0.01 - 1)).toBeLessThan(4 / Math.sqrt(2 * ROWS));
    expect(Math.abs(sampleKurtosis(errors))).toBeLessThan(4 * Math.sqrt(24 / ROWS));
  });
});

describe('student-t', () => {
  it.each([3, 5, 8.5])('has the quantiles of Student t with %d degrees of freedom, scaled to its deviation', (df) => {
    const errors = noiseErrors({ kind: 'student-t', sd: 0.01, df });
    const scale = 0.01 * Math.sqrt((df - 2) / df);
    for (const p of [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
      const below = errors.filter((error) => error < scale * tQuantile(p, df)).length / ROWS;
      expect(Math.abs(below - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / ROWS));
    }
  });

  it('has the variance asked for', () => {
    const errors = noiseErrors({ kind: 'student-t', sd: 0.01, df: 8.5 });
    // Kurtosis of t: 3 + 6 / (df - 4); variance of a sample variance: (kurtosis - 1) / n.
    expect(Math.abs(standardDeviation(errors) / 0.01 - 1)).toBeLessThan(4 * Math.sqrt((2 + 6 / 4.5) / ROWS / 4));
  });
});

describe('run effect', () => {
  it('is the variance between runs; within them the noise is as before', () => {
    const errors = noiseErrors({ kind: 'log-normal', sd: 0.01, runEffect: 0.02 });
    const means = byRun(errors).map((run) => mean(run));
    const between = Math.sqrt(0.02 ** 2 + 0.01 ** 2 / CHECKPOINTS);
    expect(Math.abs(mean(means))).toBeLessThan((4 * between) / Math.sqrt(RUNS));
    expect(Math.abs(standardDeviation(means) / between - 1)).toBeLessThan(4 / Math.sqrt(2 * RUNS));
    const within = errors.map((error, i) => error - means[Math.floor(i / CHECKPOINTS)]!);
    const expected = 0.01 * Math.sqrt(1 - 1 / CHECKPOINTS);
    expect(Math.abs(standardDeviation(within) / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * ROWS));
  });

  it('leaves the other errors alone', () => {
    const [one, two] = [0.02, 0].map((runEffect) => noiseErrors({ kind: 'log-normal', sd: 0.01, runEffect }));
    for (const offsets of byRun(one!.map((error, i) => error - two![i]!)).slice(0, 50)) {
      expect(Math.max(...offsets) - Math.min(...offsets)).toBeLessThan(1e-12);
    }
  });
});

describe('autocorrelation', () => {
  it.each([0.242, 0.7, -0.4])('is rho^j between checkpoints j apart, rho = %d, the same spread at each', (rho) => {
    const errors = noiseErrors({ kind: 'log-normal', sd: 0.01, autocorrelation: rho });
    // Bartlett: the variance of a correlation is at most (1 + rho^2) / (1 - rho^2) / n.
    const error = Math.sqrt((1 + rho ** 2) / (1 - rho ** 2) / (ROWS - 3 * RUNS));
    for (const apart of [1, 2, 3]) expect(Math.abs(neighbours(errors, apart) - rho ** apart)).toBeLessThan(4 * error);
    for (const k of [0, CHECKPOINTS - 1]) {
      const column = byRun(errors).map((run) => run[k]!);
      expect(Math.abs(standardDeviation(column) / 0.01 - 1)).toBeLessThan(4 / Math.sqrt(2 * RUNS));
    }
  });

  it('ends with the run', () => {
    const runs = byRun(noiseErrors({ kind: 'log-normal', sd: 0.01, autocorrelation: 0.9 }));
    const across = sampleCorrelation(
      runs.slice(1).map((run) => run[0]!),
      runs.slice(0, -1).map((run) => run[CHECKPOINTS - 1]!),
    );
    expect(Math.abs(across)).toBeLessThan(4 / Math.sqrt(RUNS));
  });

  it('goes together with heavy tails and run effects', () => {
    const errors = noiseErrors({ kind: 'student-t', sd: 0.01, df: 9, runEffect: 0.01, autocorrelation: 0.5 });
    // Covariance of neighbours: run effect + rho sd^2, over the sum of both variances. The run effect alone errs by 1 / sqrt(500).
    expect(Math.abs(neighbours(errors) - 0.75)).toBeLessThan(0.05);
    expect(Math.abs(standardDeviation(errors) / Math.sqrt(2e-4) - 1)).toBeLessThan(4 / Math.sqrt(RUNS));
  });
});

describe('schedules', () => {
  const excess = (options: Partial<Simulation>): number[] =>
    errorsOf(simulate({ noise: 0, checkpoints: 10, ...options }))
      .slice(0, 10)
      .map(Math.expm1);

  it('constant: on the law', () => {
    for (const each of excess({ schedule: 'constant' })) expect(Math.abs(each)).toBeLessThan(1e-14);
  });

  it('cosine: half the excess half-way, none at the end, falling all the way', () => {
    const curve = excess({ schedule: 'cosine', annealing: 0.04 });
    expect(curve[4]).toBeCloseTo(0.02, 12);
    expect(curve[9]).toBeCloseTo(0, 12);
    for (let k = 1; k < 10; k++) expect(curve[k]!).toBeLessThan(curve[k - 1]!);
  });

  it('cosine: is what is left of a learning rate that ends at 10% of its peak', () => {
    const rate = (f: number): number => 0.1 + 0.9 * 0.5 * (1 + Math.cos(Math.PI * f));
    for (const f of [0.1, 0.35, 0.8]) {
      expect(annealingToCome('cosine', f)).toBeCloseTo((rate(f) - rate(1)) / (rate(0) - rate(1)), 12);
    }
  });

  it('wsd: a plateau to 80% of the run, then down as 1 - sqrt', () => {
    const curve = excess({ schedule: 'wsd' });
    for (const each of curve.slice(0, 8)) expect(each).toBeCloseTo(DEFAULT_ANNEALING, 12);
    expect(curve[8]).toBeCloseTo(DEFAULT_ANNEALING * (1 - Math.SQRT1_2), 12);
    expect(curve[9]).toBeCloseTo(0, 12);
  });

  it('adds to the warm-up', () => {
    const early = { excess: 0.3, share: 0.1 };
    const [both, warmUp, schedule] = [
      excess({ early, schedule: 'cosine' }),
      excess({ early }),
      excess({ schedule: 'cosine' }),
    ];
    both!.forEach((each, k) => {
      expect(each).toBeCloseTo(warmUp![k]! + schedule![k]!, 12);
    });
  });
});

it.each([
  ['schedule must be one of constant, cosine, wsd, got linear', { schedule: 'linear' }],
  ['annealing must be a finite number of relative loss, 0 or more, got -1', { annealing: -1 }],
  ['noise.kind must be one of log-normal, student-t, got cauchy', { noise: { kind: 'cauchy', sd: 0.01 } }],
  [
    'noise.sd must be a finite number of log loss, 0 or more, got NaN',
    { noise: { kind: 'log-normal', sd: Number.NaN } },
  ],
  ['noise.df must be a finite number above 2, got 2', { noise: { kind: 'student-t', sd: 0.01, df: 2 } }],
  [
    'noise.autocorrelation must be above -1 and below 1, got 1',
    { noise: { kind: 'log-normal', sd: 0.01, autocorrelation: 1 } },
  ],
  [
    'noise.runEffect must be a finite number of log loss, 0 or more, got -1',
    { noise: { kind: 'log-normal', sd: 0.01, runEffect: -1 } },
  ],
])('%s', (message, options) => {
  expect(() => simulate(options as Partial<Simulation>)).toThrow(
    expect.objectContaining({ name: 'ScalingLawsError', code: 'E_ARGUMENT', message }),
  );
});
