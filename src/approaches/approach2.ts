/**
 * Approach 2 of Hoffmann et al. 2022 (arXiv:2203.15556, section 3.2): IsoFLOP curves.
 *
 *     at each budget   loss = c0 + c1 ln N + c2 (ln N)^2,   N* = exp(-c1 / 2 c2)
 *     through them     N* = k C^a,   D* = k' C^b
 *
 * D* is read off the budget's own rows, by a straight line between neighbours in (ln N, ln D): C / 6 N* where C = 6 N D.
 *
 * Biased even without noise where alpha and beta differ, because an IsoFLOP curve is no parabola (Open-Athena, arXiv:2603.22339):
 * `isoFlopBias` says by how much for a given grid.
 */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { deepFreeze } from '../freeze.ts';
import { akima } from '../numeric/akima.ts';
import { fitParabola, vertexOf } from '../numeric/parabola.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { choice, yes } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { plural } from '../words.ts';
import { type Budget, type BudgetOptions, budgetsOf } from './budgets.ts';
import { type Flag, flagEntries, flagsOf } from './flags.ts';
import { type Frontier, frontierThrough, type Optimum } from './power-law.ts';

/** How the minimum of a budget is found: the vertex of a parabola (Hoffmann), or the lowest point of Akima's curve (Porian). */
const curveField = choice(['parabola', 'akima'], {
  help: 'Curve through the rows of a budget in approach 2.',
  placeholder: 'curve',
});
export type IsoFlopCurve = Given<typeof curveField>;

/** As Hoffmann et al. 2022, section 3.2. */
export const DEFAULT_ISO_FLOP_CURVE: IsoFlopCurve = 'parabola';

/** How rows are grouped, which curve runs through them, and what becomes of suspect ones. */
export const approach2Entries = {
  ...flagEntries,
  curve: optional(curveField, DEFAULT_ISO_FLOP_CURVE),
  dropFlagged: optional(
    yes({ help: 'Leave suspect rows out of the curves of approach 2; they are reported either way.' }),
    false,
  ),
};
export const approach2Options = object('approach 2 options', approach2Entries);
export type Approach2Options = Given<typeof approach2Options>;

/** What a budget's rows came to. */
export interface IsoFlopBudget {
  /** FLOPs. */
  readonly C: number;
  /** Rows that the curve saw. */
  readonly rows: number;
  /** Smallest and largest N of them, parameters. */
  readonly sizes: Span | null;
  /** Lowest point of the curve, inside the sizes; null where there is none. */
  readonly minimum: (Optimum & { readonly loss: number }) | null;
  /** Why there is none. */
  readonly missing: 'too-few-sizes' | 'no-upward-curvature' | 'minimum-outside-sizes' | null;
}

/** What approach 2 found. */
export interface Approach2 {
  readonly frontier: Frontier;
  readonly curve: IsoFlopCurve;
  readonly budgets: readonly IsoFlopBudget[];
  /** Suspect rows, whether they were dropped or not. */
  readonly flags: readonly Flag[];
  readonly dropped: boolean;
  readonly warnings: readonly Finding[];
}

/** A parabola through fewer sizes has no row left to say that it is wrong. */
const FEWEST_SIZES = 4;
/** Fewest sizes of a redrawn budget: what determines a parabola. */
export const FEWEST_REDRAWN = 3;
const SAFE_BUDGETS = 3;

/**
 * Fits approach 2.
 *
 * @param runs - Final rows of one experiment, several sizes at each of two budgets or more. Intermediate checkpoints do not belong here.
 * @param asked - Grouping by budget, the curve, and what becomes of suspect rows.
 * @returns Power laws for N* and D*, every budget with its minimum or why it has none, and the flags. Frozen.
 * @throws {ScalingLawsError} `E_UNDEFINED` if fewer than two budgets have a minimum; `E_OPTION`, `E_ARGUMENT`.
 * @example
 * const law = { law: laws.chinchilla, coefficients: { E: 1.69, A: 400, B: 400, alpha: 0.31, beta: 0.31 } };
 * const layout = { kind: 'isoflop', C: [1e18, 1e20], N: [1e7, 1e8, 1e9, 1e10] } as const;
 * approach2(simulateRuns({ law, layout, noise: 0, seed: 1 })).budgets.length // => 2
 * @see Hoffmann et al. (2022), arXiv:2203.15556, section 3.2.
 */
export function approach2(runs: Runs, asked: Approach2Options = {}): Approach2 {
  const options = check(approach2Options, asked);
  const { curve, dropFlagged } = options;
  const flags = flagsOf(runs, options);
  const budgets = isoFlopRows(runs, options, dropFlagged ? flags : []).map((budget) => minimumOf(runs, budget, curve));
  const frontier = frontierOf(budgets);
  if (!frontier) {
    const found = budgets.filter(({ minimum }) => minimum).length;
    throw new ScalingLawsError(
      'E_UNDEFINED',
      `approach 2 must have a minimum at two budgets, got ${found} of ${budgets.length}`,
      { found, budgets: budgets.length },
    );
  }
  return deepFreeze({
    frontier,
    curve,
    budgets,
    flags,
    dropped: dropFlagged,
    warnings: [...runs.warnings, ...warningsOf(budgets, flags, dropFlagged)],
  });
}

