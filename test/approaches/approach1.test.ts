import { describe, expect, it } from 'vitest';
import { approach1 } from '../../src/approaches/approach1.ts';
import { ScalingLawsError } from '../../src/errors.ts';
import { applyFilters } from '../../src/filters/apply.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bestLearningRateRuns } from '../ablate/misfitting.ts';
import { describeWithData } from '../shared-data.ts';
import { trueFrontier } from './grids.ts';

const LAW = publishedLaws.hoffmann2022;
const sizes = (count: number): number[] => Array.from({ length: count }, (_, k) => 1e8 * 10 ** ((2 * k) / (count - 1)));
/** Sizes from 1e8 to 1e10, each to 400 tokens per parameter, 60 checkpoints evenly in tokens; on the law throughout. */
const grown = (law: FittedLaw, count: number): Runs =>
  simulateRuns({
    law,
    layout: { kind: 'ray', N: sizes(count), tokensPerParam: 400 },
    checkpoints: 60,
    noise: 0,
    seed: 1,
  });

describe('on the law', () => {
  it('finds the frontier of a dense set of sizes', () => {
    // 60 sizes from 1e8 to 1e10, 5 to 2,000 tokens per parameter, between budgets at which the best size is none of the extremes.
    const runs = simulateRuns({
      law: LAW,
      layout: { kind: 'ray', N: sizes(60), tokensPerParam: 2000 },
      checkpoints: 400,
      noise: 0,
      seed: 1,
    });
    const { kept } = applyFilters(runs, [{ kind: 'range', of: 'C', min: 3e18, max: 3e21 }]);
    const { frontier, points, range, atEdge } = approach1(kept);
    const truth = trueFrontier(LAW);
    expect(atEdge).toBeLessThan(0.01);
    // Sizes are 8% apart, which over 3 decades is 0.01 of an exponent at worst.
    expect(Math.abs(frontier.N.exponent - truth.exponent)).toBeLessThan(0.01);
    expect(frontier.N.exponent + frontier.D.exponent).toBeCloseTo(1, 9);
    const middle = points[Math.floor(points.length / 2)]!;
    expect(Math.abs(Math.log(middle.N / (truth.prefactor * middle.C ** truth.exponent)))).toBeLessThan(0.1);
    expect((6 * middle.N * middle.D) / middle.C).toBeCloseTo(1, 9);
    expect([points[0]!.C, points.at(-1)!.C]).toEqual(range);
  });

  it('chooses the run of lowest loss at every budget', () => {
    const runs = grown(LAW, 8);
    const { E, A, B, alpha, beta } = LAW.coefficients;
    for (const { C, N, D, loss } of approach1(runs, { budgets: 200 }).points) {
      const at = (size: number): number => E + A / size ** alpha + B / (C / 6 / size) ** beta;
      // Between checkpoints the curve is interpolated: 1e-3 of loss early in a run, where they lie a factor 2 apart.
      expect(Math.abs(loss / at(N) - 1)).toBeLessThan(1e-3);
      expect(D / (C / 6 / N)).toBeCloseTo(1, 9);
      const covering = sizes(8).filter((size) => C >= 6 * size * size * (400 / 60) && C <= 6 * size * size * 400);
      expect(at(N)).toBeLessThanOrEqual(Math.min(...covering.map(at)) * (1 + 1e-3));
    }
  });

  it('stays where two sizes or more can be compared', () => {
    // Five sizes, a factor 10^0.5 apart: a run of size N covers 6 N^2 x 400 / 60 to 6 N^2 x 400, so neighbours share a factor 6.
    const [first, last] = approach1(grown(LAW, 5)).range;
    expect(first).toBeGreaterThanOrEqual(6e17 * (400 / 60) * (1 - 1e-9));
    expect(last).toBeLessThanOrEqual(6e19 * 400 * (1 + 1e-9));
    // A grid step is 5,000 times 1,000 over 1,500 steps: 1%.
    expect(first / (6e17 * (400 / 60))).toBeLessThan(1.02);
    expect(last / (6e19 * 400)).toBeGreaterThan(0.98);
  });
});

describe('what it warns of', () => {
  const codes = (runs: Parameters<typeof approach1>[0], options = {}): string[] =>
    approach1(runs, options).warnings.map(({ code }) => code);

  it('points in the middle of runs, which lastShare leaves out', () => {
    // Every size at 16 lengths, as approach 1 needs.
    const D = Array.from({ length: 16 }, (_, k) => 1e9 * 1.3 ** k);
    const layout = { kind: 'grid', N: sizes(10), D } as const;
    const runs = simulateRuns({ law: LAW, layout, checkpoints: 20, noise: 0, schedule: 'cosine', seed: 1 });
    expect(codes(grown(LAW, 30))).toContain('W_MID_RUN');
    const late = approach1(runs, { lastShare: 0.15 });
    expect(late.nearEnd).toBe(1);
    expect(late.points.every(({ fraction }) => fraction >= 0.85 * (1 - 1e-9))).toBe(true);
  });

  /** Of two sizes one is always the largest. */
  const few = simulateRuns({
    law: LAW,
    layout: { kind: 'grid', N: [1e8, 2e8], D: [1e10] },
    checkpoints: 20,
    noise: 0,
    seed: 1,
  });

  it('few sizes', () => expect(codes(few)).toContain('W_FEW_SIZES'));

  it('sizes at the edge', () => expect(codes(few)).toContain('W_ENVELOPE_EDGE'));
});

it('refuses what has no envelope', () => {
  const finals = simulateRuns({ law: LAW, layout: { kind: 'sardana' }, seed: 1 });
  expect(() => approach1(finals)).toThrowError(ScalingLawsError);
  expect(() => approach1(finals)).toThrowError(/^approach 1 must have two sizes with several checkpoints/);
  expect(() => approach1(finals, { budgets: 1 })).toThrowError(/^budgets must be an integer >= 2, got 1/);
  expect(() => approach1(finals, { lastShare: 0 })).toThrowError(/^lastShare must be above 0 and at most 1/);
});

describeWithData('approach 1 on checkpoints of Li et al.', ['misfitting2025/scaling_results.csv'], (path) => {
  it('chooses observed losses, from all but the smallest share of sizes', () => {
    const runs = bestLearningRateRuns(path, 'N');
    const { points, frontier, warnings } = approach1(runs);
    // 1,500 budgets over the whole span of compute, of which some are covered by one size alone.
    expect(points.length).toBeGreaterThan(1000);
    for (const { C, loss, fraction } of points) {
      // No point can be lower than every loss of the set at this compute or less; Akima's swing is below 1e-2.
      let lowest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < runs.length; i++) if (runs.C[i]! <= C * 1.2) lowest = Math.min(lowest, runs.loss[i]!);
      expect(loss).toBeGreaterThan(lowest * 0.99);
      expect(fraction).toBeLessThanOrEqual(1);
    }
    // Hoffmann et al.'s 0.50 (0.488, 0.502) is of other data; all published exponents lie in (0.3, 0.9).
    expect(frontier.N.exponent).toBeGreaterThan(0.3);
    expect(frontier.N.exponent).toBeLessThan(0.9);
    // Cosine runs: three quarters of the points lie where the learning rate has still to come down.
    expect(warnings.map(({ code }) => code)).toContain('W_MID_RUN');
  });
});
