/** Weights and a prior are options of a fit, so whatever takes a fit takes these: rows found again, bootstraps, saved files, diagnoses. */

import { describe, expect, it } from 'vitest';
import { fitFamilies } from '../../src/families/fit-families.ts';
import { familyPrior } from '../../src/families/prior.ts';
import { applyFilters } from '../../src/filters/apply.ts';
import type { Filter } from '../../src/filters/filter.ts';
import { weighRuns } from '../../src/filters/weigh.ts';
import { diagnose } from '../../src/fit/diagnose.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import { rowsOf } from '../../src/fit/rows-of.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { twoFamilies } from '../families/two-families.ts';

const { gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb, hoffmann2022 } = publishedLaws;
const runs = simulateRuns({
  law: hoffmann2022,
  layout: { kind: 'grid', N: [5e7, 2e8, 8e8, 3e9], D: [2e9, 8e9, 3e10] },
  checkpoints: 3,
  noise: 0.005,
  seed: 4,
});
const prior = familyPrior([gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb], { noise: 0.01 });
const late: Filter[] = [{ kind: 'exclude-early', fraction: 0.4 }];

describe('weights by a scheme', () => {
  it.each(['equal', 'sqrt-flops', 'per-run'] as const)(
    '%s are those of rows weighed by hand after the filters',
    (weights) => {
      const fit = fitScalingLaw(runs, { filters: late, weights, penalty: 'squared' });
      const byHand = fitScalingLaw(weighRuns(applyFilters(runs, late).kept, weights), { penalty: 'squared' });
      expect(fit.objective.value).toBe(byHand.objective.value);
      expect(fit.coefficients).toEqual(byHand.coefficients);
      expect(fit.options.weights).toBe(weights);
    },
  );

  it('refuse a scheme that is none', () => {
    expect(() => fitScalingLaw(runs, { weights: 'heavy' } as never)).toThrow(
      'weights must be one of given, equal, sqrt-flops, per-run, got heavy',
    );
  });
});

describe.each<FitOptions>([
  { filters: late, weights: 'per-run', penalty: 'squared' },
  { filters: late, weights: 'sqrt-flops' },
  { prior, penalty: 'squared' },
  { prior: { ...prior, strength: 3 }, filters: late, weights: 'per-run' },
  { filters: [{ kind: 'predicate', name: 'large', keep: ({ N }) => N > 1e8 }] },
])('a fit with %o', (options) => {
  const fit = fitScalingLaw(runs, options);

  it('is saved and loaded', () => {
    expect(fitFromJson(JSON.stringify(fit))).toStrictEqual(fit);
  });

  it('finds its rows again in the whole table', () => {
    const rows = rowsOf(fitFromJson(JSON.stringify(fit)), runs);
    expect(rows.length).toBe(fit.runs.kept);
    expect(fitScalingLaw(rows, { ...options, filters: [] }).objective.value).toBe(fit.objective.value);
  });

  it('is bootstrapped and diagnosed', () => {
    const { draws, failed } = bootstrap(fit, runs, { replicates: 20 });
    expect(failed).toBe(0);
    const mean = draws.alpha.reduce((sum, alpha) => sum + alpha, 0) / 20;
    expect(Math.abs(mean / fit.coefficients.alpha - 1)).toBeLessThan(0.3);
    expect(diagnose(fit, runs).findings).toBeInstanceOf(Array);
  });
});

describe('a prior', () => {
  it('narrows the bootstrap: replicates lean on it too', () => {
    const spread = (options: FitOptions): number => {
      const { alpha } = bootstrap(fitScalingLaw(runs, options), runs, { replicates: 40 }).draws;
      const mean = alpha.reduce((sum, value) => sum + value, 0) / alpha.length;
      return Math.sqrt(alpha.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    };
    expect(spread({ penalty: 'squared', prior: { ...prior, strength: 1e6 } })).toBeLessThan(
      spread({ penalty: 'squared' }) / 10,
    );
  });

  it('has its own part of the objective, half the squared departures by its weight', () => {
    const fit = fitScalingLaw(runs, { prior, penalty: 'squared' });
    const squares = fit.prior!.departures.reduce((sum, z) => sum + z * z, 0);
    expect(fit.prior!.objective / ((prior.noise ** 2 * squares) / 2)).toBeCloseTo(1, 9);
    expect(fit.objective.value).toBeGreaterThan(fitScalingLaw(runs, { penalty: 'squared' }).objective.value);
  });

  it('refuses a penalty that it cannot stand beside, and another law than its own', () => {
    expect(() => fitScalingLaw(runs, { prior, penalty: 'absolute' })).toThrow(
      'penalty must be huber or squared beside a prior',
    );
    expect(() => fitScalingLaw(runs, { prior: { ...prior, law: 'kaplan' } })).toThrow(
      "prior.law must be the law that is fitted, chinchilla, got kaplan; fit with law: 'kaplan'",
    );
  });
});

describe('a fit of one family among several', () => {
  it('is bootstrapped from the table of all', () => {
    const table = twoFamilies(0.005);
    const { families } = fitFamilies(table, { shared: ['alpha', 'beta'], weights: 'equal' });
    for (const { fit } of families) {
      expect(rowsOf(fit, table).length).toBe(fit.runs.kept);
      expect(bootstrap(fit, table, { replicates: 10 }).failed).toBe(0);
    }
  });
});

describe('a fit of a table with headings of its own', () => {
  it('remembers them, so that the table can be read again without a word', () => {
    const table = Array.from({ length: 12 }, (_, i) => {
      const [size, tokens] = [1e8 * 2 ** i, 2e9 * 3 ** (i % 4)];
      return { 'Model Size': size, 'Tokens seen': tokens, final: 1.7 + 400 / size ** 0.34 + 410 / tokens ** 0.28 };
    });
    const columns = { N: 'Model Size', D: 'Tokens seen', loss: 'final' };
    const fit = fitScalingLaw(readRuns(table, { columns }));
    expect(fit.runs.columns).toEqual(columns);
    const again = readRuns(table, { columns: fitFromJson(JSON.stringify(fit)).runs.columns! });
    expect(rowsOf(fit, again).length).toBe(12);
  });
});
