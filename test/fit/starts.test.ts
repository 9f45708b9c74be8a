/** Starts of the grid: what is remembered from point to point must not change what the plain definition gives at each. */

import { describe, expect, it } from 'vitest';
import { type FitOptions, settingsOf } from '../../src/fit/options.ts';
import { fitProblem } from '../../src/fit/problem.ts';
import { projectedStarts } from '../../src/fit/starts.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Law } from '../../src/laws/law.ts';
import { simulated } from './simulated.ts';

const runs = simulated({ weighted: true });
const ALL = 144;

const CASES: readonly (readonly [string, FitOptions])[] = [
  ['Huber', {}],
  ['the absolute penalty', { penalty: { kind: 'absolute' } }],
  ['linear space', { space: 'linear', penalty: { kind: 'squared' } }],
  ['tied exponents', { tied: [['alpha', 'beta']] }],
  ['a fixed exponent', { fixed: { alpha: 0.3 } }],
  ['a fixed amplitude', { fixed: { A: 400 } }],
  ['a fixed floor', { fixed: { E: 1.5 } }],
];

describe.each(CASES)('starts under %s', (_, options) => {
  const { objective, observed, kernel } = fitProblem(chinchilla as Law, runs, settingsOf(options));
  const starts = projectedStarts(objective, observed, ALL);

  it('have the objective that the kernel gives at the start', () => {
    expect(starts.length).toBeGreaterThan(10);
    for (const { theta, value } of starts) expect(value / objective.value(theta)).toBeCloseTo(1, 10);
  });

  it('have the amplitudes of least squares: the gradient by each that no bound holds is 0', () => {
    const relative = settingsOf(options).space === 'log';
    for (const { theta } of starts) {
      const predicted = new Float64Array(runs.length);
      kernel.predict(theta, predicted);
      const slope = predicted.map(
        (p, i) => (observed.weight[i]! * (p - observed.loss[i]!)) / (relative ? observed.loss[i]! ** 2 : 1),
      );
      const gradient = new Float64Array(kernel.dimension);
      const size = new Float64Array(kernel.dimension);
      const flat = new Float64Array(kernel.dimension ** 2);
      kernel.accumulate(slope.map(Math.abs), new Float64Array(runs.length), size, flat);
      kernel.accumulate(slope, new Float64Array(runs.length), gradient, flat);
      const amplitudes = kernel.coordinates.flatMap(({ role }, k) => (role === 'amplitude' ? [k] : []));
      const inside = amplitudes.filter((k) => theta[k]! > kernel.lower[k]! && theta[k]! < kernel.upper[k]!);
      // An amplitude of 0 starts above 0, and is seen by its logarithm.
      const isStarted = (k: number): boolean => kernel.coordinates[k]!.scale === 'log' && Math.exp(theta[k]!) < 1e-3;
      for (const k of inside.filter((k) => !isStarted(k))) {
        if (amplitudes.some(isStarted)) continue;
        expect(Math.abs(gradient[k]! / size[k]!)).toBeLessThan(1e-8);
      }
    }
  });

  it('lead to the best start, or to another that no neighbour on the grid lies below', () => {
    expect(starts[0]!.low.theta).toBe(starts[0]!.theta);
    for (const { value, low } of starts) expect(low.value).toBeLessThanOrEqual(value);
    const lows = new Set(starts.map(({ low }) => low.theta));
    expect(lows.size).toBeLessThan(starts.length / 4);
  });
});
