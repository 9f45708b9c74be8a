import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holdOut } from '../../src/hold-out/hold-out.ts';
import { leaveOut } from '../../src/hold-out/leave-out.ts';
import { rollOut } from '../../src/hold-out/roll-out.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { describeWithData } from '../shared-data.ts';

const law = publishedLaws.sardana2024;
const noiseless = simulateRuns({ law, layout: { kind: 'sardana' }, checkpoints: 3, noise: 0, seed: 1 });

describeWithData('the 47 runs of Sardana et al.', ['sardana2024/trainingresults.csv'], (path) => {
  const runs = (): Runs => readRuns(readFileSync(path, 'utf8'), { columns: { loss: 'Smoothed Loss' } });

  it('leave one size out: the errors that scipy finds', () => {
    const { units, meanAbsoluteRelativeError } = leaveOut(runs(), { by: 'size' });
    // Each by a fit in Python with scipy: analytic gradient, ftol 1e-13.
    const known = [3.5, 0.99, 0.97, 1.86, 2.01, 1.02];
    expect(units.map(({ unit }) => Number(Number(unit).toPrecision(3)))).toEqual([
      1.51e8, 3.67e8, 7.49e8, 1.26e9, 2.46e9, 6.05e9,
    ]);
    // To 0.1 of a per cent: near-equal minima differ by less in what they predict.
    units.forEach(({ heldOut }, i) => {
      expect(Math.abs(100 * heldOut!.meanAbsoluteRelativeError! - known[i]!)).toBeLessThan(0.1);
    });
    const mean = known.reduce((sum, are) => sum + are, 0) / known.length;
    expect(Math.abs(100 * meanAbsoluteRelativeError! - mean)).toBeLessThan(0.1);
  });

  it.each([
    [3, 0.21, 2.55],
    [2, 1.28, 2.25],
  ])('the largest %d sizes from the smaller ones: %d, %d %%', (sizes, signed, are) => {
    const { heldOut } = holdOut(runs(), { kind: 'largest-N', sizes });
    expect(Math.abs(100 * heldOut.meanSignedError! - signed)).toBeLessThan(0.1);
    expect(Math.abs(100 * heldOut.meanAbsoluteRelativeError! - are)).toBeLessThan(0.1);
  });

  it('from two sizes any E fits as well as any other, so the +1.35% and 3.31% of scipy are one answer of many', () => {
    const four = { kind: 'largest-N', sizes: 4 } as const;
    const free = holdOut(runs(), four).fit;
    expect(['unidentified', 'at-bound']).toContain(free.status.kind);
    for (const E of [0, 2]) {
      expect(holdOut(runs(), four, { fixed: { E } }).fit.objective.value / free.objective.value).toBeCloseTo(1, 6);
    }
  });
});

describe('holdOut', () => {
  it('finds the law from a part of noiseless runs, and says so row by row', () => {
    const result = holdOut(noiseless, { kind: 'last-of-largest' });
    // 6B, three checkpoints at 1/3, 2/3, 1 of 20 tokens per parameter.
    expect(result.rows.map(({ N, D }) => [N, D])).toEqual([[6e9, 1.2e11]]);
    expect(Math.abs(result.rows[0]!.error)).toBeLessThan(1e-6);
    expect(result.rows[0]!.predicted / result.rows[0]!.loss).toBeCloseTo(1, 6);
    expect(result.fit.runs.kept).toBe(noiseless.length - 1);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(Object.isFrozen(result.rows[0])).toBe(true);
  });

  it('filters the fit, not the rows that judge it; a fraction is that of the whole run', () => {
    const { fit, heldOut } = holdOut(
      noiseless,
      { kind: 'last-of-largest' },
      { filters: [{ kind: 'exclude-early', fraction: 0.9 }] },
    );
    // Of 47 runs the last checkpoint, but the largest has lost its own to the hold-out.
    expect([fit.runs.kept, heldOut.rows]).toEqual([46, 1]);
  });

  it('needs enough rows to fit', () => {
    expect(() => holdOut(noiseless, { kind: 'predicate', name: 'two', keep: ({ row }) => row < 3 })).toThrow(
      expect.objectContaining({ code: 'E_TOO_FEW_RUNS' }),
    );
  });
});

