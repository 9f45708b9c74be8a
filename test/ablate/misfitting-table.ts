/**
 * Which checkpoints to leave out, on the best-learning-rate runs of Li et al. 2025, "(Mis)Fitting" (arXiv:2502.18969; data of
 * hadasah/scaling_laws). The numbers come from fits in Python with scipy.
 */

import { ablate } from '../../src/ablate/ablate.ts';
import type { Varied } from '../../src/ablate/vary.ts';
import type { Filter } from '../../src/filters/filter.ts';
import type { RunRow } from '../../src/filters/row.ts';
import type { Fit } from '../../src/fit/fit.ts';
import { relativeErrors } from '../../src/hold-out/relative-error.ts';
import { type HoldOut, splitRuns } from '../../src/hold-out/split.ts';
import type { Runs } from '../../src/runs/runs.ts';

/** Signed error, ARE, and ARE at 1B in per cent. */
export type Cells = readonly [signed: number | null, are: number, areAt1B: number];

const TEST_MODELS = ['misfitting_300m', 'misfitting_400m', 'misfitting_1b'];
/** The ends of the nine runs of the three largest models. */
const holdOut: HoldOut = {
  kind: 'predicate',
  name: 'not the end of a run of 300m, 400m, 1b',
  keep: ({ extra, fraction }) => !TEST_MODELS.includes(String(extra.model)) || fraction! < 1,
};
/** Training rows: at most 199M without embeddings, 296M with; 1328 of them. */
const small: Filter = {
  kind: 'predicate',
  name: 'at most 200m',
  keep: ({ extra }) => !TEST_MODELS.includes(String(extra.model)),
};

/** Ends of runs. */
export const ends: Varied = { kind: 'range', of: 'fraction', min: 1 };

/** Rows whose tokens per parameter, embeddings counted, `keep` accepts; for runs whose N leaves embeddings out. */
export const perTotalParam = (name: string, keep: (ratio: number) => boolean): Varied => ({
  kind: 'predicate',
  name,
  keep: ({ D, extra }: RunRow) => keep(D / Number(extra.N)),
});

/** One line of the table for each combination of `filters`. */
export function tableLines(runs: Runs, filters: readonly Varied[]): { fit: Fit; n: number; cells: Cells }[] {
  const { heldOut } = splitRuns(runs, holdOut);
  const oneBillion = splitRuns(heldOut, { kind: 'largest-N' }).heldOut;
  return ablate(runs, { filters: [small, ...filters], holdOut }).rows.map(({ fit, fixedHoldOut }) => ({
    fit: fit!,
    n: fit!.runs.kept,
    cells: [
      100 * fixedHoldOut!.meanSignedError!,
      100 * fixedHoldOut!.meanAbsoluteRelativeError!,
      100 * relativeErrors(fit!, oneBillion).meanAbsoluteRelativeError!,
    ],
  }));
}
