/** `scaling-laws plan`: what to train when it has to be served, under whatever it costs and whatever it must keep to. */

import type { Command } from 'commander';
import { fitFromJson } from '../fit/fit.ts';
import { bootstrapParallel, readRunsFile } from '../node.ts';
import { plan } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { addBootstrapFlags, type BootstrapFlags, bootstrapOf, refuseAlone } from './bootstrap-flags.ts';
import { given } from './flags.ts';
import { type Io, printJson, printLines, printWarnings, UsageError } from './io.ts';
import { longWork } from './long-work.ts';
import { addPlanFlags, type PlanFlags, PROBLEM_HELP } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { planInWords } from './plan-words.ts';

interface Flags extends PlanFlags, BootstrapFlags {
  readonly runs?: string;
  readonly json?: true;
}

const EXAMPLES = `
A problem file holds { law, goal, demand, pay, training, serving, energy, data, constraints }: see docs/planning.md. A law that it names is a
published one, or a saved fit beside the file. Flags win over it, each over its own field; a constraint over that of its kind.

Examples:
  scaling-laws plan sardana-2024 --loss 1.947 --inference-tokens 2T
  scaling-laws plan fit.json --match 13B,260B --requests 1e9 --input-tokens 500 --output-tokens 200 \\
    --pay dollars --train-gpu H100 --inference-gpu H100 --batch 32 --fits --max-latency 0.02
  scaling-laws plan fit.json --runs runs.csv --bootstrap 400 --loss 2.0 --inference-tokens 1T
  scaling-laws plan problem.json --json`;

/** Adds the command to `program`. */
export function addPlan(program: Command, io: Io): void {
  const command = program
    .command('plan')
    .description('the best model for a loss or a budget, a demand, a cost and constraints')
    .argument('<problem>', PROBLEM_HELP);
  addBootstrapFlags(addPlanFlags(command))
    .option('--runs <file>', 'the runs behind the fit, for --bootstrap')
    .optionsGroup('Output:')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (text: string, flags: Flags) => {
      const problem = await withReplicates(await problemOf(text, flags, io), flags, io);
      const found = plan(problem);
      if (flags.json) return printJson(io, found);
      printLines(io, planInWords(found));
      printWarnings(io, found.warnings);
    });
}

/** The problem with a bootstrap of its law, if the flags ask for one. */
async function withReplicates(problem: PlanProblem, flags: Flags, io: Io): Promise<PlanProblem> {
  const options = bootstrapOf(flags);
  const { runs: path, workers } = flags;
  if (!options) {
    refuseAlone('--runs', path);
    refuseAlone('--workers', workers);
    return problem;
  }
  if (path === undefined)
    throw new UsageError('--bootstrap must come with --runs, the file of the rows behind the fit');
  const fit = fitFromJson(problem.law);
  const runs = await readRunsFile(path);
  const law = await longWork(io, 'bootstrap', (watch) =>
    bootstrapParallel(fit, runs, { ...options, ...given({ workers }), ...watch }),
  );
  return { ...problem, law };
}
