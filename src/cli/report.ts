/** `scaling-laws report`: a fit as one page of HTML. */

import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Fit } from '../fit/fit.ts';
import { plotDocument } from '../node/pictures.ts';
import { bootstrapParallel } from '../node.ts';
import type { PlanProblem } from '../plan/problem.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { addBootstrapFlags, type BootstrapFlags, bootstrapOf } from './bootstrap-flags.ts';
import { given, NOT_NEGATIVE, numberFlag, POSITIVE } from './flags.ts';
import { type Io, UsageError } from './io.ts';
import { savedFitFrom } from './law-argument.ts';
import { longWork } from './long-work.ts';
import { isStdout, writeOut } from './out.ts';
import { problemOf } from './plan-problem.ts';
import { addColumnFlags, type ColumnFlags, readRows } from './row-flags.ts';

interface Flags extends ColumnFlags, BootstrapFlags {
  readonly out?: string;
  readonly title?: string;
  readonly targetLoss?: number;
  readonly inferenceTokens?: number;
  readonly problem?: string;
}

const EXAMPLES = `
Without FILE, the table behind the fit, there is no diagnosis. With a goal the optimum is that of scaling-laws plan, else that of
training compute alone. The page holds the fit as JSON, and asks nothing of the network.

Examples:
  scaling-laws report fit.json runs.csv --out report.html
  scaling-laws report fit.json runs.csv --bootstrap 1000 --target-loss 2.1 --inference-tokens 2T --out report.html`;

/** Adds the command to `program`. */
export function addReport(program: Command, io: Io): void {
  const command = program
    .command('report')
    .description('one page of HTML: data, filters, coefficients, diagnosis, figures, optimum, sources')
    .argument('<fit>', 'the file of a saved fit, or - for one on stdin')
    .argument('[file]', 'the table that the fit was made from; - for stdin')
    .option('--out <file>', 'where to write (default, and -: stdout)')
    .option('--title <text>', 'name of the page (default: after FILE)');
  addBootstrapFlags(addColumnFlags(command))
    .optionsGroup('Optimum:')
    .addOption(numberFlag('--target-loss <loss>', 'the loss to reach, nats per token', POSITIVE))
    .addOption(numberFlag('--inference-tokens <count>', 'tokens processed over the life, in and out', NOT_NEGATIVE))
    .option('--problem <file>', 'a problem file of scaling-laws plan, its law replaced by FIT')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, file: string | undefined, flags: Flags) => {
      if (name === '-' && file === '-') throw new UsageError('one of FIT and FILE must be a file, got - for both');
      const fit = await savedFitFrom(name, io);
      const runs = file === undefined ? undefined : await readRows(file, flags, io);
      const bootstrap = await replicatesOf(fit, runs, flags, io);
      const problem = await problemFrom(name, fit, flags, io);
      // Figures take longer to load than other commands to run.
      const { reportHtml } = await import('../report.ts');
      const title =
        flags.title ?? (file === undefined || file === '-' ? undefined : `Scaling law of ${basename(file)}`);
      const page = reportHtml({
        fit,
        ...given({ runs, bootstrap, problem, title }),
        document: await plotDocument(),
      });
      if (isStdout(flags.out)) return io.stdout(page);
      await writeOut(flags.out, page);
    });
}

async function replicatesOf(
  fit: Fit,
  runs: Runs | undefined,
  flags: Flags,
  io: Io,
): Promise<Bootstrap<string> | undefined> {
  const options = bootstrapOf(flags);
  if (!options) return undefined;
  if (!runs) throw new UsageError('--bootstrap must come with FILE, the table behind the fit');
  const { workers } = flags;
  return longWork(io, 'bootstrap', (watch) =>
    bootstrapParallel(fit, runs, { ...options, ...given({ workers }), ...watch }),
  );
}

/** The problem that the flags pose, if they name a goal; without its law. */
async function problemFrom(
  name: string,
  fit: Fit,
  { targetLoss: loss, inferenceTokens, problem: file }: Flags,
  io: Io,
): Promise<Omit<PlanProblem, 'law'> | undefined> {
  if (loss === undefined && file === undefined) {
    if (inferenceTokens === undefined) return undefined;
    throw new UsageError('--inference-tokens must come with --target-loss or --problem');
  }
  // Standard input has been read, if the fit was there.
  const read: Io = { ...io, stdin: async () => JSON.stringify(fit) };
  const { law: _, ...problem } = await problemOf(file ?? name, given({ loss, inferenceTokens }), read);
  return problem;
}
