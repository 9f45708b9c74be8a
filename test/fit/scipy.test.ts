/** Every penalty, space, weight and restriction against scipy's search of 300 starts (test/reference/fits.py). */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import type { Penalty, Space } from '../../src/objective/penalty.ts';
import { simulated } from './simulated.ts';

interface Reference {
  readonly space: Space;
  readonly kind: Penalty['kind'];
  readonly delta?: number;
  readonly overestimateWeight?: number;
  readonly weighted?: boolean;
  readonly fixed?: Readonly<Record<string, number>>;
  readonly tied?: boolean;
  readonly objective: number;
  readonly coefficients: Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;
}

const { fits }: { fits: readonly Reference[] } = JSON.parse(
  readFileSync(new URL('../reference/fits.json', import.meta.url), 'utf8'),
);

describe('scipy', () => {
  it.each(
    fits.map((fit) => {
      const { objective: _, coefficients: __, ...asked } = fit;
      return [JSON.stringify(asked), fit] as const;
    }),
  )('%s', (_, reference) => {
    const { space, kind, delta, overestimateWeight, weighted = false, fixed = {}, tied = false } = reference;
    const penalty = { kind, ...(delta && { delta }), ...(overestimateWeight && { overestimateWeight }) } as Penalty;
    const options: FitOptions = { space, penalty, fixed, tied: tied ? [['alpha', 'beta']] : [] };
    const fit = fitScalingLaw(simulated({ weighted }), options);
    // Two searches that share no code end at the same minimum, with kinks in the penalty or without.
    expect(Math.abs(fit.objective.value / reference.objective - 1)).toBeLessThan(1e-6);
    // An objective within 1e-6 leaves the exponents free by about the root of that.
    expect(Math.abs(fit.coefficients.alpha - reference.coefficients.alpha)).toBeLessThan(2e-3);
    expect(Math.abs(fit.coefficients.beta - reference.coefficients.beta)).toBeLessThan(2e-3);
    expect(Math.abs(fit.coefficients.E - reference.coefficients.E)).toBeLessThan(5e-3);
  });
});
