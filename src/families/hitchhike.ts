/**
 * The experiment of Choshen et al. 2024, arXiv:2410.11840, "A Hitchhiker's Guide to Scaling Law Estimation": how many models, how far
 * trained, does it take to predict the end of the largest model of a family?
 *
 *     cell (k, p): the k smallest models, checkpoints of D <= p x the tokens of the longest of them
 *     ARE = mean over the last 30% of the largest model of |L(N, D) - loss| / loss
 *
 * Every row of cells (one number of models, all shares) is fitted from the whole down: each cell begins at the optimum of the one before.
 */

import { mean } from 'simple-statistics';
import { refusal } from '../errors.ts';
import { recordFilter } from '../filters/filter.ts';
import { lawAsked } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Law, LawForm } from '../laws/law.ts';
import type { DEFAULT_LAW, LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { stopIfAborted } from '../uncertainty/bootstrap.ts';
import { type FamilyError, familyError } from './each.ts';
import { familiesOf } from './families.ts';
import { type CellRow, cellsOf, type FamilyPlan, familyPlan, settingsFor } from './hitchhike-cells.ts';
import type { CheapestCell, Hitchhike, HitchhikeCell, HitchhikeFamily, HitchhikeMean } from './hitchhike-plan.ts';
import { type HitchhikeOptions, type HitchhikePlan, hitchhikePlan } from './hitchhike-plan.ts';

/** AREs that the cheapest set is found for: the contours of the paper's figures. */
export const LEVELS: readonly number[] = Object.freeze([0.05, 0.1, 0.15]);
/** A cell counts if so large a part of the cells of the same models that see as much or more are below the level too, as in the paper's code. */
const CONSISTENT = 0.75;

/** Share from which on cells tell little from each other, but for the last of training. */
const HALF = 0.5;

/** The experiment cut into rows of cells. */
export interface HitchhikeWork {
  readonly plan: HitchhikePlan;
  readonly law: Law;
  readonly families: readonly (FamilyPlan | FamilyError)[];
  readonly rows: readonly CellRow[];
}

/** Parts the table, lays out the cells of each family, and checks all that they have in common. */
export function hitchhikeWork(runs: Runs, given: HitchhikeOptions): HitchhikeWork {
  const asked = hitchhikePlan(given);
  const law = lawAsked(asked.law as LawName | LawForm);
  const { fixed, window = asked.borrowFrom && 1 } = asked;
  const plan = { ...asked, fixed: { ...borrowed(law, asked), ...fixed }, ...(window !== undefined && { window }) };
  settingsFor(law, plan);
  const families = familiesOf(runs, plan.by, plan.filters).map(({ name, runs: rows }) => {
    try {
      return familyPlan(name, rows, plan);
    } catch (error) {
      return familyError(name, error);
    }
  });
  const rows = families.flatMap((family) =>
    'error' in family
      ? []
      : family.sets.map((set): CellRow => ({ family: family.family, runs: family.runs, target: family.heldOut, set })),
  );
  return { plan, law, families, rows };
}

/** Coefficients of another law, held. */
function borrowed(law: Law, { borrowFrom }: HitchhikePlan): Record<string, number> {
  if (!borrowFrom) return {};
  const { coefficients } = borrowFrom.law as FittedLaw<string>;
  return Object.fromEntries(
    borrowFrom.keep.map((name) => {
      const value = coefficients[name];
      if (value === undefined)
        throw refusal('borrowFrom.keep', `be of coefficients of ${law.kind} (${law.coefficients.join(', ')})`, name);
      return [name, value];
    }),
  );
}

/**
 * Repeats the Hitchhiker's experiment on every family of a table.
 *
 * @param runs - Validated runs: checkpoints of several models, and a column of families.
 * @param options - Which cells, which target, and how each is fitted: law, penalty, space, filters, fixed coefficients.
 * @returns For every family its cells, with ARE, FLOPs and baselines; means over families; the cheapest set below 5, 10, 15%. A family of
 *   fewer than three sizes has an `error` in place of cells.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` without families. @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT`, `E_ABORTED`.
 * @example
 * const layout = { kind: 'grid', N: [1e8, 2e8, 4e8, 8e8], D: [2e11] };
 * const all = simulateRuns({ law: publishedLaws.hoffmann2022, layout, checkpoints: 20, noise: 0, seed: 1 });
 * const { families } = hitchhike(all, { shares: [0.5, 1] });
 * families[0].cells.map(({ models, share }) => [models, share]) // => [[2, 0.5], [2, 1], [3, 0.5], [3, 1]]
 * families[0].cells[3].are < 1e-6 // => true
 * @see Choshen et al. (2024), arXiv:2410.11840, sections 4 to 8; code: github.com/IBM/ColPret.
 */
export function hitchhike<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  options: HitchhikeOptions<L> = {},
): Hitchhike {
  const work = hitchhikeWork(runs, options as HitchhikeOptions);
  const cells = work.rows.map((row, k) => {
    stopIfAborted(work.plan.signal);
    const found = cellsOf(work.law, row, work.plan);
    work.plan.onProgress?.((k + 1) / work.rows.length);
    return found;
  });
  return assembleHitchhike(work, cells);
}

