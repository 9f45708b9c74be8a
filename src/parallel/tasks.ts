/** The long computations of the library cut into jobs, for whatever runner there is. */

import { ablate, ablationWork, assembleAblation } from '../ablate/ablate.ts';
import type { Ablation } from '../ablate/ablation.ts';
import type { AblationCoefficient, AblationPlan } from '../ablate/plan.ts';
import type { OneOrMore } from '../ablate/vary.ts';
import {
  eachWork,
  type FamilyError,
  type FamilyFits,
  type FitEachOptions,
  fitEach,
  type OneFamily,
  optionsFor,
} from '../families/each.ts';
import { assembleHitchhike, hitchhike, hitchhikeWork } from '../families/hitchhike.ts';
import type { Hitchhike, HitchhikeOptions, HitchhikePlan } from '../families/hitchhike-plan.ts';
import type { Fit } from '../fit/fit.ts';
import { lawAsked } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import { lawOf, withLaw } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import { type CoefficientOf, DEFAULT_LAW, type LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import {
  assembleBootstrap,
  type Bootstrap,
  type BootstrapOptions,
  bootstrapWork,
  SLICE,
} from '../uncertainty/bootstrap.ts';
import type { Task } from '../uncertainty/replicate.ts';
import type { AblationJob, CellsJob, FamilyJob, ReplicateJob } from './jobs.ts';
import { type Runner, runJobs } from './run-jobs.ts';

/** {@link bootstrap}, its replicates done by `runner`, `width` slices at a time. */
export async function bootstrapBy<Name extends string>(
  runner: Runner,
  width: number,
  fit: Fit<Name>,
  runs: Runs,
  options: BootstrapOptions,
): Promise<Bootstrap<Name>> {
  const work = bootstrapWork(fit, runs, options);
  const law = lawOf(fit);
  const slices = (task: Task, count: number): ReplicateJob[] =>
    Array.from({ length: Math.ceil(count / SLICE) }, (_, k) => ({
      kind: 'replicates',
      law,
      plan: work.plan,
      task,
      from: k * SLICE,
      to: Math.min((k + 1) * SLICE, count),
    }));
  const draws = slices('draws', work.replicates);
  const jackknife = slices('jackknife', work.plan.leftOut.length);
  const { signal, onProgress } = options;
  const done = await runJobs([...draws, ...jackknife], runner, { width, signal, onProgress });
  return assembleBootstrap(work, done.slice(0, draws.length), done.slice(draws.length));
}

/** {@link ablate}, its combinations done by `runner`, `width` at a time. A predicate cannot be sent, nor an engine of your own: such plans run here. */
export async function ablateBy<L extends OneOrMore<LawName | LawForm>>(
  runner: Runner,
  width: number,
  runs: Runs,
  plan: AblationPlan<L>,
): Promise<Ablation<AblationCoefficient<L>>> {
  const ownEngine = plan.engine !== undefined && plan.engine !== 'newton';
  if (ownEngine || plan.filters.some(({ kind }) => kind === 'predicate') || plan.holdOut?.kind === 'predicate')
    return ablate(runs, plan);
  const { signal, onProgress, ...portable } = plan;
  const { work, laws } = ablationWork(runs, portable);
  const jobs = work.cases.map((_, k): AblationJob => ({ kind: 'ablation', law: laws[k]!, work, k }));
  const rows = await runJobs(jobs, runner, { width, signal, onProgress });
  return assembleAblation(work, laws, rows) as Ablation<AblationCoefficient<L>>;
}

/** {@link fitEach}, its families done by `runner`, `width` at a time. A predicate cannot be sent, nor an engine of your own: such fits run here. */
export async function fitEachBy<L extends LawName | LawForm>(
  runner: Runner,
  width: number,
  runs: Runs,
  given: FitEachOptions<L>,
): Promise<FamilyFits<CoefficientOf<L>>> {
  const work = eachWork(runs, given as FitEachOptions<LawName | LawForm>);
  const { law: named = DEFAULT_LAW, ...options } = work.options;
  const ownEngine = options.engine !== undefined && options.engine !== 'newton';
  if (ownEngine || options.filters?.some(({ kind }) => kind === 'predicate')) return fitEach(runs, given);
  const law = lawAsked(named);
  const jobs = work.families.map(
    (family): FamilyJob => ({ kind: 'family', law, family, options: optionsFor({ ...work, options }, family) }),
  );
  const { signal, onProgress, onFamily } = work.watch;
  // What comes from a worker is a copy, which has lost its law.
  const whole = (one: OneFamily<string> | FamilyError): OneFamily<string> | FamilyError => {
    if ('fit' in one && !Object.isFrozen(one.fit)) withLaw(one.fit, law);
    return deepFreeze(one);
  };
  const onResult = onFamily && ((one: OneFamily<string> | FamilyError) => onFamily(whole(one)));
  const fits = await runJobs(jobs, runner, { width, signal, onProgress, onResult });
  return deepFreeze({ by: work.by, fits: fits.map(whole) }) as FamilyFits<CoefficientOf<L>>;
}

/** {@link hitchhike}, its rows of cells done by `runner`, `width` at a time. A predicate cannot be sent: such plans run here. */
export async function hitchhikeBy(
  runner: Runner,
  width: number,
  runs: Runs,
  given: HitchhikeOptions,
): Promise<Hitchhike> {
  if (given.filters?.some(({ kind }) => kind === 'predicate')) return hitchhike(runs, given);
  const work = hitchhikeWork(runs, given);
  const { law, rows } = work;
  const { signal, onProgress, borrowFrom: _, law: __, ...plan } = work.plan;
  const jobs = rows.map((row): CellsJob => ({ kind: 'cells', law, row, plan: plan as HitchhikePlan }));
  return assembleHitchhike(work, await runJobs(jobs, runner, { width, signal, onProgress }));
}
