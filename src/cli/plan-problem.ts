/** A plan problem on the command line: a file, flags for the common cases, or flags over a file, each over the field that it is about. */

import { refusal } from '../errors.ts';
import type { Demand } from '../inference/demand.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Constraint, Goal, PlanProblem } from '../plan/problem.ts';
import { compile } from '../plan/solve.ts';
import { given } from './flags.ts';
import type { Io } from './io.ts';
import type { LawSource } from './law-argument.ts';
import type { ProblemSaid } from './plan-flags.ts';
import { inFile, type Posed, posedBy } from './problem-file.ts';

/** The problem that `text`, a file or a law, and flags pose together; flags win. */
export async function problemOf(
  text: string | undefined,
  said: ProblemSaid,
  source: LawSource,
  io: Io,
  law?: FittedLaw<string>,
): Promise<PlanProblem> {
  const { posed, file } = law ? { posed: { law } as Posed, file: undefined } : await posedBy(text, source, io);
  const { demand = {}, costs = {}, data } = said;
  const goal = goalOf(said, costs.pay ?? posed.pay) ?? posed.goal;
  if (!goal) throw refusal('the goal', 'be one of --target-loss, --match, --flops and --lifetime-budget', 'none');
  const training = over(posed.training, costs.training);
  const serving = servingOf(costs.serving, posed.serving);
  const constraints = constraintsOf(said, posed.constraints);
  const { pay } = costs;
  const { memory, maxLatency, maxFirstToken, minThroughput, maxDays } = said.constraints ?? {};
  refuseWithout(serving, '--inference-gpu', {
    '--fits': memory,
    '--max-latency': maxLatency,
    '--max-first-token': maxFirstToken,
    '--min-throughput': minThroughput,
  });
  refuseWithout(training, '--train-gpu', {
    ...(pay !== 'flops' && { [`--pay ${pay}`]: pay }),
    '--max-days': maxDays,
  });
  const problem = {
    ...posed,
    goal,
    ...given({
      given: over(posed.given, said.given),
      demand: demandOf(demand, posed.demand, maxFirstToken),
      pay,
      training,
      serving,
      energy: over(posed.energy, costs.energy),
      data: over(posed.data, data?.data),
      constraints,
    }),
  } as PlanProblem;
  // What is wrong with the problem is wrong with its file; what is wrong with the question comes after.
  if (file !== undefined) await inFile(file, () => compile(problem));
  return problem;
}

function goalOf({ goal }: ProblemSaid, pay: string = 'flops'): Goal | undefined {
  const { loss, match, C, lifetimeBudget } = goal;
  if (loss !== undefined) return { kind: 'loss', loss };
  if (match) return pairOf('--match', match, (N, D) => ({ kind: 'match', N, D }));
  if (lifetimeBudget !== undefined) return { kind: 'lifetime-budget', budget: lifetimeBudget };
  if (C === undefined) return undefined;
  if (pay === 'flops') return { kind: 'training-budget', budget: C };
  const cure = 'a problem file may hold { "kind": "training-budget" } in what is paid';
  throw refusal('--flops', 'come with --pay flops', `--pay ${pay}`, cure);
}

function pairOf<T>(flag: string, all: readonly number[], of: (one: number, two: number) => T): T {
  const [one, two, ...more] = all;
  if (one !== undefined && two !== undefined && more.length === 0) return of(one, two);
  throw refusal(flag, 'be two numbers such as 70B,1.4T', all.join(','));
}

