/** `scaling-laws leave-out`: each model size, or each run, is predicted by all others. */

import { refusal } from '../errors.ts';
import { leaveOutOptions, leaveOut as leftOut } from '../hold-out/leave-out.ts';
import { yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { count, percent, signedPercent } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines } from './io.ts';
import { JUDGED_NOTES, JUDGED_SETS, judgedInput, judgedLines } from './judged-fits.ts';
import { FILE } from './rows.ts';

const output = object('output', {
  json: optional(
    yes({ help: 'Print { by, units: [{ unit, fit, heldOut }], meanSignedError, meanAbsoluteRelativeError } as JSON.' }),
  ),
});

/** The command. */
export const leaveOut = command({
  args: [FILE],
  sets: {
    unit: flagSet(leaveOutOptions, { title: 'Judgement', only: ['by'] }),
    ...JUDGED_SETS,
    output: flagSet(output, { title: 'Output' }),
  },
  notes: JUDGED_NOTES,
  examples: ['scaling-laws leave-out runs.csv --by size'],
  run: async ({ args: [file = '-'], flags, io }) => {
    const { by } = flags.unit;
    if (by === undefined) throw refusal('leave-out', 'have --by', 'none', '--by size or --by run');
    const { runs, options } = await judgedInput(file, flags, io);
    const found = leftOut(runs, { ...options, by });
    if (flags.output.json) return printJson(io, found);
    const { units, meanAbsoluteRelativeError: error, meanSignedError: signed } = found;
    const lines = units.map((judged) => ({
      labels: [typeof judged.unit === 'number' && by === 'size' ? count(judged.unit) : String(judged.unit)],
      judged,
    }));
    const all = error === null ? [] : ['', `Mean error ${percent(error)}, signed ${signedPercent(signed!)}.`];
    printLines(io, [...judgedLines([`${by} left out`], lines), ...all]);
  },
});
