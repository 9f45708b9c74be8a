/** Values that a table does not hold and its reader knows: the size of the model, the tokens of a step. */

import { refusal, ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { nearest } from '../nearest.ts';
import type { Table } from '../tables/table.ts';
import { nameOfRow } from './cells.ts';
import type { ColumnPlaces } from './columns.ts';
import { GIVEN_NUMBERS, type GivenValues } from './fields.ts';
import { parseQuantity } from './quantity.ts';
import type { Cell } from './runs.ts';

/** What {@link withGivenValues} makes of a table. */
export interface FilledTable {
  readonly table: Table;
  readonly places: ColumnPlaces;
  readonly warnings: readonly Finding[];
}

/** Values for all rows, and for the rows of a run by its name; those win. */
export interface GivenByRun {
  readonly constants: GivenValues;
  readonly runConstants: Readonly<Record<string, GivenValues>>;
}

type GivenName = keyof GivenValues;

/**
 * `table` with a column for each given value, and of `D = step * tokensPerStep`.
 *
 * @param places - Where each field stands in the table.
 * @param isCounted - Whether the steps are a logger's own count of its calls, which nobody chose.
 * @throws {ScalingLawsError} `E_ARGUMENT` if a value stands in the table too, if a run has no value where others have one, or if no row belongs to
 *   a run that is named; `E_COLUMN_MISSING` for `tokensPerStep` without a step.
 */
export function withGivenValues(
  table: Table,
  places: ColumnPlaces,
  { constants: all, runConstants: byRun }: GivenByRun,
  isCounted: boolean,
): FilledTable {
  const header = [...table.header];
  const columns = [...table.columns];
  const found: { -readonly [F in keyof ColumnPlaces]: ColumnPlaces[F] } = { ...places };
  const add = (field: Exclude<GivenName, 'tokensPerStep'>, cells: readonly Cell[]): void => {
    found[field] = [header.push(field) - 1];
    columns.push(cells);
  };

  if (all.run !== undefined) {
    refuseDouble('run', 'run', table, places);
    add('run', Array(table.row.length).fill(all.run));
  }
  const now: Table = { ...table, header, columns };
  const runOf = (i: number): string | undefined => found.run && nameOfRow(now, found.run, i);
  if (Object.keys(byRun).length > 0) checkRuns(byRun, new Set(Array.from(table.row, (_, i) => runOf(i))));
  const givenAt = (field: GivenName, i: number): Cell => {
    const run = runOf(i);
    const value = (run === undefined ? undefined : own(byRun, run)?.[field]) ?? all[field];
    if (value !== undefined) return value;
    throw refusal('runConstants', `give ${field} of every run`, `none of ${JSON.stringify(run ?? '')}`);
  };
  const isGiven = (field: GivenName): boolean =>
    [all, ...Object.values(byRun)].some((values) => values[field] !== undefined);

  for (const field of [...GIVEN_NUMBERS, 'family'] as const) {
    if (!isGiven(field)) continue;
    refuseDouble(field, field, table, places);
    add(
      field,
      Array.from(table.row, (_, i) => givenAt(field, i)),
    );
  }
  if (!isGiven('tokensPerStep')) return { table: now, places: found, warnings: [] };
  refuseDouble('tokensPerStep', 'D', now, found);
  const step = places.step?.[0];
  if (step === undefined) {
    throw new ScalingLawsError(
      'E_COLUMN_MISSING',
      { argument: 'columns.step', rule: 'name the column of steps, because tokensPerStep is given', got: undefined },
      { field: 'step', columns: table.header },
    );
  }
  add(
    'D',
    table.columns[step]!.map((cell, i) => {
      const value = parseQuantity(cell);
      return Number.isNaN(value) ? cell : value * parseQuantity(givenAt('tokensPerStep', i));
    }),
  );
  return { table: now, places: found, warnings: isCounted ? [counterWarning(table.header[step]!)] : [] };
}

const counterWarning = (step: string): Finding =>
  finding(
    'W_STEP_COUNTER',
    `D = step * tokensPerStep reads W&B's ${step}, which counts calls of log() unless the training code sets it.`,
    {
      about: ['columns.step'],
      advice: ['If it is the optimizer step, say so with ', { option: 'columns.step', value: step }, '.'],
    },
  );

/** Every run that is named must be there. */
function checkRuns(byRun: Readonly<Record<string, GivenValues>>, runs: ReadonlySet<string | undefined>): void {
  const known = [...runs].filter((run) => run !== undefined);
  for (const name of Object.keys(byRun)) {
    if (runs.has(name)) continue;
    const near = nearest(name, known);
    throw refusal('runConstants', 'name runs of the table', name, near && `did you mean ${near}?`);
  }
}

function refuseDouble(what: string, field: keyof ColumnPlaces, { header }: Table, places: ColumnPlaces): void {
  const place = places[field]?.[0];
  if (place === undefined) return;
  const got = `the column ${JSON.stringify(header[place])} too`;
  throw refusal(`constants.${what}`, `be given for a table without ${field}`, got);
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
