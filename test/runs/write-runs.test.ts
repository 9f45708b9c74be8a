import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const NUMBERS = ['N', 'D', 'C', 'loss', 'fraction', 'U', 'step', 'weight'] as const;

describe('runsToCsv', () => {
  it('writes what readRuns reads, bit for bit', () => {
    const runs = simulateRuns({
      law: publishedLaws.besiroglu2024,
      layout: { kind: 'sardana' },
      checkpoints: 3,
      seed: 5,
    });
    const back = readRuns(runsToCsv(runs));
    for (const name of NUMBERS) expect(back[name]).toEqual(runs[name]);
    expect([back.run, back.family]).toEqual([runs.run, runs.family]);
    expect(back.row).toEqual(runs.row);
  });

  it('keeps every digit of any number', () => {
    const some = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    const row = fc.record({ N: some, D: some, C: some, loss: some, U: some, step: some, fraction: some, weight: some });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const runs = readRuns(rows);
        const back = readRuns(runsToCsv(runs));
        for (const name of NUMBERS) expect(back[name]).toEqual(runs[name]);
      }),
    );
  });

  it('quotes names, and writes further columns after its own', () => {
    const runs = readRuns([
      { N: 1e9, D: 2e10, loss: 2.5, run: 'a, "b"\nc', lr: 3e-4, note: 'é' },
      { N: 1e9, D: 3e10, loss: 2.4, run: 'd, e', lr: 1e-3, note: '' },
    ]);
    const text = runsToCsv(runs);
    expect(text).toBe(
      'N,D,C,loss,run,lr,note\n1000000000,20000000000,120000000000000000000,2.5,"a, ""b""\nc",0.0003,é\n' +
        '1000000000,30000000000,180000000000000000000,2.4,"d, e",0.001,\n',
    );
    const back = readRuns(text);
    expect(back.run).toEqual(runs.run);
    expect(back.extra.note).toEqual(runs.extra.note);
  });

  it('leaves out a further column whose name is taken', () => {
    const runs = readRuns('N,D,loss,val\n1e9,2e10,9,2.5\n', { columns: { loss: 'val' } });
    expect(runs.extra).toMatchObject({ loss: ['9'] });
    expect(runsToCsv(runs)).toBe('N,D,C,loss\n1000000000,20000000000,120000000000000000000,2.5\n');
  });
});
