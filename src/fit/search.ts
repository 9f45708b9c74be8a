/**
 * Finds the global minimum of a fit's objective without a hint.
 *
 * With Huber's delta far under the residuals the objective is nearly piecewise linear in a curved, flat valley: many near-equal
 * minima, each where some residuals cross zero. Three steps, measured on some hundred cuts of real data (test/long):
 *
 *   1. The best starts of a grid (starts.ts) descend, first on the grid itself, then at a coarse level, where the objective is smooth
 *      and minima are few; starts that meet are one basin from there on.
 *   2. Each basin is followed down in level, by factors of sqrt(10), to the penalty asked for.
 *      Every fourth start goes straight to the penalty asked for instead: minima that a coarse level makes one are rivals (rivals.ts).
 *   3. From the best minimum, hops of random length along the axes of the valley, each followed down again, until a number of
 *      hops in a row has found nothing better; on many rows, until the hops are likely to have seen all minima.
 */

import { ScalingLawsError } from '../errors.ts';
import { FEW_STARTS, type StartCounts } from '../judge/case.ts';
import { seededRandom } from '../numeric/random.ts';
import type { Objective, Observed } from '../objective/objective.ts';
import { levelOf, ROUNDING } from '../objective/penalty.ts';
import { check } from '../schema/check.ts';
import { integer } from '../schema/fields.ts';
import { type Checked, object, optional } from '../schema/objects.ts';
import type { DescentOptions, Engine } from './engine.ts';
import { hop } from './hop.ts';
import { answersOf, areAlike, lower, type Minimum, SAME, TIE } from './rivals.ts';
import { projectedStarts, type ScannedStart, type Start } from './starts.ts';
import { vertexNear } from './vertex.ts';

/**
 * How hard to search. The defaults were never seen to miss the best minimum known under Huber's penalty on the cuts of test/long. Under
 * `absolute`, on cuts of some twenty rows, hundreds of hops have found as much as 8e-5 less.
 */
export const searchOptions = object('search options', {
  starts: optional(integer({ help: 'Starts of the grid that descend.', flag: null }, 1), 16),
  hops: optional(
    integer({ help: 'Hops in a row without improvement after which to stop, on many rows earlier; 0 for no hops.' }, 0),
    32,
  ),
  seed: optional(integer({ help: 'Seed of the hops.', flag: null }), 1),
});

/** How hard to search, with every default filled in. */
export type SearchOptions = Checked<typeof searchOptions>;

/** The search of a fit unless told otherwise. */
export const DEFAULT_SEARCH: SearchOptions = check(searchOptions, {});

/** Where the search ended. */
export interface SearchResult {
  readonly theta: Float64Array;
  readonly value: number;
  /** The best start did end in a local minimum. */
  readonly converged: boolean;
  readonly starts: StartCounts;
}

/** Where a search ended, and where else it might have. */
export interface ContestedResult extends SearchResult {
  /** Minima with other coefficients, within 1% of the best objective; a handful at most, the lowest first. */
  readonly rivals: readonly Minimum[];
}

/**
 * Levels fall by this factor. By 10 the Newton steps lose the path now and then; by 2 nothing is gained. Every hop enters at a level of its
 * own, so no two follow the same ladder: merging hops on a common ladder halves the time, and finds fewer minima (tried, measured).
 */
const LEVEL_FACTOR = Math.sqrt(10);
/** The coarse level, in median absolute residuals: most rows lie on the parabola. */
export const COARSE = 4;
/** Level that stands for the absolute penalty; the objective reported is exact. */
const ABSOLUTE_LEVEL = 1e-9;
/** Share of the coarse level from which on a vertex is tried (vertex.ts): most residuals have found their side by then. */
const NEAR_VERTEX = 0.01;
/** Descents with coefficients alike that end this little above the best, as a share of it, count as ended there. */
const AT_BEST = 1e-3;
/** However much each hop finds, no more than so many times the hops asked for: a valley without end would be followed without end. */
const MOST_ROUNDS = 16;
/**
 * Rows a coordinate from which on hops may end early: where each row is a small part of the objective, minima that hops have not seen are few.
 * On tables of some ten rows, one hop of 32 may find a term that has become a step at the smallest size, and no other does.
 */
const MANY_ROWS = 40;
/** Where fewer descents than {@link FEW_STARTS} have ended at the best, so many times the hops asked for are made. */
const DEEPER = 4;
/** Share of the hops asked for that are made in any case. */
const SEEN_FROM = 1 / 4;
const ON_THE_WAY = { tolerance: 1e-9, iterations: 60 } as const;
/** Where the landscape is known to be smooth, the path need not be followed closely; it saves a third of the work. */
const HASTY = { tolerance: 1e-3, iterations: 60 } as const;
/** What is not in a minimum by then is on its way along the valley, where others have been. */
const AT_ONCE = { tolerance: 1e-14, iterations: 25 } as const;
const AT_THE_END = { tolerance: 1e-14, iterations: 200 } as const;

