/** Profile likelihood: near Wald's interval where the law is nearly linear, open where the data set no bound. */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { curvatureCovariance } from '../../src/uncertainty/covariance.ts';
import { profile, profileInterval } from '../../src/uncertainty/profile.ts';
import { errorOf } from '../fit/error-of.ts';
import { goldenCase } from '../golden.ts';
import { describeWithData } from '../shared-data.ts';

const law = publishedLaws.besiroglu2024;
const layout = { kind: 'grid', N: [1e8, 3e8, 1e9, 3e9, 1e10], D: [2e9, 8e9, 3e10, 1e11, 4e11, 1e12, 3e12] } as const;
const runs = simulateRuns({ law, layout, noise: 0.001, seed: 3 });
const fit = fitScalingLaw(runs, { penalty: { kind: 'squared' } });
const { coefficients, objective } = fit;

describe('with little noise the law is nearly linear', () => {
  const { standardErrors } = curvatureCovariance(fit, runs);

  it.each(['E', 'alpha', 'beta', 'A', 'B'] as const)("%s: the ends are Wald's", (name) => {
    const { lower, upper, estimate, open, level } = profileInterval(fit, runs, name);
    expect({ estimate, open, level }).toEqual({
      estimate: coefficients[name],
      open: { lower: false, upper: false },
      level: 0.95,
    });
    // Wald's ends of A and B lie even in their logarithms.
    const logs = name === 'A' || name === 'B';
    const width = logs ? Math.log(upper / lower) : upper - lower;
    const error = logs ? standardErrors[name]! / estimate : standardErrors[name]!;
    // The sandwich of 35 rows differs from the inverse curvature, by 20% here and there.
    expect(width / (2 * 1.959964 * error)).toBeGreaterThan(0.75);
    expect(width / (2 * 1.959964 * error)).toBeLessThan(1.33);
    expect(
      Math.abs((logs ? Math.log((upper * lower) / estimate ** 2) : upper + lower - 2 * estimate) / width),
    ).toBeLessThan(0.1);
  });

  it('is a parabola at the estimate, and the interval ends where it reaches the square of t', () => {
    const { lower, upper } = profileInterval(fit, runs, 'alpha');
    const half = (upper - lower) / 2;
    const points = profile(fit, runs, 'alpha', [lower, coefficients.alpha - half / 2, coefficients.alpha, upper]);
    // scipy.stats.t.ppf(0.975, 30) ** 2, for 35 rows and 5 coefficients; the root is found to 1e-9 or so.
    expect(points[0]!.statistic).toBeCloseTo(4.170877, 4);
    expect(points[3]!.statistic).toBeCloseTo(4.170877, 4);
    expect(Math.abs(points[1]!.statistic / (4.170877 / 4) - 1)).toBeLessThan(0.08);
    expect(points[2]!.statistic).toBeCloseTo(0, 6);
    expect(points[2]!.objective / objective.value).toBeCloseTo(1, 9);
  });

  it('a point is a fit with the coefficient held', () => {
    const [point] = profile(fit, runs, 'beta', [0.36]);
    const held = fitScalingLaw(runs, { penalty: { kind: 'squared' }, fixed: { beta: 0.36 } });
    expect(point!.objective / held.objective.value).toBeCloseTo(1, 9);
    expect(point!.coefficients.beta).toBe(0.36);
    expect(point!.coefficients.E! / held.coefficients.E).toBeCloseTo(1, 5);
    expect(Object.isFrozen(point)).toBe(true);
  });

  it('a higher level is wider', () => {
    const at = (level: number): number => {
      const { lower, upper } = profileInterval(fit, runs, 'E', level);
      return upper - lower;
    };
    // Ratio of quantiles of Student's t with 30 degrees of freedom: 2.7500 / 1.3104; E's is a little lopsided.
    expect(Math.abs(at(0.99) / at(0.8) / (2.75 / 1.3104) - 1)).toBeLessThan(0.08);
  });
});

describe('holds the truth as often as it says', () => {
  it('E, in 60 simulations at 80%', { timeout: 30_000 }, () => {
    const covered = Array.from({ length: 60 }, (_, seed) => {
      const simulated = simulateRuns({ law, layout, noise: 0.01, seed });
      const { lower, upper } = profileInterval(
        fitScalingLaw(simulated, { penalty: { kind: 'squared' }, search: { starts: 2, hops: 0 } }),
        simulated,
        'E',
        0.8,
      );
      return lower <= law.coefficients.E && law.coefficients.E <= upper;
    }).filter(Boolean).length;
    // 48 expected, somewhat fewer at 35 rows; 4 standard errors of 3.1 down.
    expect(covered).toBeGreaterThanOrEqual(36);
  });
});

describe('options', () => {
  it.each([
    ['gamma', {}, 'name must be a free, untied coefficient of chinchilla, got gamma'],
    ['E', { fixed: { E: 1.8 } }, 'name must be a free, untied coefficient of chinchilla, got E'],
    ['alpha', { tied: [['alpha', 'beta']] }, 'name must be a free, untied coefficient of chinchilla, got alpha'],
  ] as const)('refuses %s of a fit with %j', (name, options, message) => {
    const other = fitScalingLaw(runs, { penalty: { kind: 'squared' }, ...options });
    expect(errorOf(() => profileInterval(other, runs, name))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_ARGUMENT',
      message,
    });
  });

  it('refuses a level, and other rows', () => {
    expect(errorOf(() => profileInterval(fit, runs, 'E', 1)).code).toBe('E_ARGUMENT');
    const others = simulateRuns({ law, layout, seed: 4 });
    expect(errorOf(() => profileInterval(fit, others, 'E')).code).toBe('E_RUNS_MISMATCH');
  });

  it('ends at bounds that the fit was given', () => {
    const bounded = fitScalingLaw(runs, { penalty: { kind: 'squared' }, bounds: { alpha: [0.3477, 1] } });
    const { lower, open } = profileInterval(bounded, runs, 'alpha', 0.9999);
    expect([lower, open.lower]).toEqual([0.3477, true]);
  });
});

describeWithData('the 47 runs of Sardana et al.', ['sardana2024/trainingresults.csv'], () => {
  it('set no lower bound to E', () => {
    const { runs } = goldenCase({ file: 'sardana2024/trainingresults.csv', filter: 'all' });
    const { lower, upper, open, estimate } = profileInterval(fitScalingLaw(runs), runs, 'E');
    expect([lower, open.lower, open.upper]).toEqual([0, true, false]);
    expect(upper).toBeGreaterThan(estimate);
    // The bootstrap over runs of Sardana et al.'s 47 rows, by a script in Python with scipy, ends at 2.22.
    expect(upper).toBeLessThan(2.4);
  });
});
