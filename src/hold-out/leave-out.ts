/**
 * Leave one out: every model size, or every run, predicted by a fit to all the others. It asks how much the law leans on each of
 * them, and how well it interpolates; for extrapolation see hold-out.ts and roll-out.ts.
 */

import { mean } from 'simple-statistics';
import { type FitOptions, fitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { choice } from '../schema/fields.ts';
import { type InputOf, object } from '../schema/objects.ts';
import { unitsOf } from '../uncertainty/resample.ts';
import { type JudgedFit, judgedFit } from './judged-fit.ts';

const unit = {
  by: choice(['size', 'run'], {
    help: 'Unit to leave out: all rows of one model size, or those of one run.',
    placeholder: 'unit',
  }),
};
/** What is left out, and how the others are fitted. */
export const leaveOutOptions = object('leave-out options', { ...unit, ...fitOptions.entries });
export type LeaveOutOptions<L extends LawName | LawForm = typeof DEFAULT_LAW> = FitOptions<L> & InputOf<typeof unit>;

/** One unit left out. */
export interface LeftOut<Name extends string = ChinchillaCoefficient> extends JudgedFit<Name> {
  /** Parameters of the size, or name of the run (its 1-based source row where runs have no names). */
  readonly unit: number | string;
}

/** Every unit left out once. */
export interface LeaveOutResult<Name extends string = ChinchillaCoefficient> {
  readonly by: 'size' | 'run';
  readonly units: readonly LeftOut<Name>[];
  /** Mean over the units of their mean signed error; null where no fit could be made. */
  readonly meanSignedError: number | null;
  /** Mean over the units of their mean absolute relative error. */
  readonly meanAbsoluteRelativeError: number | null;
}

/**
 * Leaves out one size or one run at a time, and predicts it.
 *
 * @param runs - Validated runs; filters among the options take rows from the fits, not from what is left out.
 * @returns Errors of each unit, sizes in ascending order, and their means over units.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_ARGUMENT` if there are fewer than two units. A fit with too few rows is null and carries its `error`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * leaveOut(runs, { by: 'size' }).units.length // => 6
 */
export function leaveOut<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  asked: LeaveOutOptions<L>,
): LeaveOutResult<CoefficientOf<L>> {
  check(leaveOutOptions, asked);
  const { by, ...options } = asked;
  const named = by === 'run' && runs.run !== undefined;
  const name = (i: number): number | string => (by === 'size' ? runs.N[i]! : named ? runs.run![i]! : runs.row[i]!);
  const groups = unitsOf(runs, by === 'size' ? 'sizes' : named ? 'runs' : 'rows');
  const ordered = by === 'size' ? groups.toSorted((one, two) => runs.N[one[0]!]! - runs.N[two[0]!]!) : groups;
  const units = ordered.map((group): LeftOut<CoefficientOf<L>> => {
    const left = new Set(group);
    const rest = Array.from({ length: runs.length }, (_, i) => i).filter((i) => !left.has(i));
    return { unit: name(group[0]!), ...judgedFit(takeRuns(runs, rest), takeRuns(runs, group), options) };
  });
  const over = (of: 'meanSignedError' | 'meanAbsoluteRelativeError'): number | null => {
    const values = units.flatMap(({ heldOut }) => heldOut?.[of] ?? []);
    return values.length > 0 ? mean(values) : null;
  };
  return deepFreeze({
    by,
    units,
    meanSignedError: over('meanSignedError'),
    meanAbsoluteRelativeError: over('meanAbsoluteRelativeError'),
  });
}
