/** `scaling-laws roll-out`: a window of small models, or of early tokens, grows, and predicts each time what comes next. */

import { rollOut as rolledOut, rollOutOptions } from '../hold-out/roll-out.ts';
import type { Span } from '../numeric/span.ts';
import { count } from '../words.ts';
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
    window: flagSet(rollOutOptions, { title: 'Judgement', only: ['by', 'steps'], needed: [['by']] }),
    ...FIT_SETS,
    output: jsonFlags('Print { by, steps: [{ fitted, predicted, fit, heldOut }] } as JSON.'),
  },
  notes: JUDGED_NOTES,
  examples: ['scaling-laws roll-out runs.csv --by N --steps 2'],
  run: async ({ flags, rows }) => {
    const { runs, options } = await fitInput(flags, rows);
    const window = flags.window as Required<typeof flags.window>;
    const found = rolledOut(ofExperiment(runs, options.filters), { ...options, ...window });
    const lines = found.steps.map((judged) => ({
      labels: [spanInWords(judged.fitted), spanInWords(judged.predicted)],
      judged,
    }));
    return { json: found, words: () => judgedLines([`fitted ${found.by}`, `predicted ${found.by}`], lines) };
  },
});

const spanInWords = ([low, high]: Span): string => (low === high ? count(low) : `${count(low)} to ${count(high)}`);
