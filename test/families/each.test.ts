import { describe, expect, it } from 'vitest';
import { fitEach } from '../../src/families/each.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { rowsOf } from '../../src/fit/rows-of.ts';
import { mainThread } from '../../src/parallel/run-jobs.ts';
import { fitEachBy } from '../../src/parallel/tasks.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { THREE, threeFamilies } from './three-families.ts';

const runs = readRuns(threeFamilies);
const fits = (found: ReturnType<typeof fitEach>) => found.fits.flatMap((one) => ('fit' in one ? [one] : []));

describe('a law for each family', () => {
  it('is the law that its rows came from, for three families in one table', () => {
    const found = fits(fitEach(runs));
    expect(found.map(({ family }) => family)).toEqual(Object.keys(THREE));
    for (const { family, fit } of found) {
      const truth = THREE[family as keyof typeof THREE];
      // Without noise exponents come back to some seven digits; amplitudes lose what their exponents miss.
      for (const name of ['E', 'alpha', 'beta'] as const) expect(fit.coefficients[name]).toBeCloseTo(truth[name], 5);
      expect(predictor(fit).loss({ N: 7e10, D: 1.4e12 })).toBeCloseTo(
        truth.E + truth.A / 7e10 ** truth.alpha + truth.B / 1.4e12 ** truth.beta,
        5,
      );
    }
  });

  it('is the fit to the rows of that family alone, found again in the whole table', () => {
    for (const { family, fit } of fits(fitEach(runs, { penalty: 'squared' }))) {
      const alone = fitScalingLaw(
        threeFamilies.filter((row) => row.family === family),
        { penalty: 'squared' },
      );
      expect(fit.coefficients).toEqual(alone.coefficients);
      expect(rowsOf(fitFromJson(JSON.stringify(fit)), runs).length).toBe(20);
    }
  });

  it('leaves a family without a fit where its rows are too few, and goes on', () => {
    const few = readRuns([...threeFamilies, { family: 'new', run: 'new', N: 1e9, D: 1e10, loss: 2.5 }]);
    const { fits: found } = fitEach(few, { penalty: 'squared' });
    expect(found.at(-1)).toMatchObject({ family: 'new', error: { code: 'E_TOO_FEW_RUNS' } });
    expect(found.filter((one) => 'fit' in one)).toHaveLength(3);
  });

  it('splits by any column, and by rows that filters by column leave', () => {
    const filters = [{ kind: 'equals', column: 'family', value: ['llama', 'opt'] }] as const;
    const { by, fits: found } = fitEach(runs, { by: 'family', filters, penalty: 'squared' });
    expect([by, found.map(({ family }) => family)]).toEqual(['family', ['llama', 'opt']]);
    expect(fitEach(runs, { by: 'N', law: 'power-law-d', penalty: 'squared' }).fits).toHaveLength(5);
    expect(() => fitEach(runs, { by: 'recipe' })).toThrow(
      expect.objectContaining({ code: 'E_COLUMN_MISSING', argument: 'by' }),
    );
  });
});

describe('families as jobs', () => {
  it('have the same fits, and are heard of one by one', async () => {
    const heard: string[] = [];
    const shares: number[] = [];
    const found = await fitEachBy(mainThread, 2, runs, {
      penalty: 'squared',
      onFamily: ({ family }) => heard.push(family),
      onProgress: (done) => shares.push(done),
    });
    expect(JSON.parse(JSON.stringify(found))).toEqual(
      JSON.parse(JSON.stringify(fitEach(runs, { penalty: 'squared' }))),
    );
    expect([heard.sort(), shares]).toEqual([Object.keys(THREE).sort(), [1 / 3, 2 / 3, 1]]);
  });

  it('stop where the signal says so, and leave what was done', async () => {
    const stop = new AbortController();
    const done: string[] = [];
    const work = fitEachBy(mainThread, 1, runs, {
      penalty: 'squared',
      signal: stop.signal,
      onFamily: ({ family }) => {
        done.push(family);
        stop.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'E_ABORTED' });
    expect(done).toEqual(['llama']);
  });
});
