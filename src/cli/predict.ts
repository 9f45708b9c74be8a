/** `scaling-laws predict`: the loss at a size, or the size for a loss. */

import type { ComputeTarget } from '../allocate/compute-optimal.ts';
import { refusal } from '../errors.ts';
import { extrapolationFindings } from '../judge/extrapolation.ts';
import { openEndFindings } from '../judge/uncertainty.ts';
import {
  type InversePrediction,
  type LossPrediction,
  type Prediction,
  type Predictor,
  predictor,
} from '../predict/predictor.ts';
import type { Ends } from '../uncertainty/answer-intervals.ts';
import { DEFAULT_LEVEL, replicatesBehind } from '../uncertainty/intervals.ts';
import { count, digits, interval, listed, percent, power } from '../words.ts';
import { oneOrAll } from './answer.ts';
import { command } from './command.ts';
import { given } from './flags.ts';
import { LAW, lawFrom, lawSourceFlags } from './law-argument.ts';
import { loneInWords, lonePoint, loneVariable } from './lone-variable.ts';
import { jsonFlags } from './out.ts';
import { givenFlags } from './plan-flags.ts';
import { type Targets, targetFlags } from './questions.ts';

/** What one question gives. */
type Asked = ComputeTarget;

const targets = targetFlags('Question (any of these may be a list)');

/** The command. */
export const declared = command({
  args: [LAW],
  sets: {
    question: { ...targets, question: targets.flags.map(({ name }) => name) },
    law: lawSourceFlags,
    given: givenFlags,
    output: jsonFlags('Print the prediction as JSON; of several questions a list of predictions.'),
  },
  renamed: { loss: '--target-loss' },
  notes: `Give two of --N, --D and --flops for the loss, or --target-loss and one of --N and --D for the other. A law in one variable
takes that one, or --target-loss.`,
  examples: [
    'scaling-laws predict hoffmann-2022 --N 70B --D 1.4T',
    'scaling-laws predict fit.json --N 7B --flops 1e23',
    'scaling-laws predict sardana-2024 --target-loss 2.0 --N 13B        how many tokens does a 13B model need?',
    'scaling-laws predict cerebras-2023 --flops 1e22,2.3e22',
    'scaling-laws predict muennighoff-2023-repeated --N 8.7B --D 178B --given U=25e9',
    'scaling-laws predict --law power-law-d --coefficients E=1.69,A=410.7,alpha=0.28 --D 20B',
  ],
  run: async ({ args: [name], flags, io }) => {
    const asked = questionsOf(flags.question);
    const law = await lawFrom(name, flags.law, io);
    const unit = given({ lossUnit: law.lossUnit });
    const variable = loneVariable(law);
    if (variable !== undefined && asked.every((one) => Object.keys(one).length === 1)) {
      const points = asked.map((one) => lonePoint(law, variable, one));
      return { json: oneOrAll(points), words: () => points.map((one) => loneInWords(variable, one)), ...unit };
    }
    const answers = asked.map(answerOf);
    const found: readonly Known[] = answers.map((answer) => answer(predictor(law, flags.given.given ?? {})));
    return {
      json: oneOrAll(found),
      words: () => found.map((one) => inWords(one, asked[0]!.loss === undefined)),
      warnings: found.flatMap((one) => [
        ...extrapolationFindings(law.fittedRange, one),
        ...openEndFindings(one.open ?? one.intervals?.open ?? [], replicatesBehind(law)),
      ]),
      ...unit,
    };
  },
});

/** Every combination of the numbers in the lists. */
const questionsOf = (said: Targets): readonly Asked[] =>
  Object.entries(said).reduce<readonly Asked[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );

/** What two of the four numbers ask for. */
function answerOf({ N, D, C, loss }: Asked): (law: Predictor) => Prediction {
  const number = [N, D, C, loss].filter((value) => value !== undefined).length;
  if (number === 2) {
    if (N !== undefined && D !== undefined) return (law) => law.at({ N, D });
    if (N !== undefined && C !== undefined) return (law) => law.at({ N, C });
    if (D !== undefined && C !== undefined) return (law) => law.at({ D, C });
    if (N !== undefined && loss !== undefined) return (law) => law.tokensFor({ N, loss });
    if (D !== undefined && loss !== undefined) return (law) => law.paramsFor({ D, loss });
  }
  const got = Object.entries({ '--N': N, '--D': D, '--flops': C, '--target-loss': loss }).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag],
  );
  const rule = 'have two of --N, --D and --flops, or --target-loss and one of --N and --D';
  throw refusal('predict', rule, got.join(' and ') || 'none');
}

/** A prediction with whichever intervals it has. */
type Known = Prediction & Partial<LossPrediction & InversePrediction<'N' | 'D'>>;

function inWords(found: Known, asksLoss: boolean): string {
  const { N, D, C, loss, tokensPerParam, meanInterval, runInterval, level = DEFAULT_LEVEL, open = [] } = found;
  const model = `${count(N)} parameters on ${count(D)} tokens`;
  const about = `${count(tokensPerParam)} tokens per parameter, ${power(C)} training FLOPs`;
  const ends = (of: Ends, name: string, write: (value: number) => string, all = open): string =>
    interval(of, write, { lower: all.includes(`${name}.lower`), upper: all.includes(`${name}.upper`) });
  const nats = (value: number): string => digits(value, 4);
  const known = [
    ...(meanInterval ? [`${ends(meanInterval, 'mean', nats)} for the law's own loss`] : []),
    ...(runInterval ? [`${ends(runInterval, 'mean', nats)} for one new run`] : []),
    ...Object.entries(found.intervals ?? {}).flatMap(([name, of]) =>
      name === 'N' || name === 'D' ? [`${ends(of as Ends, name, count, found.intervals!.open)} ${UNITS[name]}`] : [],
    ),
  ];
  return [
    asksLoss
      ? `${model}: loss ${nats(loss)} nats per token (${about})`
      : `Loss ${nats(loss)} nats per token: ${model} (${about})`,
    ...(known.length > 0 ? [`${percent(found.intervals?.level ?? level)} interval: ${listed(known)}`] : []),
  ].join('\n');
}

const UNITS = { N: 'parameters', D: 'tokens' } as const;
