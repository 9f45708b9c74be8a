/** Runs without noise of any law, at points of the caller's choice. */

import type { Coefficients, Law, Point } from '../../src/laws/law.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { makeRuns } from '../filters/make-runs.ts';

/** One row a point; variables beside N, D and C become extra columns. */
export function runsOf(law: Law, coefficients: Coefficients, points: readonly Point[]): Runs {
  const column = (name: string): number[] => points.map((point) => point[name]!);
  const others = law.variables.filter((name) => !['N', 'D', 'C'].includes(name));
  return makeRuns(points.length, {
    N: column('N'),
    D: column('D'),
    loss: points.map((point) => law.value(coefficients, point)),
    extra: Object.fromEntries(others.map((name) => [name, column(name)])),
  });
}
