/** Jobs: order of results, number under way, abort, errors. */

import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import type { Job } from '../../src/parallel/jobs.ts';
import { type Runner, runJobs } from '../../src/parallel/run-jobs.ts';

/** Jobs that only carry a number. */
const jobs = (count: number): Job[] => Array.from({ length: count }, (_, k) => ({ kind: 'ablation', k }) as Job);
const numberOf = (job: Job): number => (job as { readonly k: number }).k;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A runner that notes how many jobs are under way, and takes longer for early jobs. */
function noting(fail?: (k: number) => void): { runner: Runner; begun: number[]; most: () => number } {
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  const runner = async (job: Job): Promise<number> => {
    begun.push(numberOf(job));
    most = Math.max(most, ++underWay);
    await pause(1 + ((numberOf(job) * 7) % 5));
    underWay--;
    fail?.(numberOf(job));
    return 10 * numberOf(job);
  };
  return { runner: runner as unknown as Runner, begun, most: () => most };
}

describe('runJobs', () => {
  it.each([1, 2, 3, 50])('gives results in order, %i at a time', async (width) => {
    const { runner, begun, most } = noting();
    const heard: number[] = [];
    const results = await runJobs(jobs(12), runner, { width, onProgress: (done) => heard.push(done) });
    expect(results).toEqual(Array.from({ length: 12 }, (_, k) => 10 * k));
    expect(begun).toEqual(Array.from({ length: 12 }, (_, k) => k));
    expect(most()).toBe(Math.min(width, 12));
    expect(heard).toEqual(Array.from({ length: 12 }, (_, k) => (k + 1) / 12));
  });

  it('of no jobs is nothing', async () => {
    expect(await runJobs([], noting().runner, { width: 2, signal: new AbortController().signal })).toEqual([]);
  });

  it('an error ends it; no further job begins', async () => {
    const { runner, begun } = noting((k) => {
      if (k === 3) throw new ScalingLawsError('E_UNDEFINED', 'job 3', {});
    });
    await expect(runJobs(jobs(40), runner, { width: 2 })).rejects.toMatchObject({ code: 'E_UNDEFINED' });
    await pause(30);
    expect(begun.length).toBeLessThan(8);
  });

  it('so does an error of the listener to progress', async () => {
    const { runner, begun } = noting();
    const onProgress = (): never => {
      throw new RangeError('mine');
    };
    await expect(runJobs(jobs(40), runner, { width: 2, onProgress })).rejects.toThrow(RangeError);
    await pause(30);
    expect(begun.length).toBeLessThan(6);
  });

  it('a signal ends it at once, without waiting for jobs under way', async () => {
    const controller = new AbortController();
    const never: Runner = () => new Promise(() => {});
    setTimeout(() => controller.abort(), 5);
    await expect(runJobs(jobs(4), never, { width: 2, signal: controller.signal })).rejects.toMatchObject({
      name: 'ScalingLawsError',
      code: 'E_ABORTED',
    });
  });

  it('a signal given before means that no job begins', async () => {
    const { runner, begun } = noting();
    await expect(runJobs(jobs(4), runner, { width: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'E_ABORTED',
    });
    expect(begun).toEqual([]);
  });

  it('leaves no listener on a signal that outlives it', async () => {
    let listeners = 0;
    const { signal } = new AbortController();
    const counting = new Proxy(signal, {
      get(target, name) {
        if (name === 'addEventListener') listeners++;
        if (name === 'removeEventListener') listeners--;
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await runJobs(jobs(3), noting().runner, { width: 1, signal: counting });
    expect(listeners).toBe(0);
  });
});
