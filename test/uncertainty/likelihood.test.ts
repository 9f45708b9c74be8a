/** Likelihoods of fits: the goldens of Besiroglu et al.'s notebook, closed forms, weights that are copies. */

import { median } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { informationCriteria } from '../../src/choose/information-criteria.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { type Runs, takeRuns } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { likelihoodRatioTest, logLikelihood } from '../../src/uncertainty/likelihood.ts';
import { profile } from '../../src/uncertainty/profile.ts';
import { errorOf } from '../fit/error-of.ts';
import { goldenCase } from '../golden.ts';
import { describeWithData } from '../shared-data.ts';

const { hoffmann2022, hoffmann2022Unrounded, besiroglu2024 } = publishedLaws;
const runs = simulateRuns({ law: besiroglu2024, layout: { kind: 'sardana' }, seed: 1 });

describeWithData(
  "Besiroglu et al.'s rows (data_analysis.ipynb of arXiv:2404.10102)",
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
      // Their 1.2e-16 is that of chi-squared: test/numeric. The rows are not quite Laplace's, so the calibrated chance is larger.
      expect(test.pValue).toBeLessThan(1e-4);
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

  it.each([
    ['rows, under the default penalty', 'huber', 1],
    ['runs of checkpoints', 'squared', 6],
  ] as const)('does not reject the truth more often than it says: %s', (_, penalty, checkpoints) => {
    const noise = { kind: 'log-normal', sd: 0.005, runEffect: checkpoints > 1 ? 0.005 : 0 } as const;
    const layout = { kind: 'grid', N: [1e8, 4e8, 2e9, 1e10], D: [2e9, 1e10, 6e10, 4e11, 2e12] } as const;
    const tests = Array.from({ length: 40 }, (_, seed) => {
      const simulated = simulateRuns({ law: besiroglu2024, layout, noise, checkpoints, seed });
      const fit = fitScalingLaw(simulated, { penalty, search: { starts: 4, hops: 2 } });
      return likelihoodRatioTest(fit, simulated, besiroglu2024, { replicates: 39, seed });
    });
    // 8 of 40 expected at 20%: 4 standard errors of 2.5 up; 1,000 experiments of test/long are the measure.
    expect(tests.filter(({ pValue }) => pValue <= 0.2).length).toBeLessThanOrEqual(18);
    expect(tests.filter(({ pValue }) => pValue <= 0.5).length).toBeGreaterThan(7);
    // Taken for chi-squared with 5 degrees of freedom, the statistics would be this many times too large.
    expect(median(tests.map(({ inflation }) => inflation))).toBeGreaterThan(checkpoints > 1 ? 2.5 : 1.3);
  });

  it('needs the rows behind the fit, and a law that is one', () => {
    const fit = fitScalingLaw(runs);
    const others = simulateRuns({ law: besiroglu2024, layout: { kind: 'sardana' }, seed: 2 });
    expect(errorOf(() => likelihoodRatioTest(fit, others, besiroglu2024)).code).toBe('E_RUNS_MISMATCH');
    const bad = { law: chinchilla, coefficients: { ...besiroglu2024.coefficients, A: -1 } };
    expect(errorOf(() => likelihoodRatioTest(fit, runs, bad)).code).toBe('E_LAW_COEFFICIENTS');
    expect(errorOf(() => logLikelihood(fit, runs, { ...besiroglu2024, law: 'kepler' })).code).toBe('E_LAW_UNKNOWN');
  });
});

it('there are no information criteria where a run has several rows', () => {
  const several = simulateRuns({ law: besiroglu2024, layout: { kind: 'sardana' }, checkpoints: 2, seed: 1 });
  const criteria = informationCriteria(fitScalingLaw(several), several);
  expect(criteria).toMatchObject({ aic: null, bic: null, parameters: 6 });
  expect(criteria.reason).toBe('94 rows of 47 runs are no independent rows, which AIC and BIC suppose');
  expect(informationCriteria(fitScalingLaw(runs), runs).reason).toBeNull();
});

describe('a weight of 2 is a row written twice', () => {
  const every = Array.from({ length: runs.length }, (_, i) => i);
  const twice = takeRuns(
    runs,
    every.flatMap((i) => (i % 3 === 0 ? [i, i] : [i])),
  );
  const weighted = Object.freeze({ ...runs, weight: runs.loss.map((_, i) => (i % 3 === 0 ? 2 : 1)) });
  const nameless = ({ run: _, ...rest }: Runs): Runs => rest;
  const held = { A: 400, alpha: 0.34, beta: 0.36 };

  it.each<[Penalty, 'log' | 'linear']>([
    [{ kind: 'squared' }, 'log'],
    [{ kind: 'squared', overestimateWeight: 3 }, 'linear'],
    [{ kind: 'huber', delta: 1e-3 }, 'log'],
    [{ kind: 'huber', delta: 0.02, overestimateWeight: 2 }, 'linear'],
    [{ kind: 'absolute' }, 'log'],
  ])('for %o in %s space', (penalty, space) => {
    const options = { penalty, space, fixed: held };
    const [one, two] = [fitScalingLaw(weighted, options), fitScalingLaw(twice, options)];
    // Sums in another order; the search meets the minimum to some 1e-10.
    const same = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(1e-7);
    same(one.objective.value, two.objective.value);
    same(one.coefficients.E, two.coefficients.E);
    same(one.coefficients.B, two.coefficients.B);
    same(one.quality.r2, two.quality.r2);
    same(one.quality.meanAbsoluteRelativeError, two.quality.meanAbsoluteRelativeError);
    same(one.residuals.medianAbsolute, two.residuals.medianAbsolute);
    same(one.residuals.standardDeviation, two.residuals.standardDeviation);
    same(logLikelihood(one, weighted), logLikelihood(two, twice));
    // Rows of one run have no criteria; these are to count as independent.
    const [ofOne, ofTwo] = [informationCriteria(one, nameless(weighted)), informationCriteria(two, nameless(twice))];
    for (const name of ['logLikelihood', 'aic', 'bic'] as const) same(ofOne[name]!, ofTwo[name]!);
    expect(ofOne.logLikelihood).toBe(logLikelihood(one, weighted));
    const at = one.coefficients.E * 0.99;
    same(profile(one, weighted, 'E', [at])[0]!.statistic, profile(two, twice, 'E', [at])[0]!.statistic);
  });
});
