/** Bootstrap, profile, tests, criteria and diagnosis of laws other than Chinchilla's. */

import { describe, expect, it } from 'vitest';
import { chooseLaw } from '../../src/choose/choose-law.ts';
import { informationCriteria } from '../../src/choose/information-criteria.ts';
import { diagnose } from '../../src/fit/diagnose.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { chiSquaredTest, curvatureCovariance } from '../../src/uncertainty/covariance.ts';
import { coefficientIntervals } from '../../src/uncertainty/intervals.ts';
import { likelihoodRatioTest } from '../../src/uncertainty/likelihood.ts';
import { profileInterval } from '../../src/uncertainty/profile.ts';

const repeatedLaw = publishedLaws.muennighoff2023Repeated;
const base = publishedLaws.muennighoff2023.coefficients;
const repeated = simulateRuns({
  law: repeatedLaw,
  layout: { kind: 'sardana' },
  variables: { U: 2e9 },
  noise: 0.003,
  seed: 2,
});
const squared = { penalty: { kind: 'squared' } } as const;
const fit = fitScalingLaw(repeated, { law: 'muennighoff', fixed: base, ...squared });

describe('the law of repeated data, its base given', () => {
  it('has a bootstrap, a profile and a curvature that agree, and hold the truth', () => {
    const boot = coefficientIntervals(bootstrap(fit, repeated, { replicates: 100 }));
    const { lower, upper } = profileInterval(fit, repeated, 'RD');
    const { standardErrors, names } = curvatureCovariance(fit, repeated);
    expect(names).toEqual(['RD', 'RN']);
    // Four standard errors: the seed is fixed, the test is about magnitudes.
    expect(Math.abs(fit.coefficients.RD - repeatedLaw.coefficients.RD)).toBeLessThan(4 * standardErrors.RD!);
    const half = (upper - lower) / 2 / 1.96;
    // Three ways to one standard error; they differ as estimates from 47 rows do.
    expect(half / standardErrors.RD!).toBeGreaterThan(0.6);
    expect(half / standardErrors.RD!).toBeLessThan(1.6);
    expect(boot.RD!.standardError / standardErrors.RD!).toBeGreaterThan(0.6);
    expect(boot.RD!.standardError / standardErrors.RD!).toBeLessThan(1.6);
  });

  it('is not rejected where it is true, and is where it is not', () => {
    const other = { law: laws.muennighoff, coefficients: { ...base, RD: 4, RN: 5.309743 } };
    expect(likelihoodRatioTest(fit, repeated, repeatedLaw).pValue).toBeGreaterThan(0.001);
    expect(likelihoodRatioTest(fit, repeated, other).pValue).toBeLessThan(1e-6);
    expect(chiSquaredTest(bootstrap(fit, repeated, { replicates: 60 }), other).pValue).toBeLessThan(1e-3);
  });

  it('beats the Chinchilla law on repeated data, by criteria and on rows that neither saw', () => {
    const plain = fitScalingLaw(repeated, squared);
    expect(informationCriteria(fit, repeated).bic!).toBeLessThan(informationCriteria(plain, repeated).bic!);
    const { ranked } = chooseLaw(
      repeated,
      [
        { name: 'plain', options: squared },
        { name: 'repeated', options: { law: 'muennighoff', fixed: base, ...squared } },
      ],
      { kind: 'largest-D', fraction: 0.2 },
      { method: 'paired-t', against: 'plain' },
    );
    expect(ranked[0]).toMatchObject({ name: 'repeated', difference: { verdict: 'better' } });
    expect(ranked[0]!.criteria!.parameters).toBe(3);
  });

  it('is diagnosed without findings about coefficients that it does not have', () => {
    const codes = diagnose(fit, repeated).findings.filter(({ severity }) => severity === 'error');
    expect(codes).toEqual([]);
  });
});

it('a power law in compute on one ray is told that it has few rows, and nothing about A and B', () => {
  const law = publishedLaws.cerebras2023;
  const N = [1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10];
  const runs = simulateRuns({ law, layout: { kind: 'ray', N, tokensPerParam: 20 }, noise: 0.001, seed: 1 });
  const ray = fitScalingLaw(runs, { law: 'power-law-c' });
  expect(ray.warnings.map(({ code }) => code)).toEqual(['W_FEW_ROWS']);
  expect(diagnose(ray, runs).findings.filter(({ code }) => /RAY|RATIOS|ALPHA/.test(code))).toEqual([]);
});
