/**
 * Rows -> validated runs. This is the border: everything further in trusts the numbers that leave here.
 *
 * Two of model size, tokens and compute give the third by `C = k N D`, with k = 6 FLOPs per parameter and token
 * (Kaplan et al. 2020, arXiv:2001.08361).
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { check } from '../schema/check.ts';
import { byName, choice, list, positive, text } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { skipWarnings, throwBadRows } from './bad-rows.ts';
import { readCells } from './cells.ts';
import { type ColumnPlaces, placeColumns, placeNamed, readColumns, requireFields } from './columns.ts';
import { checkComputed, convention, conventionWarnings } from './convention.ts';
import { EXPORT_FORMATS, type Export, type ExportFormat, readExport, sniffExport } from './exports.ts';
import { type ColumnChoice, columnsFor, FIELDS, givenValues, NUMBER_NAMES } from './fields.ts';
import { withGivenValues } from './given-values.ts';
import { loggedRows } from './logged-rows.ts';
import { noRows, readTable, TABLE_FORMATS, type TableFormat } from './read-table.ts';
import { type Cell, type Runs, takeRuns } from './runs.ts';
import { type Table, tableOfRows } from './table.ts';
import { unitWarnings } from './units.ts';

const needs = optional(
  list(text(), {
    help: 'Variables that the rows must have: those of a law. Default: two of N, D and C.',
    flag: null,
  }),
);

/** What `readRuns` may be told; `variables` are those of a law that no field of a table stands for. */
/* @__NO_SIDE_EFFECTS__ */
function optionsFor(variables: readonly string[]) {
  return object('readRuns options', {
    columns: optional(columnsFor(variables), {}),
    format: optional(
      choice([...TABLE_FORMATS, ...EXPORT_FORMATS], {
        help: 'Form of the text, a table or what a tool exports; found out from its beginning if absent.',
        flag: 'input-format',
      }),
    ),
    constants: optional({ ...givenValues, title: 'constants' }, {}),
    runConstants: optional(
      byName(givenValues, { help: 'The same for the rows of a run, by its name.', flag: null }),
      {},
    ),
    flopsPerParamToken: optional(
      positive('FLOPs per parameter and token', { help: 'The k of C = k N D.', flag: null }),
      DEFAULT_FLOPS_PER_PARAM_TOKEN,
    ),
    convention: optional(convention),
    onBadRow: optional(
      choice(['throw', 'skip'], { help: 'A row that breaks a rule is an error, or is left out with a warning.' }),
      'throw',
    ),
    needs,
  });
}

/** What `readRuns` may be told. */
export const readRunsOptions = optionsFor([]);

/** How to read a table of runs. */
export type ReadRunsOptions = Omit<Given<typeof readRunsOptions>, 'columns'> & {
  /** Headers by field, where they do not speak for themselves: `{ N: 'Model Size', run: ['model', 'seed'] }`. */
  readonly columns?: ColumnChoice | undefined;
};

/** `options`, checked: columns may also be named for variables that the rows are to have. */
function checked(options: ReadRunsOptions): Checked<typeof readRunsOptions> {
  const variables = variablesIn(check(needs, options.needs));
  return check(variables.length > 0 ? optionsFor(variables) : readRunsOptions, options);
}

const variablesIn = (names: readonly string[] = []): readonly string[] => names.filter((name) => !(name in FIELDS));

/** Share by which a given C may differ from `k N D` before a warning; our choice, above what rounded sizes explain. */
const COMPUTE_TOLERANCE = 0.2;

/**
 * Reads training runs from text or from row objects, and checks every cell that it uses.
 *
 * @param input - CSV, TSV, JSON, JSON Lines or an {@link ExportFormat} as text, or row objects. Numbers may be text; counts may be `70B`.
 *   Of an export, rows where a number was not logged, and those before the first token, are left out with a warning that counts them.
 * @param options - Column names, values that no column holds, format, FLOPs per parameter and token, what to do with bad rows.
 * @returns Frozen runs (typed arrays cannot be frozen: do not write to them). A column that is no number of its own
 *   field stays in `extra` under its header.
 * @throws {ScalingLawsError} `E_EMPTY`, `E_FORMAT`, `E_OPTION`, `E_COLUMN_MISSING`, `E_COLUMN_DOUBLED`; `E_ROW_RAGGED` or
 *   `E_CELL` for the first bad row of the whole table, with the number of further ones.
 * @example
 * readRuns('N,D,loss\n70B,1.4T,1.94').C[0] // => 5.88e23
 */
export function readRuns(
  input: string | readonly Readonly<Record<string, unknown>>[],
  options: ReadRunsOptions = {},
): Runs {
  const settings = checked(options);
  const { flopsPerParamToken: k, onBadRow, convention: counts, constants, runConstants } = settings;
  const choice: ColumnChoice = settings.columns;
  const source = sourceOf(input, settings);
  const { header, row, bad: ragged } = source.table;
  if (row.length + ragged.length === 0) throw noRows('none below the header');
  if (row.length === 0 && onBadRow === 'throw') throwBadRows(ragged);
  const found = placeColumns(header, source.columns);
  const filled = withGivenValues(source.table, found, constants, runConstants, choice.step !== undefined);
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

/** The table, the columns that are named in it, and whether a tool exported it. */
function sourceOf(
  input: unknown,
  { format, columns }: Pick<Checked<typeof readRunsOptions>, 'format' | 'columns'>,
): Export & { readonly isExport: boolean } {
  const table = (rows: Table): ReturnType<typeof sourceOf> => ({ table: rows, columns, warnings: [], isExport: false });
  if (typeof input === 'string') {
    const form = format ?? sniffExport(input);
    const isExport = EXPORT_FORMATS.includes(form as ExportFormat);
    return isExport
      ? { ...readExport(input, form as ExportFormat, columns), isExport }
      : table(readTable(input, form as TableFormat | undefined));
  }
  if (Array.isArray(input)) return table(tableOfRows(input));
  const rule = 'be text or an array of row objects';
  throw new ScalingLawsError('E_FORMAT', { argument: 'the input', rule, got: input });
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
