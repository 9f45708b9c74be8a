/** Runs out of files of every kind, several at a time. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { unpacked } from '../../src/node/read-bytes.ts';
import { readRunsBytes } from '../../src/node/read-runs-file.ts';
import { readRunsFile } from '../../src/node.ts';
import type { Runs } from '../../src/runs/runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
const rows = (runs: Runs): number[][] => [...runs.N].map((N, i) => [N, runs.D[i]!, runs.loss[i]!]);
const notes = ({ warnings }: Runs): string[] => warnings.map(({ message }) => message);
/** The table below without its accents, packed by zstd 1.5.4. */
const ZSTANDARD = 'KLUv/QRYfQEARAJOLEQsbG9zcyxub3RlCjEwLDIwLDMuNSx4CjQwLDgwLDMseAoEEABk5EOGbAlxICAu';
const TABLE = 'N,D,loss,note\n100000000,2000000000,3.5,é\n400000000,8000000000,3,ü\n';
const ROWS = [
  [1e8, 2e9, 3.5],
  [4e8, 8e9, 3],
];

describe('a file', () => {
  it.each<[string, string, Uint8Array]>([
    ['gzip', 'a.csv.gz', gzipSync(TABLE)],
    ['gzip of another name', 'a.csv', gzipSync(TABLE)],
    ['UTF-16, little-endian', 'b.csv', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
    ['UTF-16, big-endian', 'c.csv', Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', 'd.csv', Buffer.from(TABLE, 'utf16le')],
    ['Latin-1', 'e.csv', Buffer.from(TABLE, 'latin1')],
    ['Zstandard', 'f.csv.zst', Buffer.from(ZSTANDARD, 'base64')],
  ])('%s', async (_, name, content) => {
    const runs = await readRunsFile(file(name, content));
    expect(rows(runs)).toEqual(ROWS);
    expect(rows(await readRunsBytes(content))).toEqual(ROWS);
    if (name !== 'f.csv.zst') expect(runs.extra.note).toEqual(['é', 'ü']);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    [
      'a pickle',
      Buffer.from('\x80\x04\x95\x10\x00', 'latin1'),
      /got a pickle; save it as CSV in Python: pandas.read_pickle/,
    ],
    ['an .npy', Buffer.from('\x93NUMPY\x01\x00', 'latin1'), /got a NumPy array/],
    ['an .npz', Buffer.from('PK\x03\x04\x00\x00loss.npy\x00\xff', 'latin1'), /got NumPy arrays \(\.npz\)/],
    ['a zip', Buffer.from('PK\x03\x04\x00\x00\xff', 'latin1'), /got a zip archive; unpack it/],
    ['an event file', Buffer.from(`${'\0\xff'.repeat(12)}brain.Event:2`, 'latin1'), /got a TensorBoard event file/],
    ['other bytes', Buffer.from([0, 1, 2, 255, 254, 3]), /got a binary file/],
    ['a broken gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]), /must unpack/],
    ['a broken workbook', Buffer.from('PK\x03\x04xl/workbook.xml', 'latin1'), /an Excel workbook with an error/],
    ['a broken Parquet file', 'PAR1xxxxPAR1', /a Parquet file with an error/],
    ['a notebook', '{"cells": [], "nbformat": 4}', /got a notebook; save the table/],
  ])('refuses %s by its name, with the way out', async (_, content, message) => {
    const path = file('refused', content);
    await expect(readRunsFile(path)).rejects.toThrow(message);
    await expect(readRunsFile(path)).rejects.toThrow(`${path}: `);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(1000))],
    ['Zstandard', Buffer.from(ZSTANDARD, 'base64')],
  ])('%s that unpacks to more than it may is stopped', async (_, bytes) => {
    await expect(unpacked(bytes, 50)).rejects.toThrow(/unpack to at most 50 bytes/);
  });
});

/** Written by packed/write.py. */
describe('Parquet and workbooks', () => {
  const packed = (name: string): string => `test/node/packed/${name}`;

  it.each(['snappy', 'zstd', 'gzip', 'brotli'])('Parquet packed by %s', async (name) => {
    const runs = await readRunsFile(packed(`${name}.parquet`));
    expect(rows(runs)).toEqual(ROWS);
    expect(runs.extra.note).toEqual(['a', null]);
  });

  it('a workbook: the sheet with the losses, below its title', async () => {
    const columns = { N: 'params (M)', D: 'tokens (B)' };
    for (const path of ['runs.xlsx', 'runs.xlsx#runs']) {
      const runs = await readRunsFile(packed(path), { columns });
      expect([...runs.loss]).toEqual([3.5, 3]);
      expect(runs.extra.date).toEqual(['2025-01-02T00:00:00.000Z', '']);
      expect(notes(runs)).toContain('The line "Scaling runs, spring" above the header is passed over.');
    }
    await expect(readRunsFile(packed('runs.xlsx#other'))).rejects.toThrow(/have the sheet other, got "notes", "runs"/);
  });

  it('a pickle of pandas is named, and what to do', async () => {
    await expect(readRunsFile(packed('runs.pkl'))).rejects.toThrow(/got a pickle; save it as CSV in Python/);
  });
});

describe('several files', () => {
  const curve = (from: number): string =>
    `tokens_seen,loss\n${from},${4 - from / 1e9}\n${from + 5e8},${3.9 - from / 1e9}\n`;
  file('curves/run_N100M_D2B.csv', curve(1e9));
  file('curves/run_N400M_D2B.csv', curve(1e9));
  const pattern = join(folder, 'curves/*.csv');

  it('by a pattern, a folder, or one by one: N out of the name, a run a file', async () => {
    const ways = [
      pattern,
      join(folder, 'curves'),
      ['run_N100M_D2B', 'run_N400M_D2B'].map((name) => join(folder, `curves/${name}.csv`)),
    ];
    for (const paths of ways) {
      const runs = await readRunsFile(paths);
      expect([...runs.N]).toEqual([1e8, 1e8, 4e8, 4e8]);
      expect([...runs.D]).toEqual([1e9, 1.5e9, 1e9, 1.5e9]);
      expect(runs.run!.slice(1, 3)).toEqual(['run_N100M_D2B', 'run_N400M_D2B']);
      expect(runs.columns.N).toBe('N in the file name');
    }
  });

  it('by the pattern of their names: what the table holds itself stands beside', async () => {
    const runs = await readRunsFile(pattern, { fromName: '{kind}_N{N}_D{D}' });
    expect([[...runs.N], [...runs.D]]).toEqual([
      [1e8, 1e8, 4e8, 4e8],
      [1e9, 1.5e9, 1e9, 1.5e9],
    ]);
    expect([runs.extra.kind![0], runs.extra['D in the file name']![0]]).toEqual(['run', '2B']);
    await expect(readRunsFile(pattern, { fromName: 'curve_{N}' })).rejects.toThrow(/"run_N100M_D2B" does not match/);
    await expect(readRunsFile(pattern, { fromName: 'curve' })).rejects.toThrow(/braces/);
  });

  it('with folders in the pattern', async () => {
    file('by-size/1B/log.csv', curve(1e9));
    file('by-size/2B/log.csv', curve(1e9));
    const runs = await readRunsFile(join(folder, 'by-size'), { fromName: '{N}/log' });
    expect([[...runs.N], runs.run]).toEqual([
      [1e9, 1e9, 2e9, 2e9],
      ['1B/log', '1B/log', '2B/log', '2B/log'],
    ]);
  });

  it('side by side: a column a run, the name of a quantity each', async () => {
    const paths = [
      file('wide/loss.csv', 'step,a,b\n1,3.5,3.4\n2,3.2,\n'),
      file('wide/tokens.csv', 'step,a,b\n1,1e9,1e9\n2,2e9,2e9\n'),
      file('wide/flops.csv', 'step,a,b\n1,6e17,12e17\n2,12e17,24e17\n'),
    ];
    const runs = await readRunsFile(paths);
    expect(rows(runs)).toEqual([
      [1e8, 1e9, 3.5],
      [1e8, 2e9, 3.2],
      [2e8, 1e9, 3.4],
    ]);
    expect(notes(runs)).toContain('The files loss, tokens, flops are read side by side: a column a run, 2 runs.');
  });

  it('with one name for two runs: a run that goes on is one, any other is told apart and said', async () => {
    const part = (name: string, N: number, D: number): string =>
      file(name, `run,N,D,loss\nx,${N},${D},3\nx,${N},${D + 10},2.5\n`);
    const goesOn = await readRunsFile([part('p/1.csv', 1e8, 100), part('p/2.csv', 1e8, 200)]);
    expect(new Set(goesOn.run)).toEqual(new Set(['x']));
    expect(goesOn.warnings.map(({ code }) => code)).not.toContain('W_RUN_DOUBLED');
    const other = await readRunsFile([part('q/1.csv', 1e8, 100), part('q/2.csv', 2e8, 100)]);
    expect(new Set(other.run)).toEqual(new Set(['1: x', '2: x']));
    expect(other.warnings.map(({ code }) => code)).toContain('W_RUN_DOUBLED');
  });

  it('named twice are read once; none is an error', async () => {
    const path = file('once.csv', TABLE);
    expect((await readRunsFile([path, path])).length).toBe(2);
    await expect(readRunsFile(join(folder, 'none-*.csv'))).rejects.toThrow(/must match files, got none/);
    await expect(readRunsFile([])).rejects.toThrow(/paths must name a file/);
  });

  it('a manifest that names itself ends', async () => {
    const path = file('loop.json', '{"files": [{"path": "loop.json"}]}');
    await expect(readRunsFile(path)).rejects.toThrow(/must name other files than itself/);
  });
});

describe('values of runs from a table', () => {
  const chart = file(
    'chart.csv',
    'Step,Group: a - loss,Group: a - loss__MIN,Group: a - loss__MAX,Group: b - loss,Group: b - loss__MIN,Group: b - loss__MAX\n1e9,3.5,3,4,3.4,3,4\n2e9,3.2,3,4,3.1,3,4\n',
  );

  it('give every curve its own size, whatever else they hold', async () => {
    const runConstants = file('sizes.csv', 'name,params,width\na,100M,64\nb,400M,128\nc,1B,256\n');
    const runs = await readRunsFile(chart, { columns: { D: 'Step' }, runConstants });
    expect(rows(runs)).toEqual([
      [1e8, 1e9, 3.5],
      [1e8, 2e9, 3.2],
      [4e8, 1e9, 3.4],
      [4e8, 2e9, 3.1],
    ]);
  });

  it.each([
    ['name,params\na,1B\n', /give N of every run, got none of "b"/],
    ['name,params\na,1B\na,2B\n', /have one row, got two of "a"/],
    ['name,color\na,red\n', /have a column of runs and one of N, D/],
  ])('%j is refused', async (text, message) => {
    const runConstants = file('bad-sizes.csv', text);
    await expect(readRunsFile(chart, { columns: { D: 'Step' }, runConstants })).rejects.toThrow(message);
  });
});
