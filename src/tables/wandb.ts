/** What Weights & Biases exports: the table of a project, the history of a run, and the data behind a chart. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { doubled } from './doubled.ts';
import { type Column, melted } from './melt.ts';
import type { Table } from './table.ts';

/**
 * The table of a project, one row a run: `Name` becomes `run`, and `config.` and `summary.` before a name are left out where no other
 * column has the name without them.
 */
export function projectTable(table: Table): Table {
  const bare = table.header.map((name) => (name === 'Name' ? 'run' : name.replace(/^(?:config|summary)\./, '')));
  const twice = doubled(bare);
  return { ...table, header: bare.map((name, j) => (twice.has(name) ? table.header[j]! : name)) };
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
/** What stands before the name where a curve is the mean of several runs. */
const GROUPED = /^Group: /;

/** Whether a header has a metric of a run beside its spread. */
export function isChart(header: readonly string[]): boolean {
  const names = new Set(header);
  return header.some((name) => name.includes(BETWEEN) && names.has(`${name}__MIN`) && names.has(`${name}__MAX`));
}

/**
 * The data behind a chart: a column a run and metric (`run-a - eval/loss`, beside its `__MIN` and `__MAX`), one row a step. It becomes one row a
 * run and step at which the run has a value; columns of no run (`Step`, an index, the tokens seen) stand beside each.
 *
 * @throws {ScalingLawsError} `E_FORMAT` if no column is named so, `E_COLUMN_DOUBLED` if two curves have one name.
 */
export function chartTable(table: Table): Table {
  const { header } = table;
  const found: Column[] = header.flatMap((name, place): Column[] => {
    const at = name.lastIndexOf(BETWEEN);
    return at < 0
      ? []
      : [{ place, of: name.slice(0, at).replace(GROUPED, ''), value: name.slice(at + BETWEEN.length) }];
  });
  if (found.every(({ value }) => SPREAD.test(value))) {
    const rule = 'have columns named "RUN - METRIC"';
    throw new ScalingLawsError('E_FORMAT', { argument: 'a chart', rule, got: 'none' }, { columns: header });
  }
  const curves = found.map(({ of, value }) => `${of}${BETWEEN}${value}`);
  const [twice] = doubled(curves);
  if (twice !== undefined) {
    throw new ScalingLawsError(
      'E_COLUMN_DOUBLED',
      {
        argument: 'a chart',
        rule: 'have one curve a name',
        got: `two of ${JSON.stringify(twice)}`,
        cure: 'rename one',
      },
      { columns: header.filter((_, j) => curves.indexOf(twice) === j) },
    );
  }
  // The axis is repeated as a metric of each run where it was chosen to be one.
  const shared = new Set(header.filter((name) => !name.includes(BETWEEN)));
  const columns = found.filter(({ value }) => !shared.has(value));
  return melted(table, columns, 'run', (value) => !SPREAD.test(value));
}
