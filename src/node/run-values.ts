/** A table of what runs do not say themselves: sizes for the curves of a chart. */

import { ScalingLawsError } from '../errors.ts';
import { nameOfRow } from '../runs/cells.ts';
import { placeColumns } from '../runs/columns.ts';
import { fieldOf } from '../runs/field-of.ts';
import { GIVEN_NUMBERS, type GivenValues } from '../runs/fields.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { unscaled } from '../runs/scales.ts';
import { type Source, tableIn } from '../runs/source.ts';
import { headingScale } from '../runs/writings.ts';
import type { Cell, Table } from '../tables/table.ts';
import { inFile } from './in-file.ts';
import { bytesAt } from './read-bytes.ts';
import { contentOf } from './table-in-bytes.ts';

const VALUES: readonly string[] = [...GIVEN_NUMBERS, 'family'];

/**
 * Values by the name of the run, of those runs that `source` holds.
 *
 * @param path - A table with a column of names, the first one if no heading says so, and one or more of N, D, C, U, fraction, weight, family
 *   and tokensPerStep.
 * @throws {ScalingLawsError} `E_FORMAT` if it has no such column, or two rows of one name.
 */
export async function runValuesIn(path: string, source: Source): Promise<Readonly<Record<string, GivenValues>>> {
  const { content } = await inFile(path, async () => contentOf(await bytesAt(path)));
  return inFile(path, () => {
    const { table } = tableIn(content);
    const fields = table.header.map((name) => (/^tokens\W*per\W*step$/i.test(name) ? 'tokensPerStep' : fieldOf(name)));
    const key = Math.max(fields.indexOf('run'), 0);
    const used = fields.flatMap((field, j) => (j !== key && isValue(field) ? [[field, j] as const] : []));
    if (used.length === 0) {
      const rule = `have a column of runs and one of ${[...VALUES, 'tokensPerStep'].join(', ')}`;
      throw new ScalingLawsError('E_FORMAT', { argument: 'the table', rule, got: table.header.join(', ') });
    }
    const places = placeColumns(source.table, source.columns, source.isExport).places.run ?? [];
    const wanted = new Set(Array.from(source.table.row, (_, i) => nameOfRow(source.table, places, i)));
    const values = new Map<string, GivenValues>();
    Array.from(table.row).forEach((row, i) => {
      const run = String(table.columns[key]![i]);
      if (values.has(run)) {
        const breach = {
          where: `row ${row}`,
          argument: 'the run',
          rule: 'have one row',
          got: `two of ${JSON.stringify(run)}`,
        };
        throw new ScalingLawsError('E_FORMAT', breach);
      }
      const own = used
        .map(([field, j]) => [field, inFull(table, field, j, i)] as const)
        .filter(([, cell]) => cell !== null && cell !== '');
      values.set(run, Object.fromEntries(own) as GivenValues);
    });
    return Object.fromEntries([...values].filter(([run]) => wanted.has(run)));
  });
}

const isValue = (field: string | undefined): field is string =>
  field !== undefined && (VALUES.includes(field) || field === 'tokensPerStep');

/** A cell, in the scale of its heading: `params (M)`. */
function inFull({ header, columns }: Table, field: string, j: number, i: number): Cell {
  const cell = columns[j]![i]!;
  const scale = field === 'family' || field === 'tokensPerStep' ? 1 : headingScale(field, header[j]!);
  return scale === 1 ? cell : unscaled(scale)(parseQuantity(cell));
}