function demandOf(
  { p90, ...said }: NonNullable<ProblemSaid['demand']>,
  base: Demand | undefined,
  maxFirstToken: number | undefined,
): Demand | undefined {
  const { tokens, requests, inputTokens, outputTokens, months, monthlyGrowth } = said;
  const amount = tokens ?? requests;
  refuseWithout(amount, '--requests or --inference-tokens', { '--p90': p90 });
  const named = tokens !== undefined ? 'tokens' : requests !== undefined ? 'requests' : undefined;
  const kind = named ?? (base && ('tokens' in base ? 'tokens' : 'requests'));
  const growth = { '--months': months, '--monthly-growth': monthlyGrowth };
  refuseWithout(kind, '--requests or --inference-tokens', growth);
  if (kind !== 'requests') {
    refuseWithout(undefined, '--requests', { '--output-tokens': outputTokens });
    refuseWithout(maxFirstToken, '--requests or --max-first-token', { '--input-tokens': inputTokens });
  }
  if (kind === undefined) return undefined;
  const demand = {
    ...(base && (named === undefined || named in base) && base),
    ...(amount !== undefined && { [kind]: p90 === undefined ? amount : { kind: 'log-normal', median: amount, p90 } }),
    ...(kind === 'requests' && given({ inputTokens, outputTokens })),
    ...given({ months, monthlyGrowth }),
  };
  if (named === 'requests' && !('inputTokens' in demand && 'outputTokens' in demand)) {
    throw refusal('--requests', 'come with --input-tokens and --output-tokens', 'it alone');
  }
  return demand as Demand;
}

/** What flags say over what the file says; undefined if neither says anything. */
function over<T extends object>(base: T | undefined, said: object = {}): T | undefined {
  const all = { ...base, ...given(said) } as T;
  return base || Object.keys(all).length > 0 ? all : undefined;
}

/** Refuses those of `flags` that are given, where what they are about is not. */
function refuseWithout(what: unknown, needed: string, flags: Readonly<Record<string, unknown>>): void {
  const [flag] = Object.keys(given(flags));
  if (what === undefined && flag !== undefined) throw refusal(flag, `come with ${needed}`, 'it alone');
}

type Serving = PlanProblem['serving'];

function servingOf(
  { shape, view: shares = {}, ...said }: NonNullable<NonNullable<ProblemSaid['costs']>['serving']> = {} as never,
  base: Serving,
): Serving | undefined {
  const experts =
    shape?.experts &&
    pairOf('--experts', shape.experts, (count, active) => ({ ...base?.shape, experts: { count, active } }));
  const hardware = over(base, { ...said, shape: experts });
  const hasShares = Object.keys(shares).length > 0;
  if (!hardware && !hasShares) return undefined;
  if (!hardware?.gpu) throw refusal('flags about serving', 'come with --inference-gpu', 'none');
  // A file without a view is refused as such, unless flags give one.
  if (base && said.batch === undefined && !hasShares) return hardware;
  const before = typeof base?.view === 'string' ? { kind: base.view } : base?.view;
  const kind = said.batch !== undefined ? 'roofline' : (before?.kind ?? 'flops');
  return { ...hardware, view: { ...(kind === before?.kind && before), kind, ...shares } } as Serving;
}

/** The constraints of the file; those of flags take the place of its own of that kind, field by field. */
function constraintsOf(
  { constraints = {}, demand }: ProblemSaid,
  base: PlanProblem['constraints'] = [],
): readonly Constraint[] | undefined {
  const { memory, maxLatency, maxFirstToken, minThroughput, maxDays, trainGpus, minSize, maxSize, sizes } = constraints;
  const inputTokens = maxFirstToken === undefined ? undefined : demand?.inputTokens;
  const fields: Readonly<Record<Constraint['kind'], object>> = {
    memory: {},
    latency: { seconds: maxLatency },
    'first-token': { seconds: maxFirstToken, inputTokens },
    throughput: { tokensPerSecond: minThroughput },
    'training-days': { days: maxDays, gpus: trainGpus },
    size: { min: minSize, max: maxSize },
    menu: { sizes },
  };
  const said = Object.entries(fields).flatMap(([kind, values]) => {
    const own = given(values);
    if (kind === 'memory' ? !memory : Object.keys(own).length === 0) return [];
    return [{ ...base.find((constraint) => constraint.kind === kind), kind, ...own } as Constraint];
  });
  if (said.some((one) => one.kind === 'training-days' && (one.days === undefined || one.gpus === undefined))) {
    throw refusal('--max-days and --train-gpus', 'come together', 'one of them');
  }
  const kept = base.filter(({ kind }) => !said.some((one) => one.kind === kind));
  return base.length + said.length > 0 ? [...kept, ...said] : undefined;
}
