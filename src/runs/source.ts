/** Whatever holds runs -> a table, the columns that are known in it, and what its reader wants known. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { tableOfObjects } from '../tables/json.ts';
import { LOG_SHAPES, type LogName, logNamed, logShape } from '../tables/logs.ts';
import { readText, TEXT_SHAPES, type TextName } from '../tables/read-text.ts';
import { isRecord, type Table } from '../tables/table.ts';
import { fieldOf } from './field-of.ts';
import type { ColumnChoice } from './fields.ts';

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
}

/**
 * The source in `input`: text, row objects, or a table that was read before.
 *
 * @throws {ScalingLawsError} `E_FORMAT`, `E_EMPTY`.
 */
export function sourceOf(input: unknown, { format, columns }: SourceSettings): Source {
  const read = tableIn(input, format !== undefined && format in TEXT_SHAPES ? (format as TextName) : undefined);
  const log =
    format === undefined ? logNamed(read.table.header) : format in LOG_SHAPES ? (format as LogName) : undefined;
  const { table: reshaped, loss, counter, warnings } = log ? logShape(log) : NO_LOG;
  const table = reshaped(read.table);
  const notes = (table.notes ?? []).map((note) => finding('W_READ_AS', note, { severity: 'note' }));
  const isExport = log !== undefined || read.name === 'trainer-state';
  const source = { table, format: log ?? read.name, isExport, ...(counter !== undefined && { counter }) };
  const named = loss === undefined ? columns : { loss, ...columns };
  return { ...source, columns: named, warnings: [...notes, ...(warnings?.(table) ?? [])] };
}

const NO_LOG: ReturnType<typeof logShape> = { recognise: () => true, table: (table) => table };

function tableIn(
  input: unknown,
  name: TextName | undefined,
): { readonly table: Table; readonly name: TextName | 'rows' } {
  if (typeof input === 'string') return readText(input, fieldOf, name);
  if (Array.isArray(input)) return { table: tableOfObjects(input, fieldOf), name: 'rows' };
  if (isTable(input)) return { table: input, name: 'rows' };
  const rule = 'be text or an array of row objects';
  throw new ScalingLawsError('E_FORMAT', { argument: 'the input', rule, got: input });
}

const isTable = (input: unknown): input is Table => isRecord(input) && input.row instanceof Int32Array;
