/** A fit takes a list of row objects too, and says what to do with anything else. */

import { describe, expect, it } from 'vitest';
import type { Fit } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulated } from './simulated.ts';

const runs = simulated();
/** What there was to understand of a table's headings is no part of a fit to rows under the library's own names. */
function unread({ runs: { reading: _, ...kept }, ...fit }: Fit<string>): object {
  return { ...fit, runs: kept };
}

describe('plain rows', () => {
  const rows = Array.from(runs.row.keys(), (i) => ({ N: runs.N[i]!, D: runs.D[i]!, loss: runs.loss[i]! }));

  it('are read as readRuns reads them', () => {
    expect(fitScalingLaw(rows)).toEqual(unread(fitScalingLaw(readRuns(rows))));
  });

  it('may have more columns, names and counts with a suffix', () => {
    const more = rows.map((row, i) => ({
      ...row,
      N: `${row.N / 1e6}M`,
      run: `run-${i}`,
      width: 512,
      C: 6 * row.N * row.D,
    }));
    const filters = [{ kind: 'equals', column: 'width', value: 512 }] as const;
    expect(fitScalingLaw(more, { filters })).toEqual(unread(fitScalingLaw(readRuns(more), { filters })));
    expect(
      fitScalingLaw(
        rows.map(({ D, loss }) => ({ D, loss })),
        { law: 'power-law-d' },
      ).law,
    ).toBe('power-law-d');
  });

  it('under other headings are for readRuns, and so are counts that are none', () => {
    const renamed = rows.map(({ N, D, loss }) => ({ params: N, tokens: D, loss }));
    expect(() => fitScalingLaw(renamed)).toThrow(
      expect.objectContaining({
        code: 'E_COLUMN_MISSING',
        message:
          'row objects must have N, got params, tokens, loss; readRuns(rows) knows other headings, and can be told them',
      }),
    );
    expect(fitScalingLaw(readRuns(renamed)).objective).toEqual(fitScalingLaw(rows).objective);
    const millions = rows.map((row) => ({ ...row, N: row.N / 1e6 }));
    expect(() => fitScalingLaw(millions)).toThrow(expect.objectContaining({ code: 'E_SCALE' }));
    expect(() => fitScalingLaw([...rows, { N: 1e9, D: -1, loss: 2 }])).toThrow(
      `row ${rows.length + 1}: D must be a positive finite number of tokens, got -1`,
    );
  });

  it.each([
    ['N,D,loss\n1,2,3', 'runs must be runs, or a list of row objects, got N,D,loss'],
    [null, 'runs must be runs, or a list of row objects, got null; read a table with readRuns(text)'],
    [{ N: [1], D: [2], loss: [3] }, 'runs must be runs, or a list of row objects, got an object'],
  ])('%j, which are none, are refused with a cure', (given, message) => {
    expect(() => fitScalingLaw(given as never)).toThrow(message);
  });
});
