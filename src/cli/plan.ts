/** `scaling-laws plan`: what to train when it has to be served, under whatever it costs and whatever it must keep to. */

import { refusal } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { readRunsFile } from '../node.ts';
import { plan as solved } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { command } from './command.ts';
import { bootstrapFlags } from './fit-options.ts';
import { flagSet } from './flags.ts';
import type { Io } from './io.ts';
import { redraw } from './long-work.ts';
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
    bootstrap: { ...bootstrapFlags, needs: { ...bootstrapFlags.needs, bootstrap: ['runs'] } },
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
  run: async ({ args: [name], flags, io }) => {
    const problem = await problemOf(name, saidIn(flags), flags.law, io);
    const isRedrawn = flags.bootstrap.replicates !== undefined;
    const law = isRedrawn ? await withReplicates(problem.law, flags.bootstrap, flags.runs.runs!, io) : problem.law;
    const found = solved({ ...problem, law });
    return { json: found, words: () => planInWords(found), warnings: found.warnings };
  },
});

/** A bootstrap of the law, from the runs at `path`. */
async function withReplicates(
  law: PlanProblem['law'],
  said: Parameters<typeof redraw>[2],
  path: string,
  io: Io,
): Promise<Bootstrap<string>> {
  if (!('schema' in law)) throw refusal('LAW', 'be a saved fit where --bootstrap is given', law.law);
  return redraw(law as FittedLaw<string> as Fit<string>, await readRunsFile(path), said, io);
}
