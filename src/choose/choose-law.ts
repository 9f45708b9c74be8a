/**
 * Which law for these runs? Each candidate is fitted to one part of them and ranked by its error on the other:
 *
 *     ARE = mean over held-out rows of |L(row) - loss| / loss          Choshen et al. 2024, arXiv:2410.11840, section 4
 *
 * The first of a ranking is often first by chance, so every other law is compared with it by a paired bootstrap (compare-laws.ts), and
 * those that the runs cannot tell from it are named.
 */

import { listOf, recordOf } from '../arguments.ts';
import { ScalingLawsError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { deepFreeze } from '../freeze.ts';
import { relativeErrors } from '../hold-out/relative-error.ts';
import { type HoldOut, type RecordedHoldOut, recordHoldOut, splitRuns } from '../hold-out/split.ts';
import { choiceFindings } from '../judge/choice.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import {
  type Alternative,
  type ComparedLaw,
  type CompareOptions,
  checkAlternative,
  checkCompareOptions,
  compareFits,
  type FittedAlternative,
  fittedAlternative,
} from './compare-laws.ts';

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
  /** Lowest ARE first; each `difference` is to the first. */
  readonly ranked: readonly ComparedLaw[];
  /** Names that these runs cannot tell from the best, the best included. */
  readonly tied: readonly string[];
  /** Candidates that could not be judged, with the reason. */
  readonly unfit: readonly UnfitLaw[];
  /** One for each law but the best, and one on all together. */
  readonly findings: readonly Finding[];
}

/**
 * Ranks laws by how well they predict runs that they have not seen.
 *
 * @param runs - Validated runs, with the columns that the laws read.
 * @param candidates - Laws by name or as objects, or `{ name, options }` with filters, penalty, fixed or tied coefficients of its own.
 * @param how - What is held out; decide it once, before looking at any result.
 * @param options - Method and level of the intervals; replicates, resampling and seed of the bootstrap.
 * @returns The ranking with an interval for each difference to the best, ties, and candidates that could not be judged.
 * @throws {ScalingLawsError} `E_OPTION` for no candidates, two of one name, or an ill-formed option. @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_FORM`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const { ranked, unfit } = chooseLaw(runs, ['chinchilla', 'power-law-n', 'muennighoff'], { kind: 'largest-N', sizes: 2 });
 * ranked[0].name // => 'chinchilla'
 * unfit[0].message // => 'muennighoff reads U: runs must have a column U, got N, D, C'
 * @see Choshen et al. (2024), arXiv:2410.11840, section 4.
 */
export function chooseLaw(
  runs: Runs,
  candidates: readonly Candidate[],
  how: HoldOut,
  options: CompareOptions = {},
): LawChoice {
  const alternatives = listOf('candidates', candidates).map(alternativeOf);
  alternatives.forEach(checkAlternative);
  const names = alternatives.map(({ name }) => name);
  if (names.length === 0)
    throw new ScalingLawsError('E_OPTION', 'laws must be one or more, got none', { option: 'laws' });
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined) {
    throw new ScalingLawsError('E_OPTION', `laws must have names of their own, got ${twice} twice`, {
      option: 'laws',
      twice,
    });
  }
  checkCompareOptions(options);
  const { rest, heldOut } = splitRuns(runs, recordOf('how', how));
  const unfit: UnfitLaw[] = [];
  const judged = alternatives.flatMap((alternative) => {
    const one = unlessUnfit(alternative, rest, heldOut);
    if ('fitted' in one) return [one];
    unfit.push(one);
    return [];
  });
  const best = judged.toSorted((one, two) => one.error - two.error).map(({ fitted }) => fitted);
  const ranked = compareFits(best, heldOut, options);
  const tied = ranked.filter(({ difference }) => !difference || difference.verdict === 'undecided');
  return deepFreeze({
    how: recordHoldOut(how),
    ranked,
    tied: tied.map(({ name }) => name),
    unfit,
    findings: choiceFindings(ranked),
  });
}

function alternativeOf(candidate: Candidate, k: number): Alternative {
  if (typeof candidate === 'string') return { name: candidate, options: { law: candidate } };
  recordOf(`candidates[${k}]`, candidate);
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
    const fitted = fittedAlternative(alternative, rest);
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
