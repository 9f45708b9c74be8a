/** What tools for training write, told apart by how they begin, and read into the same table as everything else. */

import type { Finding } from '../finding.ts';
import type { ColumnChoice } from './fields.ts';
import { logColumns } from './log-columns.ts';
import { readTable } from './read-table.ts';
import type { Table } from './table.ts';
import { readTrainerState } from './trainer-state.ts';
import { readChart, readHistory, readProject, unfinishedWarnings } from './wandb.ts';

/**
 * Forms of text that a tool exports. `wandb-runs`: the table of a project; `wandb-history`: what one run logged; `wandb-chart`: the data
 * of a chart; `tensorboard`: one scalar of one run; `trainer-state`: `trainer_state.json` of Hugging Face's Trainer.
 */
export const EXPORT_FORMATS = ['wandb-runs', 'wandb-history', 'wandb-chart', 'tensorboard', 'trainer-state'] as const;
/** One of them. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** An export as a table, and where it holds what. */
export interface Export {
  readonly table: Table;
  readonly columns: ColumnChoice;
  readonly warnings: readonly Finding[];
}

const READERS: Readonly<Record<ExportFormat, (text: string) => Table>> = {
  'wandb-runs': readProject,
  'wandb-history': readHistory,
  'wandb-chart': readChart,
  tensorboard: readTable,
  'trainer-state': readTrainerState,
};

/**
 * Reads an export.
 *
 * @param choice - Columns that the caller names; loss, D and step are found by the names that logs use.
 * @throws {ScalingLawsError} `E_FORMAT`, `E_EMPTY`; `E_COLUMN_DOUBLED` if two columns fit one field equally well.
 */
export function readExport(text: string, format: ExportFormat, choice: ColumnChoice = {}): Export {
  const table = READERS[format](text);
  // The one column of numbers is whatever scalar was exported.
  const given = format === 'tensorboard' ? { loss: 'Value', ...choice } : choice;
  const { columns, warnings } = logColumns(table.header, given);
  return { table, columns, warnings: [...warnings, ...(format === 'wandb-runs' ? unfinishedWarnings(table) : [])] };
}

/**
 * The export that `text` is by its beginning, if it is unmistakably one.
 *
 * @example
 * sniffExport('Wall time,Step,Value\n1.7e9,100,3.2') // => 'tensorboard'
 */
export function sniffExport(text: string): ExportFormat | undefined {
  const body = text.replace(/^\uFEFF?\s*/, '');
  if (/^[[{]/.test(body)) {
    if (body.startsWith('{') && /"log_history"\s*:\s*\[/.test(body)) return 'trainer-state';
    const first = body.slice(0, body.indexOf('}') + 1 || undefined);
    return isHistory((name) => first.includes(`"${name}"`)) ? 'wandb-history' : undefined;
  }
  const names = body
    .slice(0, body.search(/[\r\n]|$/))
    .split(/[,;\t|]/)
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const has = (name: string): boolean => names.includes(name);
  if (names.length === 3 && has('Wall time') && has('Step') && has('Value')) return 'tensorboard';
  if (isHistory(has)) return 'wandb-history';
  if (has('Name') && has('State') && ['Created', 'Runtime', 'User', 'Sweep', 'ID'].some(has)) return 'wandb-runs';
  const isDrawn = (name: string): boolean => name.includes(' - ') && has(`${name}__MIN`) && has(`${name}__MAX`);
  return names.some(isDrawn) ? 'wandb-chart' : undefined;
}

const isHistory = (has: (name: string) => boolean): boolean => has('_step') && (has('_runtime') || has('_timestamp'));
