/** `trainer_state.json` of Hugging Face's Trainer: its `log_history`, one row an entry, training and evaluation entries mixed. */

import { ScalingLawsError } from '../errors.ts';
import { isRecord, type Table, tableOfRows } from './table.ts';

/** Whether a text begins as the state of a Trainer does. */
export const isTrainerState = (text: string): boolean => text.startsWith('{') && /"log_history"\s*:\s*\[/.test(text);

/**
 * The entries of `log_history` as rows. Two columns are added where the state allows them:
 *
 *     fraction   = step / max_steps                    share of the planned run
 *     total_flos = total_flos * step / global_step     FLOPs so far, as the Trainer counts them; they grow with the steps
 *
 * The Trainer counts 6 x tokens x parameters without embeddings, for most text models.
 *
 * @throws {ScalingLawsError} `E_FORMAT` if the value is no object with a `log_history`.
 */
export function trainerTable(state: unknown): Table {
  if (!isRecord(state) || !Array.isArray(state.log_history)) {
    throw new ScalingLawsError('E_FORMAT', {
      argument: 'trainer_state.json',
      rule: 'be an object with a log_history',
      got: state,
    });
  }
  const { max_steps: planned, global_step: done, total_flos: flops } = state;
  const entries: readonly unknown[] = state.log_history;
  return tableOfRows(
    entries.map((entry) => {
      if (!isRecord(entry) || typeof entry.step !== 'number') return entry;
      const { step } = entry;
      return {
        ...entry,
        ...(isPositive(planned) && { fraction: step / planned }),
        ...(isPositive(flops) && isPositive(done) && { total_flos: (flops * step) / done }),
      };
    }),
  );
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && value > 0;
