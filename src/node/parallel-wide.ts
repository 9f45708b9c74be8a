/** Wide files side by side: `loss.csv`, `tokens.csv`, `flops.csv`, each with the same column a run and the same rows. */

import { ScalingLawsError } from '../errors.ts';
import { fieldOf } from '../runs/field-of.ts';
import type { FoundTable } from '../runs/source.ts';
import { type Column, melted } from '../tables/melt.ts';
import type { Table } from '../tables/table.ts';
import { stemOf } from './stem.ts';

/**
 * The long table in `files`, if they are such files: named after one quantity each, a loss among them, with equal headings, of which none says
 * a loss; undefined if not.
 *
 * @throws {ScalingLawsError} `E_FORMAT` if the columns that are no run differ from file to file.
 */
export function joinedWide(files: readonly (FoundTable & { readonly path: string })[]): FoundTable | undefined {
  const [first] = files;
  if (!first || files.length < 2) return undefined;
  const { header } = first.table;
  const names = files.map(({ path }) => stemOf(path));
  const fields = names.map(fieldOf);
  const isAlike = ({ table }: FoundTable): boolean =>
    table.header.length === header.length && table.header.every((name, j) => name === header[j]);
  const areNamed = fields.every((field) => field !== undefined) && new Set(fields).size === fields.length;
  if (!areNamed || !fields.includes('loss') || !files.every(isAlike)) return undefined;
  const own = header.map((name) => fieldOf(name));
  const isRun = (j: number): boolean =>
    own[j] === undefined &&
    !sameInAll(
      files.map(({ table }) => table),
      j,
    );
  const runs = [...header.keys()].filter(isRun);
  if (runs.length === 0 || own.includes('loss')) return undefined;
  const kept = [...header.keys()].filter((j) => !runs.includes(j));
  const differs = kept.find(
    (j) =>
      !sameInAll(
        files.map(({ table }) => table),
        j,
      ),
  );
  if (differs !== undefined) {
    const got = `another ${JSON.stringify(header[differs])} in ${files[1]!.path}`;
    throw new ScalingLawsError('E_FORMAT', { where: first.path, argument: 'the files', rule: 'have equal rows', got });
  }
  const columns: Column[] = files.flatMap((_, f) =>
    runs.map((j) => ({ place: f * header.length + j, of: header[j]!, value: names[f]! })),
  );
  const side: Table = {
    ...first.table,
    header: files.flatMap((_, f) => header.map((name, j) => (f > 0 && kept.includes(j) ? '' : name))),
    columns: files.flatMap(({ table }) => table.columns),
  };
  const long = melted(side, columns, 'run', (name) => fieldOf(name) === 'loss');
  const keep = [...long.header.keys()].filter((j) => long.header[j] !== '');
  const note = `The files ${names.join(', ')} are read side by side: a column a run, ${runs.length} runs.`;
  return {
    format: first.format,
    table: {
      ...long,
      header: keep.map((j) => long.header[j]!),
      columns: keep.map((j) => long.columns[j]!),
      notes: [...(first.table.notes ?? []), note],
    },
  };
}

/** Whether all tables have the same cells in column `j`. */
function sameInAll([first, ...others]: readonly Table[], j: number): boolean {
  const cells = first!.columns[j]!;
  return others.every(
    ({ columns }) => columns[j]!.length === cells.length && columns[j]!.every((cell, i) => cell === cells[i]),
  );
}
