/** `scaling-laws design`: which runs to train next, so that one number is known best for the FLOPs. */

import { type DesignedRuns, type DesignPlan, designPlan, designRuns } from '../design/design-runs.ts';
import type { DesignGoal } from '../design/goal.ts';
import { refusal } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { list, positive, ratio, text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { count, digits, plural, power } from '../words.ts';
import { type Argument, command } from './command.ts';
import { type Flag, type FlagSet, flagSet, given } from './flags.ts';
import { printJson, printLines } from './io.ts';
import { LAW, lawFileFlags, lawFrom } from './law-argument.ts';
import { pointIn } from './questions.ts';
import { columnFlags, filterFlags, readRows } from './rows.ts';
import { table } from './words.ts';

const candidates = object('design plan', {
  sizes: optional(list(positive('parameters'), { help: 'Model sizes to choose from.' })),
  tokensPerParam: optional(list(ratio(), { help: 'Tokens per parameter to choose from, for each size.' })),
});
const goals = object('design plan', {
  flops: optional(positive('FLOPs', { help: 'Know the best size for so many training FLOPs.' })),
  coefficient: optional(text({ help: 'Know this coefficient.' })),
});
const output = object('output', {
  json: optional(yes({ help: 'Print { goal, runs, budget, flops, standardError, before, curve } as JSON.' })),
});
const goalFlags = flagSet(goals, { title: 'Goal' });
const predictAt: Flag = {
  name: 'predict-at',
  path: 'goal.loss',
  placeholder: 'N,D',
  help: 'Know the loss of N parameters on D tokens.',
  isMany: false,
  read: (texts) => pointIn(texts.at(-1)!),
};
const goalSet: FlagSet<DesignGoal | undefined> = {
  ...goalFlags,
  flags: [predictAt, ...goalFlags.flags],
  oneOf: [['predict-at', 'flops', 'coefficient']],
  of: (values, names) => {
    const { flops: C, coefficient: name } = goalFlags.of(values, names);
    const point = values.get('predict-at') as { readonly N: number; readonly D: number } | undefined;
    names.set('goal.name', 'coefficient');
    if (point) return { kind: 'loss', ...point };
    if (C !== undefined) return { kind: 'decision', C };
    return name === undefined ? undefined : { kind: 'coefficient', name };
  },
};
const BELIEVED: Argument = { ...LAW, name: 'law' };
const THERE: Argument = { name: '[file]', help: 'Table of the runs there are already: ends of runs, not checkpoints.' };

/** The command. */
export const design = command({
  args: [BELIEVED, THERE],
  sets: {
    goal: goalSet,
    candidates: flagSet(candidates, { title: 'Runs to choose from' }),
    plan: flagSet(designPlan, { title: 'Plan', only: ['budget', 'noise', 'repeats'] }),
    law: lawFileFlags,
    columns: columnFlags,
    filters: filterFlags(false),
    output: flagSet(output, { title: 'Output' }),
  },
  notes: 'The law is taken to be true; keep some runs of other sizes to find out whether it is.',
  examples: [
    'scaling-laws design sardana-2024 --budget 2e20 --sizes 1e8,3e8,1e9 --tokens-per-param 5,20,80 --predict-at 10B,200B',
  ],
  run: async ({ args: [name, file], flags, io }) => {
    const { sizes = [], tokensPerParam = [] } = flags.candidates;
    const { budget, noise, repeats } = flags.plan;
    const { goal } = flags;
    if (budget === undefined) throw refusal('design', 'have --budget', 'none');
    if (!goal) throw refusal('design', 'have --predict-at, --flops or --coefficient', 'none');
    if (sizes.length * tokensPerParam.length === 0)
      throw refusal('design', 'have --sizes and --tokens-per-param', 'none');
    const law = await lawFrom(name, flags.law, io);
    const rows = file === undefined ? undefined : await readRows(file, flags.columns, io);
    const there = rows && applyFilters(rows, flags.filters as readonly Filter[]).kept;
    const found = designRuns({
      law: law as DesignPlan['law'],
      budget,
      goal,
      candidates: sizes.flatMap((N) => tokensPerParam.map((D) => ({ N, D: D * N }))),
      ...given({ noise, repeats, given: there }),
    });
    if (flags.output.json) return printJson(io, found);
    printLines(io, inWords(found));
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
