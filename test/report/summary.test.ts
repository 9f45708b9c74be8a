/** A fit as a block of text: each number in it is one that is computed elsewhere. */

import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { summary } from '../../src/report/summary.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { correlationsOf } from '../../src/uncertainty/correlations.ts';
import { curvatureCovariance } from '../../src/uncertainty/covariance.ts';
import { withBootstrap } from '../../src/uncertainty/with-bootstrap.ts';
import { count } from '../../src/words.ts';

const law = publishedLaws.besiroglu2024;
const noise = { kind: 'log-normal', sd: 1e-5, runEffect: 2e-5 } as const;
const runs = simulateRuns({ law, layout: 'sardana', noise, checkpoints: 4, seed: 1 });
const fit = fitScalingLaw(runs, { penalty: 'squared' });
const text = summary(fit);
const covariance = curvatureCovariance(fit, runs);

describe('summary', () => {
  it('gives standard errors: of a coefficient, and of the logarithm of an amplitude', () => {
    const of = (name: string): number => Number(new RegExp(`^${name} +\\S+ +(\\S+) `, 'm').exec(text)![1]);
    for (const name of ['E', 'alpha', 'beta'])
      expect(of(name) / covariance.standardErrors[name]!, name).toBeCloseTo(1, 2);
    // d ln A = dA / A.
    for (const name of ['A', 'B'] as const) {
      expect(of(name) / (covariance.standardErrors[name]! / fit.coefficients[name]), name).toBeCloseTo(1, 2);
      expect(text).toMatch(new RegExp(`^${name} .* of ln ${name} `, 'm'));
    }
  });

  it('names the coefficients that go together', () => {
    const { names, matrix, standardErrors } = covariance;
    const r = (one: string, two: string): number => {
      const [i, j] = [names.indexOf(one), names.indexOf(two)];
      return matrix[i]![j]! / (standardErrors[one]! * standardErrors[two]!);
    };
    // Nothing but the scale differs: small errors of ln A are those of A over A.
    for (const { pair, r: found } of correlationsOf(fit)) {
      const [one, two] = pair.map((name) => name.replace('ln ', '')) as [string, string];
      expect(Math.abs(found - r(one, two)), pair.join()).toBeLessThan(1e-3);
    }
    expect(text).toMatch(/\ntogether +correlations above 0\.9: .*ln A and alpha (1\.000|0\.9\d\d)/);
  });

  it('says what rows are worth, and how well the decision is known', () => {
    expect(text).toMatch(
      /\nnoise +.* between runs, .* within a run\n +188 rows of 47 runs count as about \d+ independent/,
    );
    const { N, intervals } = computeOptimal(fit, { C: 10 * fit.fittedRange.C[1] });
    const [low, high] = intervals!.N;
    expect(text).toContain(`N ${count(N)} (${count(low)} to ${count(high)})`);
    expect(text).toMatch(/\nintervals +from the curvature at the optimum, with runs as units, 42 degrees of freedom$/m);
  });

  it('is of the replicates where the fit keeps them, at the level asked for', () => {
    const known = withBootstrap(fit, bootstrap(fit, runs, { replicates: 40 }));
    expect(summary(known, { level: 0.5 })).toMatch(
      /50% interval .*[\s\S]*\nintervals +bootstrap: 40 re-fits, each to 47 whole runs/,
    );
  });

  it('ends with what may be said against the fit: of the optimum alone, or of the rows too', () => {
    const early = { excess: 0.3, share: 0.2 };
    const bent = simulateRuns({ law, layout: 'sardana', checkpoints: 8, early, noise: 0.002, seed: 1 });
    const of = fitScalingLaw(bent);
    expect(summary(of)).not.toMatch(/Residuals depend/);
    expect(summary(of, { runs: bent })).toMatch(/\nwarning: Residuals depend/);
  });
});
