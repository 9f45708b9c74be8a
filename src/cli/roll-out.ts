/** `scaling-laws roll-out`: a window of small models, or of early tokens, grows, and predicts each time what comes next. */

import { rollOut as rolledOut, rollOutOptions } from '../hold-out/roll-out.ts';
import type { Span } from '../numeric/span.ts';
import { count } from '../words.ts';
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
    window: flagSet(rollOutOptions, { title: 'Judgement', only: ['by', 'steps'], needed: [['by']] }),
    ...JUDGED_SETS,
    output: jsonFlags('Print { by, steps: [{ fitted, predicted, fit, heldOut }] } as JSON.'),
  },
  notes: JUDGED_NOTES,
  examples: ['scaling-laws roll-out runs.csv --by N --steps 2'],
  run: async ({ files, flags, io }) => {
    const { runs, options } = await judgedInput(files, flags, io);
    const found = rolledOut(runs, { ...options, ...(flags.window as Required<typeof flags.window>) });
    const { by } = found;
    if (flags.output.json) return printJson(io, found);
    const lines = found.steps.map((judged) => ({
      labels: [spanInWords(judged.fitted), spanInWords(judged.predicted)],
      judged,
    }));
    printLines(io, judgedLines([`fitted ${by}`, `predicted ${by}`], lines));
  },
});

const spanInWords = ([low, high]: Span): string => (low === high ? count(low) : `${count(low)} to ${count(high)}`);
