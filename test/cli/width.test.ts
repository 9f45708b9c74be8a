/** Tables on a terminal are as wide as it is, and whole in a pipe. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/cli/fold.ts';
import { table } from '../../src/report/text-table.ts';
import { cli, SIMULATED } from './run-cli.ts';

const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

describe('a table', () => {
  const rows = [
    ['run', 'one', 'two', 'three'],
    ['a', '1', '22', '333'],
  ];

  it('is parted where it does not fit, each part with its labels', () => {
    expect(table(rows, 1, 14)).toEqual(['run  one  two', 'a      1   22', '', 'run  three', 'a      333']);
    expect(table(rows)).toEqual(['run  one  two  three', 'a      1   22    333']);
  });

  it('fits any width that its widest column and the labels allow, and loses no cell', () => {
    const cell = fc.stringMatching(/^[a-z]{1,9}$/);
    const grid = fc
      .integer({ min: 2, max: 8 })
      .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(grid, fc.integer({ min: 20, max: 90 }), (cells, width) => {
        const lines = table(cells, 1, width);
        expect(widest(lines)).toBeLessThanOrEqual(width);
        const parts = lines
          .join('\n')
          .split('\n\n')
          .map((part) => part.split('\n').map((line) => line.split(/ +/)));
        const whole = cells.map((_, i) => parts.flatMap((part, k) => part[i]!.slice(k === 0 ? 0 : 1)));
        expect(whole).toEqual(cells);
      }),
    );
  });
});

describe('on a terminal', () => {
  const sweep = ['sweep', 'sardana-2024', '--target-loss', '2', '--x', 'demand=1e10:1e13:20'];

  it('a wide table is parted', async () => {
    const { out } = await cli(sweep, '', { columns: 80 });
    expect(widest(out.split('\n'))).toBeLessThanOrEqual(80);
    expect(out.match(/^demand/gm)!.length).toBeGreaterThan(1);
  });

  it.each([
    [
      ['approaches', SIMULATED, '--flops', '1e23', '--exclude-early-fraction', '0.3', '--replicates', '4'],
      /^approach .*D\/N$/m,
    ],
    [['laws'], /^hoffmann-2022 /m],
  ])('%j fits', async ([...argv], shown) => {
    const { out } = await cli(argv, '', { columns: 70 });
    // Sentences are the terminal's to wrap.
    expect(widest(out.split('\n').filter((line) => !/[.:]$/.test(line)))).toBeLessThanOrEqual(70);
    expect(out).toMatch(shown);
  });

  it('in a pipe it is not', async () => {
    const { out } = await cli(sweep);
    expect(widest(out.split('\n'))).toBeGreaterThan(80);
    expect(out.match(/^demand/gm)!.length).toBe(1);
  });

  it.each([60, 80, 120])('help fits %i columns too, whole', async (columns) => {
    const { out: main } = await cli(['--help'], '', { columns });
    const commands = [...main.slice(main.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
    expect(commands).toEqual(expect.arrayContaining(['fit', 'plot', 'help']));
    for (const command of [[], ...commands.map((name) => [name])]) {
      const { out } = await cli([...command, '--help'], '', { columns });
      // A path that is as long as the line cannot be broken.
      const long = out.split('\n').filter((line) => line.length > columns && !/\S{55}/.test(line));
      expect(long).toEqual([]);
      const words = (text: string): string => text.replaceAll(/[\s\\]+/g, ' ');
      expect(words(out)).toBe(words((await cli([...command, '--help'], '', { columns: 1000 })).out));
    }
  });

  it('an example goes on behind a backslash', () => {
    const example = "  scaling-laws fit runs.csv --N 'Model Size' --C 'Training FLOP' > fit.txt";
    expect(fold(example, 50).split('\n')).toEqual([
      "  scaling-laws fit runs.csv --N 'Model Size' \\",
      "    --C 'Training FLOP' > fit.txt",
    ]);
  });

  it('nothing is coloured', async () => {
    const { out, err } = await cli(['laws'], '', { columns: 80, isTerminal: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what colour begins with.
    expect(`${out}${err}`).not.toMatch(/\u001b/);
  });
});
