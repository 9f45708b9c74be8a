/** A table -> validated runs: every cell that is used is checked, with defaults where nobody said otherwise. */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { noRows, type Table, tableOfRows } from '../tables/table.ts';
import { skipWarnings, throwBadRows } from './bad-rows.ts';
import { readCells } from './cells.ts';
import { type ColumnPlaces, placeColumns, placeNamed, readColumns, requireFields } from './columns.ts';
import { type Convention, checkComputed, conventionWarnings } from './convention.ts';
import { type ColumnChoice, FIELDS, type GivenValues, NUMBER_NAMES } from './fields.ts';
import { withGivenValues } from './given-values.ts';
import { loggedRows } from './logged-rows.ts';
import { type Cell, type Runs, takeRuns } from './runs.ts';
import type { Source } from './source.ts';
import { unitWarnings } from './units.ts';

/** How a table is read, checked. */
export interface TableSettings {
  readonly columns: ColumnChoice;
  readonly constants: GivenValues;
  readonly runConstants: Readonly<Record<string, GivenValues>>;
  readonly flopsPerParamToken: number;
  readonly convention?: Convention | undefined;
  readonly onBadRow: 'throw' | 'skip';
  readonly needs?: readonly string[] | undefined;
}

/** Names that no field of a table stands for. */
export const variablesIn = (names: readonly string[] = []): readonly string[] =>
  names.filter((name) => !(name in FIELDS));

/** Share by which a given C may differ from `k N D` before a warning; our choice, above what rounded sizes explain. */
const COMPUTE_TOLERANCE = 0.2;

/** Row objects as runs whose headers speak for themselves, with the variables in `needs`. */
export function runsOfRows(rows: readonly Readonly<Record<string, unknown>>[], needs: readonly string[]): Runs {
  const source: Source = { table: tableOfRows(rows), columns: {}, warnings: [], format: 'rows', isExport: false };
  const flopsPerParamToken = DEFAULT_FLOPS_PER_PARAM_TOKEN;
  return runsOfTable(source, {
    columns: {},
    constants: {},
    runConstants: {},
    flopsPerParamToken,
    onBadRow: 'throw',
    needs,
  });
}

/** The runs in `source`. */
export function runsOfTable(source: Source, settings: TableSettings): Runs {
  const { flopsPerParamToken: k, onBadRow, convention: counts, constants, runConstants, columns: choice } = settings;
  const { header, row, bad: ragged } = source.table;
  if (row.length + ragged.length === 0) throw noRows('none below the header');
  if (row.length === 0 && onBadRow === 'throw') throwBadRows(ragged);
  const found = placeColumns(header, source.columns);
  const isCounted = choice.step === undefined && header[found.step?.[0] ?? -1] === (source.counter ?? '_step');
  const filled = withGivenValues(source.table, found, constants, runConstants, isCounted);
  const { places } = filled;
  const variables = variablePlaces(header, choice, variablesIn(settings.needs));
  requireFields(header, { ...places, ...variables }, settings.needs);
  if (counts && !places.C) checkComputed(counts);
  const { table, warnings: unlogged } = source.isExport
    ? loggedRows(filled.table, places)
    : { table: filled.table, warnings: [] };
  const bad = new Map(table.bad.map((row) => [row.row, row]));
  const columns = readCells(table, places, k, bad);
  if (bad.size > 0 && onBadRow === 'throw') throwBadRows(bad.values());
  const read: Runs = {
    length: table.row.length,
    ...columns,
    extra: extraColumns(table, places, variables),
    columns: readColumns(header, { ...places, ...variables }),
    ...(counts && { convention: Object.freeze(counts) }),
    row: table.row,
    passed: [],
    warnings: [],
  };
  const good =
    bad.size === 0
      ? read
      : takeRuns(
          read,
          Array.from(table.row.keys()).filter((i) => !bad.has(table.row[i]!)),
        );
  if (good.length === 0) {
    throw new ScalingLawsError('E_EMPTY', {
      argument: 'the table',
      rule: 'have a good row',
      got: `${bad.size} bad ones`,
    });
  }
  const warnings = [
    ...source.warnings,
    ...filled.warnings,
    ...unlogged,
    ...skipWarnings(bad.values()),
    ...(places.N && places.D && places.C ? computeWarnings(good, k) : []),
    ...unitWarnings(good),
    ...doubledWarnings(header),
    ...conventionWarnings(counts ?? {}),
  ];
  return Object.freeze({
    ...good,
    passed: Object.freeze([]),
    warnings: Object.freeze(warnings.map((warning) => Object.freeze(warning))),
  });
}

/** Where the variables of a law stand that no field stands for: by the caller's word, else under their own name. */
function variablePlaces(
  header: readonly string[],
  choice: ColumnChoice,
  names: readonly string[],
): Readonly<Record<string, readonly number[]>> {
  const found = names.flatMap((name) => {
    const named = choice[name] as string | undefined;
    const place = named === undefined ? header.indexOf(name) : placeNamed(header, name, named);
    return place < 0 ? [] : [[name, [place]] as const];
  });
  return Object.fromEntries(found);
}

/** The columns that no number was read from, by their headers, of two with the same header the first; and variables by their names. */
function extraColumns(
  table: Table,
  places: ColumnPlaces,
  variables: Readonly<Record<string, readonly number[]>>,
): Runs['extra'] {
  const named = Object.entries(variables).map(([name, [place]]) => [name, place!] as const);
  const used = new Set([...NUMBER_NAMES.flatMap((name) => places[name] ?? []), ...named.map(([, place]) => place)]);
  const extra = new Map<string, readonly Cell[]>();
  const keep = (name: string, place: number): void => {
    if (!extra.has(name)) extra.set(name, Object.freeze(table.columns[place]!));
  };
  for (const [name, place] of named) keep(name, place);
  table.header.forEach((name, place) => {
    if (!used.has(place)) keep(name, place);
  });
  return Object.freeze(Object.fromEntries(extra));
}

/** One warning if the given C and `k N D` are further apart than {@link COMPUTE_TOLERANCE} in any row. */
function computeWarnings({ N, D, C, row }: Runs, k: number): Finding[] {
  let count = 0;
  let worst = 0;
  const ratio = (i: number): number => C[i]! / (k * N[i]! * D[i]!);
  const distance = (i: number): number => Math.abs(Math.log(ratio(i)));
  for (let i = 0; i < C.length; i++) {
    if (Math.abs(ratio(i) - 1) > COMPUTE_TOLERANCE) count++;
    if (distance(i) > distance(worst)) worst = i;
  }
  if (count === 0) return [];
  const worstRatio = Number(ratio(worst).toPrecision(3));
  const message =
    `C differs from ${k} N D by more than ${COMPUTE_TOLERANCE * 100}% in ${count} of ${C.length} rows, ` +
    `most in row ${row[worst]}, where it is ${worstRatio} times ${k} N D; the given C is kept.`;
  return [
    finding('W_COMPUTE_DISAGREES', message, {
      about: ['columns.C'],
      evidence: { rows: count, worstRow: row[worst]!, worstRatio },
      advice: 'Check the units, and which parameters N counts.',
    }),
  ];
}

function doubledWarnings(header: readonly string[]): Finding[] {
  const first = new Set<string>();
  const doubled = new Set(header.filter((name) => first.size === first.add(name).size));
  return [...doubled].map((name) =>
    finding(
      'W_COLUMN_DOUBLED',
      `Column ${JSON.stringify(name)} stands twice or more in the header; the first is read.`,
      {
        about: [`columns.${name}`],
      },
    ),
  );
}
