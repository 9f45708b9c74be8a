/**
 * Rival laws, or rival ways to fit one, on the same hold-out: which predicts better, and do the runs suffice to say so?
 *
 * The errors of two fits on one row have most of their noise in common, so their difference is looked at, row by row:
 *
 *     d = mean_i (|e_i| - |e_i of the first|)
 *
 * Its interval comes from a bootstrap that draws both sides anew: the fitted rows, the same for all rivals, and the held-out runs.
 * A paired t-test takes the fits for granted, and asks only what other held-out runs would say of them:
 *
 *     var d = sum over runs of (sum of (d_i - d) in the run)^2 / n^2 x u / (u - 1),   u runs, Student's t with u - 1 degrees of freedom
 *
 * That is no answer about the laws. In simulations in which tying alpha to beta costs hardly anything, it called the tied law better
 * or worse in 19 of 40 experiments, the bootstrap in 1.
 */

import { quantileSorted } from 'simple-statistics';
import { listOf, onlyKnown, recordOf } from '../arguments.ts';
import { refusal, ScalingLawsError, shown } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import { rowsByRun } from '../filters/groups.ts';
import type { Finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { type RelativeErrors, relativeErrors, signedErrors } from '../hold-out/relative-error.ts';
import { type HoldOut, type RecordedHoldOut, recordHoldOut, splitRuns } from '../hold-out/split.ts';
import { choiceFindings } from '../judge/choice.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import { tQuantile } from '../numeric/distributions.ts';
import { digestRuns } from '../runs/digest.ts';
import type { Runs } from '../runs/runs.ts';
import { type Bootstrap, type BootstrapOptions, bootstrap } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL } from '../uncertainty/intervals.ts';
import { replicateRandom } from '../uncertainty/resample.ts';
import { type InformationCriteria, informationCriteria } from './information-criteria.ts';

/** One rival. */
export interface Alternative {
  readonly name: string;
  /** The law, and all else that a fit may be asked. */
  readonly options: FitOptions<LawName | LawForm>;
}

/** A rival with its fit, and the rows behind that. */
export interface FittedAlternative {
  readonly name: string;
  readonly fit: Fit<string>;
  readonly rows: Runs;
}

/** How much further off an alternative is than the first one. */
export interface ErrorDifference {
  /** Mean absolute relative error, minus that of the first: above 0 the first is better. */
  readonly estimate: number;
  /** Ends of the interval; null with fewer than two held-out runs. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Nominal coverage. */
  readonly level: number;
  readonly method: 'paired-t' | 'bootstrap';
  /** Held-out runs, or rows where runs have no names. */
  readonly units: number;
  /** `undecided`: the interval holds 0, these runs cannot tell the two apart. */
  readonly verdict: 'better' | 'worse' | 'undecided';
}

/** One rival, fitted and judged. */
export interface ComparedLaw {
  readonly name: string;
  readonly fit: Fit<string>;
  readonly heldOut: RelativeErrors;
  /** On the rows behind the fit; null unless all alternatives were fitted to the same rows. */
  readonly criteria: InformationCriteria | null;
  /** Against the first alternative; null for that one. */
  readonly difference: ErrorDifference | null;
}

/** How the differences are judged. */
export interface CompareOptions extends Omit<BootstrapOptions, 'onProgress'> {
  /** `bootstrap` answers for the laws, `paired-t` for these fits only, at once. Default `bootstrap`. */
  readonly method?: ErrorDifference['method'];
  /** Nominal coverage of the intervals, in (0, 1); default {@link DEFAULT_LEVEL}. */
  readonly level?: number;
}

/** All rivals on one split. */
export interface LawComparison {
  readonly how: RecordedHoldOut;
  readonly alternatives: readonly ComparedLaw[];
  /** One sentence for each alternative but the first. */
  readonly findings: readonly Finding[];
}

/**
 * Fits several alternatives to one part of the runs and compares them on the other.
 *
 * @param runs - Validated runs.
 * @param alternatives - Two or more, by name; the others are compared with the first, so begin with the one to beat.
 * @param how - What is held out.
 * @param options - Method and level of the intervals; replicates, resampling and seed of the bootstrap.
 * @returns Fit, errors, AIC and BIC of each, the difference of its error with a paired interval, and a sentence on it.
 * @throws {ScalingLawsError} `E_OPTION`. @throws {ScalingLawsError} `E_TOO_FEW_RUNS` if too few rows are left for one of the fits.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const free = { name: 'free', options: {} };
 * const tied = { name: 'tied', options: { tied: [['alpha', 'beta']] } };
 * compareLaws(runs, [free, tied], { kind: 'largest-N', sizes: 3 }).alternatives[1]!.difference!.verdict // => 'undecided'
 */
export function compareLaws(
  runs: Runs,
  alternatives: readonly Alternative[],
  how: HoldOut,
  options: CompareOptions = {},
): LawComparison {
  if (listOf('alternatives', alternatives).length < 2) {
    throw new ScalingLawsError('E_OPTION', `alternatives must be two or more, got ${alternatives.length}`, {});
  }
  alternatives.forEach(checkAlternative);
  checkCompareOptions(options);
  const { rest, heldOut } = splitRuns(runs, recordOf('how', how));
  const fitted = alternatives.map((alternative) => fittedAlternative(alternative, rest));
  const compared = compareFits(fitted, heldOut, options);
  return deepFreeze({ how: recordHoldOut(how), alternatives: compared, findings: choiceFindings(compared) });
}

