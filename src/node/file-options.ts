/** How files of runs are read. */

import { givenValues } from '../runs/fields.ts';
import { type ReadRunsOptions, readRunsOptions } from '../runs/read-runs.ts';
import { byName, either, text } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';

/** What `readRunsFile` may be told beside the options of `readRuns`. */
export const ofFiles = object('readRunsFile options', {
  fromName: optional(
    text({
      help: "Where the file's name holds N, D, C, run, family or a name of your own: curve_N{N}_D{D}; * is anything.",
      placeholder: 'pattern',
    }),
  ),
  runConstants: optional(
    either('be values by run, or the path of a table of them', [byName(givenValues), text()], {
      help: 'What differs from run to run: a table with a column of their names, and N, family, tokensPerStep, ...',
      flag: 'run-values',
      placeholder: 'file',
    }),
  ),
});

/** What `readRunsFile` may be told. */
export const fileOptions = object('readRunsFile options', { ...readRunsOptions.entries, ...ofFiles.entries });

/** How to read files of runs. */
export type ReadRunsFileOptions = Omit<ReadRunsOptions, 'runConstants'> &
  Pick<Given<typeof fileOptions>, 'fromName' | 'runConstants'>;
