/** `scaling-laws leave-out`: each model size, or each run, is predicted by all others. */

import { leaveOutOptions, leaveOut as leftOut } from '../hold-out/leave-out.ts';
import { count, percent, signedPercent } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines } from './io.ts';
import { JUDGED_NOTES, JUDGED_SETS, judgedInput, judgedLines } from './judged-fits.ts';
import { jsonFlags } from './out.ts';
import { FILE } from './rows.ts';

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    unit: flagSet(leaveOutOptions, { title: 'Judgement', only: ['by'], needed: [['by']] }),
    ...JUDGED_SETS,
    output: jsonFlags(
      'Print { by, units: [{ unit, fit, heldOut }], meanSignedError, meanAbsoluteRelativeError } as JSON.',
    ),
  },
  notes: JUDGED_NOTES,
  examples: ['scaling-laws leave-out runs.csv --by size'],
  run: async ({ files, flags, io }) => {
    const { runs, options } = await judgedInput(files, flags, io);
    const found = leftOut(runs, { ...options, by: flags.unit.by! });
    if (flags.output.json) return printJson(io, found);
    const { by, units, meanAbsoluteRelativeError: error, meanSignedError: signed } = found;
    const lines = units.map((judged) => ({
      labels: [typeof judged.unit === 'number' && by === 'size' ? count(judged.unit) : String(judged.unit)],
      judged,
    }));
    const all = error === null ? [] : ['', `Mean error ${percent(error)}, signed ${signedPercent(signed!)}.`];
    printLines(io, [...judgedLines([`${by} left out`], lines), ...all]);
  },
});
