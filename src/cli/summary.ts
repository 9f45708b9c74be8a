/** `scaling-laws summary`: a saved fit as one block of text. */

import { DEFAULT_LEVEL, intervalOptions } from '../uncertainty/intervals.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { FIT, FIT_FILE, lawFileFlags, savedFitFrom } from './law-argument.ts';
import { columnFlags, readRowsOf } from './rows.ts';

/** The command. */
export const declared = command({
  args: [FIT, { ...FIT_FILE, name: '[file]' }],
  sets: {
    columns: columnFlags,
    law: lawFileFlags,
    uncertainty: flagSet(intervalOptions, { title: 'Uncertainty', only: ['level'] }),
    by: byFlags,
  },
  each: { of: 'fit', all: 'summaries', one: 'summary' },
  notes: 'With FILE, the table behind the fit, the findings are those of scaling-laws diagnose.',
  examples: ['scaling-laws summary fit.json', 'scaling-laws summary fit.json runs.csv --level 0.9'],
  run: async ({ args: [name = '-'], files, flags, io, door, family }) => {
    const fit = await savedFitFrom(name, flags.law.lawFile, io, family);
    const runs = files.length === 0 ? undefined : await readRowsOf(fit, files, flags.columns, io);
    const { findingLines, summaryLines } = await import('../report/summary.ts');
    const { level = DEFAULT_LEVEL } = flags.uncertainty;
    const lines = [...summaryLines(fit, level), ...findingLines(fit, runs, level, door)];
    return { json: { summary: lines.join('\n') }, words: () => lines };
  },
});