/** Puts the rows of cells, in order, into one result. */
export function assembleHitchhike(
  { plan, law, families, rows }: HitchhikeWork,
  cells: readonly (readonly HitchhikeCell[])[],
): Hitchhike {
  const found = families.map((family): HitchhikeFamily | FamilyError => {
    if ('error' in family) return family;
    const own = cells.filter((_, k) => rows[k]!.family === family.family).flat();
    const { sizes, target } = family;
    return {
      family: family.family,
      sizes,
      target,
      cells: own,
      cheapest: LEVELS.flatMap((level) => cheapestOf(own, level)),
    };
  });
  const judged = found.flatMap((one) => ('cells' in one ? [one] : []));
  const fullest = judged.flatMap(({ cells: own }) => own.at(-1)?.baselines ?? []);
  const { filters, penalty, space, fixed, target, direction, window = null, withTarget } = plan;
  return deepFreeze({
    by: plan.by,
    law: law.kind,
    options: {
      filters: filters.map((one) => recordFilter(one as never)),
      penalty,
      space,
      fixed,
      target,
      direction,
      window,
      withTarget,
    },
    families: found,
    mean: meansOf(judged),
    fromHalf: fromHalfOf(judged),
    baselines:
      fullest.length === 0
        ? null
        : {
            best: mean(fullest.map(({ best }) => best)),
            last: mean(fullest.map(({ last }) => last)),
          },
  }) as Hitchhike;
}

/** Every family weighs as much as any other, however many cells it has. */
function meansOf(families: readonly HitchhikeFamily[]): HitchhikeMean[] {
  const cells = families.flatMap((one) => one.cells);
  const values = (of: (cell: HitchhikeCell) => number): number[] => [...new Set(cells.map(of))].sort((a, b) => a - b);
  return values(({ models }) => models).flatMap((models) =>
    values(({ share }) => share).flatMap((share) => {
      const ares = families.flatMap((family) => {
        const own = family.cells.flatMap((cell) =>
          cell.models === models && cell.share === share && cell.are !== null ? [cell.are] : [],
        );
        return own.length > 0 ? [mean(own)] : [];
      });
      return ares.length > 0 ? [{ models, share, families: ares.length, are: mean(ares) }] : [];
    }),
  );
}

function fromHalfOf(families: readonly HitchhikeFamily[]): Hitchhike['fromHalf'] {
  const counts = [...new Set(families.flatMap(({ cells }) => cells.map(({ models }) => models)))].sort((a, b) => a - b);
  return counts.flatMap((models) => {
    const ares = families.flatMap(({ cells }) => {
      const own = cells.flatMap((cell) =>
        cell.models === models && cell.share >= HALF && cell.are !== null ? [cell.are] : [],
      );
      return own.length > 0 ? [mean(own)] : [];
    });
    return ares.length > 0 ? [{ models, families: ares.length, are: mean(ares) }] : [];
  });
}

function cheapestOf(cells: readonly HitchhikeCell[], level: number): readonly CheapestCell[] {
  const below = ({ are }: HitchhikeCell): boolean => are !== null && are <= level;
  const good = cells.filter((cell) => {
    const more = cells.filter(({ models, N, share }) => models === cell.models && N === cell.N && share >= cell.share);
    return below(cell) && more.filter(below).length > CONSISTENT * more.length;
  });
  const [best] = good.toSorted((a, b) => a.flops - b.flops);
  return best ? [{ level, models: best.models, share: best.share, flops: best.flops, are: best.are! }] : [];
}
