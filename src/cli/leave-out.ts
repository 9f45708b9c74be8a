/** `scaling-laws leave-out`: each model size, or each run, is predicted by all others. */

import { leaveOutOptions, leaveOut as leftOut } from '../hold-out/leave-out.ts';
import { count, percent, signedPercent } from '../words.ts';
import { command } from './command.ts';
import { FIT_SETS, fitInput } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { JUDGED_NOTES, judgedLines, ofExperiment } from './judged-fits.ts';
import { jsonFlags } from './out.ts';
import { FILE } from './rows.ts';

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    unit: flagSet(leaveOutOptions, { title: 'Judgement', only: ['by'], needed: [['by']] }),
    ...FIT_SETS,
    output: jsonFlags(
      'Print { by, units: [{ unit, fit, heldOut }], meanSignedError, meanAbsoluteRelativeError } as JSON.',
    ),
  },
  notes: JUDGED_NOTES,
  examples: ['scaling-laws leave-out runs.csv --by size'],
  run: async ({ flags, rows }) => {
    const { runs, options } = await fitInput(flags, rows);
    const found = leftOut(ofExperiment(runs, options.filters), { ...options, by: flags.unit.by! });
    const { by, units, meanAbsoluteRelativeError: error, meanSignedError: signed } = found;
    const lines = units.map((judged) => ({
      labels: [typeof judged.unit === 'number' && by === 'size' ? count(judged.unit) : String(judged.unit)],
      judged,
    }));
    const all = error === null ? [] : ['', `Mean error ${percent(error)}, signed ${signedPercent(signed!)}.`];
    return { json: found, words: () => [...judgedLines([`${by} left out`], lines), ...all] };
  },
});
