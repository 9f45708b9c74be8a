/** Cells -> checked columns: numbers, names, and the third of N, D and C from the other two. */

import { inLossUnit, type LossReading } from '../loss-unit.ts';
import type { BadRow, Cell, Table } from '../tables/table.ts';
import { COMPUTE, type ColumnPlaces } from './columns.ts';
import { type FieldName, NUMBER_FIELDS, NUMBER_NAMES, type NumberName } from './fields.ts';
import { numbersOf, type Writing } from './numbers.ts';
import { isBlank } from './quantity.ts';
import { OPTIONAL_TEXTS, type Runs } from './runs.ts';

/** The columns of {@link Runs} that have been checked. */
export type CheckedColumns = Pick<
  Runs,
  'N' | 'D' | 'C' | 'loss' | 'U' | 'step' | 'fraction' | 'weight' | 'run' | 'family'
>;

/** How cells are read. */
export interface CellSettings {
  /** How each number is written. */
  readonly writing: (name: NumberName) => Writing;
  readonly loss: LossReading;
  /** FLOPs per parameter and token. */
  readonly k: number;
}

/** What stands between the parts of a name that is made of several columns. */
const JOIN = ' / ';

/** The third of N, D and C from the other two. */
export const FORMULAS: Readonly<Record<(typeof COMPUTE)[number], (k: number) => string>> = {
  N: (k) => `N = C / (${k} D)`,
  D: (k) => `D = C / (${k} N)`,
  C: (k) => `C = ${k} N D`,
};

/**
 * Reads every field that has a place; of N, D and C one that has none follows from `C = k N D`, or, where another is missing too, is NaN in
 * every row.
 *
 * @param table - Cells by columns.
 * @param places - Where each field stands; `loss` does.
 * @param bad - Bad rows by row number; gains each row that breaks a rule, with the first rule that it breaks.
 * @returns Columns as long as the table; what they hold at bad rows means nothing.
 */
export function readCells(
  table: Table,
  places: ColumnPlaces,
  { writing, loss, k }: CellSettings,
  bad: Map<number, BadRow>,
): CheckedColumns {
  const columns: Record<string, Float64Array | readonly string[]> = {};
  const judge = (name: NumberName, of: Label, values: Float64Array, cells: ArrayLike<Cell>): void => {
    const { allows } = NUMBER_FIELDS[name];
    const rule = inLossUnit(NUMBER_FIELDS[name].rule, loss.unit);
    for (let i = 0; i < values.length; i++) {
      if (!allows(values[i]!)) addBadCell(bad, table.row[i]!, name, { ...of, rule }, cells[i]!);
    }
    columns[name] = values;
  };

  for (const name of NUMBER_NAMES) {
    const place = places[name]?.[0];
    if (place === undefined) continue;
    const cells = table.columns[place]!;
    const values = numbersOf(cells, NUMBER_FIELDS[name].parse, writing(name));
    judge(name, labelOf(name, table.header[place]!), name === 'loss' ? values.map(loss.convert) : values, cells);
  }
  for (const name of OPTIONAL_TEXTS) if (places[name]) columns[name] = readNames(table, name, places[name], bad);

  const { N, D, C } = columns as Partial<CheckedColumns>;
  const derive = (name: keyof typeof FORMULAS, value: (i: number) => number): void => {
    const values = Float64Array.from(table.row, (_, i) => value(i));
    judge(name, { argument: FORMULAS[name](k) }, values, values);
  };
  if (!N && D && C) derive('N', (i) => C[i]! / (k * D[i]!));
  if (!D && N && C) derive('D', (i) => C[i]! / (k * N[i]!));
  if (!C && N && D) derive('C', (i) => k * N[i]! * D[i]!);
  for (const name of COMPUTE) columns[name] ??= new Float64Array(table.row.length).fill(Number.NaN);
  return columns as unknown as CheckedColumns;
}

/** The name in each row; equal names are one string in memory. */
function readNames(
  table: Table,
  name: FieldName,
  places: readonly number[],
  bad: Map<number, BadRow>,
): readonly string[] {
  const known = new Map<string, string>();
  const names: string[] = [];
  for (let i = 0; i < table.row.length; i++) {
    const parts = places.map((place) => table.columns[place]![i]!);
    const empty = parts.findIndex((part) => part === null || part === '');
    if (empty >= 0) {
      const of = labelOf(name, table.header[places[empty]!]!);
      addBadCell(bad, table.row[i]!, name, { ...of, rule: 'be a name' }, parts[empty]!);
    }
    const joined = nameOfRow(table, places, i);
    const same = known.get(joined) ?? joined;
    known.set(same, same);
    names.push(same);
  }
  return Object.freeze(names);
}

/** The name in row `i`, of one column or several. */
export function nameOfRow(table: Table, places: readonly number[], i: number): string {
  return places.map((place) => table.columns[place]![i]!).join(JOIN);
}

type Label = Pick<BadRow, 'argument' | 'header'>;

function addBadCell(
  bad: Map<number, BadRow>,
  row: number,
  column: FieldName,
  of: Label & Pick<BadRow, 'rule'>,
  value: Cell,
): void {
  if (!bad.has(row))
    bad.set(row, { code: 'E_CELL', row, ...of, value: isBlank(value) ? null : value, details: { column } });
}

const labelOf = (name: FieldName, header: string): Label => ({
  argument: name,
  ...(header !== name && { header }),
});