const COMPARE_OPTIONS: readonly (keyof CompareOptions)[] = [
  'method',
  'level',
  'replicates',
  'resample',
  'seed',
  'signal',
];

/** @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION` unless it is `{ name, options }`. */
export function checkAlternative(alternative: Alternative, k: number): void {
  const where = `alternatives[${k}]`;
  onlyKnown(where, alternative, ['name', 'options']);
  const { name, options } = alternative;
  if (typeof name !== 'string' || name === '') throw refusal(`${where}.name`, 'be a name', name);
  recordOf(`${where}.options`, options);
}

/** @throws {ScalingLawsError} `E_OPTION` for an unknown option, a level outside (0, 1), or an unknown method. */
export function checkCompareOptions(options: CompareOptions): void {
  onlyKnown('comparison options', options, COMPARE_OPTIONS);
  const { method = 'bootstrap', level = DEFAULT_LEVEL } = options;
  if (!(level > 0 && level < 1))
    throw new ScalingLawsError('E_OPTION', `level must be between 0 and 1, got ${level}`, { level });
  if (method !== 'bootstrap' && method !== 'paired-t') {
    throw new ScalingLawsError('E_OPTION', `method must be bootstrap or paired-t, got ${shown(method)}`, {
      option: 'method',
    });
  }
}

/** Fits one rival to `rest`. */
export function fittedAlternative({ name, options }: Alternative, rest: Runs): FittedAlternative {
  const fit: Fit<string> = fitScalingLaw(rest, options);
  return { name, fit, rows: applyFilters(rest, options.filters ?? []).kept };
}

/** Judges rivals, one or more, on `heldOut`; all but the first are compared with the first. */
export function compareFits(
  rivals: readonly FittedAlternative[],
  heldOut: Runs,
  { method = 'bootstrap', level = DEFAULT_LEVEL, ...resampling }: CompareOptions,
): readonly ComparedLaw[] {
  const sameRows = new Set(rivals.map(({ rows }) => digestRuns(rows))).size === 1;
  const boots =
    method === 'bootstrap' && rivals.length > 1 && rivals.map(({ fit, rows }) => bootstrap(fit, rows, resampling));
  return rivals.map(({ name, fit, rows }, k): ComparedLaw => {
    const paired = (): ErrorDifference =>
      boots ? redrawn(boots[k]!, boots[0]!, heldOut, level) : pairedDifference(fit, rivals[0]!.fit, heldOut, level);
    return {
      name,
      fit,
      heldOut: relativeErrors(fit, heldOut),
      criteria: sameRows ? informationCriteria(fit, rows) : null,
      difference: k === 0 ? null : paired(),
    };
  });
}

/** |error| of `law` minus |error| of `first`, row by row. */
function differencesOf(law: FittedLaw<string>, first: FittedLaw<string>, heldOut: Runs): Float64Array {
  const errors = signedErrors(first, heldOut);
  return signedErrors(law, heldOut).map((error, i) => Math.abs(error) - Math.abs(errors[i]!));
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function pairedDifference(
  law: FittedLaw<string>,
  first: FittedLaw<string>,
  heldOut: Runs,
  level: number,
): ErrorDifference {
  const differences = differencesOf(law, first, heldOut);
  const estimate = meanOf(differences);
  const units = rowsByRun(heldOut);
  const u = units.length;
  const squares = units.reduce((sum, rows) => sum + rows.reduce((s, i) => s + differences[i]! - estimate, 0) ** 2, 0);
  const half =
    u < 2 ? 0 : tQuantile((1 + level) / 2, u - 1) * Math.sqrt((squares / heldOut.length ** 2) * (u / (u - 1)));
  return judged({ estimate, level, method: 'paired-t', units: u }, [estimate - half, estimate + half]);
}

/** Both sides drawn anew: replicate k of the two bootstraps has the same rows, since it has the same seed. */
function redrawn(law: Bootstrap<string>, first: Bootstrap<string>, heldOut: Runs, level: number): ErrorDifference {
  const units = rowsByRun(heldOut);
  const means = Array.from({ length: law.replicates }, (_, k) => {
    const differences = differencesOf(replicate(law, k), replicate(first, k), heldOut);
    // The fits have used the stream of (seed, k); the complement of the seed has streams of its own.
    const random = replicateRandom(~law.seed, k);
    const drawn = units.flatMap(() => units[random.integer(units.length)]!);
    return meanOf(Float64Array.from(drawn, (i) => differences[i]!));
  }).sort((one, two) => one - two);
  const ends = [(1 - level) / 2, (1 + level) / 2].map((p) => quantileSorted(means, p)) as [number, number];
  const estimate = meanOf(differencesOf(law, first, heldOut));
  return judged({ estimate, level, method: 'bootstrap', units: units.length }, ends);
}

function replicate(bootstrap: Bootstrap<string>, k: number): FittedLaw<string> {
  const { draws } = bootstrap;
  return {
    law: lawOf(bootstrap),
    coefficients: Object.fromEntries(Object.entries(draws).map(([name, values]) => [name, values[k]!])),
  };
}

/** The verdict of an interval; none on a single run, which has nothing to be compared with. */
function judged(
  difference: Omit<ErrorDifference, 'lower' | 'upper' | 'verdict'>,
  [lower, upper]: readonly [number, number],
): ErrorDifference {
  if (difference.units < 2) return { ...difference, lower: null, upper: null, verdict: 'undecided' };
  return { ...difference, lower, upper, verdict: lower > 0 ? 'worse' : upper < 0 ? 'better' : 'undecided' };
}
