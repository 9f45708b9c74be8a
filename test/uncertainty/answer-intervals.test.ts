/** Intervals beside answers: the same as those asked for one by one, wider for a new run, open where replicates do not decide. */

import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { normalQuantile } from '../../src/numeric/distributions.ts';
import { plan } from '../../src/plan/plan.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { curvatureCovariance } from '../../src/uncertainty/covariance.ts';
import { coefficientIntervals, intervals } from '../../src/uncertainty/intervals.ts';
import { withBootstrap } from '../../src/uncertainty/with-bootstrap.ts';
import { percent } from '../../src/words.ts';
import { errorOf } from '../fit/error-of.ts';
import { replicatesOf } from './given-replicates.ts';

const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
const fit = fitScalingLaw(runs);
const boot = bootstrap(fit, runs, { replicates: 100 });
const known = withBootstrap(fit, boot);
const point = { N: 3e9, D: 6e10 };
/** Replicates are kept to ten digits, and what follows from them changes by no more than a hundred times that. */
const near = (one: readonly number[], two: readonly number[]): boolean =>
  one.length === two.length && one.every((value, i) => Math.abs(value / two[i]! - 1) < 1e-8);

describe('a fit that keeps its bootstrap', () => {
  it('answers with the intervals that the bootstrap gives one by one', () => {
    const { lower, upper } = intervals(boot, (law) => predictor(law).loss(point));
    const { meanInterval, level } = predictor(known).at(point);
    expect(near(meanInterval!, [lower, upper])).toBe(true);
    expect(level).toBe(0.95);
    const best = computeOptimal(known, { C: 1e22 });
    const life = inferenceOptimal(known, { loss: 2.2, Dinf: 1e12 });
    for (const name of ['N', 'D', 'loss'] as const) {
      const one = intervals(boot, (law) => computeOptimal(law, { C: 1e22 })[name]);
      expect(near(best.intervals![name], [one.lower, one.upper]), name).toBe(true);
    }
    const total = intervals(boot, (law) => inferenceOptimal(law, { loss: 2.2, Dinf: 1e12 }).totalFlops);
    expect(near(life.intervals!.totalFlops, [total.lower, total.upper])).toBe(true);
    const tokens = intervals(boot, (law) => predictor(law).tokensFor({ N: 7e9, loss: 2.2 }).D);
    expect(near(predictor(known).tokensFor({ N: 7e9, loss: 2.2 }).intervals!.D, [tokens.lower, tokens.upper])).toBe(
      true,
    );
  });

  it('gives the same from a file, and to a bootstrap by itself', () => {
    const loaded = fitFromJson(JSON.stringify(known));
    expect(loaded).toEqual(known);
    expect(predictor(loaded).at(point)).toEqual(predictor(known).at(point));
    expect(near(predictor(boot).at(point).runInterval!, predictor(known).at(point).runInterval!)).toBe(true);
  });

  it('is narrower at a lower level', () => {
    const width = ([low, high]: readonly [number, number]): number => high - low;
    const at = (level: number) => predictor(known, {}, { level }).at(point);
    expect(width(at(0.5).meanInterval!)).toBeLessThan(width(at(0.95).meanInterval!) / 2);
    expect(width(at(0.5).runInterval!)).toBeLessThan(width(at(0.95).runInterval!) / 2);
  });

  it('takes no bootstrap of another fit', () => {
    const other = fitScalingLaw(runs, { penalty: { kind: 'squared' } });
    expect(errorOf(() => withBootstrap(other, boot)).message).toBe(
      'bootstrap must be of this fit, got that of another',
    );
  });
});

