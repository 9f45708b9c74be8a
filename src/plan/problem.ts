/**
 * What is to be trained and served, as plain data: a law, a goal, a demand, what is paid, hardware, constraints. `plan` answers it, `sweep`
 * answers it many times over. Everything here survives `JSON.stringify`.
 */

import { demandField } from '../inference/demand.ts';
import { deploymentFields, NODES } from '../inference/deployment.ts';
import { training } from '../inference/training-hardware.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { atLeast, byName, choice, custom, finite, inside, list, notNegative, positive, yes } from '../schema/fields.ts';
import { type Checked, type Given, object, optional, variants, where } from '../schema/objects.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';

const budget = (flag: string, placeholder: string, help: string) => ({
  budget: positive('what is paid', { help, flag, placeholder }),
});

/** What to reach. */
export const goal = variants(
  'goal',
  {
    loss: {
      loss: positive('nats per token', {
        help: 'Loss to reach for the least cost.',
        flag: 'target-loss',
        placeholder: 'loss',
      }),
    },
    // The loss of a model of N parameters on D tokens, for the least cost.
    match: {
      N: positive('parameters', { help: 'Parameters of the model to match.', flag: null }),
      D: positive('tokens', { help: 'Training tokens of the model to match.', flag: null }),
    },
    'lifetime-budget': budget(
      'lifetime-budget',
      'amount',
      'Budget of training and serving together, for the least loss.',
    ),
    'training-budget': budget('flops', 'FLOPs', 'Budget of training alone, for the least loss.'),
  },
  {
    help: 'What to reach.',
    kinds: { match: { help: 'Model whose loss to reach for the least cost.', placeholder: 'N,D' } },
  },
);

/** What to reach. */
export type Goal = Given<typeof goal>;

/** Units of what is paid, as results name them. */
export const PAYMENT_UNITS: Readonly<Record<Payment, string>> = {
  flops: 'FLOPs',
  'gpu-hours': 'GPU-hours',
  dollars: '$',
  energy: 'kWh',
};

const payment = choice(['flops', 'gpu-hours', 'dollars', 'energy'], {
  help: 'What is paid: FLOPs, GPU-hours, dollars, or energy drawn from the grid.',
  placeholder: 'what',
});

/** What is counted: FLOPs; GPU-hours; dollars, GPU-hours at their price; energy, kWh drawn from the grid. */
export type Payment = Given<typeof payment>;

/** What a plan counts unless told otherwise. */
export const DEFAULT_PAYMENT: Payment = 'flops';

/** What serving runs on, and how. */
export const serving = where(
  object('serving', {
    ...deploymentFields,
    pricePerHour: optional(
      positive('$', {
        help: 'Price of a GPU-hour of serving.',
        otherwise: 'the price of the GPU',
        flag: 'inference-gpu-price',
        placeholder: 'dollars',
      }),
    ),
  }),
  NODES,
);

/** What serving runs on, and how. */
export type ServingHardware = Given<typeof serving>;

/** A typical large data center of 2024 (Uptime Institute's survey averages 1.56 over all, the largest operators report 1.1). Unverified. */
export const DEFAULT_PUE = 1.2;

const energy = object('energy', {
  pue: optional(
    atLeast(1, { help: 'Energy of the whole building over that of its machines.', placeholder: 'ratio' }),
    DEFAULT_PUE,
  ),
  carbonIntensity: optional(
    notNegative('grams per kWh', { help: 'Grams of CO2 equivalent per kWh, to report carbon.', placeholder: 'grams' }),
  ),
});

/** What a GPU-hour draws from the grid. */
export type Energy = Given<typeof energy>;

const data = object('data', {
  unique: positive('tokens', { help: 'Training tokens that there are.', flag: 'unique-tokens' }),
  // Under the law of repeated data (Muennighoff et al. 2023); a Chinchilla law takes its constants R_D*, R_N* as published.
  repeat: optional(yes({ help: 'Unique tokens may be trained on again, at less worth each time.' }), false),
});

