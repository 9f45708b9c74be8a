/** A plan problem on the command line: a file, flags for the common cases, or flags over a file, each over the field that it is about. */

import type { Demand } from '../inference/demand.ts';
import type { Constraint, Goal, PlanProblem } from '../plan/problem.ts';
import { compile } from '../plan/solve.ts';
import { given } from './flags.ts';
import { type Io, UsageError } from './io.ts';
import type { PlanFlags } from './plan-flags.ts';
import { inFile, posedBy } from './problem-file.ts';

/** The problem that `text`, a file or a law, and `flags` pose together; flags win. */
export async function problemOf(text: string, flags: PlanFlags, io: Io): Promise<PlanProblem> {
  const { posed, file } = await posedBy(text, io);
  const goal = goalOf(flags) ?? posed.goal;
  if (!goal) {
    throw new UsageError('the goal must be one of --loss, --match, --lifetime-budget and --training-budget, got none');
  }
  const training = over(posed.training, {
    gpu: flags.trainGpu,
    pricePerHour: flags.trainGpuPrice,
    mfu: flags.trainMfu,
  });
  const serving = servingOf(flags, posed.serving);
  const constraints = constraintsOf(flags, posed.constraints);
  refuseWithout(serving, '--inference-gpu', {
    '--fits': flags.fits,
    '--max-latency': flags.maxLatency,
    '--max-first-token': flags.maxFirstToken,
    '--min-throughput': flags.minThroughput,
  });
  const { pay } = flags;
  refuseWithout(training, '--train-gpu', {
    ...(pay !== 'flops' && { [`--pay ${pay}`]: pay }),
    '--max-days': flags.maxDays,
  });
  const problem = {
    ...posed,
    goal,
    ...given({
      demand: demandOf(flags, posed.demand),
      pay,
      training,
      serving,
      energy: over(posed.energy, { pue: flags.pue, carbonIntensity: flags.carbonIntensity }),
      data: over(posed.data, { unique: flags.uniqueTokens, repeat: flags.repeat }),
      constraints,
    }),
  } as PlanProblem;
  // What is wrong with the problem is wrong with its file; what is wrong with the question comes after.
  if (file !== undefined) await inFile(file, () => compile(problem));
  return problem;
}

function goalOf({ loss, match, lifetimeBudget, trainingBudget }: PlanFlags): Goal | undefined {
  const goals: (Goal | undefined)[] = [
    loss === undefined ? undefined : { kind: 'loss', loss },
    match && pairOf('--match must be N,D such as 70B,1.4T', match, (N, D) => ({ kind: 'match', N, D })),
    lifetimeBudget === undefined ? undefined : { kind: 'lifetime-budget', budget: lifetimeBudget },
    trainingBudget === undefined ? undefined : { kind: 'training-budget', budget: trainingBudget },
  ];
  const found = goals.filter((goal) => goal !== undefined);
  if (found.length < 2) return found[0];
  throw new UsageError(
    `the goal must be one of --loss, --match, --lifetime-budget and --training-budget, got ${found.map(({ kind }) => `--${kind}`).join(' and ')}`,
  );
}

function pairOf<T>(rule: string, [one, two, ...more]: readonly number[], of: (one: number, two: number) => T): T {
  if (one !== undefined && two !== undefined && more.length === 0) return of(one, two);
  throw new UsageError(rule);
}

function demandOf(flags: PlanFlags, base: Demand | undefined): Demand | undefined {
  const { inferenceTokens, requests, inputTokens, outputTokens, p90, months, monthlyGrowth, maxFirstToken } = flags;
  if (inferenceTokens !== undefined && requests !== undefined) {
    throw new UsageError('demand must be --inference-tokens or --requests, got both');
  }
  const amount = inferenceTokens ?? requests;
  refuseWithout(amount, '--requests or --inference-tokens', { '--p90': p90 });
  const said = inferenceTokens !== undefined ? 'tokens' : requests !== undefined ? 'requests' : undefined;
  const kind = said ?? (base && ('tokens' in base ? 'tokens' : 'requests'));
  const growth = { '--months': months, '--monthly-growth': monthlyGrowth };
  refuseWithout(kind, '--requests or --inference-tokens', growth);
  if (kind !== 'requests') {
    refuseWithout(undefined, '--requests', { '--output-tokens': outputTokens });
    refuseWithout(maxFirstToken, '--requests or --max-first-token', { '--input-tokens': inputTokens });
  }
  if (kind === undefined) return undefined;
  const demand = {
    ...(base && (said === undefined || said in base) && base),
    ...(amount !== undefined && { [kind]: p90 === undefined ? amount : { kind: 'log-normal', median: amount, p90 } }),
    ...(kind === 'requests' && given({ inputTokens, outputTokens })),
    ...given({ months, monthlyGrowth }),
  };
  if (said === 'requests' && !('inputTokens' in demand && 'outputTokens' in demand)) {
    throw new UsageError('--requests must come with --input-tokens and --output-tokens');
  }
  return demand as Demand;
}

