import { expect, it } from 'vitest';
import { compareApproaches } from '../../src/compare-approaches/compare-approaches.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { gridAround } from '../approaches/grids.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const BUDGETS = [1e19, 1e20, 1e21];
const grid = gridAround(publishedLaws.hoffmann2022, BUDGETS, { width: 4, sizes: 7, noise: 0.002, seed: 1 });
const spoilt = { ...grid, loss: grid.loss.map((loss, i) => (i === 9 ? 1.3 * loss : loss)) };
const FEW = ['--replicates', '20'];

it('prints what the library gives', async () => {
  const file = folder.file('grid.csv', runsToCsv(grid));
  const comparison = await json(['approaches', file, '--flops', '1e23', ...FEW, '--seed', '3']);
  expect(comparison).toEqual(compareApproaches(grid, { C: 1e23, replicates: 20, seed: 3 }));
});

it('says it in words: a table, reasons, flags, bias', async () => {
  const file = folder.file('spoilt.csv', runsToCsv(spoilt));
  const { code, out, err } = await cli(['approaches', file, '--flops', '1e23', ...FEW, '--curve', 'akima']);
  expect(code).toBe(0);
  expect(out).toMatch(/^At 1e23 training FLOPs, with 95% intervals from 20 redrawn versions of the rows:\n/);
  expect(out).toMatch(/\n1 envelope +not possible\n2 IsoFLOP +0\.\d+ \[.*\]/);
  expect(out).toMatch(/\n1 envelope: approach 1 must have two sizes with several checkpoints/);
  expect(out).toMatch(/\nspline-outlier: \d rows? \(.*10.*\)/);
  expect(out).toMatch(/approach 2 would miss on this very grid, without any noise: N by [+-]?\d/);
  expect(err).toMatch(/warning: 2 IsoFLOP: .* were kept\. Look at them; --drop-flagged leaves them out\.\n/);
});

it('takes filters, checkpoints and the share of a run', async () => {
  const flags = ['--exclude-early-fraction', '0.3', '--last-share', '0.5', '--run', 'run'];
  const { out } = await cli(['approaches', SIMULATED, '--flops', '1e22', ...FEW, ...flags]);
  expect(out).toMatch(/\n1 envelope +0\.\d+/);
  expect(out).toMatch(/\n2 IsoFLOP +not possible\n/);
});

it('passes on what the parts take, and groups by the header that C was read from', async () => {
  const file = folder.file('budget.csv', runsToCsv(grid).replace(',C,', ',budget,'));
  const flags = ['--C', 'budget', '--group', 'budget', '--max-z', '4', '--penalty', 'squared'];
  const comparison = await json(['approaches', file, '--flops', '1e23', ...FEW, ...flags]);
  const options = { group: 'C', maxZ: 4, penalty: { kind: 'squared' } } as const;
  expect(comparison).toEqual(compareApproaches(grid, { C: 1e23, replicates: 20, ...options }));
  const filters = [{ kind: 'range', of: 'C', max: 5e20 }] as const;
  const fewer = compareApproaches(grid, { C: 1e23, replicates: 20, filters });
  expect(fewer.approach2).toMatchObject({ warnings: [{ code: 'W_FEW_BUDGETS' }] });
  expect(() => compareApproaches(grid, undefined as never)).toThrow(
    'options of the comparison must be an object, got nothing',
  );
});

it('refuses', async () => {
  const file = folder.file('again.csv', runsToCsv(grid));
  await expectFailure(['approaches', file], 2, 'approaches must have --flops, got none');
  await expectFailure(['approaches', file, '--flops', '1e23', '--group', 'budget'], 2, /group must be a column/);
  await expectFailure(
    ['approaches', file, '--flops', '1e23', '--replicates', '1'],
    2,
    /--replicates must be an integer/,
  );
});
