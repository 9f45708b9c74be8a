/**
 * Coefficients of one family's law held for another family, whose few rows then settle the rest.
 *
 * Choshen et al. 2024, arXiv:2410.11840, section 5: with A and alpha borrowed and the rest fitted to one model this sometimes works (OLMo
 * 7B from 1B, error below 1%), and else fails (OPT-175B from 8.7B, 13B and 30B: 37, 25 and 15%). So the answer says that it is borrowed.
 */

import { refusal } from '../errors.ts';
import type { Filter } from '../filters/filter.ts';
import { type Finding, finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { mixedConventions } from '../fit/mixed-conventions.ts';
import { type FitOptions, fitFields } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { type FittedLaw, lawBehind } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { list, text } from '../schema/fields.ts';
import { object } from '../schema/objects.ts';
import { listed } from '../words.ts';

const { law: _, fixed: __, ...fields } = fitFields;
/** What is borrowed, and how the rest is fitted. */
export const borrowOptions = object('borrow options', {
  keep: list(text(), { least: 1, help: 'Coefficients to keep of the other law.', example: ['A', 'alpha'] }),
  ...fields,
});

/** What is borrowed, and how the rest is fitted. */
export interface BorrowOptions extends Omit<FitOptions<LawName | LawForm>, 'law' | 'fixed'> {
  /** Coefficients to keep of the other law, e.g. `['A', 'alpha']`; not all of them. */
  readonly keep: readonly string[];
}

/** Whose coefficients, which, and what came of it. */
export interface Borrowed<Name extends string> {
  /** The lender, in words. */
  readonly from: string;
  /** Coefficients that were held. */
  readonly borrowed: Readonly<Partial<Record<Name, number>>>;
  /** An ordinary fit, in which the borrowed coefficients are fixed. */
  readonly fit: Fit<Name>;
  /** That the law is borrowed, then the warnings of the fit: `W_UNIDENTIFIED` where these rows do not settle the rest. */
  readonly warnings: readonly Finding[];
}

/**
 * Holds some coefficients of `from` and fits the others to `runs`.
 *
 * @param from - A fit, a published law, or `{ law, coefficients }` of your own.
 * @param runs - Validated runs of the other family; one model with checkpoints, or a few models.
 * @param asked - `keep`, and the options of `fitScalingLaw`.
 * @returns The fit beside what was borrowed and from whom.
 * @throws {ScalingLawsError} `E_OPTION`. @throws {ScalingLawsError} `E_TOO_FEW_RUNS` if fewer rows are left than free coefficients + 1.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`.
 * @example
 * const runs = readRuns([2e9, 4e9, 8e9, 16e9, 32e9].map((D) => ({ N: 1e9, D, loss: 1.9 + 406.4 / 1e9 ** 0.34 + 500 / D ** 0.3 })));
 * const { borrowed, fit } = borrow(publishedLaws.hoffmann2022, runs, { keep: ['A', 'alpha'] });
 * borrowed // => { A: 406.4, alpha: 0.34 }
 * fit.coefficients.E // => 1.9
 * @see Choshen et al. (2024), arXiv:2410.11840, section 5.
 */
export function borrow<Name extends string>(from: FittedLaw<Name>, runs: Runs, asked: BorrowOptions): Borrowed<Name> {
  const law = lawBehind(from, 'from');
  const { keep, filters, ...options } = check(borrowOptions, asked);
  if (keep.some((name) => !law.coefficients.includes(name))) {
    throw refusal('keep', `be a list of coefficients of ${law.kind} (${law.coefficients.join(', ')})`, keep);
  }
  const borrowed = Object.fromEntries(keep.map((name) => [name, from.coefficients[name as Name]]));
  const fit = fitScalingLaw(runs, {
    ...options,
    filters: filters as readonly Filter[],
    law,
    fixed: borrowed,
  });
  const lender = lenderOf(from);
  const warning = finding(
    'W_BORROWED',
    `${listed(keep)} ${keep.length === 1 ? 'comes' : 'come'} from ${lender}: ` +
      'where that was tried, it failed as often as it worked (Choshen et al. 2024, section 5).',
    { about: keep.map((name) => `coefficients.${name}`), advice: 'Hold rows out to see whether it works here.' },
  );
  return deepFreeze({
    from: lender,
    borrowed,
    fit,
    warnings: [warning, ...mixedConventions(from, runs), ...fit.warnings],
  }) as unknown as Borrowed<Name>;
}

function lenderOf(from: FittedLaw<string>): string {
  const { name, source, runs } = from as { name?: string; source?: string; runs?: Fit['runs'] };
  if (source !== undefined) return `${name} (${source})`;
  return runs ? `a fit to ${runs.kept} rows, digest ${runs.digest}` : 'coefficients of your own';
}
