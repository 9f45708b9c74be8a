/** What constraints cost: the least cost of each loss with them and without. */

import { areaX, dot, line } from '@observablehq/plot';
import type { LimitName } from '../allocate/limit.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { spanOf } from '../numeric/span.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { type Compiled, compile, type Solution, solve, unconstrained } from '../plan/solve.ts';
import { drawnAmount as amount, listed, short } from '../words.ts';
import { countAxis, type Figure, figure, HUE, INK, lossAxis, PAPER, powerAxis } from './figure.ts';
import { geometric, widened } from './geometric.ts';
import { labelsAtEnd, legend } from './labels.ts';

const POINTS = 60;
/** Training compute around that of the goal, as factors: the losses shown are those of compute-optimal models of so much. */
const AROUND = 30;

/** From so many times the cost without constraints on, a loss counts as out of reach. */
const DEAREST = 10;

/** The least cost of one loss. */
interface Point {
  readonly loss: number;
  readonly free: number;
  /** Null where the constraints leave nothing, or next to nothing. */
  readonly bound: number | null;
  readonly held: readonly LimitName[];
}

/**
 * The least cost of the life for each loss, under the problem's constraints and without them.
 *
 * @param problem - As for `plan`. Losses around that of its goal are shown.
 * @returns Options for `Plot.plot`: both frontiers, what lies between them, and where another constraint begins to bind.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a problem without constraints.
 * @throws {ScalingLawsError} As `plan` for an ill-posed problem, or one whose goal cannot be reached even without constraints.
 * @example
 * const problem = {
 *   law: publishedLaws.sardana2024,
 *   goal: { kind: 'loss', loss: 2 },
 *   demand: { tokens: 2e12 },
 *   constraints: [{ kind: 'size', max: 13e9 }],
 * } as const;
 * constrainedFrontier(problem).y?.label // => 'Loss (nats per token)'
 */
export function constrainedFrontier(problem: PlanProblem): Figure {
  const compiled = compile(problem);
  if (compiled.limits.length === 0 && !compiled.menu) {
    throw refusal('problem.constraints', 'be given, or there is nothing to compare', problem.constraints ?? []);
  }
  const free = unconstrained(compiled);
  const best = solve(free);
  const { surface } = compiled;
  // Around the goal by size and tokens alike, so that the losses are within reach.
  const losses = geometric([1 / AROUND, AROUND], POINTS).map((factor) =>
    surface.loss(best.N * Math.sqrt(factor), best.D * Math.sqrt(factor)),
  );
  const points = losses.flatMap((loss): Point[] => {
    const least = solved(free, loss);
    if (!least) return [];
    const bound = solved(compiled, loss);
    const shown = bound && bound.cost <= DEAREST * least.cost ? bound : undefined;
    return [{ loss, free: least.cost, bound: shown?.cost ?? null, held: shown?.held.map(({ name }) => name) ?? [] }];
  });
  const reached = points.filter((point): point is Point & { bound: number } => point.bound !== null);
  const { unit } = compiled.costs;
  const span = widened(spanOf(points.flatMap(({ free: cost, bound }) => [cost, bound ?? cost])), 1.05);
  const changes = reached.filter(({ held }, k) => k > 0 && held.join() !== reached[k - 1]!.held.join());
  const label = `Least cost of the life (${unit})`;
  return figure(
    {
      marginRight: 110,
      x: unit === 'FLOPs' ? powerAxis(label, span) : countAxis(label, span),
      y: lossAxis(),
      marks: [
        areaX(reached, { y: 'loss', x1: 'free', x2: 'bound', fill: HUE.vermillion, fillOpacity: 0.15 }),
        line(points, { x: 'free', y: 'loss', stroke: HUE.blue, strokeWidth: 2 }),
        line(reached, { x: 'bound', y: 'loss', stroke: HUE.vermillion, strokeWidth: 2 }),
        dot(changes, { x: 'bound', y: 'loss', r: 4, fill: INK, stroke: PAPER }),
        labelsAtEnd(
          changes.map(({ bound, loss, held }) => ({
            x: bound,
            y: loss,
            text: held.length > 0 ? listed(held) : 'none binds',
          })),
          { dx: 10, dy: -6 },
        ),
        ...legend([
          [HUE.blue, 'without constraints'],
          [HUE.vermillion, 'with them'],
        ]),
      ],
      ariaLabel: 'Least cost of each loss, with and without constraints',
      ariaDescription: inWords(points, reached, unit),
    },
    problem.law.lossUnit,
  );
}

/** The optimum for `loss`; undefined where there is none. */
function solved(compiled: Compiled, loss: number): Solution | undefined {
  try {
    return solve({ ...compiled, goal: { kind: 'loss', loss } });
  } catch (error) {
    if (error instanceof ScalingLawsError) return undefined;
    throw error;
  }
}

function inWords(
  points: readonly Point[],
  reached: readonly (Point & { readonly bound: number })[],
  unit: string,
): string {
  const [first, last] = [points[0]!, points.at(-1)!];
  const dearest = reached.reduce((most, { free, bound }) => Math.max(most, bound / free), 1);
  const binding = [...new Set(reached.flatMap(({ held }) => held))];
  const lowest = reached.at(-1);
  return (
    `Without constraints, loss ${short(first.loss)} nats per token costs ${amount(first.free, unit)} and ${short(last.loss)} costs ${amount(last.free, unit)}; ` +
    `with them ${
      lowest
        ? `losses down to ${short(lowest.loss)} can be reached, for up to ${short(dearest, 3)} times as much`
        : 'no loss can be reached'
    }${binding.length > 0 ? `, held by ${listed(binding)}` : ''}.`
  );
}
