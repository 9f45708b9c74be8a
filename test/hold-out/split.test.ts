import { describe, expect, it } from 'vitest';
import { type HoldOut, recordHoldOut, splitRuns } from '../../src/hold-out/split.ts';
import { readRuns } from '../../src/runs/read-runs.ts';

/** Two small runs of one checkpoint, one large of ten. */
const runs = readRuns(
  [
    'N,D,loss,run',
    '1,100,3,a',
    '2,50,2.9,b',
    ...Array.from({ length: 10 }, (_, i) => `4,${10 * (i + 1)},${2.8 - i / 100},c`),
  ].join('\n'),
  // Counts, however small.
  { scale: { N: 1, D: 1 } },
);
const heldOut = (how: HoldOut): number[] => [...splitRuns(runs, how).heldOut.row];

describe('splitRuns', () => {
  it.each<[HoldOut, number[]]>([
    [{ kind: 'largest-N' }, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ kind: 'largest-N', sizes: 2 }, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    // A quarter of 12 rows: 100, 100, 90.
    [{ kind: 'largest-D', fraction: 0.25 }, [1, 11, 12]],
    // A twelfth is one row, but 100 occurs twice.
    [{ kind: 'largest-D', fraction: 1 / 12 }, [1, 12]],
    // Of 100 tokens the last 30: 80, 90, 100.
    [{ kind: 'last-of-largest' }, [10, 11, 12]],
    [{ kind: 'last-of-largest', share: 0.5 }, [8, 9, 10, 11, 12]],
    [{ kind: 'predicate', name: 'no b', keep: ({ run }) => run !== 'b' }, [2]],
  ])('%o', (how, rows) => {
    expect(heldOut(how)).toEqual(rows);
    expect([...splitRuns(runs, how).rest.row, ...rows].sort((a, b) => a - b)).toEqual([...runs.row]);
  });

  it('keeps what a row was of its whole run', () => {
    expect(splitRuns(runs, { kind: 'last-of-largest' }).rest.fraction!.at(-1)).toBe(0.7);
  });

  it.each([
    [{ kind: 'largest-N', sizes: 3 }, 'holdOut must leave rows on both sides, got largest-N with 12 of 12 held out'],
    [{ kind: 'largest-N', sizes: 0.5 }, 'holdOut.sizes must be an integer >= 1, got 0.5'],
    [{ kind: 'largest-D', fraction: 1 }, 'holdOut.fraction must be a number above 0 and below 1, got 1'],
    [{ kind: 'last-of-largest', share: 30 }, 'holdOut.share must be a number above 0 and below 1, got 30'],
    [{ kind: 'predicate', name: 'p' }, 'holdOut.keep must be a function of a row, got nothing'],
    [{ kind: 'random' }, 'holdOut.kind must be one of largest-N, largest-D, last-of-largest, predicate, got random'],
  ])('refuses %o', (how, message) => {
    expect(() => splitRuns(runs, how as never)).toThrow(expect.objectContaining({ code: 'E_ARGUMENT', message }));
  });

  it('is recorded with its defaults, without functions', () => {
    expect(recordHoldOut({ kind: 'largest-N' })).toEqual({ kind: 'largest-N', sizes: 1 });
    expect(recordHoldOut({ kind: 'last-of-largest' })).toEqual({ kind: 'last-of-largest', share: 0.3 });
    expect(recordHoldOut({ kind: 'predicate', name: 'p', keep: () => true })).toEqual({ kind: 'predicate', name: 'p' });
  });
});
