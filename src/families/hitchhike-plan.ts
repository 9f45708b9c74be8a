/** What the Hitchhiker's experiment is told, and what it tells. */

import type { Filter, RecordedFilter } from '../filters/filter.ts';
import { type FitOptions, type FitSettings, fitFields } from '../fit/options.ts';
import { DEFAULT_LAST_SHARE } from '../hold-out/split.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import { check } from '../schema/check.ts';
import { choice, inside, integer, list, share, text, yes } from '../schema/fields.ts';
import { type Checked, object, optional } from '../schema/objects.ts';
import { onProgress, signal } from '../uncertainty/bootstrap.ts';
import type { FamilyError } from './each.ts';
import { FAMILY } from './families.ts';
import { runEndOptions } from './predict-run-end.ts';

/** Choshen et al. 2024, code: checkpoints of more than 10e9 tokens enter. */
export const DEFAULT_HITCHHIKE_CUT: Filter = Object.freeze({ kind: 'exclude-early', tokens: 10e9 });
/** Choshen et al. 2024, code: tenths of the tokens of the longest run. */
export const DEFAULT_SHARES: readonly number[] = Object.freeze([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);

const { engine: _, search: __, ...fields } = fitFields;
/** What the experiment is told. */
export const hitchhikeOptions = object('hitchhike options', {
  by: optional(text({ help: 'Column whose values are the families.', placeholder: 'column' }), FAMILY),
  shares: optional(
    list(share(), {
      least: 1,
      help: 'Shares of the tokens of the longest run used, up to which checkpoints are seen.',
    }),
    DEFAULT_SHARES,
  ),
  models: optional(
    list(integer({}, 1), { least: 1, help: 'Numbers of models.', otherwise: 'all from 2 on; of many sizes some six' }),
  ),
  window: optional(
    integer(
      {
        help: 'Use so many neighbouring sizes at a time, not all from the smallest up.',
        placeholder: 'k',
        otherwise: 'all from the first on',
      },
      1,
    ),
  ),
  target: optional(
    inside({ help: 'Share of the tokens of the target model, from their end, to predict.', placeholder: 'share' }),
    DEFAULT_LAST_SHARE,
  ),
  direction: optional(
    choice(['up', 'down'], { help: 'Predict the largest model from smaller ones, or the smallest from larger ones.' }),
    'up',
  ),
  withTarget: optional(yes({ help: 'What the target itself has seen before the end may enter as well.' }), false),
  borrowFrom: runEndOptions.entries.borrowFrom,
  ...fields,
  signal: optional(signal),
  onProgress: optional(onProgress),
});

/**
 * What `hitchhike` is told: which cells, which target, how each cell is fitted. Filters take rows from the fits alone. Where none of them
 * excludes early checkpoints, {@link DEFAULT_HITCHHIKE_CUT} does; `{ kind: 'exclude-early', tokens: 0 }` excludes none.
 */
export type HitchhikeOptions<L extends LawName | LawForm = LawName | LawForm> = Omit<
  FitOptions<L>,
  'engine' | 'search'
> & {
  /** Column whose values are the families; default `family`. */
  readonly by?: string | undefined;
  /** Shares in (0, 1] of the tokens of the longest run used in a cell; default 0.1, 0.2, ..., 1. */
  readonly shares?: readonly number[] | undefined;
  /** Numbers of models; default all from 2 on. */
  readonly models?: readonly number[] | undefined;
  /** Sizes of a moving window; default: all from the smallest up. */
  readonly window?: number | undefined;
  /** Share in (0, 1) of the target's tokens, from their end; default 0.3. */
  readonly target?: number | undefined;
  readonly direction?: 'up' | 'down' | undefined;
  readonly withTarget?: boolean | undefined;
  /** Coefficients of another law, held in all cells; then a cell is one model unless `window` says otherwise. */
  readonly borrowFrom?: { readonly law: FittedLaw<string>; readonly keep: readonly string[] } | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
};

/** Options with every default filled in. */
export type HitchhikePlan = Checked<typeof hitchhikeOptions>;
export function hitchhikePlan(given: HitchhikeOptions): HitchhikePlan {
  const plan = check(hitchhikeOptions, given as object) as HitchhikePlan;
  const { filters } = plan;
  if (filters.some(({ kind }) => kind === 'exclude-early')) return plan;
  const columns = filters.filter(({ kind }) => kind === 'equals');
  const others = filters.filter(({ kind }) => kind !== 'equals');
  return { ...plan, filters: [...columns, DEFAULT_HITCHHIKE_CUT, ...others] as HitchhikePlan['filters'] };
}

/** One set of checkpoints, what it cost, and how the law fitted to it predicts the target. */
export interface HitchhikeCell {
  /** Sizes used. */
  readonly models: number;
  /** The one closest to the target, parameters. */
  readonly N: number;
  /** Parameters of the target over those of that model. */
  readonly scaleUp: number;
  /** Share of the tokens of the longest run used. */
  readonly share: number;
  readonly rows: number;
  /** FLOPs to train the models as far as their last row here: the bill for these checkpoints. */
  readonly flops: number;
  /** Sum of the FLOPs of all rows, as Choshen et al. count: a checkpoint's training counts for every later one again. */
  readonly rowFlops: number;
  /** Mean |predicted - observed| / observed over the target's rows; null where there is no fit. */
  readonly are: number | null;
  /** Mean of (predicted - observed) / observed: above 0 the law is pessimistic. */
  readonly signed: number | null;
  /** ARE where the lowest loss of these rows stands for the prediction, and where the last loss of the model closest in size does. */
  readonly baselines: { readonly best: number; readonly last: number } | null;
  readonly coefficients: Readonly<Record<string, number>> | null;
  /** Sum over rows of weight x penalty at the optimum. */
  readonly objective: number | null;
  readonly status: string | null;
  readonly error?: { readonly code: string; readonly message: string };
}

/** All cells of one family. */
export interface HitchhikeFamily {
  readonly family: string;
  /** Distinct sizes of the family, ascending, parameters. */
  readonly sizes: readonly number[];
  readonly target: {
    readonly N: number;
    readonly rows: number;
    readonly fromTokens: number;
    readonly toTokens: number;
  };
  readonly cells: readonly HitchhikeCell[];
  /** For each level, the cheapest cell below it that stays below as more is seen; none where none does. */
  readonly cheapest: readonly CheapestCell[];
}

/** The least that had to be trained. */
export interface CheapestCell {
  /** ARE reached, as a share. */
  readonly level: number;
  readonly models: number;
  readonly share: number;
  readonly flops: number;
  readonly are: number;
}

/** Mean over families of the cells of one kind. */
export interface HitchhikeMean {
  readonly models: number;
  readonly share: number;
  readonly families: number;
  readonly are: number;
}

/** The experiment: frozen plain data. */
export interface Hitchhike {
  readonly by: string;
  readonly law: string;
  /** What was done: filters, penalty, space, target, direction, window. */
  readonly options: {
    readonly filters: readonly RecordedFilter[];
    readonly penalty: FitSettings['penalty'];
    readonly space: FitSettings['space'];
    readonly fixed: FitSettings['fixed'];
    readonly target: number;
    readonly direction: 'up' | 'down';
    readonly window: number | null;
    readonly withTarget: boolean;
  };
  readonly families: readonly (HitchhikeFamily | FamilyError)[];
  /** By number of models, then share. */
  readonly mean: readonly HitchhikeMean[];
  /** By number of models, over the cells that see half of the tokens or more: the mean of each family, then over families. */
  readonly fromHalf: readonly Omit<HitchhikeMean, 'share'>[];
  /** ARE of the baselines in the fullest cell of each family, averaged over families. */
  readonly baselines: { readonly best: number; readonly last: number } | null;
}
