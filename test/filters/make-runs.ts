/** Small tables of runs for the tests of filters, without the reader. */

import type { Runs } from '../../src/runs/runs.ts';

/** Columns of a table; what is absent gets a plain value (`N` 1e9, `D` 1e9, `loss` 3). */
export type Columns = Partial<Record<'N' | 'D' | 'C' | 'loss' | 'step' | 'fraction', readonly number[]>> &
  Partial<Pick<Runs, 'run' | 'family' | 'extra'>>;

/** Runs of `length` rows from columns as plain lists. */
export function makeRuns(length: number, { run, family, extra = {}, ...given }: Columns): Runs {
  const plain = (value: number): number[] => new Array(length).fill(value);
  const { N = plain(1e9), D = plain(1e9), loss = plain(3), C = N.map((n, i) => 6 * n * D[i]!), step, fraction } = given;
  return Object.freeze({
    length,
    N: Float64Array.from(N),
    D: Float64Array.from(D),
    C: Float64Array.from(C),
    loss: Float64Array.from(loss),
    ...(step && { step: Float64Array.from(step) }),
    ...(fraction && { fraction: Float64Array.from(fraction) }),
    ...(run && { run }),
    ...(family && { family }),
    columns: {},
    extra,
    row: Int32Array.from({ length }, (_, i) => i + 1),
    passed: [],
    warnings: [],
  });
}
