/** `scaling-laws sweep`: a plan over one or two of its numbers, or the demand from which smaller models pay, as a table, CSV or JSON. */

import { refusal } from '../errors.ts';
import { type BreakEvenCurve, breakEven } from '../plan/break-even.ts';
import { type Axis, type AxisName, type Sweep, sweep as swept } from '../plan/sweep.ts';
import { sweepFindings } from '../plan/warnings.ts';
import { table } from '../report/text-table.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { choice, list, positive, text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { Sheet } from '../tables/sheet.ts';
import { count, digits } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { PROBLEM, PROBLEM_SETS, type ProblemSaid, RENAMED, saidIn, withSomeGoal } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { amount } from './plan-words.ts';

/** What a cell of the table may show: its number, and how that is written. */
const SHOWN: Readonly<Record<string, readonly [of: (sweep: Sweep, at: number) => number | null, write: Write]>> = {
  N: [({ N }, at) => N[at]!, (value) => count(value)],
  D: [({ D }, at) => D[at]!, (value) => count(value)],
  cost: [({ cost }, at) => cost[at]!, amount],
  loss: [({ loss }, at) => loss[at]!, (value) => digits(value, 3)],
  saving: [({ ratios }, at) => saved(ratios.cost[at]!), (value) => `${(100 * value).toFixed(1)}%`],
  'ratio-N': [({ ratios }, at) => ratios.N[at]!, (value) => digits(value, 3)],
  'ratio-D': [({ ratios }, at) => ratios.D[at]!, (value) => digits(value, 3)],
};
type Write = (value: number, unit: string) => string;
const saved = (ratio: number | null): number | null => (ratio === null ? null : 1 - ratio);

const axes = object('sweep options', {
  x: optional(text({ help: 'What varies along a row.', placeholder: 'axis' })),
  y: optional(text({ help: 'What varies from row to row.', placeholder: 'axis' })),
  breakEven: optional(
    list(positive('parameters'), {
      help: 'In place of axes: the demand from which smaller models pay, for the losses of compute-optimal models of these sizes.',
      placeholder: 'sizes',
    }),
  ),
  show: optional(choice(Object.keys(SHOWN), { help: 'What the table shows.', placeholder: 'what' }), 'N'),
});
const output = object('output', {
  csv: optional(yes({ help: 'Print a line for each cell.' })),
  json: optional(yes({ help: 'Print the sweep as JSON.' })),
});

/** The command. */
export const declared = command({
  args: [PROBLEM],
  sets: {
    axes: flagSet(axes, {
      title: 'Axes',
      needed: [['x', 'break-even']],
      oneOf: [
        ['x', 'break-even'],
        ['y', 'break-even'],
      ],
    }),
    ...PROBLEM_SETS,
    output: flagSet(output, { title: 'Output', oneOf: [['csv', 'json']] }),
  },
  renamed: RENAMED,
  notes: `An axis is NAME=FROM:TO:POINTS, geometrically spaced, or NAME=VALUE,VALUE,...; names: loss, quality (a loss, by the compute-optimal size
that has it), demand, budget, training-price, serving-price, unique-tokens.`,
  examples: [
    'scaling-laws sweep sardana-2024 --x demand=1e10:1e13:7 --y quality=1B,7B,13B,30B,70B --show saving',
    'scaling-laws sweep problem.json --x demand=1e9:1e14:200 --y loss=1.8:2.6:200 --csv > map.csv',
    'scaling-laws sweep sardana-2024 --break-even 7B,13B,70B',
  ],
  run: async ({ args: [name], flags, io }) => {
    const { x: across = '', y: down, breakEven: qualities, show = 'N' } = flags.axes;
    const pose = (of: readonly (Axis | undefined)[]) => problemOf(name, standIn(saidIn(flags), of), flags.law, io);
    if (qualities) {
      const curves = breakEven(await pose([{ of: 'quality', values: qualities }]), { qualities });
      return { json: curves, words: () => tableOfCurves(curves, io.columns), sheet: () => sheetOfCurves(curves) };
    }
    const [x, y] = [axisOf('--x', across), down === undefined ? undefined : axisOf('--y', down)];
    const found = swept(await pose([x, y]), y ? { x, y } : { x });
    return {
      json: found,
      words: () => tableOf(found, show, io.columns),
      sheet: () => sheetOfSweep(found),
      warnings: sweepFindings(found.failures),
    };
  },
});