describe('rollOut', () => {
  it('by N predicts each size from all smaller ones', () => {
    const { steps } = rollOut(noiseless, { by: 'N' });
    expect(steps.map(({ fitted, predicted }) => [fitted[1], ...predicted])).toEqual([
      [150e6, 370e6, 370e6],
      [370e6, 750e6, 750e6],
      [750e6, 1.3e9, 1.3e9],
      [1.3e9, 2.5e9, 2.5e9],
      [2.5e9, 6e9, 6e9],
    ]);
    expect(steps.map(({ fit }) => fit!.runs.kept)).toEqual([36, 66, 93, 117, 138]);
    // Two sizes do not show how loss falls with size; three do.
    for (const { heldOut } of steps.slice(2)) expect(heldOut!.maxAbsoluteRelativeError).toBeLessThan(1e-6);
  });

  it('by D cuts the rows in order of tokens into parts of about equal number, equal D together', () => {
    const { steps } = rollOut(noiseless, { by: 'D', steps: 3 });
    expect(steps.length).toBe(3);
    steps.forEach(({ fitted, predicted, fit, heldOut }, k) => {
      expect(fitted[1]).toBeLessThan(predicted[0]);
      expect(Math.abs(fit!.runs.kept - ((k + 1) * 141) / 4)).toBeLessThanOrEqual(2);
      expect(heldOut!.maxAbsoluteRelativeError).toBeLessThan(1e-6);
    });
    expect(steps[2]!.fit!.runs.kept + steps[2]!.heldOut!.rows).toBe(141);
  });

  it('says where a window is too small, and goes on', () => {
    const few = readRuns(
      ['N,D,loss', ...Array.from(noiseless.N, (N, i) => `${N},${noiseless.D[i]},${noiseless.loss[i]}`).slice(30)].join(
        '\n',
      ),
    );
    const { steps } = rollOut(few, { by: 'N', filters: [{ kind: 'range', of: 'N', min: 370e6 }] });
    expect(steps[0]).toMatchObject({ fit: null, heldOut: null, error: { code: 'E_TOO_FEW_RUNS' } });
    expect(steps[1]!.fit).not.toBeNull();
  });

  it.each([
    [{ by: 'C' }, 'by must be one of N, D, got C'],
    [{ by: 'N', steps: 6 }, 'steps must be an integer from 1 to 5 (there are 6 values of N), got 6'],
    [{ by: 'D', steps: 0 }, /^steps must be an integer >= 1, got 0/],
  ])('refuses %o', (options, message) => {
    expect(() => rollOut(noiseless, options as never)).toThrow(message);
  });
});

describe('leaveOut', () => {
  it('by run names the run, or the row where runs have no names', () => {
    const some = simulateRuns({ law, layout: { kind: 'grid', N: [1e8, 4e8, 1e9], D: [1e9, 1e10, 1e11] }, seed: 2 });
    expect(leaveOut(some, { by: 'run', search: { starts: 2, hops: 0 } }).units.map(({ unit }) => unit)).toEqual(
      Array.from({ length: 9 }, (_, i) => `run-${i + 1}`),
    );
    const { run: _, ...nameless } = some;
    const { units } = leaveOut(nameless, { by: 'run', search: { starts: 2, hops: 0 } });
    expect(units.map(({ unit, heldOut }) => [unit, heldOut!.rows])).toEqual(
      Array.from({ length: 9 }, (_, i) => [i + 1, 1]),
    );
  });

  it('finds the law whatever is left out of noiseless runs', () => {
    const { units, meanSignedError } = leaveOut(noiseless, { by: 'size' });
    for (const { heldOut } of units) expect(heldOut!.maxAbsoluteRelativeError).toBeLessThan(1e-6);
    expect(Math.abs(meanSignedError!)).toBeLessThan(1e-6);
  });

  it('needs two units', () => {
    const one = readRuns('N,D,loss\n1e9,1e9,3\n1e9,2e9,2.9');
    expect(() => leaveOut(one, { by: 'size' })).toThrow(expect.objectContaining({ code: 'E_ARGUMENT' }));
  });
});
