/**
 * Rows -> validated runs. This is the border: everything further in trusts the numbers that leave here.
 *
 * Two of model size, tokens and compute give the third by `C = k N D`, with k = 6 FLOPs per parameter and token
 * (Kaplan et al. 2020, arXiv:2001.08361).
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError, type Warning } from '../errors.ts';
import { skipWarnings, throwBadRows } from './bad-rows.ts';
import { readCells } from './cells.ts';
import { type ColumnChoice, type ColumnPlaces, placeColumns, requireFields } from './columns.ts';
import { type Convention, checkComputed, checkConvention, conventionWarnings } from './convention.ts';
import { EXPORT_FORMATS, type Export, type ExportFormat, readExport, sniffExport } from './exports.ts';
import { NUMBER_FIELDS, type NumberName } from './fields.ts';
import { type GivenValues, withGivenValues } from './given-values.ts';
import { loggedRows } from './logged-rows.ts';
import { readTable, type TableFormat } from './read-table.ts';
import { type Cell, type Runs, takeRuns } from './runs.ts';
import { type Table, tableOfRows } from './table.ts';
import { unitWarnings } from './units.ts';

/** How to read a table of runs. */
export interface ReadRunsOptions {
  /** Headers by field, where they do not speak for themselves: `{ N: 'Model Size', run: ['model', 'seed'] }`. */
  readonly columns?: ColumnChoice;
  /** Form of the text, a table or what a tool exports; found out from its beginning if absent. Ignored for row objects. */
  readonly format?: TableFormat | ExportFormat;
  /** What the table does not hold, for all its rows: `{ N: '1.3B', tokensPerStep: '2M' }`. */
  readonly constants?: GivenValues;
  /** The same for the rows of a run, by its name; wins over `constants`. */
  readonly runConstants?: Readonly<Record<string, GivenValues>>;
  /** The k of `C = k N D`, FLOPs per parameter and token, > 0; default {@link DEFAULT_FLOPS_PER_PARAM_TOKEN}. */
  readonly flopsPerParamToken?: number;
  /** What N and C count, e.g. `{ N: 'total', C: '6ND' }`; recorded in the runs and in every fit to them. */
  readonly convention?: Convention;
  /** Whether a row that breaks a rule is an error (the default) or is left out with a warning. */
  readonly onBadRow?: 'throw' | 'skip';
}

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
  const { flopsPerParamToken: k = DEFAULT_FLOPS_PER_PARAM_TOKEN, onBadRow = 'throw', convention } = options;
  if (convention) checkConvention(convention);
  if (!(k > 0 && k < Number.POSITIVE_INFINITY)) {
    throw new ScalingLawsError('E_OPTION', `flopsPerParamToken must be a positive finite number, got ${k}`);
  }
  if (onBadRow !== 'throw' && onBadRow !== 'skip') {
    throw new ScalingLawsError('E_OPTION', `onBadRow must be throw or skip, got ${JSON.stringify(onBadRow)}`);
  }
  const source = sourceOf(input, options);
  const { header, row, bad: ragged } = source.table;
  if (row.length + ragged.length === 0) {
    throw new ScalingLawsError('E_EMPTY', 'the table must have rows, got none below the header');
  }
  if (row.length === 0 && onBadRow === 'throw') throwBadRows(ragged);
  const { constants = {}, runConstants = {}, columns: choice } = options;
  const found = placeColumns(header, source.columns);
  const filled = withGivenValues(source.table, found, constants, runConstants, choice?.step !== undefined);
  const { places } = filled;
  requireFields(header, places);
  if (convention && !places.C) checkComputed(convention);
  const { table, warnings: unlogged } = source.isExport
    ? loggedRows(filled.table, places)
    : { table: filled.table, warnings: [] };
  const bad = new Map(table.bad.map((row) => [row.row, row]));
  const columns = readCells(table, places, k, bad);
  if (bad.size > 0 && onBadRow === 'throw') throwBadRows(bad.values());
  const read: Runs = {
    length: table.row.length,
    ...columns,
    extra: extraColumns(table, places),
    ...headersOf(table, places),
    ...(convention && { convention: Object.freeze({ ...convention }) }),
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
  if (good.length === 0)
    throw new ScalingLawsError('E_EMPTY', `the table must have a good row, got ${bad.size} bad ones`);
  const warnings = [
    ...source.warnings,
    ...filled.warnings,
    ...unlogged,
    ...skipWarnings(bad.values()),
    ...(places.N && places.D && places.C ? computeWarnings(good, k) : []),
    ...unitWarnings(good),
    ...doubledWarnings(header),
    ...conventionWarnings(convention ?? {}),
  ];
  return Object.freeze({
    ...good,
    passed: Object.freeze([]),
    warnings: Object.freeze(warnings.map((warning) => Object.freeze(warning))),
  });
}

/** The table, the columns that are named in it, and whether a tool exported it. */
function sourceOf(input: unknown, { format, columns = {} }: ReadRunsOptions): Export & { readonly isExport: boolean } {
  const table = (rows: Table): ReturnType<typeof sourceOf> => ({ table: rows, columns, warnings: [], isExport: false });
  if (typeof input === 'string') {
    const form = format ?? sniffExport(input);
    const isExport = EXPORT_FORMATS.includes(form as ExportFormat);
    return isExport
      ? { ...readExport(input, form as ExportFormat, columns), isExport }
      : table(readTable(input, form as TableFormat | undefined));
  }
  if (Array.isArray(input)) return table(tableOfRows(input));
  throw new ScalingLawsError('E_FORMAT', `the input must be text or an array of row objects, got ${typeof input}`);
}

/** The columns that no number was read from, by their headers; of two with the same header the first. */
function extraColumns(table: Table, places: ColumnPlaces): Runs['extra'] {
  const used = new Set((Object.keys(NUMBER_FIELDS) as NumberName[]).flatMap((name) => places[name] ?? []));
  const extra = new Map<string, readonly Cell[]>();
  table.header.forEach((name, j) => {
    if (!used.has(j) && !extra.has(name)) extra.set(name, Object.freeze(table.columns[j]!));
  });
  return Object.freeze(Object.fromEntries(extra));
}

/** Headers of numeric columns that do not bear the name of their field. */
function headersOf({ header }: Table, places: ColumnPlaces): Pick<Runs, 'headers'> {
  const named = (Object.keys(NUMBER_FIELDS) as NumberName[]).flatMap((name) => {
    const own = places[name]?.map((j) => header[j]!) ?? [];
    return own.filter((title) => title !== undefined && title !== name).map((title) => [title, name] as const);
  });
  return named.length > 0 ? { headers: Object.freeze(Object.fromEntries(named)) } : {};
}

/** One warning if the given C and `k N D` are further apart than {@link COMPUTE_TOLERANCE} in any row. */
function computeWarnings({ N, D, C, row }: Runs, k: number): Warning[] {
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
    `C differs from ${k} N D by more than ${COMPUTE_TOLERANCE * 100} % in ${count} of ${C.length} rows, ` +
    `most in row ${row[worst]}: ${worstRatio} times ${k} N D; the given C is kept`;
  return [{ code: 'W_COMPUTE_DISAGREES', message }];
}

function doubledWarnings(header: readonly string[]): Warning[] {
  const first = new Set<string>();
  const doubled = new Set(header.filter((name) => first.size === first.add(name).size));
  return [...doubled].map((name) => ({
    code: 'W_COLUMN_DOUBLED',
    message: `column ${JSON.stringify(name)} stands twice or more in the header; \`extra\` holds the first`,
  }));
}
