/** Intervals from given replicates: quantiles, BCa against scipy, and what is undefined. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { ScalingLawsError } from '../../src/errors.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { withLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { normalCdf } from '../../src/numeric/distributions.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { type Bootstrap, bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { coefficientIntervals, intervals } from '../../src/uncertainty/intervals.ts';
import { errorOf } from '../fit/error-of.ts';
import { replicatesOf } from './given-replicates.ts';

interface Reference {
  readonly sample: readonly number[];
  readonly replicates: readonly number[];
  readonly intervals: readonly {
    readonly level: number;
    readonly studentLevel: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}
const { bca } = JSON.parse(readFileSync(new URL('../reference/uncertainty.json', import.meta.url), 'utf8')) as {
  bca: Reference;
};

const E = (law: { readonly coefficients: { readonly E: number } }): number => law.coefficients.E;
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

describe('percentile', () => {
  const values = Array.from({ length: 999 }, (_, k) => ((k * 577) % 999) + 1);
  const boot = replicatesOf(values, [], 500, { units: 1e9, degreesOfFreedom: 1e9 });

  it('takes the quantiles of the replicates', () => {
    const { lower, upper, estimate, standardError, level, method } = intervals(boot, E, { method: 'percentile' });
    // Linear between replicates: 1 + 998 x 0.025; a t of 1e9 degrees of freedom is normal to 1e-9.
    expect(Math.abs(lower - 25.95)).toBeLessThan(1e-6);
    expect(Math.abs(upper - 974.05)).toBeLessThan(1e-6);
    expect([estimate, level, method]).toEqual([500, 0.95, 'percentile']);
    // Standard deviation of 1 to n with divisor n - 1.
    expect(standardError).toBeCloseTo(Math.sqrt((999 * 1000) / 12), 9);
    const narrow = intervals(boot, E, { method: 'percentile', level: 0.5 });
    expect(narrow.lower).toBeCloseTo(1 + 998 * 0.25, 5);
    expect(narrow.upper).toBeCloseTo(1 + 998 * 0.75, 5);
  });

  it('is what there is without a jackknife', () => {
    expect(intervals(boot, E).method).toBe('percentile');
    expect(intervals(boot, E).lower).toBeCloseTo(25.95, 5);
  });

  it('is widened for few units as if they were the errors of a linear model', () => {
    // t_19 at 0.975 is 2.0930240544 (scipy.stats.t.ppf), times sqrt(24 / 19).
    const z = 2.0930240544 * Math.sqrt(24 / 19);
    const few = intervals(withLaw({ ...boot, units: 24, degreesOfFreedom: 19 }, chinchilla), E, {
      method: 'percentile',
    });
    expect(few.lower).toBeCloseTo(1 + 998 * normalCdf(-z), 5);
    expect(few.upper).toBeCloseTo(1 + 998 * normalCdf(z), 5);
    expect(few.standardError).toBe(intervals(boot, E).standardError);
  });
});

describe('BCa', () => {
  const { sample, replicates } = bca;
  const left = sample.map((value) => (mean(sample) * sample.length - value) / (sample.length - 1));
  const boot = replicatesOf(replicates, left, mean(sample));

  it.each(bca.intervals)("at $level is scipy's", ({ studentLevel, lower, upper }) => {
    // scipy's deviate is normal, ours is Student's t: at this level they are the same, and the rest is the correction.
    const found = intervals(boot, E, { level: studentLevel });
    expect(found.method).toBe('bca');
    // The levels agree to about 1e-12, and neighbouring replicates are 0.01 apart.
    expect(Math.abs(found.lower - lower)).toBeLessThan(1e-9);
    expect(Math.abs(found.upper - upper)).toBeLessThan(1e-9);
  });

  it('takes some of the units left out for all of them', () => {
    const twice = withLaw({ ...boot, jackknife: doubled(boot.jackknife), units: 50, degreesOfFreedom: 50 }, chinchilla);
    const all = intervals(twice, E);
    const half = intervals(withLaw({ ...twice, jackknife: boot.jackknife }, chinchilla), E);
    expect(Math.abs(half.lower - all.lower)).toBeLessThan(1e-9);
    expect(Math.abs(half.upper - all.upper)).toBeLessThan(1e-9);
  });

  it('of symmetric replicates without acceleration is the percentile interval', () => {
    const values = Array.from({ length: 1001 }, (_, k) => k - 500);
    const even = replicatesOf(values, [-1, 1, -2, 2], 0, { units: 1e9, degreesOfFreedom: 1e9 });
    const [one, two] = (['bca', 'percentile'] as const).map((method) => intervals(even, E, { method }));
    expect([one!.lower, one!.upper]).toEqual([two!.lower, two!.upper]);
  });

  it('moves up where most replicates lie below the estimate', () => {
    const values = Array.from({ length: 1001 }, (_, k) => k);
    const biased = replicatesOf(values, [1, 2, 3, 4], 600, { units: 1e9, degreesOfFreedom: 1e9 });
    // z0 = Phi^-1(0.5999), both ends at Phi(2 z0 +- 1.96): 0.0733 and 0.9932 (scipy.stats.norm).
    const { lower, upper } = intervals(biased, E);
    expect([lower, upper].map((end) => Math.abs(end - (end > 500 ? 993 : 73)) <= 1.5)).toEqual([true, true]);
  });

  it('ends at the last replicate where the correction has no answer, and stays in order', () => {
    const values = Array.from({ length: 101 }, (_, k) => k);
    const steep = replicatesOf(values, [0, 0, 0, 0, 0, -9], 50, { degreesOfFreedom: 1 });
    const { lower, upper } = intervals(steep, E, { level: 0.999 });
    expect(lower).toBeLessThan(upper);
    expect(upper).toBe(100);
  });

  it('where all replicates lie on one side of the estimate, has ends among them', () => {
    for (const estimate of [-1, 1000]) {
      const { lower, upper } = intervals(replicatesOf([1, 2, 3, 4], [1, 2, 4], estimate), E);
      expect([lower, upper].every((end) => end >= 1 && end <= 4)).toBe(true);
    }
  });
});

function doubled(lists: Bootstrap['jackknife']): Bootstrap['jackknife'] {
  const twice = Object.entries(lists).map(([name, list]) => [name, [...list, ...list]]);
  return Object.fromEntries(twice) as Bootstrap['jackknife'];
}

describe('quantities', () => {
  const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
  const boot = bootstrap(fitScalingLaw(runs, { penalty: { kind: 'squared' } }), runs, { replicates: 200 });

  it('may be anything of a law, a decision for instance', () => {
    const { estimate, lower, upper } = intervals(boot, (law) => computeOptimal(law, { C: 1e22 }).N);
    expect(estimate).toBe(computeOptimal(boot, { C: 1e22 }).N);
    expect(lower).toBeLessThan(estimate);
    expect(upper).toBeGreaterThan(estimate);
  });

  it('of a coefficient are between its replicates, as those of its logarithm are', () => {
    const method = 'percentile';
    const plain = intervals(boot, ({ coefficients }) => coefficients.A, { method });
    const logs = intervals(boot, ({ coefficients }) => Math.log(coefficients.A), { method });
    // Equal but for the interpolation between two replicates.
    expect(Math.exp(logs.lower) / plain.lower).toBeCloseTo(1, 2);
    expect(Math.exp(logs.upper) / plain.upper).toBeCloseTo(1, 2);
    expect(logs.lower).toBeLessThan(Math.log(plain.lower));
  });

  it('count where they do not exist, and go on with the others', () => {
    const median = boot.draws.E.toSorted((a, b) => a - b)[40]!;
    const below = boot.draws.E.filter((value) => value < median).length;
    const found = intervals(boot, ({ coefficients }) => {
      if (coefficients.E < median) throw new ScalingLawsError('E_UNDEFINED', 'none', {});
      return coefficients.E;
    });
    expect(found.undefined).toBe(below);
    expect(found.lower).toBeGreaterThanOrEqual(median);
    const infinite = intervals(boot, ({ coefficients: { E } }) => (E < median ? Number.POSITIVE_INFINITY : E));
    expect(infinite.undefined).toBe(below);
  });

  it('must exist in half of the replicates', () => {
    const rare = (law: { readonly coefficients: { readonly E: number } }): number =>
      law.coefficients === boot.coefficients || law.coefficients.E > boot.draws.E.toSorted((a, b) => a - b)[120]!
        ? 1
        : Number.NaN;
    expect(errorOf(() => intervals(boot, rare))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_UNDEFINED',
      message: 'the quantity must exist in half of the replicates, got 79 of 200',
    });
  });

  it('may fail for other reasons, and then it is heard', () => {
    const bug = (): number => {
      throw new TypeError('a bug');
    };
    expect(() => intervals(boot, bug)).toThrow(TypeError);
  });

  it.each([0, 1, 95, -0.1, Number.NaN])('no level %s', (level) => {
    expect(errorOf(() => intervals(boot, E, { level }))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_ARGUMENT',
      message: `level must be a number above 0 and below 1, got ${level}`,
    });
  });

  it('are all coefficients at once', () => {
    const all = coefficientIntervals(boot, { level: 0.8 });
    expect(Object.keys(all).sort()).toEqual(['A', 'B', 'E', 'alpha', 'beta']);
    expect(all.beta).toEqual(intervals(boot, ({ coefficients }) => coefficients.beta, { level: 0.8 }));
    expect(Object.isFrozen(all)).toBe(true);
  });
});
