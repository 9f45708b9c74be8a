/** `scaling-laws design`: which runs to train next, so that one number is known best for the FLOPs. */

import { type DesignedRuns, type DesignPlan, designPlan, designRuns } from '../design/design-runs.ts';
import { type DesignGoal, designGoal } from '../design/goal.ts';
import { applyFilters } from '../filters/apply.ts';
import { table } from '../report/text-table.ts';
import { describe } from '../schema/describe.ts';
import { list, positive, ratio } from '../schema/fields.ts';
import { object } from '../schema/objects.ts';
import { count, digits, plural, power } from '../words.ts';
import { type Argument, command } from './command.ts';
import { flagSet, given } from './flags.ts';
import { formSet } from './forms.ts';
import { LAW, lawFileFlags, lawFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, filterFlags } from './rows.ts';

const candidates = object('design plan', {
  sizes: list(positive('parameters'), { help: 'Sizes of models that may be trained.' }),
  tokensPerParam: list(ratio(), { help: 'Tokens per parameter on which each size may be trained.' }),
});
const goalFlags = formSet<DesignGoal>('Goal (one of)', describe(designGoal, ['goal']), true);
const BELIEVED: Argument = { ...LAW, name: 'law' };
const THERE: Argument = {
  name: '[file]',
  help: 'Table of the runs there are already: ends of runs, not checkpoints.',
  isTable: true,
};

/** The command. */
export const declared = command({
  args: [BELIEVED, THERE],
  sets: {
    goal: goalFlags,
    candidates: flagSet(candidates, { title: 'Runs to choose from', needed: [['sizes'], ['tokens-per-param']] }),
    plan: flagSet(designPlan, { title: 'Plan', only: ['budget', 'noise', 'repeats'], needed: [['budget']] }),
    law: lawFileFlags,
    columns: columnFlags,
    filters: filterFlags(false),
    output: jsonFlags('Print { goal, runs, budget, flops, standardError, before, curve } as JSON.'),
  },
  notes: 'The law is taken to be true; keep some runs of other sizes to find out whether it is.',
  examples: [
    'scaling-laws design sardana-2024 --budget 2e20 --sizes 1e8,3e8,1e9 --tokens-per-param 5,20,80 --predict-at 10B,200B',
  ],
  run: async ({ args: [name], files, flags, io, rows }) => {
    const { sizes = [], tokensPerParam = [] } = flags.candidates;
    const [goal] = flags.goal;
    const law = await lawFrom(name, flags.law, io);
    const there = files.length === 0 ? undefined : applyFilters(await rows(), flags.filters).kept;
    const found = designRuns({
      ...(flags.plan as Required<typeof flags.plan>),
      law: law as DesignPlan['law'],
      goal: goal!,
      candidates: sizes.flatMap((N) => tokensPerParam.map((D) => ({ N, D: D * N }))),
      ...given({ given: there }),
    });
    return { json: found, words: () => inWords(found) };
  },
});

function inWords({ goal, runs, flops, standardError, before, curve }: DesignedRuns): string[] {
  const what = { loss: 'the loss', decision: 'the logarithm of the best size', coefficient: 'the coefficient' };
  const error = (value: number | null): string => (value === null ? 'not determined' : digits(value, 3));
  const rows = runs.map((run) => [count(run.N), count(run.D), String(run.count), power(run.flops)]);
  return [
    ...table([['N', 'D', 'times', 'FLOPs'], ...rows], 0),
    '',
    `${plural(runs.length, 'run')} for ${power(flops)} FLOPs. Standard error of ${what[goal.kind]}: ${error(standardError)}` +
      `${before === null ? '.' : `, ${error(before)} without them.`}`,
    '',
    ...table([['budget', 'std. error'], ...curve.map((point) => [power(point.budget), error(point.standardError)])], 0),
  ];
}
