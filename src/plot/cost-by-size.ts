/**
 * What a plan's choice of size is worth: the cost of reaching its loss at every size, the optimum, and the sizes around it that cost
 * hardly more.
 */

import { dot, line, rect, text } from '@observablehq/plot';
import { costOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { isKept } from '../allocate/limit.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import { type Plan, plan } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { type Compiled, compile } from '../plan/solve.ts';
import { drawnAmount as amount, drawnCount as count, listed, powerOfTen, short } from '../words.ts';
import { countAxis, type Figure, figure, HALO, HUE, INK, PAPER } from './figure.ts';
import { geometric, widened } from './geometric.ts';
import { labelsAtEnd } from './labels.ts';

const POINTS = 160;
/** How far the figure goes beyond what it marks. */
const BEYOND = 2.5;
/** Costs above this many times the least are not shown. */
const DEAREST = 2.2;

/**
 * Cost over the model's life by size, at the loss of the plan.
 *
 * @param problem - As for `plan`.
 * @returns Options for `Plot.plot`: cost in all, of training and of serving; bands of the sizes within 1% and 5% of the plan's cost; the
 *   plan and the Chinchilla-style model. Where a size breaks a constraint, its cost is dashed.
 * @throws {ScalingLawsError} As `plan`.
 * @example
 * const problem = { law: publishedLaws.sardana2024, goal: { kind: 'loss', loss: 2 }, demand: { tokens: 2e12 } } as const;
 * costBySize(problem).x?.label // => 'Model size (parameters)'
 */
export function costBySize(problem: PlanProblem): Figure {
  const found = plan(problem);
  const compiled = compile(problem);
  const { flat, chinchilla } = found;
  const N = widened(spanOf([found.N, chinchilla.N, ...flat.within5Percent]), BEYOND);
  const most = Math.max(found.cost.total, chinchilla.cost.total) * DEAREST;
  const costs = geometric(N, POINTS)
    .map((size) => costAt(compiled, { N: size, D: compiled.surface.tokensFor(size, found.loss) }))
    .filter(({ total }) => total <= most);
  const span = spanOf(costs.map((at) => at.N));
  const parts = [
    { name: 'in all', of: 'total', color: INK, width: 2.5 },
    { name: 'training', of: 'training', color: HUE.blue, width: 1.5 },
    ...(compiled.demand.total > 0
      ? [{ name: 'serving', of: 'serving', color: HUE.vermillion, width: 1.5 } as const]
      : []),
  ] as const;
  const bands = [
    { span: flat.within5Percent, opacity: 0.1 },
    { span: flat.within1Percent, opacity: 0.14 },
  ];
  const models = [
    {
      ...found.chinchilla,
      total: chinchilla.cost.total,
      words: `Chinchilla-style ${count(chinchilla.N)}`,
      symbol: 'circle',
      textAnchor: 'start',
    },
    { ...found, total: found.cost.total, words: `plan ${count(found.N)}`, symbol: 'star', textAnchor: 'end' },
  ] as const;
  const word = found.unit === 'FLOPs' ? powerOfTen : count;
  return figure(
    {
      marginLeft: 76,
      marginRight: 76,
      x: countAxis('Model size (parameters)', span),
      y: {
        label: `Cost of the life (${found.unit})`,
        labelArrow: 'none',
        grid: true,
        zero: true,
        ticks: 5,
        tickFormat: (cost: number) => (cost === 0 ? '0' : word(cost)),
      },
      marks: [
        ...bands.map(({ span: [x1, x2], opacity }) =>
          rect([{ x1: Math.max(x1, span[0]), x2: Math.min(x2, span[1]) }], {
            x1: 'x1',
            x2: 'x2',
            y1: 0,
            y2: Math.max(...costs.map(({ total }) => total)),
            fill: HUE.green,
            fillOpacity: opacity,
          }),
        ),
        ...parts.flatMap(({ of, color, width }) => [
          line(costs, { x: 'N', y: of, stroke: color, strokeWidth: width, strokeDasharray: '3,4' }),
          line(costs, {
            x: 'N',
            y: (at: CostAt) => (at.kept ? at[of] : Number.NaN),
            stroke: color,
            strokeWidth: width,
          }),
        ]),
        labelsAtEnd(parts.map(({ name, of }) => ({ x: costs.at(-1)!.N, y: costs.at(-1)![of], text: name }))),
        ...models.flatMap((model) => [
          dot([model], {
            x: 'N',
            y: 'total',
            symbol: model.symbol,
            r: model.symbol === 'star' ? 7 : 5,
            fill: INK,
            stroke: PAPER,
          }),
          text([model], {
            x: 'N',
            y: 'total',
            text: 'words',
            textAnchor: model.textAnchor,
            dx: model.textAnchor === 'end' ? -8 : 8,
            dy: 14,
            ...HALO,
          }),
        ]),
        text([flat], {
          x: () => Math.sqrt(flat.within5Percent[0] * flat.within5Percent[1]),
          frameAnchor: 'top',
          dy: 4,
          text: () => 'within 1% and 5%',
          fill: INK,
        }),
      ],
      ariaLabel: 'Cost of the life by size',
      ariaDescription: inWords(found),
    },
    problem.law.lossUnit,
  );
}

interface CostAt extends Size {
  readonly total: number;
  readonly training: number;
  readonly serving: number;
  /** Whether all constraints are kept. */
  readonly kept: boolean;
}

function costAt({ costs, scale, limits }: Compiled, { N, D }: Size): CostAt {
  const { total, training, prefill, decode } = costOf(costs.paid, N, D, scale);
  const kept = limits.every((limit) => isKept(limit, N, D));
  return { N, D, total, training, serving: prefill + decode, kept };
}

function inWords({ N, loss, unit, cost, flat, chinchilla, saving, binding }: Plan): string {
  const range = ([low, high]: Span): string => `${count(low)} to ${count(high)}`;
  return (
    `Loss ${short(loss)} nats per token costs least, ${amount(cost.total, unit)}, with ${count(N)} parameters; ${range(flat.within1Percent)} ` +
    `cost at most 1% more, ${range(flat.within5Percent)} at most 5%; the Chinchilla-style ${count(chinchilla.N)} cost ` +
    `${amount(chinchilla.cost.total, unit)}, so that the plan saves ${(100 * saving.overChinchilla).toFixed(1)}%` +
    `${binding.length > 0 ? `; it is held by ${listed(binding.map(({ constraint }) => constraint))}` : ''}.`
  );
}