/** Budgets without the flagged rows. */
export function isoFlopRows(runs: Runs, options: BudgetOptions, without: readonly Flag[]): readonly Budget[] {
  const out = new Set(without.map(({ index }) => index));
  return budgetsOf(runs, options).map(({ C, rows }) => ({ C, rows: rows.filter((i) => !out.has(i)) }));
}

/** The frontier through the budgets that have a minimum. */
export const frontierOf = (budgets: readonly IsoFlopBudget[]): Frontier | undefined =>
  frontierThrough(budgets.flatMap(({ minimum }) => minimum ?? []));

/** Minimum of one budget. `budget.rows` are by rising N and may repeat; `fewest` different sizes at least must be among them. */
export function minimumOf(
  runs: Runs,
  { C, rows }: Budget,
  curve: IsoFlopCurve,
  fewest: number = FEWEST_SIZES,
): IsoFlopBudget {
  const x = rows.map((i) => Math.log(runs.N[i]!));
  const y = rows.map((i) => runs.loss[i]!);
  // The lowest loss of each size, which comes first.
  const different = rows.filter((_, k) => k === 0 || x[k] !== x[k - 1]);
  const sizes = rows.length > 0 ? spanOf(rows.map((i) => runs.N[i]!)) : null;
  const none = (missing: NonNullable<IsoFlopBudget['missing']>): IsoFlopBudget => ({
    C,
    rows: rows.length,
    sizes,
    minimum: null,
    missing,
  });
  if (different.length < fewest) return none('too-few-sizes');
  const lowest = curve === 'parabola' ? lowestOfParabola(x, y) : lowestOfAkima(runs, different);
  if (!lowest) return none('no-upward-curvature');
  if (!(lowest.x > x[0]! && lowest.x < x.at(-1)!)) return none('minimum-outside-sizes');
  const D = Math.exp(between(lowest.x, different, runs));
  return {
    C,
    rows: rows.length,
    sizes,
    minimum: { C, N: Math.exp(lowest.x), D, loss: lowest.y },
    missing: null,
  };
}

function lowestOfParabola(x: readonly number[], y: readonly number[]): { x: number; y: number } | undefined {
  const parabola = fitParabola(x, y);
  return parabola && parabola.curvature > 0 ? vertexOf(parabola) : undefined;
}

function lowestOfAkima({ N, loss }: Runs, rows: readonly number[]): { x: number; y: number } {
  return akima(
    rows.map((i) => Math.log(N[i]!)),
    rows.map((i) => loss[i]!),
  ).minimum();
}

/** ln D at ln N = `x`, on the line between the rows on either side. */
function between(x: number, rows: readonly number[], { N, D }: Runs): number {
  const k = rows.findIndex((i) => Math.log(N[i]!) >= x);
  const [i, j] = [rows[k - 1]!, rows[k]!];
  const share = (x - Math.log(N[i]!)) / Math.log(N[j]! / N[i]!);
  return Math.log(D[i]!) + share * Math.log(D[j]! / D[i]!);
}

function warningsOf(budgets: readonly IsoFlopBudget[], flags: readonly Flag[], dropped: boolean): Finding[] {
  const found = budgets.filter(({ minimum }) => minimum).length;
  const reasons = [...new Set(flags.map(({ reason }) => reason))].join(', ');
  const suspect = `${plural(flags.length, 'row')} ${flags.length === 1 ? 'is' : 'are'} suspect (${reasons}) and ${flags.length === 1 ? 'was' : 'were'} ${dropped ? 'left out' : 'kept'}.`;
  const missing = `${budgets.length - found} of ${plural(budgets.length, 'budget')} have no minimum inside their sizes; the power laws are fitted without them.`;
  const few = `Only ${plural(found, 'budget')} ${found === 1 ? 'has' : 'have'} a minimum: a line through ${found === 1 ? 'it' : 'them'} has nothing left to check it.`;
  return [
    ...(flags.length > 0
      ? [
          finding('W_ISO_FLOP_FLAGS', suspect, {
            about: flags.map(({ row }) => `rows.${row}`),
            ...(!dropped && {
              advice: ['Look at them; ', { option: 'dropFlagged', value: true }, ' leaves them out.'],
            }),
          }),
        ]
      : []),
    ...(found < budgets.length
      ? [finding('W_NO_MINIMUM', missing, { advice: 'Train smaller or larger sizes at these budgets.' })]
      : []),
    ...(found < SAFE_BUDGETS ? [finding('W_FEW_BUDGETS', few, { advice: 'Train another budget.' })] : []),
  ];
}
