/** The same analysis of every family of a table, each on its own rows and none on another's. */

import { ScalingLawsError } from '../errors.ts';
import type { Filter } from '../filters/filter.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { type FitOptions, fitFields, settingsOf } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom, text } from '../schema/fields.ts';
import { type Checked, object, optional } from '../schema/objects.ts';
import { onProgress, signal, stopIfAborted } from '../uncertainty/bootstrap.ts';
import { FAMILY, type Family, familiesOf } from './families.ts';

/** A family that could not be analysed, and why. */
export interface FamilyError {
  readonly family: string;
  readonly error: { readonly code: string; readonly message: string };
}

/** One family's own law, of no other family's rows. */
export interface OneFamily<Name extends string> {
  readonly family: string;
  /** An ordinary fit; its first filter is the family, so that it finds its rows again in the whole table. */
  readonly fit: Fit<Name>;
}

/** A law for each family: frozen plain data. */
export interface FamilyFits<Name extends string = CoefficientOf<typeof DEFAULT_LAW>> {
  /** The column whose values are the families. */
  readonly by: string;
  /** In the order in which the families come in the runs. */
  readonly fits: readonly (OneFamily<Name> | FamilyError)[];
}

const byField = optional(text({ help: 'Column whose values are the families.', placeholder: 'column' }), FAMILY);

/** How to split, how to fit, and who watches. */
export const fitEachOptions = object('fit options', {
  by: byField,
  ...fitFields,
  signal: optional(signal),
  onProgress: optional(onProgress),
  onFamily: optional(
    custom<(one: OneFamily<string> | FamilyError) => void>('be a function', (value) => typeof value === 'function', {
      help: 'Called with the result of each family as soon as it is there, so that nothing is lost to an abort.',
      flag: null,
    }),
  ),
});

/** How to split, how to fit, and who watches. */
export type FitEachOptions<L extends LawName | LawForm = typeof DEFAULT_LAW> = FitOptions<L> & {
  /** Column whose values are the families; default `family`. */
  readonly by?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly onFamily?: ((one: OneFamily<CoefficientOf<L>> | FamilyError) => void) | undefined;
};

/** The families, and what each is fitted with. */
export interface EachWork {
  readonly by: string;
  readonly families: readonly Family[];
  readonly options: FitOptions<LawName | LawForm>;
  readonly watch: Pick<Checked<typeof fitEachOptions>, 'signal' | 'onProgress' | 'onFamily'>;
}

/** Checks everything that all families have in common, and parts the rows. */
export function eachWork(runs: Runs, given: FitEachOptions<LawName | LawForm>): EachWork {
  const { by, signal, onProgress, onFamily, ...options } = check(fitEachOptions, given);
  settingsOf(options as FitOptions<LawName | LawForm>);
  return {
    by,
    families: familiesOf(runs, by, options.filters as readonly Filter[]),
    options: options as FitOptions<LawName | LawForm>,
    watch: { signal, onProgress, onFamily },
  };
}

/** Options of the fit of one family: its filter comes first, and is recorded. */
export const optionsFor = ({ options }: EachWork, { filter }: Family): FitOptions<LawName | LawForm> => ({
  ...options,
  filters: [filter, ...(options.filters ?? [])],
});

/** What `work` gives for a family, or the reason why there is nothing. @throws {ScalingLawsError} `E_ABORTED`. */
export function familyError(family: string, error: unknown): FamilyError {
  if (!(error instanceof ScalingLawsError) || error.code === 'E_ABORTED') throw error;
  return deepFreeze({ family, error: { code: error.code, message: error.message } });
}

/**
 * Fits a law to each family by itself.
 *
 * @param runs - Validated runs.
 * @param options - The column of families, and the options of `fitScalingLaw`. Each filter sees the rows of one family at a time.
 * @returns A fit for each family, or the reason why it has none.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` without families. @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT`; `E_ABORTED` if the
 *   signal says so.
 * @example
 * const runs = readRuns(['llama', 'pythia'].flatMap((family, k) =>
 *   [1e8, 4e8, 1.6e9].flatMap((N) => [4e9, 1e10, 4e10].map((D) => ({
 *     family, N, D, loss: 1.7 + 0.1 * k + 400 / N ** 0.34 + 410 / D ** 0.28,
 *   }))),
 * ));
 * const { fits } = fitEach(runs, { by: 'family' });
 * fits.map((one) => 'fit' in one && one.fit.coefficients.E) // => [1.7, 1.8]
 * @see Choshen et al. (2024), arXiv:2410.11840: losses of different families are different quantities.
 */
export function fitEach<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  options: FitEachOptions<L> = {},
): FamilyFits<CoefficientOf<L>> {
  const work = eachWork(runs, options as FitEachOptions<LawName | LawForm>);
  const { signal, onProgress, onFamily } = work.watch;
  const fits = work.families.map((family, k) => {
    stopIfAborted(signal);
    const one = oneFamily(family, () => fitScalingLaw(family.runs, optionsFor(work, family)));
    onFamily?.(one);
    onProgress?.((k + 1) / work.families.length);
    return one;
  });
  return deepFreeze({ by: work.by, fits }) as FamilyFits<CoefficientOf<L>>;
}

/** The fit that `make` makes of a family, or why there is none. */
export function oneFamily({ name: family }: Family, make: () => Fit<string>): OneFamily<string> | FamilyError {
  try {
    return deepFreeze({ family, fit: make() });
  } catch (error) {
    return familyError(family, error);
  }
}
