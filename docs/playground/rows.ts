/** A text as runs, as far as it can be read: the rows or why there are none, and the headers to choose columns from. */

import { type Runs, readRuns, ScalingLawsError } from '../../src/index.ts';
import { placeColumns } from '../../src/runs/columns.ts';
import { sourceOf } from '../../src/runs/source.ts';
import { FIELDS, type Field, type State } from './state.ts';

/** What became of a text. */
export interface Reading {
  readonly runs?: Runs;
  /** Why there are no runs. */
  readonly error?: string;
  /** Headers of the table; empty if it has none that can be told. */
  readonly header: readonly string[];
  /** Headers that are taken for a field by their names. */
  readonly found: Readonly<Partial<Record<Field, string>>>;
}

/** Reads `text`; columns that the user chose stand over those found by name. */
export function reading(text: string, columns: State['columns']): Reading {
  const source = attempt(() => sourceOf(text, { columns: {} })).value;
  const header = source?.table.header ?? [];
  const places =
    (source && attempt(() => placeColumns(source.table, source.columns, source.isExport)).value?.places) ?? {};
  const found = Object.fromEntries(
    FIELDS.flatMap((field) =>
      places[field] ? [[field, places[field].map((place) => header[place]).join(' / ')]] : [],
    ),
  );
  const runs = attempt(() => readRuns(text, { columns }));
  return { header, found, ...(runs.value ? { runs: runs.value } : { error: runs.error! }) };
}

function attempt<T>(work: () => T): { readonly value?: T; readonly error?: string } {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof ScalingLawsError)) throw error;
    return { error: error.message };
  }
}
