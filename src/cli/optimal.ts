/** `scaling-laws optimal`: `plan` without constraints: how large a model, on how many tokens; for training, for its life, or in dollars. */

import { computeOptimal } from '../allocate/compute-optimal.ts';
import { inferenceOptimal } from '../allocate/inference-optimal.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { costOptimal } from '../plan/cost-optimal.ts';
import { type Plan, plan } from '../plan/plan.ts';
import type { Goal, PlanProblem } from '../plan/problem.ts';
import { table } from '../report/text-table.ts';
import { count, digits, power } from '../words.ts';
import { oneOrAll } from './answer.ts';
import { command } from './command.ts';
import { given, pick } from './flags.ts';
import type { Io } from './io.ts';
import { LAW, lawFrom, lawSourceFlags } from './law-argument.ts';
import { loneInWords, lonePoint, loneVariable } from './lone-variable.ts';
import { jsonFlags } from './out.ts';
import { costFlags, demandFlags, givenFlags, type ProblemSaid, saidIn } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';
import { planInWords } from './plan-words.ts';
import { type Targets, targetFlags } from './questions.ts';

const targets = targetFlags('Target (one of; each may be a list)', {
  C: 'Training FLOPs to spend for the least loss.',
  N: 'Size of a compute-optimal model.',
  D: 'Training tokens of a compute-optimal model.',
  loss: 'Loss to reach for the fewest FLOPs, or dollars.',
});
const GOALS = targets.flags.map(({ name }) => name);
const COSTS = ['training', 'serving'];
const OMITTED = ['serving.count', 'serving.kv', 'serving.shape.experts', 'serving.batch', 'serving.contextTokens'];
const costs = pick(costFlags, (path) => COSTS.some((one) => path.startsWith(one)) && !OMITTED.includes(path));

/** The command. */
export const declared = command({
  args: [LAW],
  sets: {
    goal: { ...targets, oneOf: [GOALS], needed: [GOALS] },
    demand: {
      ...pick(demandFlags, (path) => /Tokens$|tokens$|requests$/.test(path)),
      needs: { 'inference-tokens': ['target-loss'], requests: ['target-loss', 'train-gpu', 'inference-gpu'] },
    },
    costs: { ...costs, needs: Object.fromEntries(costs.flags.map(({ name }) => [name, ['requests']])) },
    law: lawSourceFlags,
    given: givenFlags,
    output: jsonFlags('Print the optimum as JSON.'),
  },
  renamed: { loss: '--target-loss' },
  notes: `Requests are answered in dollars, which take --input-tokens, --output-tokens, --train-gpu and --inference-gpu. For other costs, and for
constraints, see scaling-laws plan.`,
  examples: [
    'scaling-laws optimal hoffmann-2022 --flops 1e23,1e24',
    'scaling-laws optimal hoffmann-2022 --N 70B',
    'scaling-laws optimal fit.json --target-loss 1.947 --inference-tokens 2T',
    `scaling-laws optimal sardana-2024 --target-loss 1.947 --requests 1e10 --input-tokens 1000 --output-tokens 250 \\
    --train-gpu A100-80 --train-gpu-price 1.40 --inference-gpu A100-40 --inference-gpu-price 0.60 \\
    --inference-dtype int8 --train-mfu 0.5 --prefill-mfu 0.4 --decode-mfu 0.2`,
  ],
  run: async ({ args: [name], flags, io }) => {
    const targets = targetsOf(flags.goal);
    const said = saidIn({ demand: flags.demand, costs: flags.costs, given: flags.given });
    const law = await lawFrom(name, flags.law, io);
    const unit = given({ lossUnit: law.lossUnit });
    const variable = loneVariable(law);
    if (variable !== undefined) {
      const points = targets.map((target) => lonePoint(law, variable, target));
      return { json: oneOrAll(points), words: () => points.map((point) => loneInWords(variable, point)), ...unit };
    }
    const problems = await Promise.all(targets.map((target) => problemAt(law, target, said, io)));
    const { json } = flags.output;
    const plans = json ? [] : problems.map(plan);
    return {
      json: json && oneOrAll(targets.map((target, i) => optimumOf(law, target, said, problems[i]!))),
      words: () => (plans.length === 1 ? planInWords(plans[0]!) : table([HEADS, ...plans.map(lineOf)], 0)),
      warnings: plans.flatMap(({ warnings }) => warnings),
      ...unit,
    };
  },
});

const HEADS = ['training FLOPs', 'parameters', 'tokens', 'tokens per parameter', 'loss'];
const lineOf = ({ N, D, loss, tokensPerParam, accounts }: Plan): string[] => [
  power(accounts.flops.training),
  count(N),
  count(D),
  count(tokensPerParam),
  digits(loss, 4),
];

/** One of the four numbers. */
type Target = { readonly C: number } | { readonly loss: number } | { readonly N: number } | { readonly D: number };

const targetsOf = (said: Targets): readonly Target[] =>
  Object.entries(said).flatMap(([name, values]) => values.map((value) => ({ [name]: value }) as unknown as Target));

/** The optimum as the function that is made for the question gives it. */
function optimumOf(law: FittedLaw<string>, target: Target, { demand = {}, given }: ProblemSaid, problem: PlanProblem) {
  const { tokens, requests, inputTokens, outputTokens } = demand;
  if ('loss' in target && tokens !== undefined)
    return inferenceOptimal(law, { ...target, Dinf: tokens as number }, given);
  if ('loss' in target && requests !== undefined) {
    const { training, serving } = problem;
    const asked = { ...target, demand: { requests, inputTokens, outputTokens } };
    return costOptimal(law, { ...asked, training: training!, serving: serving! }, given);
  }
  const optimum = computeOptimal(law, target, given);
  return { ...optimum, inferenceFlops: 0, totalFlops: optimum.trainingFlops };
}

/** The same question as a plan. */
async function problemAt(law: FittedLaw<string>, target: Target, said: ProblemSaid, io: Io): Promise<PlanProblem> {
  const pay = said.demand?.requests === undefined ? {} : { pay: 'dollars' as const };
  const goal: Goal =
    'loss' in target
      ? { kind: 'loss', ...target }
      : {
          kind: 'training-budget',
          budget: 'C' in target ? target.C : computeOptimal(law, target, said.given).trainingFlops,
        };
  return problemOf(undefined, { ...said, ...pay, goal }, {}, io, law);
}
