/** What must not change a fit, and what must change it in a known way. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { takeRuns } from '../../src/runs/runs.ts';
import { errorOfRow, simulated } from './simulated.ts';

const runs = simulated();
const penalties: readonly Penalty[] = [{ kind: 'squared' }, { kind: 'absolute' }, { kind: 'huber', delta: 1e-3 }];
const spaces = ['log', 'linear'] as const;
const setups = penalties.flatMap((penalty) => spaces.map((space): FitOptions => ({ penalty, space })));

describe.each(setups)('with %o', (options) => {
  const fit = fitScalingLaw(runs, options);

  it('the same call gives the same fit', () => {
    expect(fitScalingLaw(runs, options)).toStrictEqual(fit);
  });

  it('the order of rows does not matter', () => {
    const order = Array.from({ length: runs.length }, (_, i) => i);
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (shuffled) => {
        const other = fitScalingLaw(takeRuns(runs, shuffled), options);
        // Rounding makes another path; both end within the 1e-6 that is promised of the minimum.
        expect(Math.abs(other.objective.value / fit.objective.value - 1)).toBeLessThan(1e-6);
        expect(Math.abs(other.coefficients.alpha - fit.coefficients.alpha)).toBeLessThan(1e-3);
        expect(other.residuals.worstRow).toBe(fit.residuals.worstRow);
      }),
      { numRuns: 4 },
    );
  });

  it.each([
    [1e-6, 1e-9],
    [1e3, 1],
  ])('N in units of %d and D of %d change A and B alone', (n, d) => {
    const scaled = { ...runs, N: runs.N.map((N) => N * n), D: runs.D.map((D) => D * d) };
    const other = fitScalingLaw(scaled, options);
    const { E, A, B, alpha, beta } = other.coefficients;
    const rows = (value: number, expected: number): void => expect(Math.abs(value / expected - 1)).toBeLessThan(1e-3);
    expect(Math.abs(other.objective.value / fit.objective.value - 1)).toBeLessThan(1e-6);
    rows(E, fit.coefficients.E);
    rows(alpha, fit.coefficients.alpha);
    rows(beta, fit.coefficients.beta);
    // A / (n N)^alpha is the same term when A has grown by n^alpha.
    rows(A * n ** -alpha, fit.coefficients.A);
    rows(B * d ** -beta, fit.coefficients.B);
  });

  it('a row of weight k is k rows', () => {
    const copies = Array.from({ length: runs.length }, (_, i) => Array.from({ length: 1 + (i % 3) }, () => i)).flat();
    const copied = fitScalingLaw(takeRuns(runs, copies), options);
    const weighted = fitScalingLaw(simulated({ weighted: true }), options);
    expect(weighted.runs.kept).toBe(30);
    expect(copied.runs.kept).toBe(60);
    expect(Math.abs(weighted.objective.value / copied.objective.value - 1)).toBeLessThan(1e-6);
    expect(Math.abs(weighted.coefficients.alpha - copied.coefficients.alpha)).toBeLessThan(1e-3);
    // Weights of 1, 2, 3 are not weights of 1.
    expect(Math.abs(weighted.objective.value / fit.objective.value - 1)).toBeGreaterThan(0.1);
  });

  it('all weights times ten is the objective times ten', () => {
    const heavy = fitScalingLaw({ ...runs, weight: new Float64Array(30).fill(10) }, options);
    expect(Math.abs(heavy.objective.value / (10 * fit.objective.value) - 1)).toBeLessThan(1e-6);
  });

  it('the dearer an overestimate, the fewer rows are overestimated', () => {
    const overestimated = (overestimateWeight: number): number => {
      const penalty: Penalty = { ...(options.penalty as Penalty), overestimateWeight };
      const { coefficients: theta } = fitScalingLaw(runs, { ...options, penalty });
      const loss = (i: number): number =>
        theta.E + theta.A / runs.N[i]! ** theta.alpha + theta.B / runs.D[i]! ** theta.beta;
      return runs.loss.reduce((sum, observed, i) => sum + (loss(i) > observed * (1 + 1e-9) ? 1 : 0), 0);
    };
    const counts = [0.05, 1, 20].map(overestimated);
    expect(counts[0]).toBeGreaterThan(counts[1]!);
    expect(counts[1]).toBeGreaterThan(counts[2]!);
  });
});

describe('another seed', () => {
  it('hops otherwise and ends at the same minimum', () => {
    const values = [1, 2, 3, -5].map((seed) => fitScalingLaw(runs, { search: { seed } }).objective.value);
    for (const value of values) expect(Math.abs(value / values[0]! - 1)).toBeLessThan(1e-6);
  });
});

describe('what a fit says of its rows', () => {
  const fit = fitScalingLaw(runs, { penalty: { kind: 'squared' } });
  const { E, A, B, alpha, beta } = fit.coefficients;
  const residuals = Array.from(runs.loss, (loss, i) =>
    Math.log((E + A / runs.N[i]! ** alpha + B / runs.D[i]! ** beta) / loss),
  );
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
  const median = (values: readonly number[]): number => (sorted(values)[14]! + sorted(values)[15]!) / 2;

  it('follows from its coefficients', () => {
    const sizes = residuals.map(Math.abs);
    expect(fit.objective.value).toBeCloseTo(mean(residuals.map((r) => r * r)) * 15, 12);
    expect(fit.residuals.mean).toBeCloseTo(mean(residuals), 10);
    expect(fit.residuals.median).toBeCloseTo(median(residuals), 10);
    expect(fit.residuals.medianAbsolute).toBeCloseTo(median(sizes), 10);
    expect(fit.residuals.min).toBeCloseTo(Math.min(...residuals), 10);
    expect(fit.residuals.max).toBeCloseTo(Math.max(...residuals), 10);
    expect(fit.residuals.standardDeviation).toBeCloseTo(
      Math.sqrt(mean(residuals.map((r) => r * r)) - mean(residuals) ** 2),
      10,
    );
    expect(fit.residuals.worstRow).toBe(1 + sizes.indexOf(Math.max(...sizes)));
  });

  it('has the quality that its definition gives', () => {
    const gaps = residuals.map((r, i) => runs.loss[i]! * (Math.exp(r) - 1));
    const average = mean([...runs.loss]);
    const r2 = 1 - mean(gaps.map((gap) => gap * gap)) / mean([...runs.loss].map((loss) => (loss - average) ** 2));
    expect(fit.quality.r2).toBeCloseTo(r2, 10);
    expect(fit.quality.meanAbsoluteRelativeError).toBeCloseTo(
      mean(residuals.map((r) => Math.abs(Math.exp(r) - 1))),
      10,
    );
  });

  it('is no larger than the errors that the runs were made with', () => {
    // The minimum cannot exceed the objective at the truth, half the sum of squared errors.
    const atTruth = residuals.reduce((sum, _, i) => sum + errorOfRow(i) ** 2 / 2, 0);
    expect(fit.objective.value).toBeLessThan(atTruth);
    expect(fit.objective.value).toBeGreaterThan(atTruth * 0.4);
  });

  it('spans what the rows span', () => {
    const span = (column: Float64Array): number[] => [Math.min(...column), Math.max(...column)];
    expect(fit.fittedRange).toEqual({
      N: span(runs.N),
      D: span(runs.D),
      C: span(runs.C),
      tokensPerParam: [3, 400],
      loss: span(runs.loss),
    });
  });
});

describe('filters', () => {
  it('are recorded with what they dropped, and predicates without their function', () => {
    const fit = fitScalingLaw(runs, {
      filters: [
        { kind: 'range', of: 'tokensPerParam', max: 100 },
        { kind: 'predicate', name: 'not the smallest', keep: ({ N }) => N > 5e7 },
      ],
    });
    expect(fit.runs).toMatchObject({
      read: 30,
      kept: 20,
      dropped: [
        { filter: { kind: 'range', of: 'tokensPerParam', max: 100 }, rows: 6, runs: 0 },
        { filter: { kind: 'predicate', name: 'not the smallest' }, rows: 4, runs: 0 },
      ],
    });
    const kept = takeRuns(
      runs,
      Array.from(runs.N, (_, i) => i).filter((i) => runs.N[i]! > 5e7 && i % 5 < 4),
    );
    expect(fit.coefficients).toEqual(fitScalingLaw(kept).coefficients);
    expect(fit.runs.digest).toBe(fitScalingLaw(kept).runs.digest);
    expect(fit.runs.digest).not.toBe(fitScalingLaw(runs).runs.digest);
  });
});
