/** A minimum of a sum of absolute residuals passes through as many rows as there are free coefficients, exactly. */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { withLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { predictor } from '../../src/predict/predictor.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const runs = simulateRuns({ law: publishedLaws.besiroglu2024, layout: { kind: 'sardana' }, noise: 0.01, seed: 5 });

/** Log residuals of a fit to all of `rows`. */
function residuals(fit: ReturnType<typeof fitScalingLaw>, rows: Runs): number[] {
  const { loss } = predictor(fit);
  return Array.from(rows.loss, (observed, i) => Math.log(loss({ N: rows.N[i]!, D: rows.D[i]! }) / observed));
}

const cases: [string, FitOptions, number][] = [
  ['five free coefficients', {}, 5],
  ['alpha and beta tied', { tied: [['alpha', 'beta']] }, 4],
  ['E given', { fixed: { E: 1.8172 } }, 4],
  ['over-estimates weighed by 3', { penalty: { kind: 'absolute', overestimateWeight: 3 } }, 5],
];

describe('the absolute penalty', () => {
  it.each(cases)('passes through the rows: %s', (_, options, free) => {
    const fit = fitScalingLaw(runs, { penalty: { kind: 'absolute' }, ...options });
    expect(fit.status.kind).toBe('converged');
    const sizes = residuals(fit, runs)
      .map(Math.abs)
      .sort((one, two) => one - two);
    // Rounding below, the noise of 1% above.
    expect(sizes[free - 1]).toBeLessThan(1e-11);
    expect(sizes[free]).toBeGreaterThan(1e-7);
  });

  it('is a minimum: no single coefficient moves it down', () => {
    const fit = fitScalingLaw(runs, { penalty: { kind: 'absolute' } });
    const sum = (coefficients: typeof fit.coefficients): number =>
      residuals(withLaw({ ...fit, coefficients }, chinchilla), runs).reduce((total, r) => total + Math.abs(r), 0);
    expect(sum(fit.coefficients) / fit.objective.value).toBeCloseTo(1, 12);
    for (const name of ['E', 'A', 'B', 'alpha', 'beta'] as const) {
      for (const factor of [0.999, 1.001]) {
        expect(sum({ ...fit.coefficients, [name]: fit.coefficients[name] * factor })).toBeGreaterThan(
          fit.objective.value,
        );
      }
    }
  });
});
