/** `scaling-laws roll-out`: a window of small models, or of early tokens, grows, and predicts each time what comes next. */

import { refusal } from '../errors.ts';
import { rollOut as rolledOut, rollOutOptions } from '../hold-out/roll-out.ts';
import type { Span } from '../numeric/span.ts';
import { yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { count } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines } from './io.ts';
import { JUDGED_NOTES, JUDGED_SETS, judgedInput, judgedLines } from './judged-fits.ts';
import { FILE } from './rows.ts';

const output = object('output', {
  json: optional(yes({ help: 'Print { by, steps: [{ fitted, predicted, fit, heldOut }] } as JSON.' })),
});

/** The command. */
export const rollOut = command({
  args: [FILE],
  sets: {
    window: flagSet(rollOutOptions, { title: 'Judgement', only: ['by', 'steps'] }),
    ...JUDGED_SETS,
    output: flagSet(output, { title: 'Output' }),
  },
  notes: JUDGED_NOTES,
  examples: ['scaling-laws roll-out runs.csv --by N --steps 2'],
  run: async ({ args: [file = '-'], flags, io }) => {
    const { by, ...window } = flags.window;
    if (by === undefined) throw refusal('roll-out', 'have --by', 'none', '--by N or --by D');
    const { runs, options } = await judgedInput(file, flags, io);
    const found = rolledOut(runs, { ...options, by, ...(window.steps !== undefined && { steps: window.steps }) });
    if (flags.output.json) return printJson(io, found);
    const lines = found.steps.map((judged) => ({
      labels: [spanInWords(judged.fitted), spanInWords(judged.predicted)],
      judged,
    }));
    printLines(io, judgedLines([`fitted ${by}`, `predicted ${by}`], lines));
  },
});

const spanInWords = ([low, high]: Span): string => (low === high ? count(low) : `${count(low)} to ${count(high)}`);
