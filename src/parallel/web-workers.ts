/**
 * The long computations off the page's main thread, on Web Workers that the page makes from `scaling-laws/worker`:
 *
 *     const workers = [new Worker(new URL('scaling-laws/worker', import.meta.url), { type: 'module' })];
 *
 * Without workers they run here, a slice at a time, and the page stays alive between slices.
 */

import type { Ablation } from '../ablate/ablation.ts';
import type { AblationCoefficient, AblationPlan } from '../ablate/plan.ts';
import type { OneOrMore } from '../ablate/vary.ts';
import type { Fit } from '../fit/fit.ts';
import type { LawForm } from '../laws/law.ts';
import type { DEFAULT_LAW, LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap, BootstrapOptions } from '../uncertainty/bootstrap.ts';
import { type Answer, type Job, type ResultOf, resultOf, type SentJob, sentJob } from './jobs.ts';
import { sourceOf } from './law-source.ts';
import { mainThread, type Runner } from './run-jobs.ts';
import { ablateBy, bootstrapBy } from './tasks.ts';

/** A Web Worker, or anything that talks like one. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
}

/** Which workers to use. */
export interface WorkersOption {
  /** Workers running `scaling-laws/worker`; default none: the main thread, in slices. They are not terminated. */
  readonly workers?: readonly WorkerLike[];
}

/**
 * {@link bootstrap} without blocking: on Web Workers, or in slices on the main thread. The same seed gives the same result, bit for bit.
 *
 * @throws As {@link bootstrap}, as a rejected promise.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const boot = await bootstrapAsync(fitScalingLaw(runs), runs, { replicates: 100 });
 * boot.draws.E.length // => 100
 */
export function bootstrapAsync<Name extends string>(
  fit: Fit<Name>,
  runs: Runs,
  options: BootstrapOptions & WorkersOption = {},
): Promise<Bootstrap<Name>> {
  const { workers = [], ...rest } = options;
  return bootstrapBy(runnerOn(workers), Math.max(workers.length, 1), fit, runs, rest);
}

/** {@link ablate} without blocking: on Web Workers, or in slices on the main thread. */
export function ablateAsync<L extends OneOrMore<LawName | LawForm> = typeof DEFAULT_LAW>(
  runs: Runs,
  plan: AblationPlan<L> & WorkersOption,
): Promise<Ablation<AblationCoefficient<L>>> {
  const { workers = [], ...rest } = plan;
  return ablateBy(runnerOn(workers), Math.max(workers.length, 1), runs, rest);
}

/** Sends each job to a worker that is idle. `runJobs` never has more jobs under way than there are workers. */
function runnerOn(workers: readonly WorkerLike[]): Runner {
  if (workers.length === 0) return mainThread;
  const idle = [...workers];
  return async <J extends Job>(job: J): Promise<ResultOf<J>> => {
    const source = sourceOf(job.law);
    // A page's worker can look a name up, and nothing else.
    if (source?.kind !== 'library') return mainThread(job);
    const worker = idle.pop()!;
    try {
      return await ask<J>(worker, sentJob(job, source));
    } finally {
      idle.push(worker);
    }
  };
}

let questions = 0;

function ask<J extends Job>(worker: WorkerLike, job: SentJob): Promise<ResultOf<J>> {
  const id = ++questions;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      worker.removeEventListener('message', onMessage);
      worker.removeEventListener('error', onError);
    };
    const onMessage = ({ data }: { readonly data: unknown }): void => {
      const reply = data as { readonly id: number; readonly answer: Answer };
      if (reply.id !== id) return;
      stop();
      try {
        resolve(resultOf<J>(reply.answer));
      } catch (error) {
        reject(error);
      }
    };
    const onError = ({ message }: { readonly message?: string }): void => {
      stop();
      reject(new Error(`worker failed: ${message ?? 'its script could not be loaded'}`));
    };
    worker.addEventListener('message', onMessage);
    worker.addEventListener('error', onError);
    try {
      worker.postMessage({ id, job });
    } catch (error) {
      stop();
      reject(error);
    }
  });
}
