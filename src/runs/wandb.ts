/** What Weights & Biases exports: the table of a project, the history of a run, and the data behind a chart. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { withoutBareNumbers } from './bare-numbers.ts';
import { readTable } from './read-table.ts';
import type { Cell } from './runs.ts';
import type { Table } from './table.ts';

/** The history of one run: CSV, JSON or JSON Lines of what was logged, most cells of a row empty. */
export function readHistory(text: string): Table {
  return readTable(/^\s*[[{]/.test(text) ? withoutBareNumbers(text) : text);
}

/**
 * The table of a project, one row a run: `Name` becomes `run`, and `config.` and `summary.` before a name are left out where no other
 * column has the name without them.
 */
export function readProject(text: string): Table {
  const table = readTable(text);
  const bare = table.header.map((name) => (name === 'Name' ? 'run' : name.replace(/^(?:config|summary)\./, '')));
  const header = bare.map((name, j) => (bare.indexOf(name) === bare.lastIndexOf(name) ? name : table.header[j]!));
  return { ...table, header };
}

/** Runs of a project that did not finish: their row may hold the tokens that were planned, not those that were seen. */
export function unfinishedWarnings({ header, columns }: Table): readonly Finding[] {
  const states = columns[header.indexOf('State')] ?? [];
  const unfinished = states.filter((state) => state !== 'finished');
  if (unfinished.length === 0) return [];
  const kinds = [...new Set(unfinished)].join(', ');
  const message = `${unfinished.length} of ${states.length} runs are not finished (${kinds}).`;
  const advice = 'Make sure that D holds the tokens that they have seen, not those planned.';
  return [finding('W_RUN_UNFINISHED', message, { about: ['columns.D'], advice })];
}

/** What stands between the name of a run and of a metric in the header of a chart. */
const BETWEEN = ' - ';
/** Columns of a chart that tell the spread of what was drawn as one point. */
const SPREAD = /__(?:MIN|MAX)$/;

/**
 * The data behind a chart: one column a run and metric (`run-a - eval/loss`, beside its `__MIN` and `__MAX`), one row a step. It becomes
 * one row a run and step at which the run has a value; rows are numbered in that order. `Step` is W&B's own counter, `_step`.
 *
 * @throws {ScalingLawsError} `E_FORMAT` if no column is named so.
 */
export function readChart(text: string): Table {
  const { header, columns, bad } = readTable(text);
  const runs = new Map<string, Map<string, readonly Cell[]>>();
  header.forEach((name, j) => {
    const at = name.lastIndexOf(BETWEEN);
    if (j === 0 || at < 0 || SPREAD.test(name)) return;
    const run = name.slice(0, at);
    runs.set(run, (runs.get(run) ?? new Map()).set(name.slice(at + BETWEEN.length), columns[j]!));
  });
  if (runs.size === 0) {
    const rule = 'have columns named "RUN - METRIC"';
    throw new ScalingLawsError('E_FORMAT', { argument: 'a chart', rule, got: 'none' }, { columns: header });
  }
  const axis = header[0] === 'Step' ? '_step' : header[0]!;
  const metrics = [...new Set([...runs.values()].flatMap((own) => [...own.keys()]))].filter((name) => name !== axis);
  const long = [...runs].flatMap(([run, own]) =>
    columns[0]!.flatMap((x, i) => {
      const values = metrics.map((metric) => own.get(metric)?.[i] ?? null);
      return values.every((value) => value === null || value === '') ? [] : [[x, run, ...values]];
    }),
  );
  const names = [axis, 'run', ...metrics];
  return {
    header: names,
    columns: names.map((_, j) => long.map((cells) => cells[j]!)),
    row: Int32Array.from(long, (_, i) => i + 1),
    bad,
  };
}