/** `flags` over what the file says; undefined if neither says anything. */
function over<T extends object>(base: T | undefined, flags: object): T | undefined {
  const said = given(flags);
  return base || Object.keys(said).length > 0 ? ({ ...base, ...said } as T) : undefined;
}

/** Refuses those of `flags` that are given, where what they are about is not. */
function refuseWithout(what: unknown, needed: string, flags: Readonly<Record<string, unknown>>): void {
  const [flag] = Object.keys(given(flags));
  if (what === undefined && flag !== undefined) throw new UsageError(`${flag} must come with ${needed}`);
}

function servingOf(flags: PlanFlags, base: PlanProblem['serving']): PlanProblem['serving'] | undefined {
  const { prefillMfu, decodeMfu, batch, experts } = flags;
  if (batch !== undefined && decodeMfu !== undefined) {
    throw new UsageError('decoding must be by --batch (roofline) or --decode-mfu, got both');
  }
  const shares = given({ prefillMfu, decodeMfu });
  const hardware = over(base, {
    gpu: flags.inferenceGpu,
    pricePerHour: flags.inferenceGpuPrice,
    count: flags.inferenceGpus,
    weights: flags.inferenceDtype,
    kv: flags.kvDtype,
    batch,
    contextTokens: flags.context,
    shape:
      experts &&
      pairOf('--experts must be COUNT,ACTIVE such as 8,2', experts, (count, active) => ({
        ...base?.shape,
        experts: { count, active },
      })),
  });
  if (!hardware && Object.keys(shares).length === 0) return undefined;
  if (!hardware?.gpu) throw new UsageError('flags about serving must come with --inference-gpu');
  // A file without a view is refused as such, unless flags give one.
  if (base && batch === undefined && Object.keys(shares).length === 0) return hardware;
  const before = typeof base?.view === 'string' ? { kind: base.view } : base?.view;
  const kind = batch !== undefined ? 'roofline' : (before?.kind ?? 'flops');
  return { ...hardware, view: { ...(kind === before?.kind && before), kind, ...shares } } as PlanProblem['serving'];
}

/** The constraints of the file; those of flags take the place of its own of that kind, field by field. */
function constraintsOf(flags: PlanFlags, base: PlanProblem['constraints'] = []): readonly Constraint[] | undefined {
  const { fits, maxLatency, maxFirstToken, minThroughput, maxDays, trainGpus, minSize, maxSize, sizes } = flags;
  const fields: Readonly<Record<Constraint['kind'], object>> = {
    memory: {},
    latency: { seconds: maxLatency },
    'first-token': { seconds: maxFirstToken, inputTokens: maxFirstToken === undefined ? undefined : flags.inputTokens },
    throughput: { tokensPerSecond: minThroughput },
    'training-days': { days: maxDays, gpus: trainGpus },
    size: { min: minSize, max: maxSize },
    menu: { sizes },
  };
  const said = Object.entries(fields).flatMap(([kind, values]) => {
    const own = given(values);
    if (kind === 'memory' ? !fits : Object.keys(own).length === 0) return [];
    return [{ ...base.find((constraint) => constraint.kind === kind), kind, ...own } as Constraint];
  });
  if (said.some((one) => one.kind === 'training-days' && (one.days === undefined || one.gpus === undefined))) {
    throw new UsageError('--max-days and --train-gpus must come together');
  }
  const kept = base.filter(({ kind }) => !said.some((one) => one.kind === kind));
  return base.length + said.length > 0 ? [...kept, ...said] : undefined;
}
