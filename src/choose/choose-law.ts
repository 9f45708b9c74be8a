/**
 * Which law for these runs? Each candidate is fitted to one part of them and ranked by its error on the other:
 *
 *     ARE = mean over held-out rows of |L(row) - loss| / loss          Choshen et al. 2024, arXiv:2410.11840, section 4
 *
 * The first of a ranking is often first by chance, so every other law is compared with it by a paired bootstrap (differences.ts), and
 * those that the runs cannot tell from it are named.
 */

import { refusal, ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { type RelativeErrors, relativeErrors } from '../hold-out/relative-error.ts';
import { type HoldOut, type RecordedHoldOut, recordHoldOut, splitRuns } from '../hold-out/split.ts';
import { choiceFindings } from '../judge/choice.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import { digestRuns } from '../runs/digest.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { choice, custom, either, list, text } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { bootstrap, bootstrapOptions } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL, level } from '../uncertainty/intervals.ts';
import { type ErrorDifference, pairedDifference, redrawn } from './differences.ts';
import { type InformationCriteria, informationCriteria } from './information-criteria.ts';

/** A rival under a name of your choice: the law, and all else that a fit may be asked. */
const alternative = object('candidate', {
  name: text({ help: 'Name in the ranking.' }),
  options: custom<FitOptions<LawName | LawForm>>(
    'be an object',
    (value) => typeof value === 'object' && value !== null,
  ),
});
export type Alternative = Given<typeof alternative>;

const candidates = list(
  either('be a law, its name, or { name, options }', [
    text(),
    custom<LawForm>('be a law', (value) => typeof value === 'object' && value !== null && 'kind' in value),
    alternative,
  ] as const),
  { least: 1 },
);

/** How the differences are judged. */
export const chooseOptions = object('options of the choice', {
  against: optional(
    text({
      help: 'Name of the candidate with which the others are compared.',
      otherwise: 'the best one',
      placeholder: 'name',
    }),
  ),
  method: optional(
    choice(['bootstrap', 'paired-t'], {
      help: 'How differences are judged: bootstrap redraws the fits and the held-out runs; paired-t is instant, takes the fits as they are, and is too sure.',
      placeholder: 'method',
    }),
    'bootstrap',
  ),
  level: optional(level, DEFAULT_LEVEL),
  replicates: bootstrapOptions.entries.replicates,
  resample: bootstrapOptions.entries.resample,
  seed: bootstrapOptions.entries.seed,
  signal: bootstrapOptions.entries.signal,
});
export type ChooseOptions = Given<typeof chooseOptions>;

/** A candidate with its fit, and the rows behind that. */
interface FittedAlternative {
  readonly name: string;
  readonly fit: Fit<string>;
  readonly rows: Runs;
}

/** One candidate, fitted and judged. */
export interface ComparedLaw {
  readonly name: string;
  readonly fit: Fit<string>;
  readonly heldOut: RelativeErrors;
  /** On the rows behind the fit; null unless all candidates were fitted to the same rows. */
  readonly criteria: InformationCriteria | null;
  /** To the candidate that all are compared with; null for that one. */
  readonly difference: ErrorDifference | null;
}

/** A law by its name, a law object of your own, or either with options of its fit under a name of your choice. */
export type Candidate = LawName | LawForm | Alternative;

/** A candidate that could not be judged. */
export interface UnfitLaw {
  readonly name: string;
  /**
   * `E_LAW_VARIABLE`: the runs lack a column that it reads; `E_ARGUMENT`: what is fixed, tied or bounded does not apply to it;
   * `E_TOO_FEW_RUNS`; `E_FIT_FAILED`.
   */
  readonly code: string;
  readonly message: string;
}

/** Laws by their error on rows that none of them saw. */
export interface LawChoice {
  readonly how: RecordedHoldOut;
  /** Lowest ARE first; each `difference` is to the first, or to the one named by `against`. */
  readonly ranked: readonly ComparedLaw[];
  /** Names that these runs cannot tell from the one compared with, itself included. */
  readonly tied: readonly string[];
  /** Candidates that could not be judged, with the reason. */
  readonly unfit: readonly UnfitLaw[];
  /** One for each law but the one compared with, and one on all together. */
  readonly findings: readonly Finding[];
}

/**
 * Ranks laws by how well they predict runs that they have not seen.
 *
 * @param runs - Validated runs, with the columns that the laws read.
 * @param candidates - Laws by name or as objects, or `{ name, options }` with filters, penalty, fixed or tied coefficients of its own.
 * @param how - What is held out; decide it once, before looking at any result.
 * @param options - Which candidate the others are compared with, by default the best; method and level of the intervals; the bootstrap.
 * @returns The ranking with AIC and BIC, an interval for each difference, ties, and candidates that could not be judged.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION` for no candidates, two of one name, or an ill-formed option. @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_FORM`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const { ranked, unfit } = chooseLaw(runs, ['chinchilla', 'power-law-n', 'muennighoff'], { kind: 'largest-N', sizes: 2 });
 * ranked[0].name // => 'chinchilla'
 * unfit[0].message // => 'muennighoff reads U: runs must have a column U, got N, D, C'
 * @see Choshen et al. (2024), arXiv:2410.11840, section 4.
 */
