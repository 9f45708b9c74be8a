import { describe, expect, it } from 'vitest';
import { expectPrinted } from '../printed.ts';
import { cli, expectFailure, json } from './run-cli.ts';

describe('sweep', () => {
  const AXES = ['--x', 'demand=2e11,1e12', '--y', 'quality=1B,7B'];

  it('prints a table, CSV, JSON', async () => {
    const { out } = await cli(['sweep', 'sardana-2024', ...AXES, '--show', 'saving']);
    expect(out).toBe(
      'quality \\ demand   200B     1T\n1B                30.3%  56.7%\n7B                 2.6%  18.1%\n',
    );
    const { out: csv } = await cli(['sweep', 'sardana-2024', ...AXES, '--csv']);
    const lines = csv.trim().split('\n');
    expect(lines[0]).toBe('demand,quality,N,D,loss,cost,ratioN,ratioD,ratioCost');
    expect(lines).toHaveLength(5);
    expectPrinted(Number(lines[4]!.split(',')[2]), '3.71e9');
    const map = await json(['sweep', 'sardana-2024', '--x', 'demand=1e10:1e12:3', '--target-loss', '2']);
    expect(map.x.values).toEqual([1e10, 1e11, 1e12]);
  });

  it('prints what is paid in its unit', async () => {
    const { out } = await cli(['sweep', 'sardana-2024', ...AXES, '--show', 'cost']);
    // 7B at 1T: 6 x 3.71e9 x 608.8e9 + 2 x 3.71e9 x 1e12.
    expect(out).toMatch(/^7B +\S+ +2\.1e22$/m);
    const dollars = '--pay dollars --train-gpu H100 --inference-gpu H100'.split(' ');
    const { out: paid } = await cli([
      'sweep',
      'sardana-2024',
      '--x',
      'demand=1e16,1e17',
      '--target-loss',
      '2',
      ...dollars,
      '--show',
      'cost',
    ]);
    expect(paid).toMatch(/^cost +\S+[MB] +\S+[MB]$/m);
  });

  it('finds the demand from which smaller models pay', async () => {
    const { out } = await cli(['sweep', 'sardana-2024', '--break-even', '7B,13B']);
    // The figures of the library's own test, to three digits: half of 13B from 7.188e11 on.
    expect(out).toMatch(/^13B +\S+ +719B +\S+$/m);
    const curves = await json(['sweep', 'sardana-2024', '--break-even', '13B']);
    expectPrinted(curves[1].points[0].demand, '7.188e11');
    const { out: csv } = await cli(['sweep', 'sardana-2024', '--break-even', '13B', '--csv']);
    expect(csv.split('\n')[0]).toBe('share,quality,loss,N,D,demand');
  });

  it('warns of cells without a plan', async () => {
    const { out, err, code } = await cli(['sweep', 'sardana-2024', '--x', 'loss=1.6,2']);
    expect(code).toBe(0);
    expect(out).toMatch(/N +- +/);
    expect(err).toBe('warning: 1 cell has no plan: E_LOSS_UNREACHABLE.\n');
  });

  it.each([
    [[], 2, 'scaling-laws: sweep must have --x or --break-even, got none\n'],
    [['--x', 'demand=1,2', '--break-even', '7B'], 2, '--x must come without --break-even, got both'],
    [['--x', 'demand'], 2, '--x must be NAME=FROM:TO:POINTS'],
    [['--x', 'demand=1:10:1'], 2, '--x must have 2 points or more'],
    [['--x', 'colour=1,2', '--target-loss', '2'], 2, 'must be one of loss'],
    [['--x', 'loss=2,3', '--show', 'me'], 2, '--show must be one of N, D'],
  ] as const)('%j', async (argv, code, message) => expectFailure(['sweep', 'sardana-2024', ...argv], code, message));
});
