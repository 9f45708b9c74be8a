/**
 * The ablation of fitting ranges, and of everything else one chooses before a fit: the same runs fitted under every combination of
 * filters, penalty, space, weights and law, each judged on what it left out, on a fixed hold-out, and by the decisions it leads to.
 *
 * Sardana et al. 2024 (arXiv:2401.00448, section 4 and table 1) cut their 47 runs at 100, 250, 500, 1000 tokens per parameter and
 * find that laws fitted to ordinary ratios overstate what further tokens bring. Li et al. 2025 (arXiv:2502.18969) vary the rest.
 */

import { onlyKnown } from '../arguments.ts';
import { applyFilters } from '../filters/apply.ts';
import { type Filter, type RecordedFilter, recordFilter } from '../filters/filter.ts';
import type { Weighting } from '../filters/weigh.ts';
import type { Finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { type FitOptions, fitOptions, lawAsked } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { type JudgedFit, unlessTooFew } from '../hold-out/judged-fit.ts';
import { type RelativeErrors, relativeErrors } from '../hold-out/relative-error.ts';
import { type HoldOut, type RecordedHoldOut, recordHoldOut, splitRuns } from '../hold-out/split.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import { withLaw } from '../laws/fitted-law.ts';
import type { Law, LawForm } from '../laws/law.ts';
import { type CoefficientOf, DEFAULT_LAW, type LawName } from '../laws/registry.ts';
import { DEFAULT_PENALTY, DEFAULT_SPACE, type Penalty, type Space } from '../objective/penalty.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { type BootstrapOptions, bootstrap, stopIfAborted } from '../uncertainty/bootstrap.ts';
import { coefficientIntervals, type Interval } from '../uncertainty/intervals.ts';
import { type Answers, answersOf, type Questions } from './answers.ts';
import { ablationFindings, ablationWarnings } from './findings.ts';
import { alternatives, combinations, isVaried, type OneOrMore, type Varied, variedFilters } from './vary.ts';

/** Options of the fits, with lists where something is to vary, and what to ask of each fit. */
export interface AblationPlan<L extends OneOrMore<LawName | LawForm> = OneOrMore<LawName | LawForm>>
  extends Omit<FitOptions, 'filters' | 'penalty' | 'space' | 'weights' | 'law'>,
    Pick<BootstrapOptions, 'signal' | 'onProgress'>,
    Questions {
  /** Filters; any number in them may be a list, and every combination is fitted. `Infinity` in a list means no bound. */
  readonly filters: readonly Varied[];
  /** Names of laws, or laws of your own. */
  readonly law?: L | undefined;
  readonly penalty?: OneOrMore<Penalty>;
  readonly space?: OneOrMore<Space>;
  /** How the rows that a cut keeps are weighed; default `given`: by their own weight column. */
  readonly weights?: OneOrMore<Weighting>;
  /** Rows taken from all fits before any filter, to judge every fit on the same rows. Default: none. */
  readonly holdOut?: HoldOut;
  /** Bootstraps every fit, for intervals of coefficients and answers. Default: no. */
  readonly bootstrap?: Pick<BootstrapOptions, 'replicates' | 'resample' | 'seed'>;
}

/** Coefficients of the fits of a plan: those of its law; of a list of laws, whatever each has. */
export type AblationCoefficient<L extends OneOrMore<LawName | LawForm>> = L extends LawName | LawForm
  ? CoefficientOf<L>
  : string;

/** What was chosen for one row, beside its filters. */
export interface AblationChoice {
  /** Name of the law. */
  readonly law: string;
  readonly penalty: Penalty;
  readonly space: Space;
  readonly weights: Weighting;
}

/** One combination, fitted and judged. */
export interface AblationRow<Name extends string = ChinchillaCoefficient> extends JudgedFit<Name>, Answers {
  /** Filters of this cut, as plain data. */
  readonly filters: readonly RecordedFilter[];
  readonly choice: AblationChoice;
  /** The fit; null where it could not be made, and then `error` says why. */
  readonly fit: Fit<Name> | null;
  /** Errors on the rows that this cut left out: those that pass the filters without a list, but not all of its own. */
  readonly heldOut: RelativeErrors | null;
  /** Errors on the plan's `holdOut`, the same rows for every cut. */
  readonly fixedHoldOut?: RelativeErrors;
  /** Intervals of the coefficients, if the plan bootstraps. */
  readonly intervals?: Readonly<Record<string, Interval>>;
}

/** All combinations of a plan. */
export interface Ablation<Name extends string = ChinchillaCoefficient> {
  /** What the fits show together: by the rows left out, by the hold-out, by their answers. */
  readonly findings: readonly Finding[];
  /** What is said against single fits and answers, with the cuts that it belongs to. */
  readonly warnings: readonly Finding[];
  /** The hold-out that all rows share, if there is one. */
  readonly holdOut?: RecordedHoldOut;
  readonly rows: readonly AblationRow<Name>[];
}

/** The work of an ablation, ready to be done case by case, in any order. */
export interface AblationWork {
  /** What the fits may see. */
  readonly runs: Runs;
  /** Of these, the rows that pass the filters without a list. */
  readonly eligible: Runs;
  /** Rows of the fixed hold-out. */
  readonly fixed?: Runs;
  /** The plan without its laws, which `choice` of each case names. */
  readonly plan: Omit<AblationPlan, 'law'>;
  readonly cases: readonly AblationCase[];
}

/** One combination to fit. */
export interface AblationCase {
  readonly filters: readonly Filter[];
  readonly choice: AblationChoice;
}

/**
 * Fits the runs under every combination of a plan, and judges each fit on the rows it left out.
 *
 * @param runs - Validated runs.
 * @param plan - Fit options, with lists for whatever is to vary. In the order of rows the law varies fastest, then weights, space,
 *   penalty, and last the filters. `holdOut`, `bootstrap`, `predictAt`, `optimumAt`, `given` say what else each fit is asked.
 * @returns One row a combination: filters and choice, fit, relative errors on the rows left out (shares of loss; negative: predicted
 *   too low), and what the plan asked. A cut with too few rows gets `fit: null` and an `error`, and the others go on.
 * @throws {ScalingLawsError} `E_ARGUMENT` if a filter is ill-formed. @throws {ScalingLawsError} `E_OPTION`; `E_ABORTED` if the signal says so.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const { rows } = ablate(runs, { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, 250, 500, 1000, Infinity] }] });
 * rows.map(({ fit }) => fit?.runs.kept) // => [34, 39, 43, 45, 47]
 * @see Sardana et al. (2024), arXiv:2401.00448, table 1.
 */
export function ablate<L extends OneOrMore<LawName | LawForm> = typeof DEFAULT_LAW>(
  runs: Runs,
  plan: AblationPlan<L>,
): Ablation<AblationCoefficient<L>> {
  const { work, laws } = ablationWork(runs, plan);
  const rows = work.cases.map((_, k) => {
    stopIfAborted(plan.signal);
    return ablationRow(laws[k]!, work, k, (done) => plan.onProgress?.((k + done) / work.cases.length));
  });
  return assembleAblation(work, laws, rows) as Ablation<AblationCoefficient<L>>;
}

const PLAN: readonly string[] = [
  ...Object.keys(fitOptions.entries),
  'holdOut',
  'bootstrap',
  'predictAt',
  'optimumAt',
  'given',
  'signal',
  'onProgress',
];

/** Spreads out the plan and parts the runs; the law of each case stands beside, since no worker can be sent it. */
export function ablationWork(
  runs: Runs,
  { law = DEFAULT_LAW, ...plan }: AblationPlan,
): { readonly work: AblationWork; readonly laws: readonly Law[] } {
  onlyKnown('ablation plan', plan, PLAN);
  const filters = variedFilters(plan.filters);
  const split = plan.holdOut && splitRuns(runs, plan.holdOut);
  const rest = split?.rest ?? runs;
  const { kept: eligible } = applyFilters(rest, filters.filter((filter) => !isVaried(filter)) as Filter[]);
  const asked = [law].flat().map((one) => lawAsked(one));
  const choices = alternatives({
    penalty: plan.penalty ?? DEFAULT_PENALTY,
    space: plan.space ?? DEFAULT_SPACE,
    weights: plan.weights ?? 'given',
    law: asked.map(({ kind }) => kind),
  });
  const cases = combinations(filters).flatMap((cut) => choices.map((choice) => ({ ...cut, choice })));
  const work = { runs: rest, eligible, ...(split && { fixed: split.heldOut }), plan, cases };
  return { work, laws: cases.map(({ choice }) => asked.find(({ kind }) => kind === choice.law)!) };
}

/** Does case `k`, of `law`; `onProgress` hears the share of it that is done. */
export function ablationRow(
  law: Law,
  work: AblationWork,
  k: number,
  onProgress?: (done: number) => void,
): AblationRow<string> {
  const { runs, eligible, fixed, plan } = work;
  const { filters, choice } = work.cases[k]!;
  const row = unlessTooFew((): Omit<AblationRow<string>, 'filters' | 'choice'> => {
    const { kept } = applyFilters(runs, filters);
    const { penalty, space, weights } = choice;
    const options = { ...fitOptionsOf(plan), law, penalty, space, weights, filters };
    const fit = fitScalingLaw(runs, options);
    const used = new Set(kept.row);
    const index = Array.from(eligible.row, (_, i) => i).filter((i) => !used.has(eligible.row[i]!));
    const { signal } = plan;
    const watched = { ...plan.bootstrap, ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const boot = plan.bootstrap && bootstrap(fit, kept, watched);
    return {
      fit,
      heldOut: relativeErrors(fit, takeRuns(eligible, index)),
      ...(fixed && { fixedHoldOut: relativeErrors(fit, fixed) }),
      ...(boot && { intervals: coefficientIntervals(boot) }),
      ...answersOf(fit, plan, boot),
    };
  });
  onProgress?.(1);
  return { filters: filters.map(recordFilter), choice, ...row };
}

/** Puts the rows, in order of the cases, into one result. */
export function assembleAblation(
  { plan }: AblationWork,
  laws: readonly Law[],
  rows: readonly AblationRow<string>[],
): Ablation<string> {
  const { holdOut } = plan;
  // The clone cuts every tie to the caller's own objects before freezing.
  const recorded = holdOut && recordHoldOut(holdOut);
  const findings = ablationFindings(rows, plan.filters, recorded);
  const warnings = ablationWarnings(rows, plan.filters);
  const result = structuredClone({ ...(recorded && { holdOut: recorded }), rows, findings, warnings });
  for (const [k, { fit }] of result.rows.entries()) if (fit) withLaw(fit, laws[k]!);
  return deepFreeze(result);
}

function fitOptionsOf({ fixed, tied, bounds, prior, engine, search }: AblationWork['plan']): FitOptions {
  return {
    ...(fixed && { fixed }),
    ...(tied && { tied }),
    ...(bounds && { bounds }),
    ...(prior && { prior }),
    ...(engine && { engine }),
    ...(search && { search }),
  };
}