/**
 * Searches for the global minimum of `objective`.
 *
 * @throws {ScalingLawsError} `E_FIT_FAILED` when the objective is not finite at any start: losses or sizes near the ends of double precision.
 */
export function searchMinimum(
  objective: Objective,
  observed: Observed,
  engine: Engine,
  { starts, hops, seed }: SearchOptions,
): ContestedResult {
  const target = targetLevel(objective);
  const grid = projectedStarts(objective, observed, starts);
  if (grid.length === 0)
    throw new ScalingLawsError('E_FIT_FAILED', 'fit: the objective must be finite at a start, got none', {});
  const coarse = coarseLevel(objective, engine, grid, target);
  // Squares have no other level, and nothing converges straight under the absolute penalty.
  const straight = objective.penalty.kind === 'huber' && coarse > target;
  const isAtOnce = (k: number): boolean => straight && k % 4 === 1 && k < starts;
  const stepwise = grid.filter((_, k) => !isAtOnce(k));
  const atOnce = grid.filter((_, k) => isAtOnce(k));
  const minima = [
    ...basins(objective, engine, stepwise, coarse).map((basin) =>
      follow(objective, engine, basin.theta, coarse, basin.starts),
    ),
    ...atOnce.map(({ theta }) => settle(objective, engine, Float64Array.from(theta), 1, AT_ONCE)),
  ];
  const found = hopOn(objective, engine, minima, coarse, hops, seed);
  return { ...withoutIdleTerms(objective, found), rivals: found.rivals.map((one) => withoutIdleTerms(objective, one)) };
}

/** A minimum with every amplitude that may as well be 0 at its lower bound, which stands for 0. */
function withoutIdleTerms<M extends Start>(objective: Objective, minimum: M): M {
  const { coordinates, lower } = objective.kernel;
  let best = minimum;
  for (const [i, { scale, role }] of coordinates.entries()) {
    if (scale !== 'log' || role !== 'amplitude') continue;
    const theta = best.theta.with(i, lower[i]!);
    const value = objective.value(theta);
    if (value <= best.value * (1 + TIE) + objective.rounding) best = { ...best, theta, value };
  }
  return best;
}

/**
 * Searches near a known optimum of almost the same objective: a bootstrap replicate, a profile.
 *
 * @param theta - Where to begin.
 * @param coarse - Level to begin at: some median absolute residuals of the fit that `theta` comes from, see {@link COARSE}.
 * @param options.hops - As in {@link SearchOptions}; 0 also means that the way down is followed loosely.
 * @returns The best minimum; `first` is the objective of the one that `theta` leads to without hops.
 */
export function searchNear(
  objective: Objective,
  engine: Engine,
  theta: Float64Array,
  coarse: number,
  { hops, seed }: Omit<SearchOptions, 'starts'>,
): SearchResult & { readonly first: number } {
  const from = Math.max(coarse, targetLevel(objective));
  const first = follow(objective, engine, theta, from, 1, { onTheWay: hops === 0 ? HASTY : ON_THE_WAY });
  return { ...hopOn(objective, engine, [first], from, hops, seed), first: first.value };
}

/** Huber's level that stands for the penalty asked for. */
function targetLevel(objective: Objective): number {
  return levelOf(objective.penalty) || ABSOLUTE_LEVEL;
}

/** Follows a basin from the coarse level down to the penalty asked for. */
function follow(
  objective: Objective,
  engine: Engine,
  from: Float64Array,
  coarse: number,
  starts: number,
  { onTheWay = ON_THE_WAY, known }: { onTheWay?: DescentOptions; known?: readonly Minimum[] } = {},
): Minimum {
  const target = targetLevel(objective);
  const theta = Float64Array.from(from);
  for (let level = coarse; level > target * (1 + 1e-9); level /= LEVEL_FACTOR) {
    engine.descend(theta, level, onTheWay);
    const vertex =
      level < NEAR_VERTEX * coarse && objective.penalty.kind === 'absolute' && vertexNear(objective, theta);
    if (vertex) return { theta: vertex, value: objective.value(vertex), converged: true, starts };
  }
  return settle(objective, engine, theta, starts, AT_THE_END, known);
}

/** Moves `theta` to the minimum beneath it under the penalty asked for. */
function settle(
  objective: Objective,
  engine: Engine,
  theta: Float64Array,
  starts: number,
  options: DescentOptions,
  known: readonly Minimum[] = [],
): Minimum {
  const end = { ...options, known: known.map((minimum) => minimum.theta) };
  const { converged, met } = engine.descend(theta, targetLevel(objective), end);
  if (met) return { ...known.find((minimum) => minimum.theta === met)!, starts };
  const value = objective.value(theta);
  return { theta, value, converged: converged || value <= objective.rounding, starts };
}

