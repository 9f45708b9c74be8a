/**
 * What the default bound of the irreducible loss does, where it binds. A fit holds E at most at the lowest loss, so that the law can reach
 * every loss that was observed. Under noise the lowest loss lies below the law's floor, and the bound then holds E down.
 */

import type { FreedFloor } from '../judge/case.ts';
import type { BoundHit } from '../judge/status.ts';
import { floorOf, type Law } from '../laws/law.ts';
import { spanOf } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import type { FitSettings } from './options.ts';
import { fitProblem } from './problem.ts';
import { searchMinimum } from './search.ts';

/** The fit without that bound; undefined where the bound does not bind, or is the caller's own. */
export function freedFloor(
  law: Law,
  rows: Runs,
  settings: FitSettings,
  onBound: readonly BoundHit[],
  objective: number,
): FreedFloor | undefined {
  const floor = floorOf(law);
  const binds = onBound.some(({ name, bound }) => name === floor && bound === 'upper');
  if (floor === undefined || !binds || Object.hasOwn(settings.bounds, floor)) return undefined;
  const bounds = { ...settings.bounds, [floor]: [0, spanOf(rows.loss)[1]] as const };
  const free = fitProblem(law, rows, { ...settings, bounds });
  const found = searchMinimum(free.objective, free.observed, free.engine, settings.search);
  const value = free.kernel.toCoefficients(found.theta)[floor]!;
  const rowsBelow = rows.loss.reduce((count, loss) => count + Number(loss < value), 0);
  return { value, lower: 1 - found.value / objective, rowsBelow };
}
