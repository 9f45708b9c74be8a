/** What replicates draw: units, counts, seeds. */

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/numeric/random.ts';
import {
  defaultResample,
  drawResiduals,
  drawUnits,
  leaveOut,
  type Resample,
  replicateRandom,
  unitsOf,
} from '../../src/uncertainty/resample.ts';
import { makeRuns } from '../filters/make-runs.ts';
import { errorOf } from '../fit/error-of.ts';

/** Three runs of 3, 1 and 2 rows, two sizes, rows of a run apart from each other. */
const runs = makeRuns(6, {
  N: [1e8, 1e8, 1e9, 1e8, 1e9, 1e8],
  D: [1e9, 1e9, 2e9, 2e9, 3e9, 3e9],
  loss: [4, 3.9, 3.1, 3.6, 2.9, 3.5],
  run: ['a', 'b', 'c', 'a', 'c', 'a'],
});
const { run: _, ...nameless } = runs;
const units = (resample: Resample): number[][] => unitsOf(runs, resample).map((unit) => Array.from(unit));

describe('units', () => {
  it('are rows, runs, or all rows of a size, in order of appearance', () => {
    expect(units('rows')).toEqual([[0], [1], [2], [3], [4], [5]]);
    expect(units('residuals')).toEqual(units('rows'));
    expect(units('runs')).toEqual([[0, 3, 5], [1], [2, 4]]);
    expect(units('sizes')).toEqual([
      [0, 1, 3, 5],
      [2, 4],
    ]);
  });

  it('are runs by default where a run has several rows, else rows', () => {
    expect(defaultResample(runs)).toBe('runs');
    expect(defaultResample({ ...runs, run: ['a', 'b', 'c', 'd', 'e', 'f'] })).toBe('rows');
    expect(defaultResample(nameless)).toBe('rows');
  });

  it.each([
    ['runs without names', nameless, 'runs', /'rows' or 'sizes' where no column names the run/],
    ['one size', { ...runs, N: runs.N.map(() => 1e9) }, 'sizes', /two units or more to draw, got sizes with 1/],
  ] as const)('refuse %s', (_, table, resample, message) => {
    expect(errorOf(() => unitsOf(table, resample as Resample))).toMatchObject({
      name: 'ScalingLawsError',
      code: 'E_ARGUMENT',
      message: expect.stringMatching(message),
    });
  });
});

describe('drawUnits', () => {
  it('draws as many units as there are: weights of a unit are equal, and add up to n', () => {
    for (let k = 0; k < 50; k++) {
      const drawn = drawUnits(runs, unitsOf(runs, 'rows'), replicateRandom(1, k));
      expect(drawn.weight!.reduce((sum, w) => sum + w, 0)).toBe(6);
      expect(drawn.length).toBe(drawn.loss.length);
      expect(drawn.weight!.every((w) => w >= 1 && Number.isInteger(w))).toBe(true);

      const clusters = drawUnits(runs, unitsOf(runs, 'runs'), replicateRandom(1, k));
      const times = ([4, 3.6, 3.5] as const).map((loss) => clusters.weight![clusters.loss.indexOf(loss)] ?? 0);
      expect(new Set(times).size).toBe(1);
      const total = [4, 3.9, 3.1].reduce((sum, loss) => sum + (clusters.weight![clusters.loss.indexOf(loss)] ?? 0), 0);
      expect(total).toBe(3);
    }
  });

  it('multiplies the weights that rows have, and keeps rows whole', () => {
    const weighted = { ...runs, weight: Float64Array.of(1, 2, 3, 4, 5, 6), U: Float64Array.of(1, 2, 3, 4, 5, 6) };
    const drawn = drawUnits(weighted, unitsOf(weighted, 'rows'), seededRandom(3));
    for (let j = 0; j < drawn.length; j++) {
      const i = runs.loss.indexOf(drawn.loss[j]!);
      expect([drawn.N[j], drawn.D[j], drawn.C[j], drawn.U![j]]).toEqual([runs.N[i], runs.D[i], runs.C[i], i + 1]);
      expect(drawn.weight![j]! % (i + 1)).toBe(0);
    }
  });

  it('draws every unit about equally often, at every place of the stream', () => {
    const REPLICATES = 5000;
    for (const place of [0, 1, 5]) {
      const counts = new Array(6).fill(0);
      for (let k = 0; k < REPLICATES; k++) {
        const random = replicateRandom(1, k);
        for (let skip = 0; skip < place; skip++) random.integer(6);
        counts[random.integer(6)]++;
      }
      // 99.99% quantile of chi-squared with 5 degrees of freedom.
      const chi = counts.reduce((sum, count) => sum + (count - REPLICATES / 6) ** 2 / (REPLICATES / 6), 0);
      expect(chi).toBeLessThan(25.7);
    }
  });
});

describe('random streams of replicates', () => {
  const first = (seed: number, k: number): number[] => {
    const random = replicateRandom(seed, k);
    return Array.from({ length: 8 }, random.uniform);
  };

  it('depend on seed and number alone, whatever was drawn before', () => {
    const forward = [0, 1, 2, 3].map((k) => first(9, k));
    const backward = [3, 2, 1, 0].map((k) => first(9, k)).reverse();
    expect(backward).toEqual(forward);
  });

  it('are all different within a seed, and between seeds', () => {
    const heads = new Set<number>();
    for (let k = 0; k < 20_000; k++) heads.add(first(1, k)[1]! + first(1, k)[2]!);
    expect(heads.size).toBe(20_000);
    for (const seed of [2, -1, 0, 1e9]) expect(first(seed, 0)).not.toEqual(first(1, 0));
  });
});

describe('leaveOut', () => {
  it('is all rows but those of the unit', () => {
    const left = leaveOut(runs, unitsOf(runs, 'runs')[0]!);
    expect(Array.from(left.loss)).toEqual([3.9, 3.1, 2.9]);
    expect(Array.from(left.weight!)).toEqual([1, 1, 1]);
  });
});

describe('drawResiduals', () => {
  const predicted = Float64Array.of(4.1, 3.8, 3.0, 3.7, 2.95, 3.4);

  it('keeps the design, and moves the predicted losses by centred residuals', () => {
    const logs = runs.loss.map((loss, i) => Math.log(loss / predicted[i]!));
    const mean = logs.reduce((sum, r) => sum + r, 0) / 6;
    const drawn = drawResiduals(runs, predicted, true, seededRandom(5));
    expect(drawn.N).toEqual(runs.N);
    expect(drawn.weight).toBeUndefined();
    for (let i = 0; i < 6; i++) {
      const moved = Math.log(drawn.loss[i]! / predicted[i]!) + mean;
      // The logarithm of a product loses the last digits.
      expect(Math.min(...logs.map((r) => Math.abs(r - moved)))).toBeLessThan(1e-14);
    }
  });

  it('does so in nats where the fit is in nats', () => {
    const nats = runs.loss.map((loss, i) => loss - predicted[i]!);
    const mean = nats.reduce((sum, r) => sum + r, 0) / 6;
    const drawn = drawResiduals(runs, predicted, false, seededRandom(5));
    for (let i = 0; i < 6; i++) {
      const moved = drawn.loss[i]! - predicted[i]! + mean;
      expect(Math.min(...nats.map((r) => Math.abs(r - moved)))).toBeLessThan(1e-14);
    }
  });
});
