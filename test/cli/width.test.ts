/** Tables on a terminal are as wide as it is, and whole in a pipe. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table } from '../../src/cli/words.ts';
import { cli } from './run-cli.ts';

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
  const sweep = ['sweep', 'sardana-2024', '--loss', '2', '--x', 'demand=1e10:1e13:20'];

  it('a wide table is parted', async () => {
    const { out } = await cli(sweep, '', { columns: 80 });
    expect(widest(out.split('\n'))).toBeLessThanOrEqual(80);
    expect(out.match(/^demand/gm)!.length).toBeGreaterThan(1);
  });

  it('in a pipe it is not', async () => {
    const { out } = await cli(sweep);
    expect(widest(out.split('\n'))).toBeGreaterThan(80);
    expect(out.match(/^demand/gm)!.length).toBe(1);
  });

  it('help fits too', async () => {
    const { out } = await cli(['predict', '--help'], '', { columns: 60 });
    const options = out.slice(0, out.indexOf('Give two of')).split('\n');
    expect(widest(options)).toBeLessThanOrEqual(60);
  });

  it('nothing is coloured', async () => {
    const { out, err } = await cli(['laws'], '', { columns: 80, isTerminal: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what colour begins with.
    expect(`${out}${err}`).not.toMatch(/\u001b/);
  });
});
