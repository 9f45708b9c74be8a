/** `scaling-laws plan`: what to train when it has to be served, under whatever it costs and whatever it must keep to. */

import { refusal } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { plan as solved } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { BootstrapOptions } from '../uncertainty/bootstrap.ts';
import { command } from './command.ts';
import { bootstrapFlags, bootstrapOf } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { type Io, printJson, printLines, printWarnings } from './io.ts';
import { jsonFlags } from './out.ts';
import { PROBLEM, PROBLEM_SETS, RENAMED, saidIn } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { planInWords } from './plan-words.ts';

const behind = object('rows', {
  runs: optional(text({ help: 'File of the runs behind the fit, for --bootstrap.', placeholder: 'file' })),
});

/** The command. */
export const declared = command({
  args: [PROBLEM],
  sets: {
    ...PROBLEM_SETS,
    bootstrap: bootstrapFlags,
    runs: flagSet(behind, { title: 'Uncertainty', needs: { runs: ['bootstrap'] } }),
    output: jsonFlags('Print the plan as JSON.'),
  },
  renamed: RENAMED,
  notes: `A problem file holds { law, goal, demand, pay, training, serving, energy, data, constraints }: see docs/planning.md. A law that it names is a
published one, or a saved fit beside the file. Flags win over it, each over its own field; a constraint over that of its kind.`,
  examples: [
    'scaling-laws plan sardana-2024 --target-loss 1.947 --inference-tokens 2T',
    `scaling-laws plan fit.json --match 13B,260B --requests 1e9 --input-tokens 500 --output-tokens 200 \\
    --pay dollars --train-gpu H100 --inference-gpu H100 --batch 32 --fits --max-latency 0.02`,
    'scaling-laws plan fit.json --runs runs.csv --bootstrap 400 --target-loss 2.0 --inference-tokens 1T',
    'scaling-laws plan problem.json --json',
  ],
  run: async ({ args: [name], flags, io, door }) => {
    const { law, bootstrap, runs } = flags;
    const problem = await problemOf(name, saidIn(flags), law, io);
    const options = bootstrapOf(bootstrap);
    const found = solved(options ? await withReplicates(problem, options, bootstrap.workers, runs.runs, io) : problem);
    if (flags.output.json) return printJson(io, found);
    printLines(io, planInWords(found));
    printWarnings(io, found.warnings, door);
  },
});

/** The problem with a bootstrap of its law. */
async function withReplicates(
  problem: PlanProblem,
  options: BootstrapOptions,
  workers: number | undefined,
  path: string | undefined,
  io: Io,
): Promise<PlanProblem> {
  if (path === undefined)
    throw refusal('--bootstrap', 'come with --runs, the file of the rows behind the fit', 'it alone');
  const { bootstrapParallel, readRunsFile } = await import('../node.ts');
  const { longWork } = await import('./long-work.ts');
  if (!('schema' in problem.law)) throw refusal('LAW', 'be a saved fit where --bootstrap is given', problem.law.law);
  const runs = await readRunsFile(path);
  const law = await longWork(io, 'bootstrap', (watch) =>
    bootstrapParallel(problem.law as Fit<string>, runs, { ...options, ...given({ workers }), ...watch }),
  );
  return { ...problem, law };
}
