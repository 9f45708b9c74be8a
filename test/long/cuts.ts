/** Random cuts of the shared real data, and degenerate ones: what users hand to a fit on a bad day. */

import { readFileSync } from 'node:fs';
import { seededRandom } from '../../src/numeric/random.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { type ReadRunsOptions, readRuns } from '../../src/runs/read-runs.ts';
import { type Runs, takeRuns } from '../../src/runs/runs.ts';
import { sharedData } from '../shared-data.ts';

/** Rows and penalty of one fit, with words that say how they were cut. */
export interface Cut {
  readonly name: string;
  readonly runs: Runs;
  readonly penalty: Penalty;
}

/** Files that the cuts are made from. */
export const FILES: Readonly<Record<string, NonNullable<ReadRunsOptions['columns']>>> = {
  'epoch2024/svg_extracted_data.csv': { N: 'Model Size', C: 'Training FLOP', loss: 'loss' },
  'sardana2024/trainingresults.csv': { N: 'Parameters', D: 'Tokens', loss: 'Smoothed Loss' },
  'misfitting2025/scaling_results.csv': { N: 'N', D: 'D', loss: 'loss' },
  'misfitting2025/scaling_results_last_ckpt_only.csv': { N: 'N_no_emb', D: 'D', loss: 'loss' },
  'gadre2024/derived_runs.csv': { N: 'params', D: 'tokens', loss: 'loss_c4_val' },
  'datablations2023/derived_parametric_fit_296.csv': { N: 'params', D: 'tokens', loss: 'loss' },
  'isoflop2026/isoflops.csv': { N: 'params', D: 'tokens', loss: 'loss' },
};

const PENALTIES: readonly Penalty[] = [
  ...[1e-5, 1e-4, 1e-3, 1e-3, 1e-3, 1e-2, 1e-1].map((delta): Penalty => ({ kind: 'huber', delta })),
  { kind: 'squared' },
  { kind: 'absolute' },
];
const FEWEST = 8;
const MOST = 770;

/**
 * `count` cuts, the same for the same seed: three in four a random range of N, D, D / N or row numbers, the others degenerate
 * (two or three sizes, one budget, one ray, the rows of highest loss, loss that rises in D).
 */
export function randomCuts(count: number, seed: number): Cut[] {
  const random = seededRandom(seed);
  const paths = Object.keys(FILES);
  const tables = new Map<string, Runs>();
  const cuts: Cut[] = [];
  while (cuts.length < count) {
    const path = paths[random.integer(paths.length)]!;
    const columns = FILES[path]!;
    const table = tables.get(path) ?? readRuns(readFileSync(sharedData(path)!, 'utf8'), { columns });
    tables.set(path, table);
    const [group, runs] = oneGroup(table, random);
    const [way, rows] = random.integer(4) === 0 ? degenerate(runs, random) : ranged(runs, random);
    const fewer = thin(rows, random);
    if (fewer.length < FEWEST) continue;
    const penalty = PENALTIES[random.integer(PENALTIES.length)]!;
    const delta = penalty.kind === 'huber' ? ` ${penalty.delta}` : '';
    const name = `${cuts.length}: ${path}${group}, ${way}, ${fewer.length} rows, ${penalty.kind}${delta}`;
    cuts.push({ name, runs: takeRuns(runs, fewer), penalty });
  }
  return cuts;
}

type Random = ReturnType<typeof seededRandom>;
type Choice = readonly [way: string, rows: number[]];

const all = (runs: Runs): number[] => Array.from({ length: runs.length }, (_, i) => i);
const sorted = (runs: Runs, by: (i: number) => number): number[] => all(runs).sort((i, j) => by(i) - by(j));

/** Columns that say which experiment a row belongs to. */
const GROUPS = ['experiment', 'train_dataset'];

/** Two times in three, where a table holds several experiments, the rows of one of them; else a mixture, as careless users fit it. */
function oneGroup(table: Runs, random: Random): readonly [name: string, runs: Runs] {
  const column = GROUPS.map((name) => table.extra[name]).find((cells) => cells !== undefined);
  if (!column || random.integer(3) === 0) return ['', table];
  const group = column[random.integer(column.length)]!;
  return [
    ` (${group})`,
    takeRuns(
      table,
      rowsWhere(table, (i) => column[i] === group),
    ),
  ];
}

function ranged(runs: Runs, random: Random): Choice {
  const measures: readonly (readonly [string, (i: number) => number])[] = [
    ['N', (i) => runs.N[i]!],
    ['D', (i) => runs.D[i]!],
    ['D/N', (i) => runs.D[i]! / runs.N[i]!],
    ['loss', (i) => runs.loss[i]!],
  ];
  const [name, of] = measures[random.integer(measures.length)]!;
  const share = 0.2 + 0.8 * random.uniform();
  const from = (1 - share) * random.uniform();
  const rows = sorted(runs, of).slice(Math.floor(from * runs.length), Math.ceil((from + share) * runs.length));
  return [`quantiles ${from.toFixed(2)} to ${(from + share).toFixed(2)} of ${name}`, rows];
}

function degenerate(runs: Runs, random: Random): Choice {
  const sizes = [...new Set(runs.N)];
  switch (random.integer(4)) {
    case 0: {
      const chosen = Array.from({ length: 2 + random.integer(2) }, () => sizes[random.integer(sizes.length)]!);
      return [
        `sizes ${chosen.map((size) => size.toPrecision(3)).join(' ')}`,
        rowsWhere(runs, (i) => chosen.includes(runs.N[i]!)),
      ];
    }
    case 1: {
      const C = runs.C[random.integer(runs.length)]!;
      return [`budget ${C.toPrecision(3)}`, rowsWhere(runs, (i) => Math.abs(Math.log(runs.C[i]! / C)) < 0.15)];
    }
    case 2: {
      const of = (i: number): number => runs.D[i]! / runs.N[i]!;
      const ray = of(random.integer(runs.length));
      return [`ray ${ray.toPrecision(3)}`, rowsWhere(runs, (i) => Math.abs(Math.log(of(i) / ray)) < 0.1)];
    }
    default:
      return ['the highest losses at each end of D', risingInD(runs)];
  }
}

const rowsWhere = (runs: Runs, keep: (i: number) => boolean): number[] => all(runs).filter(keep);

/** Low losses of the half with few tokens, high losses of the half with many: the loss seems to rise in D. */
function risingInD(runs: Runs): number[] {
  const byD = sorted(runs, (i) => runs.D[i]!);
  const half = byD.length >> 1;
  const byLoss = (rows: number[]): number[] => rows.sort((i, j) => runs.loss[i]! - runs.loss[j]!);
  const few = byLoss(byD.slice(0, half));
  const many = byLoss(byD.slice(half));
  return [...few.slice(0, half >> 1), ...many.slice(-(half >> 1))];
}

function thin(rows: readonly number[], random: Random): number[] {
  const share = random.integer(2) === 0 ? 1 : 0.1 + 0.9 * random.uniform();
  const kept = rows.filter(() => random.uniform() < share);
  const step = Math.ceil(kept.length / MOST);
  return kept.filter((_, i) => i % step === 0);
}
