/**
 * The loss at the end of a run that is under way, from its own checkpoints so far and the other models of its family.
 *
 * Choshen et al. 2024, arXiv:2410.11840, section 5.1: the target's own checkpoints begin to help at about 30% of its run.
 */

import { refusal, ScalingLawsError } from '../errors.ts';
import { rowsByRun } from '../filters/groups.ts';
import { type Finding, finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { predictRows } from '../fit/law-columns.ts';
import { type FitOptions, fitFields } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom, list, positive, share, text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { percent } from '../words.ts';
import { borrow } from './borrow.ts';

/** Choshen et al. 2024, section 5.1: partial training of the target helps from about 30% of its run. */
export const DEFAULT_MINIMUM_SHARE = 0.3;

/** Which run, to which end, and how the law is fitted. */
export const runEndOptions = object('run end options', {
  target: text({ help: 'Name of the run whose end to predict.', placeholder: 'run' }),
  tokens: optional(
    positive('tokens', {
      help: 'Training tokens at its end.',
      otherwise: 'what its last checkpoint and the fraction column say',
    }),
  ),
  minimumShare: optional(
    share({ help: 'Share of the run from which its own checkpoints are used.', placeholder: 'share' }),
    DEFAULT_MINIMUM_SHARE,
  ),
  borrowFrom: optional(
    object('borrowFrom', {
      law: custom<FittedLaw<string>>('be a fitted law', (value) => typeof value === 'object' && value !== null, {
        help: 'Law of another family from which to borrow coefficients.',
        flag: 'borrow-from',
        placeholder: 'law',
      }),
      keep: list(text(), { least: 1, help: 'Coefficients to keep of that law.', example: ['A', 'alpha'] }),
    }),
  ),
  ...fitFields,
});

/** Which run, to which end, and how the law is fitted. */
export interface RunEndOptions<L extends LawName | LawForm = typeof DEFAULT_LAW> extends FitOptions<L> {
  /** Name of the run in the column `run`. */
  readonly target: string;
  /** Tokens at its end; default: those of its last checkpoint over the `fraction` of the run that it stands for. */
  readonly tokens?: number;
  /** Share of its run from which the target's own checkpoints are believed, in (0, 1]; default {@link DEFAULT_MINIMUM_SHARE}. */
  readonly minimumShare?: number;
  /** A law of another family, some coefficients of which are held, see `borrow`; then `law` and `fixed` are its. */
  readonly borrowFrom?: { readonly law: FittedLaw<string>; readonly keep: readonly string[] };
}

/** D and U that differ by less are one number, written down twice. */
const SAME_TOKENS = 1e-6;

/** The end of a run, foretold. */
export interface RunEnd<Name extends string> {
  readonly target: string;
  /** Parameters. */
  readonly N: number;
  /** Tokens at the end. */
  readonly D: number;
  /** Predicted at the end, nats per token. */
  readonly loss: number;
  /** Share of the run that the last checkpoint stands for. */
  readonly share: number;
  /** The last checkpoint: tokens, and nats per token. */
  readonly last: { readonly D: number; readonly loss: number };
  /** The law behind the prediction, fitted to all rows of the target and of its family. */
  readonly fit: Fit<Name>;
  readonly warnings: readonly Finding[];
}

/**
 * Predicts the loss at the end of a partly trained model.
 *
 * @param runs - Validated runs with a `run` column: checkpoints of the target so far, and other models. Where there is a `family` column,
 *   rows of other families are left aside. Where each row of the target has U = D, its unique tokens so far, the end has too; else U is
 *   held.
 * @param asked - The target, its end, and the options of `fitScalingLaw` or a law to borrow from.
 * @returns The predicted loss with the fit behind it; `W_EARLY_IN_RUN` if the target has not come far enough to help.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` without a `run` column, or where neither `tokens` nor a `fraction` column tells the end.
 * @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT`. @throws {ScalingLawsError} `E_TOO_FEW_RUNS`.
 * @example
 * const layout = { kind: 'grid', N: [5e7, 1e8, 2e8, 4e8], D: [1e10] };
 * const all = simulateRuns({ law: publishedLaws.hoffmann2022, layout, checkpoints: 10, noise: 0, seed: 1 });
 * const { kept } = applyFilters(all, [{ kind: 'predicate', name: 'so far', keep: ({ N, fraction }) => N < 4e8 || fraction < 0.45 }]);
 * predictRunEnd(kept, { target: 'run-4' }).loss // => 2.824
 * publishedLaws.hoffmann2022.coefficients.E + 406.4 / 4e8 ** 0.34 + 410.7 / 1e10 ** 0.28 // => 2.824
 * @see Choshen et al. (2024), arXiv:2410.11840, section 5.1.
 */
export function predictRunEnd<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  asked: RunEndOptions<L>,
): RunEnd<CoefficientOf<L>> {
  const { target, tokens, minimumShare, borrowFrom, ...options } = check(runEndOptions, asked);
  const last = lastRowOf(runs, target);
  const { N, D, loss } = { N: runs.N[last]!, D: runs.D[last]!, loss: runs.loss[last]! };
  const end = endOf(runs, last, tokens);
  const family = runs.family?.[last];
  const all = Array.from({ length: runs.length }, (_, i) => i);
  const rows = runs.family
    ? takeRuns(
        runs,
        all.filter((i) => runs.family![i] === family),
      )
    : runs;
  const { fit, warnings } = fitted(rows, options as FitOptions<LawName | LawForm>, borrowFrom, asked);
  const done = D / end;
  const early = finding(
    'W_EARLY_IN_RUN',
    `${target} is ${percent(done)} done: before ${percent(minimumShare)} its own checkpoints have not been seen to help ` +
      '(Choshen et al. 2024, section 5.1).',
    {
      about: [`runs.${target}`],
      evidence: { share: done },
      advice: 'Train further, or rely on the smaller models alone.',
    },
  );
  return deepFreeze({
    target,
    N,
    D: end,
    loss: predictRows(fit, atEnd(rows, target, takeRuns(runs, [last]), end / D))[0]!,
    share: done,
    last: { D, loss },
    fit,
    warnings: done < minimumShare ? [early, ...warnings] : warnings,
  }) as RunEnd<CoefficientOf<L>>;
}

