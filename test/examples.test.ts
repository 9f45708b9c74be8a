/** The examples run as a reader runs them, without a build, and say what they promise. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, read } from './fences.ts';
import { describeWithData } from './shared-data.ts';

const example = (name: string, ...args: readonly string[]): string =>
  execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', `examples/${name}.ts`, ...args], {
    encoding: 'utf8',
  });

describe('simulate-runs', () => {
  it('makes the bundled files, bit for bit', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scaling-laws-'));
    example('simulate-runs', folder);
    for (const name of ['simulated-runs.csv', 'families.csv', 'spreadsheet.csv']) {
      expect(read(join(folder, name)) === read(`examples/data/${name}`), name).toBe(true);
    }
  });
});

describe('fit-and-decide', () => {
  it('comes within a few per cent of the truth', () => {
    const printed = example('fit-and-decide');
    expect(printed).toContain('940 rows, 6 model sizes, 0.5 to 10K tokens per parameter');
    expect(printed).toContain('fitted to 752 of 940 rows: converged');
    const beside = [...printed.matchAll(/^ {2}(E|alpha|beta) +([\d.]+) +\(true ([\d.]+)\)$/gm)];
    expect(beside.map(([, name]) => name)).toEqual(['E', 'alpha', 'beta']);
    for (const [, , fitted, truth] of beside) expect(Math.abs(Number(fitted) / Number(truth) - 1)).toBeLessThan(0.03);
    const answers = [...printed.matchAll(/^[^(\n]+: ([\d.]+)[^(\n]*\(true: ([\d.]+)/gm)];
    expect(answers.length).toBe(5);
    for (const [, fitted, truth] of answers) expect(Math.abs(Number(fitted) / Number(truth) - 1)).toBeLessThan(0.1);
  });
});

const rowsOf = (printed: string): string[][] =>
  printed
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace('|', '').trim().split(/ +/));

describe('ablation-of-fitting-ranges', () => {
  it('finds nothing wrong with short runs where the law is true', () => {
    const rows = rowsOf(example('ablation-of-fitting-ranges'));
    expect(rows.map(([cut, kept]) => [cut, kept])).toEqual([
      ['100', '34'],
      ['250', '39'],
      ['500', '43'],
      ['1000', '45'],
      ['all', '47'],
    ]);
    for (const row of rows.slice(0, 4)) expect(Math.abs(Number(row[6]))).toBeLessThan(1.5);
    expect(rows[4]!.slice(5)).toEqual(['0', '-', '-']);
  });

  describeWithData("on the authors' file", ['sardana2024/trainingresults.csv'], (path) => {
    it('shows what the paper found', () => {
      const rows = rowsOf(example('ablation-of-fitting-ranges', path));
      const errors = rows.slice(0, 3).map((row) => [Number(row[6]), Number(row[7])]);
      const expected = [
        [-5.76, 15.0],
        [-5.91, 11.7],
        [-6.19, 8.9],
      ];
      errors.flat().forEach((error, i) => {
        expect(Math.abs(error - expected.flat()[i]!)).toBeLessThan(0.1);
      });
    });
  });
});

it('there is no example that this file does not run', () => {
  expect(filesUnder('examples', '.ts')).toEqual([
    'examples/ablation-of-fitting-ranges.ts',
    'examples/fit-and-decide.ts',
    'examples/simulate-runs.ts',
  ]);
});
