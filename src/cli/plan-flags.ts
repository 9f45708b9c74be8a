/** The flags that pose a plan problem, alone or over a problem file. */

import { type Command, Option } from 'commander';
import { BYTES, type Dtype } from '../inference/hardware.ts';
import { PAYMENT_UNITS, type Payment } from '../plan/problem.ts';
import { integer, listFlag, NOT_NEGATIVE, numberFlag, POSITIVE, type Rule, SHARE } from './flags.ts';

/** Values of the flags of {@link addPlanFlags}. */
export interface PlanFlags {
  readonly loss?: number;
  readonly match?: readonly number[];
  readonly lifetimeBudget?: number;
  readonly trainingBudget?: number;
  readonly inferenceTokens?: number;
  readonly requests?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly p90?: number;
  readonly months?: number;
  readonly monthlyGrowth?: number;
  readonly pay?: Payment;
  readonly trainGpu?: string;
  readonly trainGpuPrice?: number;
  readonly trainMfu?: number;
  readonly inferenceGpu?: string;
  readonly inferenceGpuPrice?: number;
  readonly inferenceGpus?: number;
  readonly inferenceDtype?: Dtype;
  readonly kvDtype?: Dtype;
  readonly experts?: readonly number[];
  readonly prefillMfu?: number;
  readonly decodeMfu?: number;
  readonly batch?: number;
  readonly context?: number;
  readonly pue?: number;
  readonly carbonIntensity?: number;
  readonly uniqueTokens?: number;
  readonly repeat?: true;
  readonly fits?: true;
  readonly maxLatency?: number;
  readonly maxFirstToken?: number;
  readonly minThroughput?: number;
  readonly maxDays?: number;
  readonly trainGpus?: number;
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly sizes?: readonly number[];
}

/** Help of the argument. */
export const PROBLEM_HELP =
  'a problem file (JSON), or a law: a published name or the file of a saved fit; - for a file on stdin';

const PLAIN: Rule = { ...POSITIVE, must: 'a positive number' };
const COUNT: Rule = { ...NOT_NEGATIVE, must: 'a number >= 0 such as 2e12 or 2T' };
const GROWTH: Rule = {
  must: 'a number above -1, .1 for 10% a month',
  holds: (value) => value > -1 && Number.isFinite(value),
};
const PUE: Rule = { must: 'a number >= 1', holds: (value) => value >= 1 && Number.isFinite(value) };

/** Adds the flags that pose a problem to `command`. */
export function addPlanFlags(command: Command): Command {
  return command
    .optionsGroup('Goal (one of):')
    .addOption(numberFlag('--loss <number>', 'loss to reach, nats per token, for the least cost', PLAIN))
    .addOption(listFlag('--match <N,D>', 'reach the loss of N parameters on D tokens', POSITIVE, true))
    .addOption(numberFlag('--lifetime-budget <amount>', 'least loss, training and serving within it', POSITIVE))
    .addOption(numberFlag('--training-budget <amount>', 'least loss, training within it', POSITIVE))
    .optionsGroup('Demand:')
    .addOption(numberFlag('--inference-tokens <count>', 'tokens processed over the life, in and out', COUNT))
    .addOption(numberFlag('--requests <count>', 'requests over the life, in place of tokens', COUNT))
    .addOption(numberFlag('--input-tokens <count>', 'tokens read in a request', COUNT))
    .addOption(numberFlag('--output-tokens <count>', 'tokens written in a request', COUNT))
    .addOption(
      numberFlag('--p90 <count>', 'exceeded in one case out of ten; tokens or requests are then the median', POSITIVE),
    )
    .addOption(numberFlag('--months <n>', 'length of the life; the demand is then that of the first month', integer(1)))
    .addOption(numberFlag('--monthly-growth <share>', 'growth of demand from month to month', GROWTH))
    .optionsGroup('Costs:')
    .addOption(new Option('--pay <what>', 'what is paid (default: flops)').choices(Object.keys(PAYMENT_UNITS)))
    .option('--train-gpu <gpu>', 'what training runs on (see scaling-laws hardware)')
    .addOption(numberFlag('--train-gpu-price <dollars>', "$ per GPU-hour (default: the GPU's own)", PLAIN))
    .addOption(numberFlag('--train-mfu <share>', 'share of the peak reached', SHARE))
    .option('--inference-gpu <gpu>', 'what serving runs on')
    .addOption(numberFlag('--inference-gpu-price <dollars>', "$ per GPU-hour (default: the GPU's own)", PLAIN))
    .addOption(numberFlag('--inference-gpus <n>', 'GPUs that serve one copy of the model', integer(1)))
    .addOption(new Option('--inference-dtype <type>', 'number format of the weights').choices(Object.keys(BYTES)))
    .addOption(new Option('--kv-dtype <type>', 'number format of the KV cache').choices(Object.keys(BYTES)))
    .addOption(listFlag('--experts <count,active>', 'experts of a layer, and those of a token', POSITIVE, true))
    .addOption(numberFlag('--prefill-mfu <share>', 'share reached in reading', SHARE))
    .addOption(numberFlag('--decode-mfu <share>', 'share reached in writing', SHARE))
    .addOption(
      numberFlag('--batch <n>', 'requests served at once: the roofline model in place of --decode-mfu', integer(1)),
    )
    .addOption(
      numberFlag('--context <tokens>', 'tokens of a prompt and of the cache (default: those of a request)', POSITIVE),
    )
    .addOption(numberFlag('--pue <ratio>', 'energy of the building over that of its machines', PUE))
    .addOption(numberFlag('--carbon-intensity <grams>', 'CO2 equivalent per kWh, to report carbon', NOT_NEGATIVE))
    .optionsGroup('Constraints:')
    .option('--fits', 'the model fits into the memory of its serving GPUs')
    .addOption(numberFlag('--max-latency <seconds>', 'between one token written and the next', PLAIN))
    .addOption(numberFlag('--max-first-token <seconds>', 'until the first (default prompt: that of a request)', PLAIN))
    .addOption(numberFlag('--min-throughput <tokens/s>', 'tokens written per second by one copy', PLAIN))
    .addOption(numberFlag('--max-days <days>', 'of training, on --train-gpus', PLAIN))
    .addOption(numberFlag('--train-gpus <n>', 'GPUs to train on', integer(1)))
    .addOption(numberFlag('--min-size <N>', 'parameters, at least', POSITIVE))
    .addOption(numberFlag('--max-size <N>', 'parameters, at most', POSITIVE))
    .addOption(listFlag('--sizes <list>', 'one of these sizes, e.g. 7B,13B,30B', POSITIVE, true))
    .addOption(numberFlag('--unique-tokens <count>', 'training tokens that there are', POSITIVE))
    .option('--repeat', 'they may be trained on again, at less worth each time');
}
