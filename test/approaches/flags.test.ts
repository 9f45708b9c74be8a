import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_Z, flagIsoFlops } from '../../src/approaches/flags.ts';
import { ScalingLawsError } from '../../src/errors.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { describeWithData } from '../shared-data.ts';
import { CHINCHILLA, gridAround, isoFlopExperiments } from './grids.ts';

const reasonsOf = (runs: Runs, maxZ = DEFAULT_MAX_Z): Map<number, string> =>
  new Map(flagIsoFlops(runs, { maxZ }).map(({ index, reason }) => [index, reason]));

describeWithData('the annotation of published IsoFLOP data', ['isoflop2026/isoflops.csv'], (path) => {
  const experiments = isoFlopExperiments(path);
  /** Rows of an experiment whose flag differs from the published reason. */
  const differing = (runs: Runs, maxZ?: number): string[] => {
    const reasons = reasonsOf(runs, maxZ);
    return Array.from(runs.N, (_, i) => i).flatMap((i) => {
      const theirs = String(runs.extra.reason![i]).replace('_params', '').replaceAll('_', '-');
      const ours = reasons.get(i) ?? 'none';
      return ours === theirs ? [] : [`${theirs} -> ${ours}`];
    });
  };

  it('agrees in 375 of 381 rows, and in the rest by the threshold of z alone', () => {
    const all = [...experiments.values()].flatMap((runs) => differing(runs));
    expect(all).toEqual(Array(6).fill('spline-outlier -> none'));
  });

  // Their code sets 4.5 for DCLM. For Chinchilla the published rows end at z = 3.27, and the next row has 2.52.
  it.each([
    [CHINCHILLA, 3],
    ['marin_202603__dclm__llama_2', 4.5],
    ['marin_202603__comma__llama_2', DEFAULT_MAX_Z],
    ['marin_202603__nemotron__llama_2', DEFAULT_MAX_Z],
  ])('agrees in every row of %s with z at most %d', (name, maxZ) => {
    expect(differing(experiments.get(name)!, maxZ)).toEqual([]);
  });
});

const LAW = publishedLaws.hoffmann2022;
const BUDGETS = [1e18, 1e19, 1e20, 1e21];
const clean = gridAround(LAW, BUDGETS, { width: 8, sizes: 9, noise: 0.002, seed: 3 });
const withLoss = (runs: Runs, change: (loss: number, i: number) => number): Runs => ({
  ...runs,
  loss: runs.loss.map(change),
});

describe('each rule', () => {
  it('leaves a clean grid alone', () => expect(flagIsoFlops(clean)).toEqual([]));

  it('names the row, the budget and the source row', () => {
    const spoilt = withLoss(clean, (loss, i) => (i === 13 ? loss * 1.1 : loss));
    const flags = flagIsoFlops(spoilt);
    const flag = flags.find(({ index }) => index === 13);
    expect(flag).toMatchObject({ row: clean.row[13], reason: 'spline-outlier' });
    expect(flag!.budget / 1e19).toBeCloseTo(1, 12);
    // The curve past a neighbour goes through the outlier, so neighbours may be flagged too; nothing further away.
    expect(flags.every(({ index }) => Math.abs(index - 13) <= 2)).toBe(true);
  });

  const rows = (list: readonly (readonly [N: number, loss: number])[]): Runs =>
    readRuns(
      list.map(([N, loss]) => ({ N, loss, C: 1e19 })),
      { lossUnit: 'nats' },
    );
  /** Nine sizes two apart, on a parabola of ln loss with its minimum at 2^`best`. */
  const bowl = (best: number, curvature = 0.02): [number, number][] =>
    Array.from({ length: 9 }, (_, k) => [1e8 * 2 ** k, 3 * Math.exp(curvature * (k - best) ** 2)]);

  /** Without noise any error is many deviations: these rules are tried with the spline's switched off. */
  const NONE = 1e9;

  it('duplicates: the lowest loss of one N, and of N within 1%, is kept', () => {
    const sizes = bowl(4);
    const list = [...sizes, [sizes[2]![0], sizes[2]![1] + 0.01], [sizes[5]![0] * 1.009, sizes[5]![1] - 0.001]] as const;
    expect(reasonsOf(rows(list as readonly (readonly [number, number])[]), NONE)).toEqual(
      new Map([
        [5, 'near-duplicate'],
        [9, 'exact-duplicate'],
      ]),
    );
  });

  it('too few points', () => {
    expect([...reasonsOf(rows(bowl(2).slice(0, 5)), NONE).values()]).toEqual(Array(5).fill('too-few-points'));
    expect(reasonsOf(rows(bowl(3).slice(0, 6)), NONE).size).toBe(0);
  });

  it('off center: rows beyond 2.5 times the nearer half, or all where the minimum is outside', () => {
    // The minimum is 2.1 steps from the first size and 5.9 from the last; 2.5 x 2.1 = 5.25 lets sizes up to 7.35 stay.
    expect(reasonsOf(rows(bowl(2.1)), NONE)).toEqual(new Map([[8, 'off-center']]));
    expect([...reasonsOf(rows(bowl(-0.5)), NONE).values()]).toEqual(Array(9).fill('off-center'));
  });

  it('curvature: negative, or not distinguishable from none', () => {
    expect([...reasonsOf(rows(bowl(4, -0.02)), NONE).values()]).toEqual(Array(9).fill('negative-curvature'));
    // A zigzag far larger than its bend.
    const zigzag = bowl(4, 1e-4).map(([N, loss], k): [number, number] => [N, loss + (k % 2 ? 0 : 0.05)]);
    expect([...reasonsOf(rows(zigzag), NONE).values()]).toEqual(Array(9).fill('weak-curvature'));
  });
});

it('refuses options', () => {
  expect(() => flagIsoFlops(clean, { maxZ: 0 })).toThrowError(ScalingLawsError);
  expect(() => flagIsoFlops(clean, { group: 'budget' })).toThrowError(/^group must be a column \(N, D, .*got budget/);
  expect(() => flagIsoFlops(clean, { tolerance: -1 })).toThrowError(/^tolerance must be a positive/);
});