function fitted(
  rows: Runs,
  options: FitOptions<LawName | LawForm>,
  borrowFrom: RunEndOptions['borrowFrom'],
  asked: Pick<FitOptions<LawName | LawForm>, 'law' | 'fixed'>,
): { fit: Fit<string>; warnings: readonly Finding[] } {
  if (!borrowFrom) {
    const fit = fitScalingLaw(rows, options);
    return { fit, warnings: fit.warnings };
  }
  for (const name of ['law', 'fixed'] as const) {
    if (asked[name] !== undefined) throw refusal(name, 'be left to the law that is borrowed from', asked[name]);
  }
  const { law: _, fixed: __, ...same } = options;
  return borrow(borrowFrom.law, rows, { ...same, keep: borrowFrom.keep });
}

function lastRowOf(runs: Runs, target: string): number {
  if (!runs.run) throw missing('run', 'with the run of each row');
  const last = rowsByRun(runs)
    .find(([i]) => runs.run![i!] === target)
    ?.at(-1);
  if (last !== undefined) return last;
  throw refusal('target', 'be the name of a run', target);
}

function endOf(runs: Runs, last: number, tokens: number | undefined): number {
  const D = runs.D[last]!;
  if (tokens === undefined) {
    if (!runs.fraction)
      throw missing('fraction', 'with the share of its run that a row had reached, or tokens must be given');
    // A run that overshot its plan is at its end.
    return D / Math.min(runs.fraction[last]!, 1);
  }
  if (tokens >= D) return tokens;
  throw new ScalingLawsError(
    'E_ARGUMENT',
    `tokens must be at least those of the last checkpoint, ${D}, got ${tokens}`,
    {
      tokens,
      D,
    },
  );
}

function missing(name: string, what: string): ScalingLawsError {
  return new ScalingLawsError(
    'E_COLUMN_MISSING',
    { argument: `columns.${name}`, rule: `name the column ${what}`, got: 'none' },
    { column: name },
  );
}

/**
 * The row with `factor` times the tokens and FLOPs; all else that a law may read stays as it is within a run. Unique tokens grow too where
 * every row of the run has seen no token twice: then U is what was seen so far. A U that D has not reached, or has passed, is the data's.
 */
function atEnd(runs: Runs, target: string, row: Runs, factor: number): Runs {
  const fresh = (D: number, i: number): boolean =>
    runs.run![i] !== target || Math.abs(runs.U![i]! / D - 1) <= SAME_TOKENS;
  const grow = (column: Float64Array): Float64Array => column.map((value) => value * factor);
  const grown = { ...row, D: grow(row.D), C: grow(row.C) };
  return row.U && runs.D.every(fresh) ? { ...grown, U: grow(row.U) } : grown;
}
