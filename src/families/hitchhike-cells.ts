/** The cells of one family: which rows each sees, the fit to them, and how it predicts the target. */

import { mean } from 'simple-statistics';
import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { withFraction } from '../filters/groups.ts';
import { weighRuns } from '../filters/weigh.ts';
import { type FitSettings, settingsOf } from '../fit/options.ts';
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
/** Hops of a cell that begins at its neighbour's optimum: with 2 as with 8, none of 255 cells of 10 families was worse than by a search from nothing. */
const WARM_HOPS = 4;
/** Cells of fewer rows are searched from nothing: they have many minima, and cost little. */
const FEW_ROWS = 64;
/** Fewest models unless a window says otherwise, and with the target fewest sizes of a family. */
const LEAST_MODELS = 2;

/** Lays out a family. @throws {ScalingLawsError} `E_TOO_FEW_RUNS` if its sizes are too few, or nothing is there to judge. */
export function familyPlan(family: string, given: Runs, plan: HitchhikePlan): FamilyPlan {
  const runs = withFraction(given);
  const sizes = [...new Set(runs.N)].sort((a, b) => a - b);
  const inOrder = plan.direction === 'up' ? sizes : sizes.toReversed();
  const N = inOrder.at(-1)!;
  const all = Array.from({ length: runs.length }, (_, i) => i);
  const end = Math.max(...all.map((i) => (runs.N[i] === N ? runs.D[i]! : 0)));
  const judges = (i: number): boolean => runs.N[i] === N && runs.D[i]! >= (1 - plan.target) * end;
  const usable = plan.withTarget ? inOrder : inOrder.slice(0, -1);
  const least = plan.window ?? LEAST_MODELS;
  if (usable.length < least || sizes.length < 2) {
    const others = plan.withTarget ? '' : ' beside the target';
    throw new ScalingLawsError('E_TOO_FEW_RUNS', `sizes must be ${least} or more${others}, got ${usable.length}`, {
      sizes,
    });
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
  /** Its rows determine it. */
  readonly isSettled: boolean;
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
    baselines: rows.length > 0 ? baselinesOf(rows, target) : null,
  };
  const settings = settingsFor(law, plan);
  const least = settings.prior ? 1 : freeCoefficients(law, settings) + 1;
  if (rows.length < least) {
    const message = `${rows.length} rows left, a fit needs at least ${least}`;
    const none = { are: null, signed: null, coefficients: null, objective: null, status: null };
    return { cell: { ...facts, ...none, error: { code: 'E_TOO_FEW_RUNS', message } } };
  }
  const problem = fitProblem(law, rows, settings);
  const { found, coefficients, status } = settled(problem, law, known);
  const { meanAbsoluteRelativeError: are, meanSignedError: signed } = relativeErrors({ law, coefficients }, target);
  return {
    cell: { ...facts, are, signed, coefficients, objective: found.value, status },
    next: { coefficients, spread: medianAbsolute(problem, found.theta), isSettled: status !== 'unidentified' },
  };
}

/** How every cell is fitted. @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT` for what no cell can be fitted with. */
export function settingsFor(law: Law, plan: HitchhikePlan): FitSettings {
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
}

/** An optimum and what it amounts to. */
interface Settled {
  readonly found: SearchResult;
  readonly coefficients: Readonly<Record<string, number>>;
  readonly status: string;
}

/**
 * The optimum of a cell: from that of its neighbour where there is one. Where the rows leave coefficients open, which of them a search ends
 * at is chance, so there it is that of a search from nothing: what `fitScalingLaw` says of these rows.
 */
function settled(problem: FitProblem, law: Law, known: Known | undefined): Settled {
  const { objective, observed, engine, kernel } = problem;
  const judged = (found: SearchResult): Settled => {
    const values = kernel.toCoefficients(found.theta);
    const coefficients = Object.fromEntries(law.coefficients.map((name) => [name, values[name]!]));
    return { found, coefficients, status: judge(kernel, found, objective.information(found.theta), coefficients).kind };
  };
  if (known?.isSettled && objective.rows >= FEW_ROWS) {
    const start = kernel
      .fromCoefficients(known.coefficients)
      .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
    const options = { hops: WARM_HOPS, seed: DEFAULT_SEARCH.seed };
    const near = judged(searchNear(objective, engine, start, COARSE * known.spread, options));
    if (near.status !== 'unidentified') return near;
  }
  return judged(searchMinimum(objective, observed, engine, DEFAULT_SEARCH));
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

/** What the lowest loss of the rows is worth as a prediction, and the last loss of the model closest to the target. */
function baselinesOf({ N, D, loss }: Runs, target: Runs): NonNullable<HitchhikeCell['baselines']> {
  const closeness = (i: number): number => -Math.abs(Math.log(N[i]! / target.N[0]!));
  let last = 0;
  for (let i = 1; i < N.length; i++) {
    if (closeness(i) > closeness(last) || (N[i] === N[last] && D[i]! > D[last]!)) last = i;
  }
  const best = loss.reduce((low, one) => Math.min(low, one));
  return { best: constantError(best, target), last: constantError(loss[last]!, target) };
}

const constantError = (loss: number, target: Runs): number =>
  mean(Array.from(target.loss, (one) => Math.abs(loss - one) / one));
