/** Every figure of docs/hitchhiker.md, from the authors' data. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hitchhike } from '../../src/families/hitchhike.ts';
import type { HitchhikeFamily, HitchhikeOptions } from '../../src/families/hitchhike-plan.ts';
import type { Filter } from '../../src/filters/filter.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { read } from '../fences.ts';
import { describeWithData } from '../shared-data.ts';

const page = read('docs/hitchhiker.md');
/** Cells of the table whose header begins with `head`. */
const table = (head: string): string[][] =>
  page
    .split(`| ${head} |`)[1]!
    .split('\n\n')[0]!
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describeWithData('docs/hitchhiker.md', ['colpret2024/colpret.csv'], (path) => {
  const runs = readRuns(readFileSync(path, 'utf8'));
  const of = (families: readonly string[], options: HitchhikeOptions): readonly HitchhikeFamily[] => {
    const { filters = [] } = options;
    const only: Filter = { kind: 'equals', column: 'family', value: families };
    return hitchhike(runs, { ...options, filters: [only, ...filters] }).families.flatMap((one) =>
      'cells' in one ? [one] : [],
    );
  };
  const THEIRS = { penalty: 'squared', space: 'linear' } as const;
  const MANY = ['OPT', 'gpt3', 'pythia'];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('means by number of models', () => {
    const both = [of(MANY, THEIRS), of(MANY, {})];
    const printed = table('models | families | theirs | ours').map((row) => row.map(Number));
    const computed = printed.map(([models]) => {
      const means = both.map((families) =>
        families.flatMap(({ cells }) => {
          const own = cells.flatMap(({ models: k, share, are }) =>
            k === models && share >= 0.5 && are !== null ? [100 * are] : [],
          );
          return own.length > 0 ? [mean(own)] : [];
        }),
      );
      return [models, means[0]!.length, ...means.map(mean)];
    });
    // With two models the law is not determined: any change in the search moves those.
    for (const [k, row] of computed.entries()) {
      row.forEach((value, j) => {
        if (row[0] !== 2 || j < 2) expect(value).toBeCloseTo(printed[k]![j]!, 1);
      });
    }
    const ours = both[1]!.find(({ family }) => family === 'pythia')!;
    const byModels = (k: number): number =>
      mean(ours.cells.flatMap(({ models, share, are }) => (models === k && share >= 0.5 ? [100 * are!] : [])));
    expect([3, 4, 7].map((k) => byModels(k).toFixed(1))).toEqual(['12.6', '26.7', '3.0']);
  }, 600_000);

  it('what the cut of early checkpoints does', () => {
    const names: Readonly<Record<string, [string, number]>> = {
      OPT: ['OPT', 5],
      Pythia: ['pythia', 7],
      'GPT-3': ['gpt3', 7],
    };
    for (const [name, ...printed] of table('family | theirs, all | theirs, cut | ours, all | ours, cut')) {
      const [family, models] = names[name!]!;
      const ares = [THEIRS, {}].flatMap((options) =>
        [{ tokens: 0 }, { early: 'hitchhiker' } as const].map((cut) => {
          const [one] = of([family], {
            ...options,
            shares: [1],
            models: [models],
            filters: [{ kind: 'exclude-early', ...cut }],
          });
          return 100 * one!.cells[0]!.are!;
        }),
      );
      expect(ares).toEqual(printed.map((cell) => expect.closeTo(Number(cell), 1)));
    }
  }, 600_000);

  it('how many cells of two models are open, and the baselines', () => {
    const found = hitchhike(runs, { models: [2] });
    const cells = found.families.flatMap((one) => ('cells' in one ? one.cells : [])).filter(({ are }) => are !== null);
    const open = cells.filter(({ status }) => status === 'unidentified');
    expect([open.length, cells.length]).toEqual([81, 82]);
    const all = hitchhike(runs, { shares: [1], penalty: 'squared' }).baselines!;
    expect([all.best, all.last].map((value) => (100 * value).toFixed(1))).toEqual(['5.9', '5.5']);
  }, 600_000);
});
