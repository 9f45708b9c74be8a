/**
 * The ablation of fitting ranges, and of everything else one chooses before a fit: the same runs fitted under every combination of
 * filters, penalty, space, weights and law, each judged on what it left out, on a fixed hold-out, and by the decisions it leads to.
 *
 * Sardana et al. 2024 (arXiv:2401.00448, section 4 and table 1) cut their 47 runs at 100, 250, 500, 1000 tokens per parameter and
 * find that laws fitted to ordinary ratios overstate what further tokens bring. Li et al. 2025 (arXiv:2502.18969) vary the rest.
 */

import { applyFilters } from '../filters/apply.ts';
import { type Filter, recordFilter } from '../filters/filter.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { type FitOptions, lawAsked } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { unlessTooFew } from '../hold-out/judged-fit.ts';
import { relativeErrors } from '../hold-out/relative-error.ts';
import { recordHoldOut, splitRuns } from '../hold-out/split.ts';
import { withLaw } from '../laws/fitted-law.ts';
import type { Law, LawForm } from '../laws/law.ts';
import type { DEFAULT_LAW, LawName } from '../laws/registry.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import type { Checked } from '../schema/objects.ts';
import { bootstrap, stopIfAborted } from '../uncertainty/bootstrap.ts';
import { coefficientIntervals } from '../uncertainty/intervals.ts';
import type { Ablation, AblationChoice, AblationRow } from './ablation.ts';
import { answersOf } from './answers.ts';
import { ablationFindings, ablationWarnings } from './findings.ts';
import { type AblationCoefficient, type AblationPlan, ablationPlan } from './plan.ts';
import { alternatives, combinations, isVaried, type OneOrMore } from './vary.ts';

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
