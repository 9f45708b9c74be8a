/** `scaling-laws sweep`: a plan over one or two of its numbers, or the demand from which smaller models pay, as a table, CSV or JSON. */

import type { Command } from 'commander';
import Papa from 'papaparse';
import { type BreakEvenCurve, breakEven } from '../plan/break-even.ts';
import { type Axis, type AxisName, type Sweep, sweep } from '../plan/sweep.ts';
import { sweepFindings } from '../plan/warnings.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { count, digits } from '../words.ts';
import { listFlag, POSITIVE } from './flags.ts';
import { type Io, printJson, printLines, printWarnings, UsageError } from './io.ts';
import { addPlanFlags, type PlanFlags, PROBLEM_HELP } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { amount } from './plan-words.ts';
import { table } from './words.ts';

interface Flags extends PlanFlags {
  readonly x?: string;
  readonly y?: string;
  readonly breakEven?: readonly number[];
  readonly show: Shown;
  readonly csv?: true;
  readonly json?: true;
}

/** What a cell of the table shows. */
type Shown = 'N' | 'D' | 'cost' | 'loss' | 'saving' | 'ratio-N' | 'ratio-D';
const SHOWN: readonly Shown[] = ['N', 'D', 'cost', 'loss', 'saving', 'ratio-N', 'ratio-D'];

const EXAMPLES = `
An axis is NAME=FROM:TO:POINTS, geometrically spaced, or NAME=VALUE,VALUE,...; names: loss, quality (a loss, by the compute-optimal size
that has it), demand, budget, training-price, serving-price, unique-tokens.

Examples:
  scaling-laws sweep sardana-2024 --x demand=1e10:1e13:7 --y quality=1B,7B,13B,30B,70B --show saving
  scaling-laws sweep problem.json --x demand=1e9:1e14:200 --y loss=1.8:2.6:200 --csv > map.csv
  scaling-laws sweep sardana-2024 --break-even 7B,13B,70B`;

/** Adds the command to `program`. */
export function addSweep(program: Command, io: Io): void {
  const command = program
    .command('sweep')
    .description('a plan over one or two of its numbers: heat maps as data')
    .argument('<problem>', PROBLEM_HELP)
    .option('--x <axis>', 'what varies along a row')
    .option('--y <axis>', 'what varies from row to row')
    .addOption(
      listFlag(
        '--break-even <sizes>',
        'in place of axes: the demand from which smaller models pay, for the losses of compute-optimal models of these sizes',
        POSITIVE,
        true,
      ),
    )
    .option('--show <what>', `what the table shows: ${SHOWN.join(', ')}`, 'N');
  addPlanFlags(command)
    .optionsGroup('Output:')
    .option('--csv', 'print a line a cell')
    .option('--json', 'print the sweep as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (text: string, flags: Flags) => {
      if (!SHOWN.includes(flags.show))
        throw new UsageError(`--show must be one of ${SHOWN.join(', ')}, got ${flags.show}`);
      if (flags.breakEven) return printCurves(text, flags, flags.breakEven, io);
      if (flags.x === undefined) throw new UsageError('--x or --break-even must be given, got neither');
      const [x, y] = [axisOf('--x', flags.x), flags.y === undefined ? undefined : axisOf('--y', flags.y)];
      const problem = await problemOf(text, { ...flags, ...standIn(flags, [x, y]) }, io);
      const found = sweep(problem, y ? { x, y } : { x });
      if (flags.json) return printJson(io, found);
      if (flags.csv) return printLines(io, [csvOf(found)]);
      printLines(io, tableOf(found, flags.show, io.columns));
      printWarnings(io, sweepFindings(found.failures));
    });
}

async function printCurves(text: string, flags: Flags, qualities: readonly number[], io: Io): Promise<void> {
  if (flags.x !== undefined || flags.y !== undefined)
    throw new UsageError('--break-even must come without --x and --y');
  const problem = await problemOf(text, { ...flags, ...standIn(flags, [{ of: 'quality', values: qualities }]) }, io);
  const curves = breakEven(problem, { qualities });
  if (flags.json) return printJson(io, curves);
  if (flags.csv) return printLines(io, [csvOfCurves(curves)]);
  printLines(io, tableOfCurves(curves, io.columns));
}

/** A goal for the axis to overwrite, where an axis is the goal and no other is given. */
function standIn(
  { loss, match, lifetimeBudget, trainingBudget }: PlanFlags,
  axes: readonly (Axis | undefined)[],
): PlanFlags {
  const isGoal = axes.find((axis) => axis?.of === 'loss' || axis?.of === 'quality');
  const isGiven = loss ?? match ?? lifetimeBudget ?? trainingBudget;
  return isGoal && isGiven === undefined ? { loss: 1 } : {};
}

function axisOf(flag: string, text: string): Axis {
  const [of, list = ''] = text.split('=');
  const range = list.split(':');
  const read = (part: string): number => {
    const value = parseQuantity(part);
    if (value > 0 && Number.isFinite(value)) return value;
    throw new UsageError(
      `${flag} must be NAME=FROM:TO:POINTS or NAME=VALUE,..., of positive numbers, got ${JSON.stringify(text)}`,
    );
  };
  if (range.length !== 3) return { of: of as AxisName, values: list.split(',').map(read) };
  const [from, to, points] = range.map(read) as [number, number, number];
  if (!Number.isSafeInteger(points) || points < 2)
    throw new UsageError(`${flag} must have 2 points or more, got ${range[2]}`);
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
  return Papa.unparse(rows, { newline: '\n' });
}

function csvOfCurves(curves: readonly BreakEvenCurve[]): string {
  const rows = curves.flatMap(({ share, points }) =>
    points.map(({ chinchilla, loss, N, D, demand }) => ({ share, quality: chinchilla.N, loss, N, D, demand })),
  );
  return Papa.unparse(rows, { newline: '\n' });
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
