/** `scaling-laws sweep`: a plan over one or two of its numbers, or the demand from which smaller models pay, as a table, CSV or JSON. */

import { refusal } from '../errors.ts';
import { type BreakEvenCurve, breakEven } from '../plan/break-even.ts';
import { type Axis, type AxisName, type Sweep, sweep as swept } from '../plan/sweep.ts';
import { sweepFindings } from '../plan/warnings.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { choice, list, positive, text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { csvOf as csvText } from '../tables/csv.ts';
import { count, digits } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines, printWarnings } from './io.ts';
import { PROBLEM, PROBLEM_SETS, type ProblemSaid, RENAMED, saidIn, withSomeGoal } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { amount } from './plan-words.ts';
import { table } from './words.ts';

const SHOWN = ['N', 'D', 'cost', 'loss', 'saving', 'ratio-N', 'ratio-D'] as const;
/** What a cell of the table shows. */
type Shown = (typeof SHOWN)[number];

const axes = object('sweep options', {
  x: optional(text({ help: 'What varies along a row.', placeholder: 'axis' })),
  y: optional(text({ help: 'What varies from row to row.', placeholder: 'axis' })),
  breakEven: optional(
    list(positive('parameters'), {
      help: 'In place of axes: the demand from which smaller models pay, for the losses of compute-optimal models of these sizes.',
      placeholder: 'sizes',
    }),
  ),
  show: optional(choice(SHOWN, { help: 'What the table shows.', placeholder: 'what' }), 'N'),
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
  run: async ({ args: [name], flags, io, door }) => {
    const { x: across, y: down, breakEven: qualities, show = 'N' } = flags.axes;
    const { csv, json } = flags.output;
    const pose = (of: readonly (Axis | undefined)[]) => problemOf(name, standIn(saidIn(flags), of), flags.law, io);
    if (qualities) {
      const curves = breakEven(await pose([{ of: 'quality', values: qualities }]), { qualities });
      if (json) return printJson(io, curves);
      return printLines(io, csv ? [csvOfCurves(curves)] : tableOfCurves(curves, io.columns));
    }
    if (across === undefined) throw refusal('--x or --break-even', 'be given', 'neither');
    const [x, y] = [axisOf('--x', across), down === undefined ? undefined : axisOf('--y', down)];
    const found = swept(await pose([x, y]), y ? { x, y } : { x });
    if (json) return printJson(io, found);
    if (csv) return printLines(io, [csvOf(found)]);
    printLines(io, tableOf(found, show, io.columns));
    printWarnings(io, sweepFindings(found.failures), door);
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

function csvOf({ x, y, N, D, loss, cost, ratios }: Sweep): string {
  const width = x.values.length;
  const rows = N.map((_, at) => ({
    [x.of]: x.values[at % width],
    ...(y && { [y.of]: y.values[Math.floor(at / width)] }),
    N: N[at],
    D: D[at],
    loss: loss[at],
    cost: cost[at],
    ratioN: ratios.N[at],
    ratioD: ratios.D[at],
    ratioCost: ratios.cost[at],
  }));
  return csvOfRows(rows);
}

/** Objects that have the same fields, as CSV. */
const csvOfRows = (rows: readonly Readonly<Record<string, unknown>>[]): string =>
  csvText(Object.keys(rows[0] ?? {}), rows.map(Object.values)).trimEnd();

function csvOfCurves(curves: readonly BreakEvenCurve[]): string {
  const rows = curves.flatMap(({ share, points }) =>
    points.map(({ chinchilla, loss, N, D, demand }) => ({ share, quality: chinchilla.N, loss, N, D, demand })),
  );
  return csvOfRows(rows);
}

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

function tableOf(found: Sweep, show: Shown, width?: number): string[] {
  const { x, y } = found;
  const cell = (at: number): string => {
    const value = shownValue(found, show, at);
    if (value === null) return '-';
    return show === 'N' || show === 'D'
      ? count(value)
      : show === 'saving'
        ? `${(100 * value).toFixed(1)}%`
        : show === 'cost'
          ? amount(value, found.unit)
          : digits(value, 3);
  };
  const label = (axis: Axis, value: number): string => (axis.of === 'loss' ? digits(value, 4) : count(value));
  const rows = (y?.values ?? [Number.NaN]).map((value, j) => [
    y ? label(y, value) : show,
    ...x.values.map((_, i) => cell(j * x.values.length + i)),
  ]);
  return table([[y ? `${y.of} \\ ${x.of}` : x.of, ...x.values.map((value) => label(x, value))], ...rows], 1, width);
}

function shownValue({ N, D, cost, loss, ratios }: Sweep, show: Shown, at: number): number | null {
  switch (show) {
    case 'N':
      return N[at]!;
    case 'D':
      return D[at]!;
    case 'cost':
      return cost[at]!;
    case 'loss':
      return loss[at]!;
    case 'saving':
      return ratios.cost[at] === null ? null : 1 - ratios.cost[at]!;
    case 'ratio-N':
      return ratios.N[at]!;
    case 'ratio-D':
      return ratios.D[at]!;
    default:
      return show satisfies never;
  }
}
