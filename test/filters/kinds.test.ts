/** Every kind of filter on tables small enough to work out by hand. */

import { describe, expect, it } from 'vitest';
import type { ScalingLawsError } from '../../src/errors.ts';
import { applyFilters } from '../../src/filters/apply.ts';
import { describeFilter, type Filter, recordFilter } from '../../src/filters/filter.ts';
import type { RunRow } from '../../src/filters/row.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { makeRuns } from './make-runs.ts';

/** Source rows that a list of filters keeps. */
const rowsLeft = (runs: Runs, ...filters: Filter[]): number[] => [...applyFilters(runs, filters).kept.row];

/** Two runs with checkpoints out of order: `a` of 40e9 tokens (rows 1 3 5), `b` of 200e9 (rows 2 4 6). */
const checkpoints = makeRuns(6, {
  D: [4e9, 10e9, 40e9, 200e9, 20e9, 20e9],
  loss: [4, 3.5, 3, 2.5, 3.2, 3],
  step: [100, 100, 1000, 2000, 500, 200],
  run: ['a', 'b', 'a', 'b', 'a', 'b'],
});

describe('exclude-early', () => {
  it.each<[string, Filter, number[]]>([
    ['tokens, strictly', { kind: 'exclude-early', tokens: 10e9 }, [3, 4, 5, 6]],
    ['fraction of the own run, strictly', { kind: 'exclude-early', fraction: 0.1 }, [3, 4, 5]],
    ['steps, strictly', { kind: 'exclude-early', steps: 200 }, [3, 4, 5]],
    ['the larger of two, per run', { kind: 'exclude-early', tokens: 20e9, fraction: 0.05 }, [3, 4]],
    ['the preset of Choshen et al.', { kind: 'exclude-early', early: 'hitchhiker' }, [3, 4, 5]],
    ['cuts given as undefined do not count', { kind: 'exclude-early', early: undefined, steps: 999 } as never, [3, 4]],
  ])('%s', (_, filter, rows) => expect(rowsLeft(checkpoints, filter)).toEqual(rows));

  it('prefers a fraction column to D over the largest D of the run', () => {
    const runs = makeRuns(2, { D: [1e9, 10e9], fraction: [0.6, 0.4], run: ['a', 'a'] });
    expect(rowsLeft(runs, { kind: 'exclude-early', fraction: 0.5 })).toEqual([1]);
  });

  it('means the run as given, whatever an earlier filter took from it', () => {
    const filters: Filter[] = [
      { kind: 'range', of: 'D', max: 40e9 },
      { kind: 'exclude-early', fraction: 0.1 },
    ];
    expect(rowsLeft(checkpoints, ...filters)).toEqual([3, 5]);
  });

  it('needs a step column for steps', () => {
    expect(() => rowsLeft(makeRuns(1, {}), { kind: 'exclude-early', steps: 5 })).toThrowError(
      'filters[0].steps must be about a column of the runs (N, D, C, loss), got step',
    );
  });
});

describe('range', () => {
  const runs = makeRuns(3, { N: [1e9, 2e9, 4e9], D: [20e9, 20e9, 20e9], loss: [3, 2.5, 2] });
  it.each<[Filter, number[]]>([
    [{ kind: 'range', of: 'N', min: 2e9 }, [2, 3]],
    [{ kind: 'range', of: 'D', min: 20e9, max: 20e9 }, [1, 2, 3]],
    [{ kind: 'range', of: 'C', max: 240e18 }, [1, 2]],
    [{ kind: 'range', of: 'tokensPerParam', min: 5, max: 10 }, [2, 3]],
    [{ kind: 'range', of: 'loss', max: 2.5 }, [2, 3]],
    [{ kind: 'range', of: 'fraction', max: 0.5 }, []],
  ])('%o is inclusive', (filter, rows) => expect(rowsLeft(runs, filter)).toEqual(rows));

  it('bounds the share of the run', () =>
    expect(rowsLeft(checkpoints, { kind: 'range', of: 'fraction', min: 0.1, max: 0.5 })).toEqual([1, 5, 6]));
});