describe('a fit without a bootstrap', () => {
  it('answers from its covariance: by the delta method, with runs as units', () => {
    // Noise so small that the law is linear over it.
    const quiet = simulateRuns({
      law: publishedLaws.sardana2024,
      layout: 'sardana',
      noise: 1e-5,
      checkpoints: 3,
      seed: 1,
    });
    const plain = fitScalingLaw(quiet, { penalty: 'squared' });
    const { matrix, names, standardErrors } = curvatureCovariance(plain, quiet);
    const of = coefficientIntervals(plain);
    for (const name of ['E', 'alpha', 'beta']) {
      expect(of[name]!.standardError / standardErrors[name]!, name).toBeCloseTo(1, 3);
      expect(of[name]!.method).toBe('curvature');
    }
    // se^2 = g' V g with g the gradient of the law; 47 runs less 5 coefficients leave t_42 = 2.0180817 (scipy.stats.t.ppf).
    const slopes = new Float64Array(5);
    laws.chinchilla.gradient(plain.coefficients, point, slopes);
    const g = names.map((name) => slopes[laws.chinchilla.coefficients.indexOf(name as 'E')]!);
    const variance = g.reduce((sum, x, i) => sum + g.reduce((all, y, j) => all + x * y * matrix[i]![j]!, 0), 0);
    const { loss, meanInterval } = predictor(plain).at(point);
    expect((meanInterval![1] - loss) / (2.0180817 * Math.sqrt(variance))).toBeCloseTo(1, 3);
  });

  it('says nothing where the coefficients are not determined, at a bound, or beside a prior', () => {
    const ray = { kind: 'ray', N: [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9], tokensPerParam: 20 } as const;
    const onRay = fitScalingLaw(simulateRuns({ law: publishedLaws.sardana2024, layout: ray, noise: 0.002, seed: 1 }));
    const bounded = fitScalingLaw(runs, { bounds: { alpha: [0, 0.2] } });
    for (const one of [onRay, bounded]) {
      expect(predictor(one).at(point)).not.toHaveProperty('meanInterval');
      expect(computeOptimal(one, { C: 1e22 })).not.toHaveProperty('intervals');
    }
    expect(errorOf(() => intervals(bounded, ({ coefficients }) => coefficients.E)).message).toMatch(
      /law must keep replicates or a covariance, got neither/,
    );
  });

  it('writes sizes on a scale of factors, and exponents on their own', () => {
    const { N } = computeOptimal(fit, { C: 1e24 }).intervals!;
    const best = computeOptimal(fit, { C: 1e24 }).N;
    expect(Math.log(N[1] / best) / Math.log(best / N[0])).toBeCloseTo(1, 9);
    const { alpha } = coefficientIntervals(fit);
    expect(alpha!.upper + alpha!.lower).toBeCloseTo(2 * alpha!.estimate, 9);
  });
});

describe('one new run', () => {
  // E is normal with deviation 0.01, exactly: quantiles at evenly spaced shares.
  const shares = Array.from({ length: 2000 }, (_, k) => (k + 0.5) / 2000);
  const E = shares.map((share) => 2 + 0.01 * normalQuantile(share));
  const at = (noise: object) =>
    predictor(replicatesOf(E, [], 2, { units: 1e9, degreesOfFreedom: 1e9, noise })).at({ N: 1e9, D: 2e10 });

  it('lies off the law by both errors: their squares add up', () => {
    const { loss, runInterval } = at({ space: 'linear', standardDeviation: 0.02 });
    // Two independent normal errors are one: sqrt(0.01^2 + 0.02^2) times 1.96.
    const half = 1.959964 * Math.hypot(0.01, 0.02);
    expect(Math.abs(runInterval![0] - (loss - half))).toBeLessThan(2e-5);
    expect(Math.abs(runInterval![1] - (loss + half))).toBeLessThan(2e-5);
  });

  it('in logarithms where the fit is', () => {
    const { loss, runInterval } = at({ space: 'log', standardDeviation: 0.02 });
    const half = 1.959964 * Math.hypot(0.01 / loss, 0.02);
    expect(Math.abs(Math.log(runInterval![1] / loss) - half)).toBeLessThan(3e-5);
    expect(Math.abs(Math.log(runInterval![0] / loss) + half)).toBeLessThan(3e-5);
  });
});

describe('an end is open', () => {
  const E = ({ coefficients }: { readonly coefficients: { readonly E: number } }): number => coefficients.E;
  const normal = Array.from({ length: 200 }, (_, k) => 2 + 0.01 * normalQuantile((k + 0.5) / 200));
  const openOf = (values: readonly number[]) =>
    intervals(replicatesOf(values, [], 2, { units: 1e9, degreesOfFreedom: 1e9 }), E).open;

  it('where the outermost replicates lie far beyond it', () => {
    expect(openOf(normal)).toEqual({ lower: false, upper: false });
    expect(openOf([...normal.slice(0, -3), 4, 8, 16])).toEqual({ lower: false, upper: true });
    expect(openOf([0.5, 0.8, 1.2, ...normal.slice(3)])).toEqual({ lower: true, upper: false });
  });

  it('at both, where more replicates lack the quantity than may lie outside', () => {
    expect(openOf([...normal.slice(0, -4), ...[0, 1, 2, 3].map(() => Number.NaN)])).toEqual({
      lower: false,
      upper: false,
    });
    expect(openOf([...normal.slice(0, -6), ...[0, 1, 2, 3, 4, 5].map(() => Number.NaN)])).toEqual({
      lower: true,
      upper: true,
    });
  });
});

it('rounding is no interval: of a saving that does not exist, and of a loss that is the goal', () => {
  const { intervals: found, warnings } = plan({ law: known, goal: { kind: 'training-budget', budget: 1e22 } });
  expect(found!.saving).toMatchObject({ estimate: 0, lower: 0, upper: 0, standardError: 0 });
  expect(warnings.flatMap(({ about }) => about).filter((name) => name.startsWith('saving'))).toEqual([]);
  expect(percent(-4.9e-15)).toBe('0%');
  const reached = plan({ law: known, goal: { kind: 'loss', loss: 2.2 } }).intervals!.loss;
  expect([reached.lower, reached.upper]).toEqual([2.2, 2.2]);
});
