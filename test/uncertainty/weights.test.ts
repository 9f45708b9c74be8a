/** A fit with weights or a prior is bootstrapped, profiled and tested as it was fitted. */

import { expect, it } from 'vitest';
import { weighRuns } from '../../src/filters/weigh.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { logLikelihood } from '../../src/uncertainty/likelihood.ts';
import { profile } from '../../src/uncertainty/profile.ts';

const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: 'sardana', seed: 1 });
const penalty = { kind: 'squared' } as const;

it('weights by a scheme are weights of the rows', () => {
  const byScheme = fitScalingLaw(runs, { penalty, weights: 'sqrt-flops' });
  const weighed = weighRuns(runs, 'sqrt-flops');
  const byColumn = fitScalingLaw(weighed, { penalty });
  const draws = (fit: typeof byScheme, rows: typeof runs) => bootstrap(fit, rows, { replicates: 3 }).draws;
  expect(draws(byScheme, runs)).toEqual(draws(byColumn, weighed));
  expect(logLikelihood(byScheme, runs)).toBe(logLikelihood(byColumn, weighed));
  expect(profile(byScheme, runs, 'alpha', [0.2])).toEqual(profile(byColumn, weighed, 'alpha', [0.2]));
});

it('a prior holds in every replicate, and is no part of the likelihood of the rows', () => {
  const lines = [{ weights: { alpha: 1 }, centre: 0.3, width: 1e-4 }];
  const fit = fitScalingLaw(runs, { penalty, prior: { law: 'chinchilla', lines, noise: 0.01, source: 'test' } });
  expect(fit.coefficients.alpha).toBeCloseTo(0.3, 3);
  for (const alpha of bootstrap(fit, runs, { replicates: 5 }).draws.alpha) expect(alpha).toBeCloseTo(0.3, 3);
  const plain = fitScalingLaw(runs, { penalty });
  expect(logLikelihood(fit, runs)).toBeLessThan(logLikelihood(plain, runs));
  expect(logLikelihood(fit, runs)).toBeCloseTo(logLikelihood(plain, runs, fit), 9);
});