/** A goal for the axis to overwrite, where an axis is the goal and no other is given. */
function standIn(said: ProblemSaid, of: readonly (Axis | undefined)[]): ProblemSaid {
  const isGoal = of.some((axis) => axis?.of === 'loss' || axis?.of === 'quality');
  return isGoal ? withSomeGoal(said) : said;
}

function axisOf(flag: string, written: string): Axis {
  const [of, list = ''] = written.split('=');
  const range = list.split(':');
  const read = (part: string): number => {
    const value = parseQuantity(part);
    if (value > 0 && Number.isFinite(value)) return value;
    throw refusal(flag, 'be NAME=FROM:TO:POINTS or NAME=VALUE,..., of positive numbers', written);
  };
  if (range.length !== 3) return { of: of as AxisName, values: list.split(',').map(read) };
  const [from, to, points] = range.map(read) as [number, number, number];
  if (!Number.isSafeInteger(points) || points < 2) throw refusal(flag, 'have 2 points or more', range[2]);
  return {
    of: of as AxisName,
    values: Array.from({ length: points }, (_, i) => from * (to / from) ** (i / (points - 1))),
  };
}

function sheetOfSweep({ x, y, N, D, loss, cost, ratios }: Sweep): Sheet {
  const width = x.values.length;
  return {
    head: [x.of, ...(y ? [y.of] : []), 'N', 'D', 'loss', 'cost', 'ratioN', 'ratioD', 'ratioCost'],
    rows: N.map((_, at) => [
      x.values[at % width]!,
      ...(y ? [y.values[Math.floor(at / width)]!] : []),
      ...[N, D, loss, cost, ratios.N, ratios.D, ratios.cost].map((column) => column[at]!),
    ]),
  };
}

const sheetOfCurves = (curves: readonly BreakEvenCurve[]): Sheet => ({
  head: ['share', 'quality', 'loss', 'N', 'D', 'demand'],
  rows: curves.flatMap(({ share, points }) =>
    points.map(({ chinchilla, loss, N, D, demand }) => [share, chinchilla.N, loss, N, D, demand]),
  ),
});

/** Demand by quality and size; `never` where the smaller model is never cheaper, `-` where it cannot reach the loss. */
function tableOfCurves(curves: readonly BreakEvenCurve[], width?: number): string[] {
  const losses = [...new Set(curves.flatMap(({ points }) => points.map(({ loss }) => loss)))];
  const pointsOf = (loss: number) => curves.map(({ points }) => points.find((point) => point.loss === loss));
  const rows = losses.map((loss) => {
    const points = pointsOf(loss);
    const size = points.find((point) => point !== undefined)!.chinchilla.N;
    return [
      count(size),
      ...points.map((point) => (point ? (point.demand === null ? 'never' : count(point.demand)) : '-')),
    ];
  });
  return table([['quality \\ size', ...curves.map(({ share }) => `${digits(share)} of it`)], ...rows], 1, width);
}

function tableOf(found: Sweep, show: string, width?: number): string[] {
  const { x, y } = found;
  const [of, write] = SHOWN[show]!;
  const cell = (at: number): string => {
    const value = of(found, at);
    return value === null ? '-' : write(value, found.unit);
  };
  const label = (axis: Axis, value: number): string => (axis.of === 'loss' ? digits(value, 4) : count(value));
  const rows = (y?.values ?? [Number.NaN]).map((value, j) => [
    y ? label(y, value) : show,
    ...x.values.map((_, i) => cell(j * x.values.length + i)),
  ]);
  return table([[y ? `${y.of} \\ ${x.of}` : x.of, ...x.values.map((value) => label(x, value))], ...rows], 1, width);
}
