/** The table in a file, whatever the file is: text in any encoding, packed or not, Parquet, or a workbook. */

import { ScalingLawsError } from '../errors.ts';
import { fieldOf } from '../runs/field-of.ts';
import { textOfBytes } from '../tables/bytes.ts';
import { tableOfCells } from '../tables/cells.ts';
import { tableOfObjects } from '../tables/json.ts';
import type { Table } from '../tables/table.ts';
import { unpacked } from './read-bytes.ts';

/** Text, or a table where the file holds no text. */
export interface Content {
  readonly content: string | Table;
  /** What to know about its encoding. */
  readonly notes: readonly string[];
}

/**
 * What `bytes` hold.
 *
 * @param sheet - Name of the sheet of a workbook.
 * @throws {ScalingLawsError} `E_FILE` for what is no table, by its name and with the way out.
 */
export async function contentOf(packed: Uint8Array, sheet?: string): Promise<Content> {
  const bytes = await unpacked(packed);
  if (startsWith(bytes, 'PAR1')) return { content: await parquet(bytes), notes: [] };
  if (startsWith(bytes, 'PK') && isWorkbook(bytes)) return { content: await workbook(bytes, sheet), notes: [] };
  const { text, notes } = textOfBytes(bytes);
  return { content: text, notes };
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, text.length).toString('latin1') === text;
const isWorkbook = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('xl/workbook');

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer =>
  buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;

async function parquet(bytes: Uint8Array): Promise<Table> {
  const { parquetReadObjects, compressors } = await import('./parquet.ts');
  try {
    return tableOfObjects(await parquetReadObjects({ file: bufferOf(bytes), compressors }), fieldOf);
  } catch (cause) {
    throw unreadable('a Parquet file', cause);
  }
}

/** The sheet by its name, else the one that holds something, else the one with a loss. */
async function workbook(bytes: Uint8Array, name: string | undefined): Promise<Table> {
  const { readWorkbook } = await import('./workbook.ts');
  const all = await readWorkbook(bufferOf(bytes)).catch((cause: unknown) => {
    throw unreadable('an Excel workbook', cause);
  });
  const filled = all.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)));
  const sheets = name === undefined ? filled : all.filter(({ sheet }) => sheet === name);
  const tables = sheets.map(({ sheet, data }) => ({ sheet, table: tableOfCells(data.map((row) => row.map(written))) }));
  const withLoss = tables.filter(({ table }) => table.header.some((heading) => fieldOf(heading) === 'loss'));
  const [found, ...others] = tables.length === 1 ? tables : withLoss;
  if (!found || others.length > 0) {
    const names = all.map(({ sheet }) => JSON.stringify(sheet)).join(', ');
    const [rule, got] =
      name === undefined ? ['have one sheet of runs', names || 'none'] : [`have the sheet ${name}`, names];
    const cure = all.length > 1 ? 'name it behind the path: runs.xlsx#Sheet2' : 'save the sheet as CSV';
    throw new ScalingLawsError('E_FILE', { argument: 'the workbook', rule, got, cure });
  }
  if (all.length === 1) return found.table;
  const note = `The sheet ${JSON.stringify(found.sheet)} is read, one of ${all.length}.`;
  return { ...found.table, notes: [note, ...(found.table.notes ?? [])] };
}

/** A cell of a workbook as text. */
const written = (cell: unknown): string =>
  cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString() : String(cell);

function unreadable(what: string, cause: unknown): ScalingLawsError {
  if (cause instanceof ScalingLawsError) return cause;
  const got = `${what} with an error: ${(cause as Error).message}`;
  return new ScalingLawsError('E_FILE', { argument: 'the file', rule: 'be readable', got, cure: 'save it as CSV' });
}
