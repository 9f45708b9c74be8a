import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variableProjection } from '../../src/approaches/variable-projection.ts';
import { ScalingLawsError } from '../../src/errors.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { expectPrinted } from '../printed.ts';
import { describeWithData } from '../shared-data.ts';
import { magnitude } from '../some-law.ts';

const LAW = publishedLaws.sardana2024;
const noisy = simulateRuns({ law: LAW, layout: { kind: 'sardana' }, noise: 0.01, seed: 5 });

/** As many laws as seeds, spread over their coefficients by the golden ratio and its kind. */
const lawOf = (seed: number) => ({
  law: laws.chinchilla,
  coefficients: {
    E: 1 + ((seed * 0.31) % 1),
    A: 50 + 1000 * ((seed * 0.37) % 1),
    B: 50 + 3000 * ((seed * 0.71) % 1),
    alpha: 0.2 + 0.3 * ((seed * 0.618) % 1),
    beta: 0.2 + 0.3 * ((seed * 0.414) % 1),
  },
});

it.each([75, 100, 125, 131])('is as low as fitScalingLaw, E at 0 or not (seed %d)', (seed) => {
  const runs = simulateRuns({ law: lawOf(seed), layout: { kind: 'sardana' }, noise: 0.01, seed });
  const fit = fitScalingLaw(runs, { penalty: { kind: 'squared' }, space: 'linear' });
  // Where E leaves 0 the curvature jumps, and Newton's steps end there: within 1e-4.
  expect(variableProjection(runs, { residuals: 'linear' }).objective).toBeLessThan(fit.objective.value * (1 + 1e-4));
});

describeWithData("Chinchilla's runs below 1e21 FLOPs", ['epoch2024/svg_extracted_data.csv'], (path) => {
  const runs = readRuns(readFileSync(path, 'utf8'), {
    columns: { N: 'Model Size', C: 'Training FLOP', loss: 'loss' },
  });
  const filters = [
    { kind: 'drop-top-loss', count: 5 },
    { kind: 'range', of: 'C', max: 1e21 },
  ] as const;

  it('gives what ml-scalefit gives for squared errors of loss, to every digit printed', () => {
    // Apple's ml-scalefit on 217 points, run by Open-Athena (github.com/Open-Athena/vpnls); N in 1e6, D in 1e9, as it is for A and B.
    const { coefficients, rows, status } = variableProjection(runs, { filters, residuals: 'linear' });
    const { E, A, B, alpha, beta } = coefficients;
    expect([rows, status]).toEqual([217, { kind: 'converged' }]);
    expectPrinted(E, '1.9051');
    expectPrinted(A / 1e6 ** alpha, '4.0005');
    expectPrinted(B / 1e9 ** beta, '1.0509');
    expectPrinted(alpha, '.3511');
    expectPrinted(beta, '.4587');
  });

  it('is near their fit of log loss when errors are relative', () => {
    // Theirs 0.3522, 0.4430 is of ln loss; (p - L) / L is that to first order, and residuals are 0.6% of loss.
    const { alpha, beta } = variableProjection(runs, { filters }).coefficients;
    expect(Math.abs(alpha - 0.3522)).toBeLessThan(0.002);
    expect(Math.abs(beta - 0.443)).toBeLessThan(0.002);
  });
});

describe('against fitScalingLaw', () => {
  it.each([1, 2, 3, 4, 5, 6])('finds the same minimum of squared errors of loss, seed %d', (seed) => {
    const runs = simulateRuns({ law: LAW, layout: { kind: 'sardana' }, noise: 0.01, seed });
    const projected = variableProjection(runs, { residuals: 'linear' });
    const fitted = fitScalingLaw(runs, { penalty: { kind: 'squared' }, space: 'linear' });
    // Two minimisers of one function: the objective to rounding; the coefficients by its flatness.
    expect(Math.abs(projected.objective / fitted.objective.value - 1)).toBeLessThan(1e-9);
    expect(Math.abs(projected.coefficients.alpha / fitted.coefficients.alpha - 1)).toBeLessThan(1e-3);
    expect(projected.fittedRange.N).toEqual(fitted.fittedRange.N);
  });

  it('weighs rows as a fit does', () => {
    const runs = { ...noisy, weight: noisy.N.map((_, i) => 1 + (i % 3)) };
    const fitted = fitScalingLaw(runs, { penalty: { kind: 'squared' }, space: 'linear' });
    const { objective } = variableProjection(runs, { residuals: 'linear' });
    expect(Math.abs(objective / fitted.objective.value - 1)).toBeLessThan(1e-9);
  });
});

it('gives noiseless laws back', () => {
  const someExponent = magnitude(0.15, 0.7);
  fc.assert(
    fc.property(someExponent, someExponent, magnitude(0.5, 2), (alpha, beta, E) => {
      // Both terms near 1 nat at 1e9 parameters and 2e10 tokens.
      const coefficients = { E, A: 1e9 ** alpha, B: 2e10 ** beta, alpha, beta };
      const runs = simulateRuns({
        law: { law: laws.chinchilla, coefficients },
        layout: { kind: 'grid', N: [1e8, 3e8, 1e9, 3e9, 1e10], D: [1e9, 1e10, 1e11, 1e12] },
        noise: 0,
        seed: 1,
      });
      const found = variableProjection(runs);
      const truth = predictor({ law: laws.chinchilla, coefficients });
      expect(Math.abs(found.coefficients.alpha / alpha - 1)).toBeLessThan(1e-4);
      expect(Math.abs(predictor(found).loss({ N: 1e11, D: 1e13 }) / truth.loss({ N: 1e11, D: 1e13 }) - 1)).toBeLessThan(
        1e-5,
      );
    }),
    { numRuns: 20 },
  );
});

describe('status', () => {
  it('says where a coefficient is at its bound', () => {
    // Losses that fall to nothing: no E fits.
    const runs = readRuns(
      [1e8, 1e9, 1e10].flatMap((N) =>
        [1e9, 1e10, 1e11].map((D) => ({ N, D, loss: (3e9 / N) ** 0.3 + (1e10 / D) ** 0.3 })),
      ),
    );
    const low = { ...runs, loss: runs.loss.map((loss) => loss ** 1.2) };
    const { coefficients, status } = variableProjection(low, { residuals: 'linear' });
    expect(coefficients.E).toBe(0);
    expect(status.kind).not.toBe('converged');
  });

  it('says that a ray identifies nothing', () => {
    const runs = simulateRuns({
      law: { law: laws.chinchilla, coefficients: { E: 1.7, A: 400, B: 400, alpha: 0.3, beta: 0.3 } },
      layout: { kind: 'ray', N: [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9, 6.4e9], tokensPerParam: 20 },
      noise: 0,
      seed: 1,
    });
    expect(variableProjection(runs).status.kind).not.toBe('converged');
  });
});

it('refuses', () => {
  expect(() => variableProjection(noisy, { grid: 1 })).toThrowError(/^grid must be an integer >= 2, got 1$/);
  expect(() => variableProjection(noisy, { grid: 1e9 })).toThrowError(/^grid must be an integer from 2 to 512/);
  expect(() => variableProjection(noisy, { residuals: 'log' as 'linear' })).toThrowError(ScalingLawsError);
  expect(() => variableProjection(noisy, { penalty: 1 } as object)).toThrowError(
    /^variable projection options must be among/,
  );
  expect(() => variableProjection(noisy, { filters: [{ kind: 'range', of: 'N', max: 1 }] })).toThrowError(
    ScalingLawsError,
  );
});