describe('filters that choose among rows', () => {
  it('drop-top-loss takes exactly count rows, the later of equals first', () => {
    const runs = makeRuns(5, { loss: [3, 4, 5, 4, 4] });
    expect(rowsLeft(runs, { kind: 'drop-top-loss', count: 0 })).toEqual([1, 2, 3, 4, 5]);
    expect(rowsLeft(runs, { kind: 'drop-top-loss', count: 2 })).toEqual([1, 2, 4]);
    expect(rowsLeft(runs, { kind: 'drop-top-loss', count: 9 })).toEqual([]);
  });

  it('final-only takes the row of most tokens; among equals the last step, then the last row', () => {
    expect(rowsLeft(checkpoints, { kind: 'final-only' })).toEqual([3, 4]);
    const ties = makeRuns(5, { step: [2, 1, 2, 1, 1], run: ['a', 'a', 'b', 'c', 'c'] });
    expect(rowsLeft(ties, { kind: 'final-only' })).toEqual([1, 3, 5]);
  });

  it('lowest-loss takes one row at each (N, D), the first of equals', () => {
    const runs = makeRuns(5, { N: [1, 1, 1, 2, 1], D: [1, 1, 1, 1, 2], loss: [3, 2, 2, 9, 8] });
    expect(rowsLeft(runs, { kind: 'lowest-loss' })).toEqual([2, 4, 5]);
  });

  it('every-kth counts from the end of each run', () => {
    const D = [1, 2, 3, 4, 5, 1, 2].map((x) => x * 1e9);
    const runs = makeRuns(7, { D, run: ['a', 'a', 'a', 'a', 'a', 'b', 'b'] });
    expect(rowsLeft(runs, { kind: 'every-kth', k: 2 })).toEqual([1, 3, 5, 7]);
    expect(rowsLeft(runs, { kind: 'every-kth', k: 3 })).toEqual([2, 5, 7]);
    expect(rowsLeft(runs, { kind: 'every-kth', k: 1 })).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('equals', () => {
  const runs = makeRuns(4, {
    family: ['opt', 'pythia', 'opt', 'bloom'],
    extra: { lr: ['1e-3', '0.001', ' 2e-3', ''], outlier: ['True', 'False', 'false', null], toString: [1, 2, 3, 4] },
  });
  it.each<[string, string, string | number | boolean | readonly string[], number[]]>([
    ['text', 'family', 'opt', [1, 3]],
    ['one of several', 'family', ['opt', 'bloom'], [1, 3, 4]],
    ['numbers however written', 'lr', 0.001, [1, 2]],
    ['trimmed', 'lr', '2e-3 ', [3]],
    ['no number is an empty cell', 'lr', 0, []],
    ['booleans in any case', 'outlier', false, [2, 3]],
    ['a column of the library', 'N', 1e9, [1, 2, 3, 4]],
    ['a column named like a method', 'toString', 2, [2]],
  ])('%s', (_, column, value, rows) => expect(rowsLeft(runs, { kind: 'equals', column, value })).toEqual(rows));

  it.each(['constructor', 'run', 'length'])('refuses a column that is not there: %s', (column) =>
    expect(() => rowsLeft(runs, { kind: 'equals', column, value: 1 })).toThrowError(
      expect.objectContaining({ name: 'ScalingLawsError', code: 'E_FILTER_COLUMN' }),
    ),
  );
});

describe('predicate', () => {
  it('sees whole rows, with the share of the run', () => {
    const seen: RunRow[] = [];
    applyFilters(checkpoints, [{ kind: 'predicate', name: 'look', keep: (row) => seen.push(row) > 0 }]);
    expect(seen[0]).toEqual({
      N: 1e9,
      D: 4e9,
      C: 24e18,
      loss: 4,
      tokensPerParam: 4,
      step: 100,
      fraction: 0.1,
      run: 'a',
      extra: {},
      row: 1,
    });
  });

  it('is recorded by its name', () => {
    const filter: Filter = { kind: 'predicate', name: 'low loss', keep: (row) => row.loss < 3 };
    expect(rowsLeft(checkpoints, filter)).toEqual([4]);
    expect(recordFilter(filter)).toEqual({ kind: 'predicate', name: 'low loss' });
  });
});

describe('validation', () => {
  it.each<[unknown, string]>([
    [{ kind: 'every-kth', k: 0 }, 'filters[0].k must be an integer >= 1, got 0'],
    [{ kind: 'drop-top-loss', count: 1.5 }, 'filters[0].count must be an integer >= 0, got 1.5'],
    [{ kind: 'drop-top-loss' }, 'filters[0].count must be an integer >= 0, got nothing'],
    [
      { kind: 'exclude-early' },
      'filters[0] must have a cut: tokens, fraction, steps or early, got {"kind":"exclude-early"}',
    ],
    [{ kind: 'exclude-early', fraction: 10 }, 'filters[0].fraction must be a number in [0, 1), got 10'],
    [
      { kind: 'exclude-early', tokens: Number.NaN },
      'filters[0].tokens must be a finite number of tokens, 0 or more, got NaN',
    ],
    [{ kind: 'exclude-early', early: 'x' }, 'filters[0].early must be one of hitchhiker, got x'],
    [
      { kind: 'exclude-early', early: 'hitchhiker', steps: 1 },
      'filters[0] must have either early or cuts of its own, got {"kind":"exclude-early","early":"hitchhiker","steps":1}',
    ],
    [{ kind: 'range', of: 'N', min: 2, max: 1 }, 'filters[0].min must be at most max, 1, got 2'],
    [{ kind: 'range', of: 'N' }, 'filters[0] must have a bound: min, max or both, got {"kind":"range","of":"N"}'],
    [{ kind: 'range', of: 'N', max: '5' }, 'filters[0].max must be a finite number, got 5'],
    [{ kind: 'range', of: 'M', min: 1 }, 'filters[0].of must be one of N, D, C, tokensPerParam, loss, fraction, got M'],
    [{ kind: 'final-only', k: 1 }, 'filters[0] must be among kind, got k'],
    [{ kind: 'predicate', name: 'x' }, 'filters[0].keep must be a function of a row, got nothing'],
    [
      { kind: 'equals', column: 'run', value: [] },
      'filters[0].value must be a text, a finite number, a boolean, or a non-empty list of these, got a list',
    ],
    [null, 'filters[0] must be an object, got null'],
    [
      { kind: 'toString' },
      'filters[0].kind must be one of exclude-early, range, drop-top-loss, final-only, lowest-loss, every-kth, equals, predicate, got toString',
    ],
  ])('%o', (filter, message) => {
    expect(() => applyFilters(checkpoints, [filter as Filter])).toThrowError(
      expect.objectContaining({ name: 'ScalingLawsError', message }),
    );
  });

  it('names the filter by its place', () =>
    expect(() => rowsLeft(checkpoints, { kind: 'final-only' }, { kind: 'every-kth', k: -1 })).toThrowError(
      'filters[1].k must be an integer >= 1, got -1',
    ));
});

describe('the account', () => {
  it('says which rows and how many whole runs each filter took', () => {
    const { dropped } = applyFilters(checkpoints, [
      { kind: 'exclude-early', early: 'hitchhiker' },
      { kind: 'range', of: 'D', max: 100e9 },
    ]);
    expect(dropped).toEqual([
      { filter: { kind: 'exclude-early', tokens: 10e9, fraction: 0.1 }, rows: 3, runs: 0, sourceRows: [1, 2, 6] },
      { filter: { kind: 'range', of: 'D', max: 100e9 }, rows: 1, runs: 1, sourceRows: [4] },
    ]);
  });

  it('refuses to leave fewer rows than the minimum, with the reasons', () => {
    const filters: Filter[] = [
      { kind: 'exclude-early', tokens: 10e9 },
      { kind: 'range', of: 'loss', max: 99 },
      { kind: 'final-only' },
    ];
    const attempt = (): unknown => applyFilters(checkpoints, filters, { minimum: 6 });
    expect(attempt).toThrowError(
      '2 of 6 rows left, a fit needs at least 6: exclude-early (tokens 10e9) dropped 2, final-only dropped 2',
    );
    try {
      attempt();
    } catch (error) {
      const { code, details } = error as ScalingLawsError;
      expect([code, details.rows, details.left, details.minimum]).toEqual(['E_TOO_FEW_RUNS', 6, 2, 6]);
    }
    expect(applyFilters(checkpoints, filters, { minimum: 2 }).kept.length).toBe(2);
  });

  it('warns where there is no run to speak of', () => {
    const warned = (runs: Runs, filter: Filter): string[] => applyFilters(runs, [filter]).warnings.map((w) => w.code);
    const alone = makeRuns(2, { D: [20e9, 30e9] });
    const timed = makeRuns(2, { fraction: [0.5, 1] });
    for (const filter of [{ kind: 'final-only' }, { kind: 'every-kth', k: 2 }] as const) {
      expect(rowsLeft(alone, filter)).toEqual([1, 2]);
      expect(warned(alone, filter)).toEqual(['W_NO_RUN_COLUMN']);
      expect(warned(timed, filter)).toEqual(['W_NO_RUN_COLUMN']);
      expect(warned(checkpoints, filter)).toEqual([]);
    }
    expect(rowsLeft(alone, { kind: 'exclude-early', fraction: 0.9 })).toEqual([1, 2]);
    expect(warned(alone, { kind: 'exclude-early', fraction: 0.9 })).toEqual(['W_NO_RUN_COLUMN']);
    expect(warned(alone, { kind: 'exclude-early', tokens: 1 })).toEqual([]);
    expect(warned(timed, { kind: 'exclude-early', fraction: 0.9 })).toEqual([]);
  });

  it('warns when a cut by tokens removes most runs whole', () => {
    const runs = makeRuns(4, { D: [1e9, 9e9, 10e9, 50e9], run: ['a', 'b', 'c', 'd'] });
    const { warnings } = applyFilters(runs, [{ kind: 'exclude-early', early: 'hitchhiker' }]);
    expect(warnings).toMatchObject([
      { code: 'W_CUT_REMOVES_RUNS', message: expect.stringContaining('removes 3 of 4 runs whole') },
    ]);
    expect(applyFilters(runs, [{ kind: 'exclude-early', tokens: 9e9 }]).warnings).toEqual([]);
  });

  it.each<[Filter, string]>([
    [{ kind: 'exclude-early', early: 'hitchhiker' }, 'exclude-early (tokens 10e9, fraction 0.1)'],
    [{ kind: 'range', of: 'N', min: 1, max: 151e6 }, 'range (of N, min 1, max 151e6)'],
    [{ kind: 'final-only' }, 'final-only'],
    [{ kind: 'equals', column: 'lr', value: [0.002, 'x'] }, 'equals (column lr, value 0.002 or x)'],
  ])('describes %o', (filter, words) => expect(describeFilter(filter)).toBe(words));
});
