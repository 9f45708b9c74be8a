/** A plan problem on the command line: a file, flags for the common cases, or flags over a file. */

import { existsSync, readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { AllocationError } from '../errors.ts';
import type { Demand } from '../inference/demand.ts';
import { BYTES, type Dtype } from '../inference/hardware.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type Constraint, type Goal, PAYMENT_UNITS, type Payment, type PlanProblem } from '../plan/problem.ts';
import { given, integer, listFlag, NOT_NEGATIVE, numberFlag, POSITIVE, type Rule, SHARE } from './flags.ts';
import { type Io, UsageError } from './io.ts';
import { lawFrom } from './law-argument.ts';

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
  readonly prefillMfu?: number;
  readonly decodeMfu?: number;
  readonly batch?: number;
  readonly context?: number;
  readonly uniqueTokens?: number;
  readonly repeat?: true;
  readonly fits?: true;
  readonly maxLatency?: number;
  readonly maxFirstToken?: number;
  readonly minThroughput?: number;
  readonly maxDays?: number;
  readonly trainGpus?: number;
  readonly sizes?: readonly number[];
}

/** Help of the argument. */
export const PROBLEM_HELP =
  'a problem file (JSON), or a law: a published name, the file of a saved fit, or - for one on stdin';

const PLAIN: Rule = { ...POSITIVE, must: 'a positive number' };
const COUNT: Rule = { ...NOT_NEGATIVE, must: 'a number >= 0 such as 2e12 or 2T' };
const GROWTH: Rule = {
  must: 'a number above -1, .1 for 10 % a month',
  holds: (value) => value > -1 && Number.isFinite(value),
};

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
    .addOption(numberFlag('--prefill-mfu <share>', 'share reached in reading', SHARE))
    .addOption(numberFlag('--decode-mfu <share>', 'share reached in writing', SHARE))
    .addOption(
      numberFlag('--batch <n>', 'requests served at once: the roofline model in place of --decode-mfu', integer(1)),
    )
    .addOption(numberFlag('--context <tokens>', 'tokens of context of a request', POSITIVE))
    .optionsGroup('Constraints:')
    .option('--fits', 'the model fits into the memory of its serving GPUs')
    .addOption(numberFlag('--max-latency <seconds>', 'between one token written and the next', PLAIN))
    .addOption(numberFlag('--max-first-token <seconds>', 'until the first, for --input-tokens', PLAIN))
    .addOption(numberFlag('--min-throughput <tokens/s>', 'tokens written per second by one copy', PLAIN))
    .addOption(numberFlag('--max-days <days>', 'of training, on --train-gpus', PLAIN))
    .addOption(numberFlag('--train-gpus <n>', 'GPUs to train on', integer(1)))
    .addOption(listFlag('--sizes <list>', 'one of these sizes, e.g. 7B,13B,30B', POSITIVE, true))
    .addOption(numberFlag('--unique-tokens <count>', 'training tokens that there are', POSITIVE))
    .option('--repeat', 'they may be trained on again, at less worth each time');
}

/** The problem that `text`, a file or a law, and `flags` pose together; flags win. */
export async function problemOf(text: string, flags: PlanFlags, io: Io): Promise<PlanProblem> {
  const file = readProblem(text);
  const law = file ? file.law : await lawFrom(text, io);
  const base = { ...file, law: typeof law === 'string' ? await lawFrom(law, io) : law };
  const goal = goalOf(flags) ?? base.goal;
  if (!goal) {
    throw new UsageError('the goal must be one of --loss, --match, --lifetime-budget and --training-budget, got none');
  }
  const demand = demandOf(flags);
  const constraints = [...(base.constraints ?? []), ...constraintsOf(flags)];
  return {
    ...base,
    goal,
    ...given({
      demand: demand ?? base.demand,
      pay: flags.pay ?? base.pay,
      training: over(base.training, { gpu: flags.trainGpu, pricePerHour: flags.trainGpuPrice, mfu: flags.trainMfu }),
      serving: servingOf(flags, base.serving),
      data: over(base.data, { unique: flags.uniqueTokens, repeat: flags.repeat }),
      constraints: constraints.length > 0 ? constraints : undefined,
    }),
  } as PlanProblem;
}

/** A problem file, whose law may be a name or a path; undefined if `text` is something else. */
type ProblemFile = Omit<PlanProblem, 'law' | 'goal'> & {
  readonly law: FittedLaw<string> | string;
  readonly goal?: Goal;
};

function readProblem(text: string): ProblemFile | undefined {
  if (!existsSync(text)) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(text, 'utf8'));
  } catch (error) {
    throw new AllocationError('E_FORMAT', `${text}: must be JSON, got ${(error as Error).message}`, { path: text });
  }
  const isProblem = typeof data === 'object' && data !== null && 'law' in data && !('coefficients' in data);
  return isProblem ? (data as ProblemFile) : undefined;
}

