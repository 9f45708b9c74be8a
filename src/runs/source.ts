/** Whatever holds runs -> a table, the columns that are known in it, and what its reader wants known. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { tableOfObjects } from '../tables/json.ts';
import { LOG_SHAPES, type LogName, logNamed, logShape } from '../tables/logs.ts';
import { readText, TEXT_SHAPES, type TextName } from '../tables/read-text.ts';
import { isRecord, type Table } from '../tables/table.ts';
import { longTable } from '../tables/wide.ts';
import { fieldOf } from './field-of.ts';
import type { ColumnChoice, GivenValues } from './fields.ts';

/** Forms that a reader may be told: those of a text, and kinds of exports. */
export const FORMATS = [
  ...(Object.keys(TEXT_SHAPES) as TextName[]),
  ...(Object.keys(LOG_SHAPES) as LogName[]),
] as readonly (TextName | LogName)[];
/** One of them. */
export type Format = (typeof FORMATS)[number];

/** A table, the columns that are named in it, and whether a tool exported it. */
export interface Source {
  readonly table: Table;
  readonly columns: ColumnChoice;
  readonly warnings: readonly Finding[];
  /** What it was understood to be. */
  readonly format: Format | 'rows';
  readonly isExport: boolean;
  /** The column in which a tool counts its own calls. */
  readonly counter?: string;
}

/** What a reader is told of a source. */
export interface SourceSettings {
  readonly format?: Format | undefined;
  readonly columns: ColumnChoice;
  readonly wide?: string | undefined;
  readonly constants?: GivenValues;
  readonly runConstants?: Readonly<Record<string, GivenValues>>;
}

/** A table as it was found, before anybody asks which of its columns is which. */
export interface FoundTable {
  readonly table: Table;
  readonly format: Format | 'rows';
}

/**
 * The source in `input`: text, row objects, or a table that was read before.
 *
 * @throws {ScalingLawsError} `E_FORMAT`, `E_EMPTY`; `E_COLUMN_MISSING` for a wide table of which nobody says what its headings hold.
 */
export const sourceOf = (input: unknown, settings: SourceSettings): Source =>
  sourceOfTable(tableIn(input, settings.format), settings);

/** The table in `input`, and what it is; an export is made long. */
export function tableIn(input: unknown, format?: Format): FoundTable {
  const isText = format !== undefined && format in TEXT_SHAPES;
  const read = plainTable(input, isText ? (format as TextName) : undefined);
  if (isText) return read;
  const log = (format as LogName | undefined) ?? logNamed(read.table.header);
  return log ? { table: logShape(log).table(read.table), format: log } : read;
}

/** The source in a table. */
export function sourceOfTable({ table: found, format }: FoundTable, settings: SourceSettings): Source {
  const { columns, wide } = settings;
  const isLog = format in LOG_SHAPES;
  const isExport = isLog || format === 'trainer-state';
  const given = new Set(
    [settings.columns, settings.constants ?? {}, ...Object.values(settings.runConstants ?? {})].flatMap(Object.keys),
  );
  const table = isExport ? found : longTable(found, fieldOf, { wide, loss: columns.loss, given });
  const { loss, counter, warnings } = isLog ? logShape(format as LogName) : NO_LOG;
  const notes = (table.notes ?? []).map((note) => finding('W_READ_AS', note, { severity: 'note' }));
  const source = { table, format, isExport, ...(counter !== undefined && { counter }) };
  const named = loss === undefined ? columns : { loss, ...columns };
  return { ...source, columns: named, warnings: [...notes, ...(warnings?.(table) ?? [])] };
}

const NO_LOG: Partial<ReturnType<typeof logShape>> = {};

function plainTable(input: unknown, name: TextName | undefined): FoundTable {
  if (typeof input === 'string') {
    const read = readText(input, fieldOf, name);
    return { table: read.table, format: read.name };
  }
  if (Array.isArray(input)) return { table: tableOfObjects(input, fieldOf), format: 'rows' };
  if (isTable(input)) return { table: input, format: 'rows' };
  const rule = 'be text or an array of row objects';
  throw new ScalingLawsError('E_FORMAT', { argument: 'the input', rule, got: input });
}

const isTable = (input: unknown): input is Table => isRecord(input) && input.row instanceof Int32Array;