/** Hops from the best of `minima` until `hops` in a row have found nothing better, and counts all descents. */
function hopOn(
  objective: Objective,
  engine: Engine,
  minima: Minimum[],
  coarse: number,
  hops: number,
  seed: number,
): ContestedResult {
  let best = minima.reduce(lower);
  const isAtBest = ({ value }: Minimum): boolean => value <= best.value * (1 + AT_BEST) + objective.rounding;
  const target = targetLevel(objective);
  const random = seededRandom(seed);
  const spread = Number.isFinite(coarse) ? coarse / COARSE : medianAbsoluteResidual(objective, best.theta);
  const many = objective.rows >= MANY_ROWS * objective.kernel.dimension;
  let ends = [best];
  const isEnough = (idle: number): boolean =>
    idle >= DEEPER * hops ||
    (idle >= hops && countOf(minima.filter(isAtBest)) >= FEW_STARTS) ||
    (many && idle >= SEEN_FROM * hops && allSeen(idle, ends.length));
  for (let idle = 0, made = 0; !isEnough(idle) && made < MOST_ROUNDS * hops; made++) {
    const level = coarse > target ? target * (coarse / target) ** random.uniform() : target;
    const to = hop(objective, best.theta, spread, random.normal);
    const found = follow(objective, engine, to, level, 1, many ? { known: ends } : {});
    minima.push(found);
    const isNew = !ends.some(({ value }) => Math.abs(found.value - value) <= SAME * value + objective.rounding);
    if (found.value < best.value * (1 - SAME) - objective.rounding) {
      idle = 0;
      ends = [];
    } else idle++;
    if (isNew) ends.push(found);
    best = lower(best, found);
  }
  const [own = [best], ...others] = answersOf(objective.kernel, minima, best, objective.rounding);
  return {
    theta: best.theta,
    value: best.value,
    converged: best.converged,
    starts: {
      tried: countOf(minima),
      converged: countOf(minima.filter(({ converged }) => converged)),
      atBest: countOf(own.filter(isAtBest)),
    },
    rivals: others.map((members) => ({ ...members[0], starts: countOf(members) })),
  };
}

const countOf = (minima: readonly Minimum[]): number => minima.reduce((total, { starts }) => total + starts, 0);

/**
 * Whether `descents` that ended in so many different minima are likely to have seen them all: fewer than half a minimum is expected to be
 * left. After 8 descents to one minimum, 17 to two. Boender & Rinnooy Kan 1987, Mathematical Programming 37, 59-80.
 */
const allSeen = (descents: number, minima: number): boolean =>
  descents > minima + 2 && (minima * (descents - 1)) / (descents - minima - 2) < minima + 1 / 2;

/**
 * A level at which most rows of a least-squares fit lie on Huber's parabola; never below the target. Where that fit leaves
 * nothing but rounding, the level is one at which every start lies on the parabola.
 */
function coarseLevel(objective: Objective, engine: Engine, grid: readonly Start[], target: number): number {
  if (target === Number.POSITIVE_INFINITY) return target;
  const theta = Float64Array.from(grid[0]!.theta);
  engine.descend(theta, Number.POSITIVE_INFINITY, ON_THE_WAY);
  const median = medianAbsoluteResidual(objective, theta);
  return Math.max(target, median > ROUNDING ? COARSE * median : 1);
}

/** Descends from each start at the coarse level and merges those that meet, on the grid or on their way. */
function basins(
  objective: Objective,
  engine: Engine,
  grid: readonly ScannedStart[],
  level: number,
): { theta: Float64Array; value: number; starts: number }[] {
  const found: { theta: Float64Array; value: number; starts: number }[] = [];
  const problem = objective.atLevel(level);
  const lows = new Map<Start, number>();
  for (const { low } of grid) lows.set(low, (lows.get(low) ?? 0) + 1);
  for (const [start, starts] of lows) {
    const theta = Float64Array.from(start.theta);
    const { met } = engine.descend(theta, level, { ...ON_THE_WAY, known: found.map((basin) => basin.theta) });
    const value = problem.value(theta);
    const known = found.find(
      (basin) =>
        basin.theta === met ||
        (Math.abs(basin.value - value) <= SAME * value + objective.rounding &&
          areAlike(objective.kernel, basin.theta, theta)),
    );
    if (known) known.starts += starts;
    else found.push({ theta, value, starts });
  }
  return found;
}

function medianAbsoluteResidual(objective: Objective, theta: Float64Array): number {
  const residuals = new Float64Array(objective.rows);
  objective.residuals(theta, residuals);
  return residuals.map(Math.abs).sort()[objective.rows >> 1]!;
}
