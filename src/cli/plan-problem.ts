/** A plan problem on the command line: a file, flags for the common cases, or flags over a file, each over the field that it is about. */

import { refusal } from '../errors.ts';
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
  const { pay } = said;
  const goal = goalOf(said, pay ?? posed.pay) ?? posed.goal;
  if (!goal) throw refusal('the goal', 'be one of --target-loss, --match, --flops and --lifetime-budget', 'none');
  const problem = {
    ...posed,
    goal,
    ...given({
      given: over(posed.given, said.given),
      demand: demandOf(said, posed.demand),
      pay,
      training: over(posed.training, said.training),
      serving: servingOf(said.serving, posed.serving),
      energy: over(posed.energy, said.energy),
      data: over(posed.data, said.data),
      constraints: constraintsOf(said, posed.constraints),
    }),
  } as PlanProblem;
  refuseLonely(problem, said);
  // What is wrong with the problem is wrong with its file; what is wrong with the question comes after.
  if (file !== undefined) await inFile(file, () => compile(problem));
  return problem;
}

function goalOf({ goal }: ProblemSaid, pay: string = 'flops'): Goal | undefined {
  if (goal?.kind !== 'training-budget' || pay === 'flops') return goal;
  const cure = 'a problem file may hold { "kind": "training-budget" } in what is paid';
  throw refusal('--flops', 'come with --pay flops', `--pay ${pay}`, cure);
}

/** What flags say over what the file says; undefined if neither says anything. */
function over(base: object | undefined, said: object = {}): object | undefined {
  const all = { ...base, ...said };
  return base || Object.keys(all).length > 0 ? all : undefined;
}

/** Refuses flags about hardware that neither they nor the file name. */
function refuseLonely({ training, serving }: PlanProblem, { pay, constraints = [] }: ProblemSaid): void {
  const kinds = constraints.map(({ kind }) => kind);
  const days = kinds.includes('training-days') && '--max-days';
  const trained = days || (pay !== undefined && pay !== 'flops' && `--pay ${pay}`);
  if (trained && !training) throw refusal(trained, 'come with --train-gpu', 'it alone');
  const served = Object.entries(OF_SERVING).find(([kind]) => kinds.includes(kind as Constraint['kind']));
  if (served && !serving) throw refusal(served[1], 'come with --inference-gpu', 'it alone');
}

const OF_SERVING = {
  memory: '--fits',
  latency: '--max-latency',
  'first-token': '--max-first-token',
  throughput: '--min-throughput',
};

/** Demand of one kind: tokens over those of the file, requests over its requests; other fields over any. */
function demandOf(
  { demand: said = {}, p90, constraints }: ProblemSaid,
  base: PlanProblem['demand'],
): object | undefined {
  const { inputTokens, ...others } = said;
  const named = (['tokens', 'requests'] as const).find((kind) => said[kind] !== undefined);
  const kept = base && (named === undefined || named in base) ? base : {};
  // Those of the prompt of a first token say nothing of a demand in tokens.
  const isPrompt = constraints?.some(({ kind }) => kind === 'first-token') && !('requests' in { ...kept, ...said });
  const amount = p90 === undefined ? {} : { [named ?? 'tokens']: { kind: 'log-normal', median: said[named!], p90 } };
  const all = { ...kept, ...others, ...(!isPrompt && given({ inputTokens })), ...amount };
  const isOpen = !base && Object.keys(all).length > 0 && named === undefined;
  if (isOpen) throw refusal('flags about demand', 'come with --inference-tokens or --requests', 'none');
  return base || named ? all : undefined;
}

type Serving = PlanProblem['serving'];

function servingOf(said: ProblemSaid['serving'], base: Serving): object | undefined {
  if (!said) return base;
  const { view: shares, shape, ...others } = said;
  const hardware = { ...base, ...others, ...(shape && { shape: { ...base?.shape, ...shape } }) };
  // A file without a view is refused as such, unless flags give one.
  if (base && said.batch === undefined && !shares) return hardware;
  const before = typeof base?.view === 'string' ? { kind: base.view } : base?.view;
  const kind = said.batch !== undefined ? 'roofline' : (before?.kind ?? 'flops');
  return { ...hardware, view: { ...(kind === before?.kind && before), ...shares, kind } };
}

/** The constraints of the file; those of flags take the place of its own of that kind, field by field. */
function constraintsOf(
  { constraints: said = [], demand }: ProblemSaid,
  base: PlanProblem['constraints'] = [],
): readonly object[] | undefined {
  const kept = base.filter(({ kind }) => !said.some((one) => one.kind === kind));
  const over = said.map((one) => ({
    ...base.find(({ kind }) => kind === one.kind),
    ...one,
    ...(one.kind === 'first-token' && given({ inputTokens: demand?.inputTokens })),
  }));
  const half = over.find((one) => one.kind === 'training-days' && !('days' in one && 'gpus' in one));
  if (half) throw refusal('--max-days and --train-gpus', 'come together', 'one of them');
  return base.length + over.length > 0 ? [...kept, ...over] : undefined;
}
