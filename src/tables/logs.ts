/** What tools for training export as a table, told by its headings. */

import type { Finding } from '../finding.ts';
import type { Table } from './table.ts';
import { chartTable, isChart, projectTable, unfinishedWarnings } from './wandb.ts';

/** One kind of export. */
interface LogShape {
  readonly recognise: (header: readonly string[]) => boolean;
  readonly table: (table: Table) => Table;
  /** The column of the loss, where its heading does not say so. */
  readonly loss?: string;
  /** The column in which the tool counts its own calls, not the steps of the optimizer. */
  readonly counter?: string;
  readonly warnings?: (table: Table) => readonly Finding[];
}

const has = (header: readonly string[], ...names: readonly string[]): boolean =>
  names.every((name) => header.includes(name));
const asItIs = (table: Table): Table => table;

/**
 * `tensorboard`: one scalar of one run; `wandb-history`: what one run logged; `wandb-runs`: the table of a project; `wandb-chart`: the data of a
 * chart.
 */
export const LOG_SHAPES = {
  tensorboard: {
    recognise: (header) => header.length === 3 && has(header, 'Wall time', 'Step', 'Value'),
    table: asItIs,
    // The one column of numbers is whatever scalar was exported.
    loss: 'Value',
  },
  'wandb-history': {
    recognise: (header) => has(header, '_step') && (has(header, '_runtime') || has(header, '_timestamp')),
    table: asItIs,
    counter: '_step',
  },
  'wandb-runs': {
    recognise: (header) =>
      has(header, 'Name', 'State') && ['Created', 'Runtime', 'User', 'Sweep', 'ID'].some((name) => has(header, name)),
    table: projectTable,
    warnings: unfinishedWarnings,
  },
  'wandb-chart': { recognise: isChart, table: chartTable, counter: 'Step' },
} as const satisfies Readonly<Record<string, LogShape>>;

/** Name of a kind of export. */
export type LogName = keyof typeof LOG_SHAPES;

/** The kind of export that has this header, if it is unmistakably one. */
export const logNamed = (header: readonly string[]): LogName | undefined =>
  (Object.keys(LOG_SHAPES) as readonly LogName[]).find((name) => LOG_SHAPES[name].recognise(header));

/** How an export of this kind is read. */
export const logShape = (name: LogName): LogShape => LOG_SHAPES[name];