/** Training data that may run out. */
export type TrainingData = Given<typeof data>;

const seconds = (flag: string, help: string) => positive('seconds', { help, flag });

const constraint = where(
  variants(
    'constraint',
    {
      // Weights, KV cache and activations fit into the memory of the deployment, or of `devices` of its GPUs.
      memory: { devices: optional(positive('GPUs', { help: 'GPUs whose memory holds the model.', flag: null })) },
      latency: { seconds: seconds('max-latency', 'Longest time between one token written and the next.') },
      'first-token': {
        seconds: seconds('max-first-token', 'Longest time from a request to the first token written.'),
        inputTokens: optional(
          positive('tokens', { help: 'Tokens of the prompt.', otherwise: 'those of a request', flag: null }),
        ),
      },
      throughput: {
        tokensPerSecond: positive('tokens per second', {
          help: 'Fewest tokens per second that one copy must write.',
          flag: 'min-throughput',
          placeholder: 'tokens/s',
        }),
      },
      'training-days': {
        days: positive('days', { help: 'Longest duration of training.', flag: 'max-days' }),
        gpus: positive('GPUs', { help: 'GPUs that train for that long.', flag: 'train-gpus', placeholder: 'n' }),
      },
      size: {
        min: optional(
          positive('parameters', { help: 'Smallest model size allowed.', flag: 'min-size', placeholder: 'N' }),
        ),
        max: optional(
          positive('parameters', { help: 'Largest model size allowed.', flag: 'max-size', placeholder: 'N' }),
        ),
      },
      menu: { sizes: list(positive('parameters'), { help: 'Model sizes to choose from.', least: 1 }) },
    },
    { kinds: { memory: { help: 'The model must fit into the memory of its serving GPUs.', flag: 'fits' } } },
  ),
  ['have min, max or both', (one) => one.kind !== 'size' || one.min !== undefined || one.max !== undefined],
  [
    (one) => `be at least min, ${one.kind === 'size' ? one.min : ''}`,
    (one) => one.kind !== 'size' || one.min === undefined || one.max === undefined || one.min <= one.max,
    'max',
  ],
);

/** What the plan must keep to. */
export type Constraint = Given<typeof constraint>;

/** A fit, a published law, coefficients of one's own; or a bootstrap, whose replicates give intervals. */
const law = custom<FittedLaw<string> | Bootstrap<string>>(
  'be a fit, a published law or { law, coefficients }',
  (value) => typeof value === 'object' && value !== null && 'coefficients' in value,
  { flag: null },
);

/** A problem for `plan`. */
export const planProblem = where(
  object('problem', {
    law,
    given: optional(
      byName(finite(), {
        help: 'Values of what the law reads beside N, D and C.',
        example: { P: 8 },
        placeholder: 'name=value,...',
      }),
      {},
    ),
    goal,
    demand: optional(demandField),
    pay: optional(payment, DEFAULT_PAYMENT),
    training: optional(training),
    serving: optional(serving),
    energy: optional(energy, {}),
    data: optional(data),
    constraints: optional(list(constraint), []),
    level: optional(inside({ help: 'Nominal coverage of the intervals.' })),
  }),
  [
    ({ pay }) => `be given where ${pay} are paid`,
    ({ pay, training: some }) => pay === 'flops' || some !== undefined,
    'training',
  ],
  [
    ({ pay }) => `be given where ${pay} are paid and there is demand`,
    ({ pay, demand, serving: some }) => pay === 'flops' || some !== undefined || !demand || isNothing(demand),
    'serving',
  ],
);

const isNothing = ({ tokens, requests, inputTokens = 0, outputTokens = 0 }: Checked<typeof demandField>): boolean =>
  tokens === 0 || requests === 0 || (requests !== undefined && inputTokens + outputTokens === 0);

/** A problem for `plan`. */
export type PlanProblem = Given<typeof planProblem>;
/** A problem with every default filled in. */
export type CheckedProblem = Checked<typeof planProblem>;
