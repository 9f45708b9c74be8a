/** The Hitchhiker's experiment: where its answer is known beforehand, and on the authors' own data. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hitchhike } from '../../src/families/hitchhike.ts';
import type { HitchhikeFamily, HitchhikeOptions } from '../../src/families/hitchhike-plan.ts';
import type { Filter } from '../../src/filters/filter.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { mainThread } from '../../src/parallel/run-jobs.ts';
import { hitchhikeBy } from '../../src/parallel/tasks.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { takeRuns } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { read } from '../fences.ts';
import { describeWithData } from '../shared-data.ts';

const SIZES = [1e8, 2e8, 4e8, 8e8, 1.6e9];
const layout = { kind: 'grid', N: SIZES, D: [2e11] } as const;
const clean = simulateRuns({ law: publishedLaws.hoffmann2022, layout, checkpoints: 20, noise: 0, seed: 1 });
const noisy = simulateRuns({ law: publishedLaws.hoffmann2022, layout, checkpoints: 20, noise: 0.003, seed: 1 });

const familyOf = (found: ReturnType<typeof hitchhike>, name?: string): HitchhikeFamily =>
  found.families.find((one): one is HitchhikeFamily => 'cells' in one && (name === undefined || one.family === name))!;

describe('cells of one family', () => {
  it('predict without error where the law is true and three sizes or more determine it', () => {
    const { cells, target, sizes } = familyOf(hitchhike(clean, { shares: [0.5, 1] }));
    expect([sizes, target]).toEqual([SIZES, { N: 1.6e9, rows: 7, fromTokens: 1.4e11, toTokens: 2e11 }]);
    expect(cells.map(({ models, share }) => [models, share])).toEqual([
      [2, 0.5],
      [2, 1],
      [3, 0.5],
      [3, 1],
      [4, 0.5],
      [4, 1],
    ]);
    for (const { models, are, status } of cells) {
      if (models === 2) expect(status).toBe('unidentified');
      else expect(are).toBeLessThan(1e-6);
    }
  });

  it('hold later checkpoints than 10e9 tokens, up to the share, and cost what it takes to train so far', () => {
    const [cell] = familyOf(hitchhike(clean, { shares: [0.5], models: [3] })).cells;
    // Checkpoints come every 1e10 tokens: 2e10 to 1e11 of three models.
    expect(cell).toMatchObject({ models: 3, N: 4e8, scaleUp: 4, rows: 27 });
    expect(cell!.flops).toBeCloseTo(6 * (1e8 + 2e8 + 4e8) * 1e11, -8);
    expect(cell!.rowFlops / (6 * 7e8 * (2e10 + 1e11) * 4.5)).toBeCloseTo(1, 12);
  });

  it('are what fitScalingLaw gives to the same rows', () => {
    for (const options of [{ penalty: 'squared', space: 'linear' }, {}] as const) {
      for (const { models, share, objective, rows } of familyOf(
        hitchhike(noisy, { ...options, shares: [0.3, 1], models: [3, 4] }),
      ).cells) {
        const index = [...noisy.N.keys()].filter(
          (i) => noisy.N[i]! <= SIZES[models - 1]! && noisy.D[i]! <= share * 2e11,
        );
        const filters: Filter[] = [{ kind: 'exclude-early', tokens: 10e9 }];
        const fit = fitScalingLaw(takeRuns(noisy, index), { ...options, filters });
        expect([rows, objective]).toEqual([fit.runs.kept, expect.closeTo(fit.objective.value, 12)]);
        expect(objective! / fit.objective.value - 1).toBeLessThan(1e-6);
      }
    }
  });

  it('have baselines: the lowest loss seen, and the last of the largest model used', () => {
    const [{ baselines }] = familyOf(hitchhike(clean, { shares: [1], models: [4] })).cells as [
      HitchhikeFamily['cells'][0],
    ];
    const end = [...clean.N.keys()].filter((i) => clean.N[i] === 1.6e9 && clean.D[i]! >= 1.4e11);
    const last = clean.loss[[...clean.N.keys()].find((i) => clean.N[i] === 8e8 && clean.D[i] === 2e11)!]!;
    const off = end.reduce((sum, i) => sum + (last / clean.loss[i]! - 1) / end.length, 0);
    expect(baselines).toEqual({ best: expect.closeTo(off, 12), last: expect.closeTo(off, 12) });
  });

  it('are windows, go down, see the target, keep final checkpoints, borrow', () => {
    const cellsOf = (options: HitchhikeOptions) => familyOf(hitchhike(clean, { shares: [1], ...options })).cells;
    expect(cellsOf({ window: 3 }).map(({ N, are }) => [N, are! < 1e-6])).toEqual([
      [4e8, true],
      [8e8, true],
    ]);
    const down = familyOf(hitchhike(clean, { shares: [1], direction: 'down' }));
    expect([down.target.N, down.cells.map(({ N, scaleUp }) => [N, scaleUp])]).toEqual([
      1e8,
      [
        [8e8, 1 / 8],
        [4e8, 1 / 4],
        [2e8, 1 / 2],
      ],
    ]);
    expect(down.cells[2]!.are).toBeLessThan(1e-6);
    expect(cellsOf({ withTarget: true }).map(({ rows }) => rows)).toEqual([38, 57, 76, 88]);
    expect(cellsOf({ filters: [{ kind: 'final-only' }] }).map(({ rows, error }) => [rows, error?.code])).toEqual([
      [2, 'E_TOO_FEW_RUNS'],
      [3, 'E_TOO_FEW_RUNS'],
      [4, 'E_TOO_FEW_RUNS'],
    ]);
    const borrowFrom = { law: publishedLaws.hoffmann2022, keep: ['A', 'alpha'] };
    const one = cellsOf({ borrowFrom });
    expect(one.map(({ models, are }) => [models, are! < 1e-6])).toEqual(Array(4).fill([1, true]));
  });
});

describe('several families', () => {
  const table = readRuns(read('examples/data/families.csv'));

  it('are averaged each as much as any other, and judged by their own rows', () => {
    const all = hitchhike(table, { shares: [0.5, 1], models: [5, 6], penalty: 'squared' });
    const own = ['north', 'south', 'west'].map((family) =>
      familyOf(
        hitchhike(table, {
          ...{ shares: [0.5, 1], models: [5, 6], penalty: 'squared' },
          filters: [{ kind: 'equals', column: 'family', value: family }],
        }),
      ),
    );
    expect(all.families).toEqual(own);
    const ares = own.map(({ cells }) => cells.find(({ models, share }) => models === 6 && share === 1)!.are!);
    expect(all.mean.find(({ models, share }) => models === 6 && share === 1)).toEqual({
      ...{ models: 6, share: 1, families: 3 },
      are: expect.closeTo(
        ares.reduce((sum, are) => sum + are / 3, 0),
        12,
      ),
    });
  });

  it('have no cells where there is nothing beside the target', () => {
    const lone = readRuns([5e10, 1e11, 2e11].map((D) => ({ family: 'lone', run: 'a', N: 1e9, D, loss: 2 + 1e10 / D })));
    const found = hitchhike(lone, {});
    expect(found.families).toEqual([
      { family: 'lone', error: { code: 'E_TOO_FEW_RUNS', message: expect.stringContaining('got 0') } },
    ]);
    expect([found.mean, found.baselines]).toEqual([[], null]);
  });

  it('are the same cells as jobs', async () => {
    const options = { shares: [0.5, 1], models: [3, 6], penalty: 'squared' } as const;
    expect(await hitchhikeBy(mainThread, 2, table, options)).toEqual(hitchhike(table, options));
    const stop = AbortSignal.abort();
    await expect(hitchhikeBy(mainThread, 2, table, { ...options, signal: stop })).rejects.toMatchObject({
      code: 'E_ABORTED',
    });
  });
});

interface Reference {
  readonly family: string;
  readonly models: number;
  readonly share: number;
  readonly rows: number;
  readonly objective: number;
  readonly are: number;
}

describeWithData("the authors' data", ['colpret2024/colpret.csv'], (path) => {
  const runs = readRuns(readFileSync(path, 'utf8'));
  const only = (...value: string[]): Filter => ({ kind: 'equals', column: 'family', value });
  const SQUARED = { penalty: 'squared', space: 'linear' } as const;
  const last = (found: ReturnType<typeof hitchhike>, family: string): number =>
    100 * familyOf(found, family).cells.at(-1)!.are!;

  it('gives the cells that scipy finds from many starts, objective to 1e-6', () => {
    const cells = JSON.parse(read('test/reference/hitchhike.json')) as readonly Reference[];
    const shares = [...new Set(cells.map(({ share }) => share))];
    const found = hitchhike(runs, { ...SQUARED, shares, filters: [only('pythia', 'OPT')] });
    for (const { family, models, share, rows, objective, are } of cells) {
      const own = familyOf(found, family).cells.find((cell) => cell.models === models && cell.share === share)!;
      expect(own.rows).toBe(rows);
      expect(Math.abs(own.objective! / objective - 1)).toBeLessThan(1e-6);
      // Where the rows leave coefficients open, both searches may stop anywhere.
      if (own.status !== 'unidentified') expect(own.are! / are).toBeCloseTo(1, 3);
    }
  });

  it("gives what the authors' code gives for pythia: 14.2, 6.9, 9.5 and 9.6%", () => {
    const shares = [0.4, 0.5, 0.6, 0.9];
    const { cells } = familyOf(hitchhike(runs, { ...SQUARED, shares, models: [7], filters: [only('pythia')] }));
    expect(cells.map(({ are }) => (100 * are!).toFixed(1))).toEqual(['14.2', '6.9', '9.5', '9.6']);
  });

  it('shows that the robust objective does most of what the cut does', () => {
    const whole = { kind: 'exclude-early', tokens: 0 } as const;
    const cut = { kind: 'exclude-early', early: 'hitchhiker' } as const;
    const ares = (options: HitchhikeOptions, early: Filter): number[] =>
      Object.entries({ OPT: 5, pythia: 7 }).map(([family, models]) =>
        last(hitchhike(runs, { ...options, shares: [1], models: [models], filters: [only(family), early] }), family),
      );
    const near = (values: number[]): unknown[] => values.map((value) => expect.closeTo(value, 1));
    expect(ares(SQUARED, whole)).toEqual(near([16.5, 157.9]));
    expect(ares(SQUARED, cut)).toEqual(near([6.68, 8.42]));
    expect(ares({}, whole)).toEqual(near([8.31, 4.52]));
    expect(ares({}, cut)).toEqual(near([6.31, 4.27]));
  });

  it('borrows A and alpha: OLMo 7B from 1B to 1%, OPT-175B not', () => {
    const { law } = publishedLaws.muennighoff2023;
    // The authors hold a = 6.255414 and alpha = 0.3526596.
    const lender = {
      law,
      coefficients: { ...publishedLaws.muennighoff2023.coefficients, A: Math.exp(6.255414), alpha: 0.3526596 },
    };
    const borrowFrom = { law: lender, keep: ['A', 'alpha'] };
    const found = hitchhike(runs, { ...SQUARED, borrowFrom, shares: [1], filters: [only('OPT', 'olmo')] });
    expect(last(found, 'olmo')).toBeCloseTo(0.94, 1);
    const opt = familyOf(found, 'OPT').cells.slice(-3);
    expect(opt.map(({ are }) => (100 * are!).toFixed(1))).toEqual(['32.0', '24.5', '15.5']);
  });
});
