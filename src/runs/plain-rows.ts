/**
 * Row objects under the library's own names, as runs: nothing is looked for under another heading, in another unit or scale. What has to be
 * understood first is for `readRuns`.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { lossReading } from '../loss-unit.ts';
import { noRows, tableOfRows } from '../tables/table.ts';
import { throwBadRows } from './bad-rows.ts';
import { readCells } from './cells.ts';
import { FIELDS, NUMBER_NAMES } from './fields.ts';
import type { Runs } from './runs.ts';
import { computeWarnings } from './table-warnings.ts';
import { checkNats, checkScales } from './units.ts';

const WRITING = { scale: 1, decimal: '.' } as const;

/**
 * `rows` as runs.
 *
 * @param needs - Variables that must be there: those of a law.
 * @throws {ScalingLawsError} `E_EMPTY`, `E_COLUMN_MISSING`, `E_CELL`, `E_SCALE`, `E_LOSS_UNIT`.
 */
export function runsOfRows(rows: readonly Readonly<Record<string, unknown>>[], needs: readonly string[]): Runs {
  const table = tableOfRows(rows);
  const { header, row } = table;
  if (rows.length === 0) throw noRows('none');
  const bad = new Map(table.bad.map((one) => [one.row, one]));
  const names = [...Object.keys(FIELDS), ...needs].filter((name) => header.includes(name));
  const places: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
    names.map((name) => [name, [header.indexOf(name)]]),
  );
  if (row.length > 0) for (const name of [...needs, 'loss']) if (!hasOrGives(places, name)) throw missing(name, header);
  const columns = readCells(
    table,
    places,
    { writing: () => WRITING, loss: lossReading('nats'), k: DEFAULT_FLOPS_PER_PARAM_TOKEN },
    bad,
  );
  if (bad.size > 0) throwBadRows(bad.values());
  const isRead = (name: string): boolean => (NUMBER_NAMES as readonly string[]).includes(name);
  const others = header.filter((name) => !isRead(name));
  const read: Runs = {
    length: row.length,
    ...columns,
    extra: Object.freeze(
      Object.fromEntries(others.map((name) => [name, Object.freeze(table.columns[header.indexOf(name)]!)])),
    ),
    columns: Object.freeze(Object.fromEntries(names.map((name) => [name, name]))),
    row,
    passed: Object.freeze([]),
    warnings: [],
  };
  const given = (['N', 'D', 'C'] as const).filter((name) => places[name]);
  const warnings = [
    ...(given.length === 3 ? computeWarnings(read, DEFAULT_FLOPS_PER_PARAM_TOKEN) : []),
    ...checkScales(read, given),
    ...checkNats(read),
  ];
  return Object.freeze({ ...read, warnings: Object.freeze(warnings.map((one) => Object.freeze(one))) });
}

/** C may follow from N and D: what they are called leaves no doubt. */
const hasOrGives = (places: Readonly<Record<string, unknown>>, name: string): boolean =>
  places[name] !== undefined || (name === 'C' && places.N !== undefined && places.D !== undefined);

function missing(name: string, header: readonly string[]): ScalingLawsError {
  const got = header.join(', ');
  const cure = 'readRuns(rows) knows other headings, and can be told them';
  const breach = { argument: 'row objects', rule: `have ${name}`, got, cure };
  return new ScalingLawsError('E_COLUMN_MISSING', breach, { field: name, columns: header });
}
