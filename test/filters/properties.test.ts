/** What holds of every list of filters on every table. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFilters } from '../../src/filters/apply.ts';
import { type Filter, MEASURES } from '../../src/filters/filter.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { makeRuns } from './make-runs.ts';

/** Few distinct values, so that ties are common. */
const few = fc.integer({ min: 1, max: 6 });
const column = (length: number): fc.Arbitrary<number[]> => fc.array(few, { minLength: length, maxLength: length });
const anyRuns: fc.Arbitrary<Runs> = fc.integer({ min: 0, max: 25 }).chain((length) =>
  fc
    .record({ N: column(length), D: column(length), loss: column(length), step: column(length), names: column(length) })
    .chain(({ names, ...columns }) => {
      const run = names.map((name) => `run ${name % 4}`);
      const fraction = columns.D.map((tokens) => tokens / 6);
      return fc.constantFrom(
        makeRuns(length, columns),
        makeRuns(length, { ...columns, run }),
        makeRuns(length, { ...columns, fraction }),
      );
    }),
);

const bound = fc.double({ min: 0, max: 6, noNaN: true });
const range: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom(...MEASURES), bound, bound)
  .map(([of, a, b]) => ({ kind: 'range', of, min: Math.min(a, b), max: Math.max(a, b) }));
const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  range,
  fc.record({
    kind: fc.constant('range' as const),
    of: fc.constant('fraction' as const),
    max: fc.double({ min: 0.2, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('exclude-early' as const), tokens: bound }),
  fc.record({ kind: fc.constant('exclude-early' as const), fraction: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
  fc.record({ kind: fc.constant('exclude-early' as const), steps: few }),
  fc.record({ kind: fc.constant('drop-top-loss' as const), count: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constant('every-kth' as const), k: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('equals' as const),
    column: fc.constantFrom('N', 'loss'),
    value: fc.array(few, { minLength: 1 }),
  }),
  fc.constant<Filter>({ kind: 'final-only' }),
  fc.constant<Filter>({ kind: 'lowest-loss' }),
  fc.constant<Filter>({ kind: 'predicate', name: 'odd rows', keep: ({ row }) => row % 2 === 1 }),
);
const anyFilters = fc.array(anyFilter, { maxLength: 6 });

describe('any list of filters', () => {
  it('keeps or drops every row once, and keeps their order', () => {
    fc.assert(
      fc.property(anyRuns, anyFilters, (runs, filters) => {
        const { kept, dropped } = applyFilters(runs, filters);
        const rows = [...kept.row, ...dropped.flatMap(({ sourceRows }) => sourceRows)];
        expect(rows.sort((a, b) => a - b)).toEqual([...runs.row]);
        expect(dropped.map(({ rows }) => rows)).toEqual(dropped.map(({ sourceRows }) => sourceRows.length));
        expect([...kept.row]).toEqual([...kept.row].sort((a, b) => a - b));
        for (let i = 0; i < kept.length; i++) expect(kept.loss[i]).toBe(runs.loss[kept.row[i]! - 1]);
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyRuns, anyFilters, (runs, filters) => {
        const once = applyFilters(runs, filters).kept;
        expect(applyFilters(once, filters).kept).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves its input alone and is accounted for in plain JSON', () => {
    fc.assert(
      fc.property(anyRuns, anyFilters, (runs, filters) => {
        const before = structuredClone(runs);
        const { dropped, warnings, kept } = applyFilters(runs, filters);
        expect(structuredClone(runs)).toEqual(before);
        const plain = { dropped, warnings, passed: kept.passed };
        expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
      }),
    );
  });

  it('of ranges alone may come in any order', () => {
    fc.assert(
      fc.property(anyRuns, range, range, (runs, a, b) => {
        expect(applyFilters(runs, [a, b]).kept.row).toEqual(applyFilters(runs, [b, a]).kept.row);
      }),
    );
  });

  it('applies a counting filter once, however often it is listed', () => {
    const runs = makeRuns(4, { loss: [1, 2, 3, 4] });
    const filter: Filter = { kind: 'drop-top-loss', count: 1 };
    expect([...applyFilters(runs, [filter, { count: 1, kind: 'drop-top-loss' }]).kept.row]).toEqual([1, 2, 3]);
    expect([...applyFilters(runs, [filter, { kind: 'drop-top-loss', count: 2 }]).kept.row]).toEqual([1]);
  });
});
