/** An ablation over two lists as a heat map of its errors on unseen rows. */

import type { Ablation, AblationRow } from '../ablate/ablation.ts';
import { type Cut, choiceCutsOf, recordedCutsOf } from '../ablate/cuts.ts';
import { refusal } from '../errors.ts';
import { type ErrorAxis, errorMap } from './error-map.ts';
import type { Figure } from './figure.ts';

/**
 * Draws an ablation that varies two things.
 *
 * @param ablation - From `ablate`, or its JSON.
 * @returns Options for `Plot.plot`: one thing that varies upwards, the other to the right, color for the mean absolute relative error
 *   on the shared hold-out, or else on the rows that each fit left out.
 * @throws {ScalingLawsError} `E_ARGUMENT` if not exactly two things vary, or no fit was judged.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const filters = [{ kind: 'range', of: 'tokensPerParam', max: [100, 500] }, { kind: 'range', of: 'N', max: [8e8, 2e9] }];
 * ablationMap(ablate(runs, { filters })).x?.label // => 'max tokens/param'
 */
export function ablationMap({ rows }: Ablation<string>): Figure {
  const cuts = [...recordedCutsOf(rows), ...choiceCutsOf(rows)];
  const [first, second] = cuts;
  if (!first || !second || cuts.length > 2) {
    throw refusal(
      'ablation',
      'vary two things',
      cuts.length === 0 ? 'none' : cuts.map(({ header }) => header).join(', '),
    );
  }
  const errorOf = ({ fixedHoldOut, heldOut }: AblationRow<string>): number | null =>
    (fixedHoldOut ?? heldOut)?.meanAbsoluteRelativeError ?? null;
  if (rows.every((row) => errorOf(row) === null)) throw refusal('ablation', 'judge a fit on unseen rows', 'none');
  const axis = ({ header, value }: Cut): ErrorAxis => ({ label: header, ticks: [...new Set(rows.map(value))] });
  const [y, x] = [axis(first), axis(second)];
  const cells = rows.map((row) => ({
    x: x.ticks.indexOf(second.value(row)),
    y: y.ticks.indexOf(first.value(row)),
    error: errorOf(row),
  }));
  const title = rows.some(({ fixedHoldOut }) => fixedHoldOut)
    ? 'Mean error on the hold-out'
    : 'Mean error on the rows that each fit left out';
  return errorMap([{ title, rows: y.ticks, cells }], x, y.label, 'Errors of the fits of an ablation');
}
