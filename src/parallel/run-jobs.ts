/** Runs a list of jobs, some at a time, and returns their results in the order of the list. */

import { stopIfAborted } from '../uncertainty/bootstrap.ts';
import { doJob, type Job, type ResultOf } from './jobs.ts';

/** Does one job, somewhere. */
export type Runner = <J extends Job>(job: J) => Promise<ResultOf<J>>;

/** Where and how to run. */
export interface RunOptions<Result = unknown> {
  /** Jobs under way at once, >= 1. */
  readonly width: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each job with the share that is done, in (0, 1]. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Called with the result of each job as soon as it is there. */
  readonly onResult?: ((result: Result, k: number) => void) | undefined;
}

/** The main thread as a runner; gives way to other work before every job, so that a page or a server stays alive. */
export const mainThread: Runner = async (job) => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return doJob(job);
};

/**
 * Results of all jobs, in order.
 *
 * @throws {ScalingLawsError} `E_ABORTED` as soon as the signal says so; else what the first job that failed threw. Jobs under way are not
 *   waited for, and no other job is begun.
 */
export async function runJobs<J extends Job>(
  jobs: readonly J[],
  runner: Runner,
  { width, signal, onProgress, onResult }: RunOptions<ResultOf<J>>,
): Promise<ResultOf<J>[]> {
  const results = new Array<ResultOf<J>>(jobs.length);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    try {
      while (next < jobs.length) {
        stopIfAborted(signal);
        const k = next++;
        const result = await runner(jobs[k]!);
        results[k] = result;
        stopIfAborted(signal);
        onResult?.(result, k);
        onProgress?.(++done / jobs.length);
      }
    } finally {
      // Whatever ends one lane ends the others after the job they are at.
      next = jobs.length;
    }
  };
  const lanes = Promise.all(Array.from({ length: Math.min(width, jobs.length) }, lane));
  await (signal ? unlessAborted(lanes, signal) : lanes);
  return results;
}

/** What `work` gives, or `E_ABORTED` if the signal comes first. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      try {
        stopIfAborted(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', stop, { once: true });
    stop();
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
