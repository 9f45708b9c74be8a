/**
 * The long computations on worker threads, by tinypool (the pool of Vitest: small, maintained, no native parts).
 *
 * `execArgv: []`, because a worker would inherit flags such as `--input-type` that it refuses.
 */

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ablation } from '../ablate/ablation.ts';
import type { AblationCoefficient, AblationPlan } from '../ablate/plan.ts';
import type { OneOrMore } from '../ablate/vary.ts';
import type { FamilyFits, FitEachOptions } from '../families/each.ts';
import type { Hitchhike, HitchhikeOptions } from '../families/hitchhike-plan.ts';
import type { Fit } from '../fit/fit.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import { type Answer, type Job, type ResultOf, resultOf, sentJob } from '../parallel/jobs.ts';
import { sourceOf } from '../parallel/law-source.ts';
import { mainThread, type Runner } from '../parallel/run-jobs.ts';
import { ablateBy, bootstrapBy, fitEachBy, hitchhikeBy } from '../parallel/tasks.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import type { Bootstrap, BootstrapOptions } from '../uncertainty/bootstrap.ts';
import { here } from './here.ts';
import { type PoolOption, poolOption } from './workers.ts';

/**
 * `bootstrap` on worker threads. One seed, one answer, bit for bit, for any number of workers.
 *
 * Where worker threads cannot be had (the library bundled without its worker file), the main thread does the work in slices.
 *
 * @throws As `bootstrap`, as a rejected promise.
 */
export function bootstrapParallel<Name extends string>(
  fit: Fit<Name>,
  runs: Runs,
  options: BootstrapOptions & PoolOption = {},
): Promise<Bootstrap<Name>> {
  const { workers, ...rest } = options;
  return withPool(workers, (runner, width) => bootstrapBy(runner, width, fit, runs, rest));
}

/** `ablate` on worker threads. Plans with a predicate run on the main thread, because a function cannot be sent. */
export function ablateParallel<L extends OneOrMore<LawName | LawForm> = typeof DEFAULT_LAW>(
  runs: Runs,
  plan: AblationPlan<L> & PoolOption,
): Promise<Ablation<AblationCoefficient<L>>> {
  const { workers, ...rest } = plan;
  return withPool(workers, (runner, width) => ablateBy(runner, width, runs, rest));
}

/** `fitEach` on worker threads, a family each; the same fits, and `onFamily` hears each as it ends, also before an abort. */
export function fitEachParallel<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  options: FitEachOptions<L> & PoolOption = {},
): Promise<FamilyFits<CoefficientOf<L>>> {
  const { workers, ...rest } = options;
  return withPool(workers, (runner, width) => fitEachBy(runner, width, runs, rest as FitEachOptions<L>));
}

/** `hitchhike` on worker threads: the same cells, whatever their number. */
export function hitchhikeParallel<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  options: HitchhikeOptions<L> & PoolOption = {},
): Promise<Hitchhike> {
  const { workers, ...rest } = options;
  return withPool(workers, (runner, width) => hitchhikeBy(runner, width, runs, rest as HitchhikeOptions));
}

async function withPool<T>(asked: number | undefined, work: (runner: Runner, width: number) => Promise<T>): Promise<T> {
  const { workers = availableParallelism() } = check(poolOption, { workers: asked });
  const filename = join(dirname(here()), 'pool.worker.js');
  if (workers === 1 || !existsSync(filename)) return work(mainThread, 1);
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({ filename, name: 'work', minThreads: workers, maxThreads: workers, execArgv: [] });
  try {
    return await work(async <J extends Job>(job: J): Promise<ResultOf<J>> => {
      const source = sourceOf(job.law);
      if (!source) return mainThread(job);
      const answer: Answer = await pool.run(sentJob(job, source));
      return resultOf<J>(answer);
    }, workers);
  } finally {
    await pool.destroy();
  }
}
