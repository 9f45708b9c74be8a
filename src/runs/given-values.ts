/** Values that a table does not hold and its reader knows: the size of the model, the tokens of a step. */

import { onlyKnown } from '../arguments.ts';
import { ScalingLawsError, type Warning } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { showValue } from './bad-rows.ts';
import { nameOfRow } from './cells.ts';
import type { ColumnPlaces } from './columns.ts';
import { NUMBER_FIELDS } from './fields.ts';
import { parseQuantity } from './quantity.ts';
import type { Cell } from './runs.ts';
import type { Table } from './table.ts';

/** One value for all rows of a table, or of a run; counts may be written `1.3B`. */
export interface GivenValues {
  /** Model size, parameters, > 0. */
  readonly N?: number | string;
  /** Training tokens, > 0. */
  readonly D?: number | string;
  /** Training compute, FLOPs, > 0. */
  readonly C?: number | string;
  /** Unique tokens, > 0. */
  readonly U?: number | string;
  /** Share of the planned run, > 0. */
  readonly fraction?: number | string;
  /** Weight in the objective, > 0. */
  readonly weight?: number | string;
  readonly run?: string;
  readonly family?: string;
  /** Tokens of one optimizer step, batch x sequence, > 0: then `D = step * tokensPerStep`. */
  readonly tokensPerStep?: number | string;
}

/** What {@link withGivenValues} makes of a table. */
export interface FilledTable {
  readonly table: Table;
  readonly places: ColumnPlaces;
  readonly warnings: readonly Warning[];
}

const NUMBERS = ['N', 'D', 'C', 'U', 'fraction', 'weight'] as const;
const NAMES = ['run', 'family'] as const;
const KNOWN = [...NUMBERS, ...NAMES, 'tokensPerStep'] as const;

/**
 * `table` with a column for each given value, and of `D = step * tokensPerStep`.
 *
 * @param places - Where each field stands in the table.
 * @param all - Values for all rows.
 * @param byRun - Values for the rows of a run by its name; they win over `all`.
 * @param chosen - Whether the caller named the column of `step`.
 * @throws {ScalingLawsError} `E_OPTION` if a value breaks its rule or stands in the table too, if a run has no value where others have one, or if no
 *   row belongs to a run that is named; `E_COLUMN_MISSING` for `tokensPerStep` without a step.
 */
export function withGivenValues(
  table: Table,
  places: ColumnPlaces,
  all: GivenValues,
  byRun: Readonly<Record<string, GivenValues>>,
  chosen: boolean,
): FilledTable {
  checkValues('constants', all);
  for (const [name, values] of Object.entries(byRun)) checkValues(`runConstants.${name}`, values);
  const header = [...table.header];
  const columns = [...table.columns];
  const found: { -readonly [F in keyof ColumnPlaces]: ColumnPlaces[F] } = { ...places };
  const add = (field: (typeof NUMBERS)[number] | (typeof NAMES)[number], cells: readonly Cell[]): void => {
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
  const givenAt = (field: (typeof KNOWN)[number], i: number): Cell => {
    const run = runOf(i);
    const value = (run === undefined ? undefined : own(byRun, run)?.[field]) ?? all[field];
    if (value !== undefined) return value;
    throw new ScalingLawsError(
      'E_OPTION',
      `runConstants must give ${field} of every run, got none of ${showValue(run ?? '')}`,
      {
        field,
        run,
      },
    );
  };
  const isGiven = (field: (typeof KNOWN)[number]): boolean =>
    [all, ...Object.values(byRun)].some((values) => values[field] !== undefined);

  for (const field of [...NUMBERS, 'family'] as const) {
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
      "tokensPerStep must come with a step; name it with columns: { step: '…' }",
      {
        field: 'step',
        columns: table.header,
      },
    );
  }
  add(
    'D',
    table.columns[step]!.map((cell, i) => {
      const value = parseQuantity(cell);
      return Number.isNaN(value) ? cell : value * parseQuantity(givenAt('tokensPerStep', i));
    }),
  );
  const counts = table.header[step] === '_step' && !chosen;
  return { table: now, places: found, warnings: counts ? [COUNTER] : [] };
}

const COUNTER: Warning = {
  code: 'W_STEP_COUNTER',
  message:
    'D = step * tokensPerStep reads W&B\'s _step, which counts calls of log() unless the training code sets it; if it is the optimizer step, say so with columns: { step: "_step" }',
};

function checkValues(where: string, values: GivenValues): void {
  onlyKnown(where, values, KNOWN);
  for (const field of [...NUMBERS, 'tokensPerStep'] as const) {
    const value = values[field];
    if (value === undefined) continue;
    const { rule, parse, allows } = NUMBER_FIELDS[field === 'tokensPerStep' ? 'D' : field];
    if (!allows(parse(value))) {
      const message = `${where}.${field} ${rule}, got ${showValue(value)}`;
      throw new ScalingLawsError('E_OPTION', message, { field, value });
    }
  }
}

/** Every run that is named must be there. */
function checkRuns(byRun: Readonly<Record<string, GivenValues>>, runs: ReadonlySet<string | undefined>): void {
  const known = [...runs].filter((run) => run !== undefined);
  for (const name of Object.keys(byRun)) {
    if (runs.has(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new ScalingLawsError(
      'E_OPTION',
      `runConstants.${name} must be the name of a run, got none of that name${hint}`,
      {
        run: name,
        didYouMean: near,
      },
    );
  }
}

function refuseDouble(what: string, field: keyof ColumnPlaces, { header }: Table, places: ColumnPlaces): void {
  const place = places[field]?.[0];
  if (place === undefined) return;
  throw new ScalingLawsError(
    'E_OPTION',
    `constants.${what} must be given for a table without ${field}, got the column ${JSON.stringify(header[place])} too`,
    { field: what, column: header[place] },
  );
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
