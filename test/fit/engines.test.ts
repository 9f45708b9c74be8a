/**
 * Two engines, one minimum: our Newton and ml-levenberg-marquardt share no code below the objective. And what we rely on, or work
 * round, in version 5.1.0 of the latter: when one of these tests fails, levenberg-marquardt-engine.ts can be made simpler.
 */

import { levenbergMarquardt as minimise } from 'ml-levenberg-marquardt';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../src/filters/filter.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import { levenbergMarquardt } from '../../src/levenberg-marquardt.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { goldenCase, goldenFits } from '../golden.ts';
import { simulated } from './simulated.ts';

const search = { starts: 4, hops: 0 };

function sameMinimum(runs: Runs, options: FitOptions): void {
  const newton = fitScalingLaw(runs, { ...options, search });
  const other = fitScalingLaw(runs, { ...options, search, engine: levenbergMarquardt });
  expect(other.options.engine).toBe('levenberg-marquardt');
  expect(other.status).toEqual(newton.status);
  expect(Math.abs(other.objective.value / newton.objective.value - 1)).toBeLessThan(1e-6);
  expect(Math.abs(other.coefficients.alpha - newton.coefficients.alpha)).toBeLessThan(1e-3);
}

describe('on simulated runs the engines agree', () => {
  const penalties: Penalty[] = [
    { kind: 'squared' },
    { kind: 'huber', delta: 1e-3 },
    { kind: 'absolute' },
    { kind: 'huber', delta: 1e-2, overestimateWeight: 10 },
  ];
  it.each(penalties.flatMap((penalty) => (['log', 'linear'] as const).map((space) => ({ penalty, space }))))(
    'with %o',
    (options) => sameMinimum(simulated({ weighted: true }), options),
  );

  it.each<FitOptions>([{ fixed: { E: 1.69 } }, { tied: [['alpha', 'beta']] }, { bounds: { alpha: [0.1, 0.3] } }])(
    'with %o',
    (options) => sameMinimum(simulated(), { ...options, penalty: { kind: 'squared' } }),
  );
});

// Every small golden set once; the larger ones take a second each.
const cases = [...new Map(goldenFits().map((golden) => [`${golden.file}: ${golden.filter}`, golden])).entries()].filter(
  ([, { rows }]) => rows < 130,
);

describe.skipIf(cases.length === 0)('on real runs the engines agree (skipped where the shared data are absent)', () => {
  it.each(cases)('%s', (_, golden) => {
    const { runs, filters }: { runs: Runs; filters: Filter[] } = goldenCase(golden);
    sameMinimum(runs, { filters, penalty: { kind: 'squared' } });
    sameMinimum(runs, { filters, penalty: { kind: 'huber', delta: 1e-3 } });
  });
});

describe('ml-levenberg-marquardt 5.1.0', () => {
  // y = slope x through (1, 1), (1, 3): weighted least squares with weights 1 / s_i^2 gives sum(w y) / sum(w).
  const data = { x: [1, 1], y: [1, 3] };
  const line =
    ([slope]: number[]) =>
    (x: number): number =>
      slope! * x;

  it('solves least squares: the mean of 1 and 3 is 2', () => {
    const { parameterValues } = minimise(data, line, { initialValues: [0.5], errorTolerance: 0 });
    expect(parameterValues[0]).toBeCloseTo(2, 6);
  });

  it('gets weights wrong as soon as one is not 1, so we do not use them', () => {
    // Documented as standard deviations 1 and 2: (1 / 1 + 3 / 4) / (1 + 1 / 4) = 1.4.
    const options = { initialValues: [0.5], weights: [1, 2], errorTolerance: 0, maxIterations: 500 };
    const { parameterValues } = minimise(data, line, options);
    expect(Math.abs(parameterValues[0]! - 1.4)).toBeGreaterThan(0.1);
  });

  it('runs all the iterations that it may, though it stands at the minimum', () => {
    const { iterations } = minimise(data, line, { initialValues: [2], maxIterations: 77, errorTolerance: 0 });
    expect(iterations).toBe(77);
  });

  it('throws where the model is not a number at the start, and ends in silence where it is on the way', () => {
    const nowhere = () => (): number => Number.NaN;
    expect(() => minimise(data, nowhere, { initialValues: [0.5] })).toThrow('Matrix is not symmetric');
    const nearby =
      ([slope]: number[]) =>
      (x: number): number =>
        slope! > 1 ? Number.NaN : slope! * x;
    const { parameterValues, iterations } = minimise(data, nearby, { initialValues: [0.5] });
    expect([parameterValues, iterations]).toEqual([[0.5], 0]);
  });
});
