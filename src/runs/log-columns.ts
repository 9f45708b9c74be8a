/**
 * Which columns of a training log hold loss, tokens and step. Logs name them by habit, not by rule: a loss measured on held-out text
 * wins over the training loss, a step that the trainer counts over one that the logger counts.
 */

import { type Finding, finding } from '../finding.ts';
import { doubledColumn } from './columns.ts';
import type { ColumnChoice } from './fields.ts';

/** A field that logs name by habit. */
type LogField = 'loss' | 'D' | 'step';

/** Names by field, from the best kind to the least; two columns of one kind are for the caller to choose from. */
const KINDS: Readonly<Record<LogField, readonly RegExp[]>> = {
  loss: [
    /^(?:eval|val|valid|validation|test)[/_. -]?loss$/i,
    /^(?:eval|val|valid|validation|test)[/_. -].*loss$/i,
    /^loss$/i,
    /^train(?:ing)?[/_. -]loss$/i,
  ],
  D: [/^D$/, /^(?:train(?:ing)?[/_. ])?(?:num_input_tokens_seen|(?:n_|total_)?tokens(?:_seen)?)$/i],
  step: [/^(?:train[/_.]|trainer[/_.])?global_?step$/i, /^_?step$/i],
};
/** Kinds of `loss` from here on are of the training text. */
const FIRST_TRAINING_KIND = 2;

/** Columns by field, as the caller names them or as logs do; and what to know about them. */
export interface LogColumns {
  readonly columns: ColumnChoice;
  readonly warnings: readonly Finding[];
}

/**
 * The caller's choice, and a column for each of loss, D and step that it leaves open.
 *
 * @throws {ScalingLawsError} `E_COLUMN_DOUBLED` if two columns fit equally well.
 */
export function logColumns(header: readonly string[], choice: ColumnChoice): LogColumns {
  const columns: { [F in LogField]?: string } = {};
  const warnings: Finding[] = [];
  for (const field of Object.keys(KINDS) as LogField[]) {
    if (choice[field] !== undefined) continue;
    const kind = KINDS[field].findIndex((names) => header.some((name) => names.test(name)));
    const [name, ...others] = header.filter((other) => KINDS[field][kind]?.test(other));
    if (name === undefined) continue;
    if (others.length > 0) throw doubledColumn(field, [name, ...others]);
    columns[field] = name;
    if (field === 'loss' && kind >= FIRST_TRAINING_KIND) {
      const message = `The loss is read from ${JSON.stringify(name)}, a training loss: the log has no loss on held-out text.`;
      warnings.push(finding('W_TRAINING_LOSS', message, { about: ['columns.loss'] }));
    }
  }
  return { columns: { ...columns, ...choice }, warnings };
}
