/** The noise of simulated tables whose truth is known, and of small ones that can be worked by hand. */

import { median } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { noiseOf } from '../../src/fit/noise.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { type NoiseModel, noiseModel } from '../../src/noise/noise-model.ts';
import { varianceComponents } from '../../src/noise/variance-components.ts';
import { type Runs, takeRuns } from '../../src/runs/runs.ts';
import type { Noise } from '../../src/simulate/noise.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { errorOf } from '../fit/error-of.ts';

const penalty = { kind: 'squared' } as const;
const simulated = (checkpoints: number, noise: Noise, seed: number): Runs =>
  simulateRuns({ law: publishedLaws.besiroglu2024, layout: 'sardana', checkpoints, noise, seed });
const noises = (made: (seed: number) => Runs): NoiseModel[] =>
  Array.from({ length: 15 }, (_, k) => fitScalingLaw(made(k + 1), { penalty, search: { starts: 2, hops: 0 } }).noise!);
const middle = (of: readonly NoiseModel[], name: 'between' | 'within' | 'icc' | 'effectiveRows'): number =>
  median(of.map((one) => one[name]!));
const effective = (sizes: readonly number[], icc: number): number =>
  sizes.reduce((sum, n) => sum + n / (1 + (n - 1) * icc), 0);

/** The 15 tables give their median standard deviations to some 4%, a correlation to some 5 points. */
const near = (found: number, truth: number, share: number): void =>
  expect(Math.abs(found / truth - 1)).toBeLessThan(share);

describe('the noise of runs with an offset of their own', () => {
  it('of 20 checkpoints: 940 rows count as about 50', () => {
    const found = noises((seed) => simulated(20, { kind: 'log-normal', sd: 0.001, runEffect: 0.004 }, seed));
    near(middle(found, 'between'), 0.004, 0.1);
    near(middle(found, 'within'), 0.001, 0.1);
    expect(middle(found, 'icc')).toBeCloseTo(16 / 17, 1);
    near(middle(found, 'effectiveRows'), effective(new Array(47).fill(20), 16 / 17), 0.03);
    expect(found.every(({ rows, runs, correlated }) => rows === 940 && runs === 47 && correlated)).toBe(true);
  });

  it('of two checkpoints', () => {
    const found = noises((seed) => simulated(2, { kind: 'log-normal', sd: 0.005, runEffect: 0.005 }, seed));
    expect(Math.abs(middle(found, 'icc') - 0.5)).toBeLessThan(0.12);
    near(middle(found, 'effectiveRows'), effective(new Array(47).fill(2), 0.5), 0.1);
  });

  it('of runs of 3 to 20 checkpoints', () => {
    const kept = (i: number): boolean => i % 20 >= (Math.floor(i / 20) * 7) % 18;
    const cut = (seed: number): Runs => {
      const all = simulated(20, { kind: 'log-normal', sd: 0.003, runEffect: 0.006 }, seed);
      return takeRuns(all, Array.from(all.row.keys()).filter(kept));
    };
    const sizes = Array.from({ length: 47 }, (_, g) => 20 - ((g * 7) % 18));
    const found = noises(cut);
    near(middle(found, 'effectiveRows'), effective(sizes, 0.8), 0.06);
    near(middle(found, 'between'), 0.006, 0.1);
  });

  it('of independent checkpoints: they count as what they are', () => {
    const found = noises((seed) => simulated(8, { kind: 'log-normal', sd: 0.005 }, seed));
    expect(middle(found, 'effectiveRows')).toBeGreaterThan(0.9 * 376);
    expect(found.some(({ correlated }) => correlated)).toBe(false);
  });

  it('of checkpoints that remember the one before, by the variance of the mean of their run', () => {
    const noise = { kind: 'log-normal', sd: 0.005, autocorrelation: 0.8 } as const;
    const found = noises((seed) => simulated(8, noise, seed));
    // 8 / (1 + 2 sum (1 - k / 8) 0.8^k) a run.
    const sum = Array.from({ length: 7 }, (_, k) => (1 - (k + 1) / 8) * 0.8 ** (k + 1)).reduce((a, b) => a + b);
    near(middle(found, 'effectiveRows'), (47 * 8) / (1 + 2 * sum), 0.1);
  });

  it('of single rows has no parts', () => {
    const found = noises((seed) => simulated(1, { kind: 'log-normal', sd: 0.01 }, seed));
    expect(found[0]).toMatchObject({ rows: 47, runs: 47, between: null, within: null, icc: null, effectiveRows: 47 });
    near(median(found.map(({ residual }) => residual)), 0.01, 0.1);
  });
});

it('about a mean is the analysis of variance of textbooks', () => {
  // Three runs of two rows: means 1, 3, 8, each row 1 off. MSB = 2 x 26 / 2 = 26, MSW = 2, (26 - 2) / 2 = 12.
  const errors = Float64Array.of(0, 2, 2, 4, 7, 9).map((value) => value - 4);
  const columns = [new Float64Array(6).fill(1)];
  const units = [
    [0, 1],
    [2, 3],
    [4, 5],
  ];
  const { between, within, pValue } = varianceComponents(errors, columns, units)!;
  expect(between ** 2).toBeCloseTo(12, 10);
  expect(within ** 2).toBeCloseTo(2, 10);
  // scipy.stats.f.sf(13, 2, 3)
  expect(pValue).toBeCloseTo(0.03327245797772466, 12);
  expect(varianceComponents(errors, [columns[0]!, columns[0]!], units)!.between ** 2).toBeCloseTo(12, 10);
});

it('of rounding has no correlation', () => {
  const units = [
    [0, 1],
    [2, 3],
    [4, 5],
  ];
  const residuals = Float64Array.of(1, -2, 1, 0, 2, -1).map((value) => value * 1e-16);
  expect(noiseModel({ residuals, columns: [], units })).toMatchObject({ icc: null, effectiveRows: 6 });
});

it('of a fit is found again from its rows, and from no others', () => {
  const runs = simulated(4, { kind: 'log-normal', sd: 0.005, runEffect: 0.005 }, 1);
  const fit = fitScalingLaw(runs, { filters: [{ kind: 'range', of: 'tokensPerParam', max: 1000 }] });
  const again = noiseOf(fit, runs);
  expect(again.rows).toBe(fit.runs.kept);
  for (const name of ['between', 'within', 'icc', 'effectiveRows'] as const) {
    expect(again[name]! / fit.noise![name]!).toBeCloseTo(1, 9);
  }
  expect(errorOf(() => noiseOf(fit, simulated(4, { kind: 'log-normal', sd: 0.005 }, 2))).code).toBe('E_RUNS_MISMATCH');
});
