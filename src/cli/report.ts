/** `scaling-laws report`: a fit as one page of HTML. */

import { refusal } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { bootstrapFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import type { Io } from './io.ts';
import { FIT, FIT_FILE, lawFileFlags, savedFitFrom } from './law-argument.ts';
import { redraw } from './long-work.ts';
import { outFile } from './out.ts';
import { COMMON_SETS, type ProblemSaid, saidIn } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { columnFlags, nameOf, readRowsOf } from './rows.ts';

const output = object('output', {
  out: outFile('File to write.', 'stdout, as for -'),
  title: optional(text({ help: 'Title of the page.', otherwise: 'named after FILE' })),
  problem: optional(
    text({
      help: 'Problem file of scaling-laws plan whose optimum to show, its law replaced by FIT.',
      placeholder: 'file',
    }),
  ),
});

/** The command. */
export const declared = command({
  args: [FIT, { ...FIT_FILE, name: '[file]' }],
  sets: {
    output: flagSet(output, { title: 'Output' }),
    columns: columnFlags,
    law: lawFileFlags,
    bootstrap: bootstrapFlags,
    ...COMMON_SETS,
    demand: { ...COMMON_SETS.demand, needs: { 'inference-tokens': [['target-loss', 'problem']] } },
    by: byFlags,
  },
  notes: `Without FILE, the table behind the fit, there is no diagnosis. With a goal the optimum is that of scaling-laws plan, else that of
training compute alone. The page holds the fit as JSON, and asks nothing of the network.`,
  examples: [
    'scaling-laws report fit.json runs.csv --out report.html',
    'scaling-laws report fit.json runs.csv --bootstrap 1000 --target-loss 2.1 --inference-tokens 2T --out report.html',
  ],
  each: { of: 'fit', all: 'pages', one: 'page' },
  run: async ({ args: [name = '-'], files, flags, io, family }) => {
    const fit = await savedFitFrom(name, flags.law.lawFile, io, family);
    const runs = files.length === 0 ? undefined : await readRowsOf(fit, files, flags.columns, io);
    const isRedrawn = flags.bootstrap.replicates !== undefined;
    if (isRedrawn && !runs) throw refusal('--bootstrap', 'come with FILE, the table behind the fit', 'it alone');
    const bootstrap = runs && isRedrawn ? await redraw(fit, runs, flags.bootstrap, io) : undefined;
    const problem = await problemFrom(fit, saidIn(flags), flags.output.problem, io);
    // Figures take longer to load than other commands to run.
    const { reportHtml } = await import('../report.ts');
    const { plotDocument } = await import('../node/pictures.ts');
    const [table, of] = [nameOf(files), family === undefined ? '' : `${family} in `];
    const title = flags.output.title ?? (table === undefined ? undefined : `Scaling law of ${of}${table}`);
    return { page: reportHtml({ fit, ...given({ runs, bootstrap, problem, title }), document: await plotDocument() }) };
  },
});

/** The problem that the flags pose, if they name a goal; without its law. */
async function problemFrom(
  fit: Fit,
  said: ProblemSaid,
  file: string | undefined,
  io: Io,
): Promise<Omit<PlanProblem, 'law'> | undefined> {
  if (said.goal === undefined && file === undefined) return undefined;
  const { law: _, ...problem } = await problemOf(file, said, {}, io, file === undefined ? fit : undefined);
  return problem;
}
