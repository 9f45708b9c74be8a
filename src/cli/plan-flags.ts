/** The flags that pose a plan problem, alone or over a problem file. */

import { gpus } from '../inference/gpus.ts';
import { BYTES, type Dtype } from '../inference/hardware.ts';
import { PAYMENT_UNITS, type Payment } from '../plan/problem.ts';
import { between, choice, finite, integer, list, notNegative, positive, ratio, share, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { Argument } from './command.ts';
import { type FlagSet, flagSet } from './flags.ts';
import { PUBLISHED_NAMES } from './law-names.ts';

/** The problem of a command. */
export const PROBLEM: Argument = {
  name: '[problem]',
  help: 'Problem file (JSON), or a law: the name of a published one, or the file of a saved fit; - reads a file from stdin.',
  choices: () => PUBLISHED_NAMES,
  open: true,
};

const GPUS = Object.keys(gpus);

const goal = object('goal', {
  loss: optional(
    ratio({
      help: 'Reach this loss, in nats per token, for the least cost.',
      flag: 'target-loss',
      placeholder: 'loss',
    }),
  ),
  match: optional(
    list(positive('parameters or tokens'), { help: 'Reach the loss of N parameters on D tokens.', placeholder: 'N,D' }),
  ),
  C: optional(positive('FLOPs', { help: 'Reach the least loss with so many training FLOPs.', flag: 'flops' })),
  lifetimeBudget: optional(
    positive('what is paid', {
      help: 'Reach the least loss with so much for training and serving.',
      placeholder: 'amount',
    }),
  ),
});
const demand = object('demand', {
  tokens: optional(
    notNegative('tokens', { help: 'Tokens processed over the life, read and written.', flag: 'inference-tokens' }),
  ),
  requests: optional(
    notNegative('requests', { help: 'Requests over the life, in place of tokens.', placeholder: 'count' }),
  ),
  inputTokens: optional(notNegative('tokens', { help: 'Tokens read in a request.', placeholder: 'count' })),
  outputTokens: optional(notNegative('tokens', { help: 'Tokens written in a request.', placeholder: 'count' })),
  p90: optional(
    positive('tokens or requests', {
      help: 'Demand exceeded in one case out of ten; the demand above is then the median.',
      placeholder: 'count',
    }),
  ),
  months: optional(
    integer({ help: 'Months of life; the demand is then that of the first month.', placeholder: 'n' }, 1),
  ),
  monthlyGrowth: optional(
    finite({ help: 'Growth of demand from month to month: 0.1 is 10% a month.', placeholder: 'share' }),
  ),
});
const dollars = { placeholder: 'dollars' };
const costs = object('problem', {
  pay: optional(
    choice(Object.keys(PAYMENT_UNITS) as Payment[], { help: 'What is paid. Default: flops.', placeholder: 'what' }),
  ),
  training: object('training', {
    gpu: optional(
      choice(GPUS, { help: 'GPU to train on; see scaling-laws hardware.', flag: 'train-gpu', placeholder: 'gpu' }),
    ),
    pricePerHour: optional(
      ratio({ help: "Price of a GPU-hour of training. Default: the GPU's own.", flag: 'train-gpu-price', ...dollars }),
    ),
    mfu: optional(
      share({ help: 'Sustained fraction of peak in training. Default: 0.5.', flag: 'train-mfu', placeholder: 'share' }),
    ),
  }),
  serving: object('serving', {
    gpu: optional(
      choice(GPUS, { help: 'GPU to serve on; see scaling-laws hardware.', flag: 'inference-gpu', placeholder: 'gpu' }),
    ),
    pricePerHour: optional(
      ratio({
        help: "Price of a GPU-hour of serving. Default: the GPU's own.",
        flag: 'inference-gpu-price',
        ...dollars,
      }),
    ),
    count: optional(
      integer({ help: 'GPUs that serve one copy of the model.', flag: 'inference-gpus', placeholder: 'n' }, 1),
    ),
    weights: optional(
      choice(Object.keys(BYTES) as Dtype[], {
        help: 'Number format of the weights when serving.',
        flag: 'inference-dtype',
        placeholder: 'type',
      }),
    ),
    kv: optional(
      choice(Object.keys(BYTES) as Dtype[], {
        help: 'Number format of the KV cache.',
        flag: 'kv-dtype',
        placeholder: 'type',
      }),
    ),
    shape: object('shape', {
      experts: optional(
        list(integer({}, 1), { help: 'Experts of a layer, and those that a token uses.', placeholder: 'count,active' }),
      ),
    }),
    view: object('view', {
      prefillMfu: optional(
        share({ help: 'Sustained fraction of peak in reading. Default: 0.5.', placeholder: 'share' }),
      ),
      decodeMfu: optional(
        share({ help: 'Sustained fraction of peak in writing. Default: 0.1.', placeholder: 'share' }),
      ),
    }),
    batch: optional(
      integer({ help: 'Requests served at once: the roofline model in place of --decode-mfu.', placeholder: 'n' }, 1),
    ),
    contextTokens: optional(
      positive('tokens', {
        help: 'Tokens of a prompt and of the cache. Default: those of a request.',
        flag: 'context',
      }),
    ),
  }),
  energy: object('energy', {
    pue: optional(
      between(1, Number.MAX_VALUE, { help: 'Energy of the building over that of its machines.', placeholder: 'ratio' }),
    ),
    carbonIntensity: optional(
      notNegative('grams', { help: 'Grams of CO2 equivalent per kWh, to report carbon.', placeholder: 'grams' }),
    ),
  }),
});
const constraints = object('constraints', {
  memory: optional(yes({ help: 'The model must fit into the memory of its serving GPUs.', flag: 'fits' })),
  maxLatency: optional(ratio({ help: 'Most seconds between one token written and the next.', placeholder: 'seconds' })),
  maxFirstToken: optional(ratio({ help: 'Most seconds until the first token is written.', placeholder: 'seconds' })),
  minThroughput: optional(ratio({ help: 'Fewest tokens written per second by one copy.', placeholder: 'tokens/s' })),
  maxDays: optional(ratio({ help: 'Most days of training, on --train-gpus.', placeholder: 'days' })),
  trainGpus: optional(integer({ help: 'GPUs to train on for at most --max-days.', placeholder: 'n' }, 1)),
  minSize: optional(positive('parameters', { help: 'Fewest parameters.', placeholder: 'N' })),
  maxSize: optional(positive('parameters', { help: 'Most parameters.', placeholder: 'N' })),
  sizes: optional(list(positive('parameters'), { help: 'Sizes to choose from: 7B,13B,30B.' })),
});
const data = object('problem', {
  data: object('data', {
    unique: optional(positive('tokens', { help: 'Unique training tokens that there are.', flag: 'unique-tokens' })),
    repeat: optional(yes({ help: 'They may be trained on again, at less worth each time.' })),
  }),
});

const GOALS = ['target-loss', 'match', 'flops', 'lifetime-budget'];
/** Flags of the goal. */
export const goalFlags = flagSet(goal, { title: 'Goal (one of)', oneOf: [GOALS], at: 'goal.' });
/** Flags of the demand. */
export const demandFlags = flagSet(demand, {
  title: 'Demand',
  at: 'demand.',
  oneOf: [['inference-tokens', 'requests']],
});
/** Flags of what is paid, and of the hardware. */
export const costFlags = flagSet(costs, { title: 'Costs', oneOf: [['batch', 'decode-mfu']] });
/** Flags of constraints. */
export const constraintFlags = flagSet(constraints, { title: 'Constraints', at: 'constraints.' });
/** Flags of the training data. */
export const dataFlags = flagSet(data, { title: 'Constraints' });

type SaidIn<S> = S extends FlagSet<infer T> ? T : never;

/** What the flags of a problem say. */
export interface ProblemSaid {
  readonly goal: SaidIn<typeof goalFlags>;
  readonly demand?: SaidIn<typeof demandFlags>;
  readonly costs?: SaidIn<typeof costFlags>;
  readonly constraints?: SaidIn<typeof constraintFlags>;
  readonly data?: SaidIn<typeof dataFlags>;
  /** What the law reads beside N, D and C. */
  readonly given?: Readonly<Record<string, number>> | undefined;
}