function goalOf({ loss, match, lifetimeBudget, trainingBudget }: PlanFlags): Goal | undefined {
  const goals: (Goal | undefined)[] = [
    loss === undefined ? undefined : { kind: 'loss', loss },
    match && matchOf(match),
    lifetimeBudget === undefined ? undefined : { kind: 'lifetime-budget', budget: lifetimeBudget },
    trainingBudget === undefined ? undefined : { kind: 'training-budget', budget: trainingBudget },
  ];
  const found = goals.filter((goal) => goal !== undefined);
  if (found.length < 2) return found[0];
  throw new UsageError(
    `the goal must be one of --loss, --match, --lifetime-budget and --training-budget, got ${found.map(({ kind }) => `--${kind}`).join(' and ')}`,
  );
}

function matchOf([N, D, ...more]: readonly number[]): Goal {
  if (N !== undefined && D !== undefined && more.length === 0) return { kind: 'match', N, D };
  throw new UsageError('--match must be N,D such as 70B,1.4T');
}

function demandOf(flags: PlanFlags): Demand | undefined {
  const { inferenceTokens, requests, inputTokens, outputTokens, months, monthlyGrowth } = flags;
  const growth = given({ months, monthlyGrowth });
  if (inferenceTokens !== undefined && requests !== undefined) {
    throw new UsageError('demand must be --inference-tokens or --requests, got both');
  }
  if (inferenceTokens !== undefined) return { tokens: inferenceTokens, ...growth };
  if (requests === undefined) {
    const alone = Object.entries({
      '--output-tokens': outputTokens,
      '--months': months,
      '--monthly-growth': monthlyGrowth,
    });
    const [flag] = alone.find(([, value]) => value !== undefined) ?? [];
    if (flag)
      throw new UsageError(
        `${flag} must come with --requests${flag === '--output-tokens' ? '' : ' or --inference-tokens'}`,
      );
    return undefined;
  }
  if (inputTokens === undefined || outputTokens === undefined) {
    throw new UsageError('--requests must come with --input-tokens and --output-tokens');
  }
  return { requests, inputTokens, outputTokens, ...growth };
}

/** `flags` over what the file says; undefined if neither says anything. */
function over<T extends object>(base: T | undefined, flags: object): T | undefined {
  const said = given(flags);
  return base || Object.keys(said).length > 0 ? ({ ...base, ...said } as T) : undefined;
}

function servingOf(flags: PlanFlags, base: PlanProblem['serving']): PlanProblem['serving'] | undefined {
  const { inferenceGpu, inferenceGpuPrice, inferenceGpus, inferenceDtype, prefillMfu, decodeMfu, batch, context } =
    flags;
  if (batch !== undefined && decodeMfu !== undefined) {
    throw new UsageError('decoding must be by --batch (roofline) or --decode-mfu, got both');
  }
  const kind = batch === undefined ? (base?.view.kind ?? 'flops') : 'roofline';
  const shares = given({ prefillMfu, decodeMfu });
  const view =
    Object.keys(shares).length > 0 || kind !== base?.view.kind
      ? { ...(kind === base?.view.kind && base.view), kind, ...shares }
      : base.view;
  const hardware = over(base, {
    gpu: inferenceGpu,
    pricePerHour: inferenceGpuPrice,
    count: inferenceGpus,
    weights: inferenceDtype,
    batch,
    contextTokens: context,
  });
  if (!hardware && Object.keys(shares).length === 0) return undefined;
  if (!hardware?.gpu) throw new UsageError('flags about serving must come with --inference-gpu');
  return { ...hardware, view } as PlanProblem['serving'];
}

function constraintsOf(flags: PlanFlags): Constraint[] {
  const { fits, maxLatency, maxFirstToken, minThroughput, maxDays, trainGpus, sizes, inputTokens } = flags;
  if (maxFirstToken !== undefined && inputTokens === undefined) {
    throw new UsageError('--max-first-token must come with --input-tokens');
  }
  if ((maxDays === undefined) !== (trainGpus === undefined)) {
    throw new UsageError('--max-days and --train-gpus must come together');
  }
  const constraints: (Constraint | undefined)[] = [
    fits && { kind: 'memory' },
    maxLatency === undefined ? undefined : { kind: 'latency', seconds: maxLatency },
    maxFirstToken === undefined
      ? undefined
      : { kind: 'first-token', seconds: maxFirstToken, inputTokens: inputTokens! },
    minThroughput === undefined ? undefined : { kind: 'throughput', tokensPerSecond: minThroughput },
    maxDays === undefined ? undefined : { kind: 'training-days', days: maxDays, gpus: trainGpus! },
    sizes && { kind: 'menu', sizes },
  ];
  return constraints.filter((constraint) => constraint !== undefined);
}
