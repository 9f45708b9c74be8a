/** Likelihoods: the goldens of Besiroglu et al.'s notebook, closed forms, and densities that integrate to one. */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { concentratedLogLikelihood, likelihoodRatioTest, logLikelihood } from '../../src/uncertainty/likelihood.ts';
import { errorOf } from '../fit/error-of.ts';
import { goldenCase } from '../golden.ts';
import { describeWithData } from '../shared-data.ts';

const { hoffmann2022, hoffmann2022Unrounded, besiroglu2024 } = publishedLaws;
const runs = simulateRuns({ law: besiroglu2024, design: { kind: 'sardana' }, seed: 1 });

describeWithData(
  "Besiroglu et al.'s rows (FACTS section 6: data_analysis.ipynb)",
  ['epoch2024/svg_extracted_data.csv'],
  () => {
    const rows = (filter: string): ReturnType<typeof goldenCase> =>
      goldenCase({ file: 'epoch2024/svg_extracted_data.csv', filter });

    it('240 rows', () => {
      const { runs, filters } = rows('drop 5 highest losses');
      const fit = fitScalingLaw(runs, { filters, penalty: { kind: 'absolute' } });
      // Their delta of 1e-3 scales is within 1e-4 of the absolute penalty; printed to two digits.
      expect(Math.abs(logLikelihood(fit, runs) - 879.77)).toBeLessThan(0.02);
      expect(Math.abs(logLikelihood(fit, runs, hoffmann2022Unrounded) - 837.78)).toBeLessThan(0.02);
      expect(Math.abs(logLikelihood(fit, runs, hoffmann2022) - 562.25)).toBeLessThan(0.02);
      const test = likelihoodRatioTest(fit, runs, hoffmann2022Unrounded);
      expect(Math.abs(test.statistic - 84.0)).toBeLessThan(0.02);
      expect(test.degreesOfFreedom).toBe(5);
      expect(test.pValue).toBeGreaterThan(1.15e-16);
      expect(test.pValue).toBeLessThan(1.25e-16);
    });

    it('all 245 rows: the laws agree, and our optimum is better than theirs', () => {
      const { runs, filters } = rows('all 245');
      const fit = fitScalingLaw(runs, { filters, penalty: { kind: 'absolute' } });
      expect(Math.abs(logLikelihood(fit, runs, hoffmann2022Unrounded) - 714.43)).toBeLessThan(0.02);
      expect(Math.abs(logLikelihood(fit, runs, hoffmann2022) - 531.89)).toBeLessThan(0.02);
      expect(logLikelihood(fit, runs)).toBeGreaterThan(757.8);
    });

    it('a Huber penalty with delta 1e-3 gives nearly the same test', () => {
      const { runs, filters } = rows('drop 5 highest losses');
      const { statistic } = likelihoodRatioTest(fitScalingLaw(runs, { filters }), runs, hoffmann2022Unrounded);
      expect(Math.abs(statistic - 84)).toBeLessThan(3);
    });
  },
);

