/** The cells of one family: which rows each sees, the fit to them, and how it predicts the target. */

import { mean } from 'simple-statistics';
import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { withFraction } from '../filters/groups.ts';
import { weighRuns } from '../filters/weigh.ts';
import { settingsOf } from '../fit/options.ts';
import { type FitProblem, fitProblem, freeCoefficients } from '../fit/problem.ts';
import { COARSE, DEFAULT_SEARCH, type SearchResult, searchMinimum, searchNear } from '../fit/search.ts';
import { relativeErrors } from '../hold-out/relative-error.ts';
import { judge } from '../judge/status.ts';
import type { Law, LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { stopIfAborted } from '../uncertainty/bootstrap.ts';
import type { HitchhikeCell, HitchhikePlan } from './hitchhike-plan.ts';

/** A family laid out: what is predicted, and from which sets of sizes. */
export interface FamilyPlan {
  readonly family: string;
  readonly sizes: readonly number[];
  readonly target: {
    readonly N: number;
    readonly rows: number;
    readonly fromTokens: number;
    readonly toTokens: number;
  };
  /** Rows that a fit may see, and those that judge it. */
  readonly runs: Runs;
  readonly heldOut: Runs;
  /** Sets of sizes, each a row of cells. */
  readonly sets: readonly (readonly number[])[];
}

/** One set of sizes, of which all shares are fitted. */
export interface CellRow {
  readonly family: string;
  readonly runs: Runs;
  readonly target: Runs;
  readonly set: readonly number[];
}

/** Beyond so many sizes the numbers of models are spread out, as in the paper's code. */
const MANY_SIZES = 20;
const STEPS = 5;
/** Hops of a cell that begins at its neighbour's optimum: on 414 cells of 24 families none was worse than a search from nothing. */
const WARM_HOPS = 8;
/** Cells of fewer rows are searched from nothing: they have many minima, and cost little. */
const FEW_ROWS = 64;
/** Fewest models unless a window says otherwise, and with the target fewest sizes of a family. */
const LEAST_MODELS = 2;

/** Lays out a family. @throws {ScalingLawsError} `E_TOO_FEW_RUNS` if its sizes are too few, or nothing is there to judge. */
export function familyPlan(family: string, given: Runs, plan: HitchhikePlan): FamilyPlan {
  const runs = withFraction(given);
  const sizes = [...new Set(runs.N)].sort((a, b) => a - b);
  const inOrder = plan.scale === 'up' ? sizes : sizes.toReversed();
  const N = inOrder.at(-1)!;
  const all = Array.from({ length: runs.length }, (_, i) => i);
  const end = Math.max(...all.map((i) => (runs.N[i] === N ? runs.D[i]! : 0)));
  const judges = (i: number): boolean => runs.N[i] === N && runs.D[i]! >= (1 - plan.target) * end;
  const usable = plan.withTarget ? inOrder : inOrder.slice(0, -1);
  const least = plan.window ?? LEAST_MODELS;
  if (usable.length < least || sizes.length < 2) {
    const others = plan.withTarget ? '' : ' beside the target';
    throw new ScalingLawsError(
      'E_TOO_FEW_RUNS',
      `${family}: sizes must be ${least} or more${others}, got ${usable.length}`,
      { sizes },
    );
  }
  const heldOut = takeRuns(runs, all.filter(judges));
  return {
    family,
    sizes,
    target: { N, rows: heldOut.length, fromTokens: Math.min(...heldOut.D), toTokens: end },
    runs: takeRuns(
      runs,
      all.filter((i) => !judges(i) && (plan.withTarget || runs.N[i] !== N)),
    ),
    heldOut,
    sets: setsOf(usable, plan),
  };
}

/** All from the first on, or every window. */
function setsOf(sizes: readonly number[], { window, models }: HitchhikePlan): readonly (readonly number[])[] {
  if (window !== undefined) return sizes.slice(window - 1).map((_, k) => sizes.slice(k, k + window));
  const step = sizes.length > MANY_SIZES ? Math.floor(sizes.length / STEPS) : 1;
  const counts = sizes.map((_, k) => k + 1);
  const isAsked = (k: number): boolean =>
    models ? models.includes(k) : k >= LEAST_MODELS && (k - LEAST_MODELS) % step === 0;
  return counts.filter(isAsked).map((k) => sizes.slice(0, k));
}

/** The cells of one set of sizes, in the order of the shares asked for. */
export function cellsOf(law: Law, { runs, target, set }: CellRow, plan: HitchhikePlan): HitchhikeCell[] {
  const mine = Array.from({ length: runs.length }, (_, i) => i).filter((i) => set.includes(runs.N[i]!));
  const longest = Math.max(...mine.map((i) => runs.D[i]!));
  const found = new Map<number, HitchhikeCell>();
  let known: Known | undefined;
  for (const share of plan.shares.toSorted((a, b) => b - a)) {
    stopIfAborted(plan.signal);
    const seen = takeRuns(
      runs,
      mine.filter((i) => runs.D[i]! <= share * longest),
    );
    const { kept } = applyFilters(seen, plan.filters as readonly Filter[]);
    const rows = weighRuns(kept, plan.weights);
    const { cell, next } = cellOf({ rows, target, set, share, law }, plan, known);
    known = next ?? known;
    found.set(share, cell);
  }
  return plan.shares.map((share) => found.get(share)!);
}

/** An optimum that a cell with fewer rows can begin at. */
interface Known {
  readonly coefficients: Readonly<Record<string, number>>;
  readonly spread: number;
}

interface Seen {
  readonly rows: Runs;
  readonly target: Runs;
  readonly set: readonly number[];
  readonly share: number;
  readonly law: Law;
}

function cellOf(
  { rows, target, set, share, law }: Seen,
  plan: HitchhikePlan,
  known: Known | undefined,
): { readonly cell: HitchhikeCell; readonly next?: Known } {
  const N = set.at(-1)!;
  const facts = {
    models: set.length,
    N,
    scaleUp: target.N[0]! / N,
    share,
    rows: rows.length,
    flops: trainingFlops(rows),
    rowFlops: rows.C.reduce((sum, C) => sum + C, 0),
    baselines: { best: constantError(Math.min(...rows.loss), target), last: constantError(lastLoss(rows), target) },
  };
  const settings = settingsFor(plan, law);
  const least = settings.prior ? 1 : freeCoefficients(law, settings) + 1;
  if (rows.length < least) {
    const message = `${rows.length} rows left, a fit needs at least ${least}`;
    const none = { are: null, signed: null, coefficients: null, objective: null, status: null };
    return { cell: { ...facts, ...none, error: { code: 'E_TOO_FEW_RUNS', message } } };
  }
  const problem = fitProblem(law, rows, settings);
  const { found, spread } = search(problem, plan, known);
  const values = problem.kernel.toCoefficients(found.theta);
  const coefficients = Object.fromEntries(law.coefficients.map((name) => [name, values[name]!]));
  const { meanAbsoluteRelativeError: are, meanSignedError: signed } = relativeErrors({ law, coefficients }, target);
  const status = judge(problem.kernel, found, problem.objective.information(found.theta), coefficients).kind;
  return {
    cell: { ...facts, are, signed, coefficients, objective: found.value, status },
    next: { coefficients, spread },
  };
}

const settingsFor = (plan: HitchhikePlan, law: Law) => {
  const { weights, penalty, space, fixed, tied, bounds, prior } = plan;
  return settingsOf({
    law: law as LawForm as LawName | LawForm,
    weights,
    penalty,
    space,
    fixed,
    tied,
    bounds,
    ...(prior && { prior }),
  });
};

function search(
  problem: FitProblem,
  _plan: HitchhikePlan,
  known: Known | undefined,
): { found: SearchResult; spread: number } {
  const { objective, observed, engine, kernel } = problem;
  const result = (found: SearchResult) => ({ found, spread: medianAbsolute(problem, found.theta) });
  if (!known || objective.rows < FEW_ROWS) return result(searchMinimum(objective, observed, engine, DEFAULT_SEARCH));
  const start = kernel
    .fromCoefficients(known.coefficients)
    .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
  return result(
    searchNear(objective, engine, start, COARSE * known.spread, { hops: WARM_HOPS, seed: DEFAULT_SEARCH.seed }),
  );
}

function medianAbsolute({ objective }: FitProblem, theta: Float64Array): number {
  const residuals = new Float64Array(objective.rows);
  objective.residuals(theta, residuals);
  return residuals.map(Math.abs).sort()[objective.rows >> 1]!;
}

/** FLOPs to train every run as far as its last row: of rows without a run, every size. */
function trainingFlops({ length, run, N, C }: Runs): number {
  const furthest = new Map<string | number, number>();
  for (let i = 0; i < length; i++) {
    const key = run?.[i] ?? N[i]!;
    furthest.set(key, Math.max(furthest.get(key) ?? 0, C[i]!));
  }
  return [...furthest.values()].reduce((sum, flops) => sum + flops, 0);
}

/** The loss at the end of the largest model used. */
function lastLoss({ N, D, loss }: Runs): number {
  let last = 0;
  for (let i = 1; i < N.length; i++) if (N[i]! > N[last]! || (N[i] === N[last] && D[i]! > D[last]!)) last = i;
  return loss[last] ?? Number.NaN;
}

const constantError = (loss: number, target: Runs): number =>
  mean(Array.from(target.loss, (one) => Math.abs(loss - one) / one));
