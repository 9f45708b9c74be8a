/**
 * The ablation of fitting ranges, and of everything else one chooses before a fit: the same runs fitted under every combination of
 * filters, penalty, space, weights and law, each judged on what it left out, on a fixed hold-out, and by the decisions it leads to.
 *
 * Sardana et al. 2024 (arXiv:2401.00448, section 4 and table 1) cut their 47 runs at 100, 250, 500, 1000 tokens per parameter and
 * find that laws fitted to ordinary ratios overstate what further tokens bring. Li et al. 2025 (arXiv:2502.18969) vary the rest.
 */

import { applyFilters } from '../filters/apply.ts';
import { type Filter, type RecordedFilter, recordFilter } from '../filters/filter.ts';
import type { Weighting } from '../filters/weigh.ts';
import type { Finding } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { type FitOptions, fitFields, lawAsked } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { type JudgedFit, unlessTooFew } from '../hold-out/judged-fit.ts';
import { type RelativeErrors, relativeErrors } from '../hold-out/relative-error.ts';
import { holdOuts, type RecordedHoldOut, recordHoldOut, splitRuns } from '../hold-out/split.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import { withLaw } from '../laws/fitted-law.ts';
import type { Law, LawForm } from '../laws/law.ts';
import { type CoefficientOf, DEFAULT_LAW, type LawName } from '../laws/registry.ts';
import { DEFAULT_PENALTY, DEFAULT_SPACE, type Penalty, type Space } from '../objective/penalty.ts';
import type { PlanePoint } from '../predict/predictor.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { byName, custom, finite, list } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { bootstrap, bootstrapOptions, onProgress, signal, stopIfAborted } from '../uncertainty/bootstrap.ts';
import { coefficientIntervals, type Interval } from '../uncertainty/intervals.ts';
import { type Answers, answersOf, type OptimumTarget } from './answers.ts';
import { ablationFindings, ablationWarnings } from './findings.ts';
import { alternatives, combinations, isVaried, type OneOrMore, oneOrMore, variedFilters } from './vary.ts';

const point = custom<PlanePoint>('be a point', (value) => typeof value === 'object' && value !== null);
const target = custom<OptimumTarget>(
  'be a budget, or a loss with a demand',
  (value) => typeof value === 'object' && value !== null,
);

/** Options of the fits, with lists where something is to vary, and what to ask of each fit. */
export const ablationPlan = object('ablation plan', {
  ...fitFields,
  filters: variedFilters,
  law: optional(oneOrMore(fitFields.law.wrapped), DEFAULT_LAW),
  penalty: optional(oneOrMore(fitFields.penalty.wrapped), DEFAULT_PENALTY),
  space: optional(oneOrMore(fitFields.space.wrapped), DEFAULT_SPACE),
  weights: optional(oneOrMore(fitFields.weights.wrapped), 'given'),
  holdOut: optional(holdOuts),
  bootstrap: optional(
    object(
      'bootstrap',
      {
        replicates: bootstrapOptions.entries.replicates,
        resample: bootstrapOptions.entries.resample,
        seed: bootstrapOptions.entries.seed,
      },
      { help: 'Bootstraps every fit, for intervals.' },
    ),
  ),
  predictAt: optional(list(point, { help: 'Points at which every fit predicts the loss.' })),
  optimumAt: optional(list(target, { help: 'Budgets, or losses with demands, whose optimum every fit is asked for.' })),
  given: optional(
    byName(finite(), {
      help: 'What the law reads beside N, D and C at all these points.',
      placeholder: 'name=value,...',
    }),
  ),
  signal: optional(signal),
  onProgress: optional(onProgress),
});
/** What `ablate` is told. */
export type AblationPlan<L extends OneOrMore<LawName | LawForm> = OneOrMore<LawName | LawForm>> = Omit<
  Given<typeof ablationPlan>,
  'law'
> & { readonly law?: L | undefined };

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
  readonly plan: Omit<Checked<typeof ablationPlan>, 'law'>;
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

/** Spreads out the plan and parts the runs; the law of each case stands beside, since no worker can be sent it. */
export function ablationWork(
  runs: Runs,
  given: AblationPlan,
): { readonly work: AblationWork; readonly laws: readonly Law[] } {
  const { law, ...plan } = check(ablationPlan, given);
  const { filters } = plan;
  const split = plan.holdOut && splitRuns(runs, plan.holdOut);
  const rest = split?.rest ?? runs;
  const { kept: eligible } = applyFilters(rest, filters.filter((filter) => !isVaried(filter)) as Filter[]);
  const asked = [law].flat().map((one) => lawAsked(one));
  const choices = alternatives({
    penalty: plan.penalty,
    space: plan.space,
    weights: plan.weights,
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
  report?: (done: number) => void,
): AblationRow<string> {
  const { runs, eligible, fixed, plan } = work;
  const { filters, choice } = work.cases[k]!;
  const row = unlessTooFew((): Omit<AblationRow<string>, 'filters' | 'choice'> => {
    const { kept } = applyFilters(runs, filters);
    const { penalty, space, weights } = choice;
    const options = { ...sameInAll(plan), law, penalty, space, weights, filters };
    const fit = fitScalingLaw(runs, options);
    const used = new Set(kept.row);
    const index = Array.from(eligible.row, (_, i) => i).filter((i) => !used.has(eligible.row[i]!));
    const { signal } = plan;
    const watched = { ...plan.bootstrap, ...(signal && { signal }), ...(report && { onProgress: report }) };
    const boot = plan.bootstrap && bootstrap(fit, kept, watched);
    return {
      fit,
      heldOut: relativeErrors(fit, takeRuns(eligible, index)),
      ...(fixed && { fixedHoldOut: relativeErrors(fit, fixed) }),
      ...(boot && { intervals: coefficientIntervals(boot) }),
      ...answersOf(fit, plan, boot),
    };
  });
  report?.(1);
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

/** Options that are the same in all fits. */
function sameInAll({ fixed, tied, bounds, prior, engine, search }: AblationWork['plan']): FitOptions {
  return { fixed, tied, bounds, prior, engine, search };
}