export function chooseLaw(
  runs: Runs,
  rivals: readonly Candidate[],
  how: HoldOut,
  options: ChooseOptions = {},
): LawChoice {
  const alternatives = check(candidates, rivals, 'candidates').map(alternativeOf);
  const names = alternatives.map(({ name }) => name);
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined) throw refusal('candidates', 'have names of their own', `${twice} twice`);
  const checked = check(chooseOptions, options);
  const { against } = checked;
  if (against !== undefined && !names.includes(against)) {
    throw refusal('against', `be the name of a candidate (${names.join(', ')})`, against);
  }
  const { rest, heldOut } = splitRuns(runs, how);
  const unfit: UnfitLaw[] = [];
  const judged = alternatives.flatMap((one) => {
    const fitted = unlessUnfit(one, rest, heldOut);
    if ('fitted' in fitted) return [fitted];
    unfit.push(fitted);
    return [];
  });
  const best = judged.toSorted((one, two) => one.error - two.error).map(({ fitted }) => fitted);
  const first = against === undefined ? best[0] : best.find(({ name }) => name === against);
  const ranked = first ? compareFits(best, first, heldOut, checked) : [];
  if (!first && best.length > 0) throw refusal('against', 'be a candidate that can be fitted', against);
  const tied = ranked.filter(({ difference }) => !difference || difference.verdict === 'undecided');
  return deepFreeze({
    how: recordHoldOut(how),
    ranked,
    tied: tied.map(({ name }) => name),
    unfit,
    findings: choiceFindings(
      ranked.toSorted((one, two) => Number(one.difference !== null) - Number(two.difference !== null)),
    ),
  });
}

/** Judges rivals on `heldOut`; all others are compared with `first`. */
function compareFits(
  rivals: readonly FittedAlternative[],
  first: FittedAlternative,
  heldOut: Runs,
  { method, level, replicates, resample, seed, signal }: Checked<typeof chooseOptions>,
): readonly ComparedLaw[] {
  const sameRows = new Set(rivals.map(({ rows }) => digestRuns(rows))).size === 1;
  const boots =
    method === 'bootstrap' && rivals.length > 1
      ? new Map(rivals.map((one) => [one, bootstrap(one.fit, one.rows, { replicates, resample, seed, signal })]))
      : undefined;
  return rivals.map((one): ComparedLaw => {
    const { name, fit, rows } = one;
    const paired = (): ErrorDifference =>
      boots
        ? redrawn(boots.get(one)!, boots.get(first)!, heldOut, level)
        : pairedDifference(fit, first.fit, heldOut, level);
    return {
      name,
      fit,
      heldOut: relativeErrors(fit, heldOut),
      criteria: sameRows ? informationCriteria(fit, rows) : null,
      difference: one === first ? null : paired(),
    };
  });
}

function alternativeOf(candidate: Candidate | string): Alternative {
  if (typeof candidate === 'string') return { name: candidate, options: { law: candidate as LawName } };
  return 'options' in candidate ? candidate : { name: candidate.kind, options: { law: candidate } };
}

/** Reasons that lie in the runs, not in the question. */
const UNFIT = ['E_LAW_VARIABLE', 'E_TOO_FEW_RUNS', 'E_FIT_FAILED'];
/** Options about coefficients, which another law may not have. */
const ABOUT_COEFFICIENTS = /^(fixed|tied|bounds)\b/;

const isUnfit = ({ code, argument }: ScalingLawsError): boolean =>
  UNFIT.includes(code) || (code === 'E_ARGUMENT' && ABOUT_COEFFICIENTS.test(argument ?? ''));

function unlessUnfit(
  alternative: Alternative,
  rest: Runs,
  heldOut: Runs,
): { readonly fitted: FittedAlternative; readonly error: number } | UnfitLaw {
  const { name } = alternative;
  try {
    const { options } = alternative;
    const fit: Fit<string> = fitScalingLaw(rest, options);
    const fitted = { name, fit, rows: applyFilters(rest, options.filters ?? []).kept };
    const { meanAbsoluteRelativeError: error } = relativeErrors(fitted.fit, heldOut);
    if (Number.isFinite(error)) return { fitted, error: error! };
    return {
      name,
      code: 'E_FIT_FAILED',
      message: `${name}: must predict a finite loss for every held-out row, got ${error}`,
    };
  } catch (error) {
    if (!(error instanceof ScalingLawsError) || !isUnfit(error)) throw error;
    return { name, code: error.code, message: error.message };
  }
}
