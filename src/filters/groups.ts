/**
 * Which rows belong to one training run, and how far along it each of them is.
 */

import type { Runs } from '../runs/runs.ts';

/** Rows by run, each run in order of training: tokens, then step, then source row. With no run column, one a row. */
export function rowsByRun(runs: Runs): readonly (readonly number[])[] {
  const groups = new Map<string | number, number[]>();
  for (let i = 0; i < runs.length; i++) {
    const run = runs.run ? runs.run[i]! : i;
    const group = groups.get(run);
    if (group) group.push(i);
    else groups.set(run, [i]);
  }
  const { D, step, row } = runs;
  const earlier = (i: number, j: number): number =>
    D[i]! - D[j]! || (step ? step[i]! - step[j]! : 0) || row[i]! - row[j]!;
  return [...groups.values()].map((group) => group.sort(earlier));
}

/**
 * `runs` with a `fraction` column: its own, else `D / largest D of the run`; unchanged where there is no run column.
 *
 * Done once before any filter and kept in the rows, so that a fraction always means the run as it was read: an earlier
 * filter that takes a run's end away does not make its middle the end.
 */
export function withFraction(runs: Runs): Runs {
  if (runs.fraction || !runs.run) return runs;
  const fraction = new Float64Array(runs.length);
  for (const group of rowsByRun(runs)) {
    const end = runs.D[group.at(-1)!]!;
    for (const i of group) fraction[i] = runs.D[i]! / end;
  }
  return Object.freeze({ ...runs, fraction });
}