describe('concentratedLogLikelihood', () => {
  const residuals = Array.from({ length: 40 }, (_, i) => 0.01 * Math.sin(7 * i * i + i));
  const sumOf = (rho: (r: number) => number): number => residuals.reduce((sum, r) => sum + rho(r), 0);
  const logSum = (density: (r: number) => number): number => sumOf((r) => Math.log(density(r)));

  it('squared: a normal density with the mean square as variance', () => {
    const variance = sumOf((r) => r * r) / 40;
    const expected = logSum((r) => Math.exp((-r * r) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance));
    expect(
      concentratedLogLikelihood(
        sumOf((r) => (r * r) / 2),
        40,
        { kind: 'squared' },
      ),
    ).toBeCloseTo(expected, 9);
  });

  it('absolute: a Laplace density with the mean size as scale', () => {
    const scale = sumOf(Math.abs) / 40;
    const expected = logSum((r) => Math.exp(-Math.abs(r) / scale) / (2 * scale));
    expect(concentratedLogLikelihood(sumOf(Math.abs), 40, { kind: 'absolute' })).toBeCloseTo(expected, 9);
  });

  const huber = (r: number, delta: number): number =>
    Math.abs(r) <= delta ? (r * r) / 2 : delta * (Math.abs(r) - delta / 2);

  it.each([1e-4, 1e-3, 5e-3, 0.02])('Huber, delta %s: the highest sum of a density that integrates to one', (delta) => {
    const at = (t: number): number => {
      // Trapezoids over 50 scales; the integrand is smooth but for its second derivative.
      const wide = 50 * Math.max(Math.sqrt(t), t / delta);
      const step = wide / 40_000;
      let total = 0;
      for (let r = -wide; r <= wide; r += step) total += Math.exp(-huber(r, delta) / t) * step;
      return logSum((r) => Math.exp(-huber(r, delta) / t) / total);
    };
    let best = Number.NEGATIVE_INFINITY;
    const sum = sumOf((r) => huber(r, delta));
    for (let x = -1.5; x <= 1.5; x += 0.05) best = Math.max(best, at((sum / 40) * Math.exp(x)));
    const found = concentratedLogLikelihood(sum, 40, { kind: 'huber', delta });
    // A grid of .05 in ln t misses a peak of curvature 40 by 1e-2 at the most.
    expect(found).toBeGreaterThan(best - 1e-4);
    expect(found).toBeLessThan(best + 0.02);
  });

  it('Huber goes over into the others at its ends', () => {
    const at = (penalty: Penalty, sum: number): number => concentratedLogLikelihood(sum, 40, penalty);
    expect(
      at(
        { kind: 'huber', delta: 1 },
        sumOf((r) => huber(r, 1)),
      ),
    ).toBeCloseTo(
      at(
        { kind: 'squared' },
        sumOf((r) => (r * r) / 2),
      ),
      6,
    );
    const tiny = 1e-9;
    expect(
      at(
        { kind: 'huber', delta: tiny },
        sumOf((r) => huber(r, tiny)),
      ),
    ).toBeCloseTo(at({ kind: 'absolute' }, sumOf(Math.abs)), 4);
  });
});

describe('likelihoodRatioTest', () => {
  it('of squares is n ln of the ratio of sums', () => {
    const fit = fitScalingLaw(runs, { penalty: { kind: 'squared' } });
    const held = fitScalingLaw(runs, { penalty: { kind: 'squared' }, fixed: { E: 1.6 } });
    expect(likelihoodRatioTest(fit, runs, held).statistic).toBeCloseTo(
      47 * Math.log(held.objective.value / fit.objective.value),
      8,
    );
  });

  it('of the fit against itself is 0, p = 1', () => {
    const fit = fitScalingLaw(runs);
    expect(likelihoodRatioTest(fit, runs, fit)).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 5 });
  });

  it('has as many degrees of freedom as free coefficients', () => {
    const fit = fitScalingLaw(runs, { fixed: { E: 1.8 }, tied: [['alpha', 'beta']] });
    expect(likelihoodRatioTest(fit, runs, besiroglu2024).degreesOfFreedom).toBe(3);
  });

  it('does not reject the truth more often than it says', () => {
    const rejected = Array.from({ length: 120 }, (_, seed) => {
      const simulated = simulateRuns({ law: besiroglu2024, design: { kind: 'sardana' }, noise: 0.005, seed });
      const fit = fitScalingLaw(simulated, { penalty: { kind: 'squared' }, search: { starts: 2, hops: 0 } });
      return likelihoodRatioTest(fit, simulated, besiroglu2024).pValue < 0.1;
    }).filter(Boolean).length;
    // 10 % of 120, in small samples some more; 24 is four standard errors off.
    expect(rejected).toBeGreaterThanOrEqual(2);
    expect(rejected).toBeLessThanOrEqual(27);
  });

  it('needs the rows behind the fit, and a law that is one', () => {
    const fit = fitScalingLaw(runs);
    const others = simulateRuns({ law: besiroglu2024, design: { kind: 'sardana' }, seed: 2 });
    expect(errorOf(() => likelihoodRatioTest(fit, others, besiroglu2024)).code).toBe('E_RUNS_MISMATCH');
    const bad = { ...besiroglu2024, coefficients: { ...besiroglu2024.coefficients, A: -1 } };
    expect(errorOf(() => likelihoodRatioTest(fit, runs, bad)).code).toBe('E_LAW_COEFFICIENTS');
    expect(errorOf(() => logLikelihood(fit, runs, { ...besiroglu2024, law: 'kepler' })).code).toBe('E_LAW_UNKNOWN');
  });
});
