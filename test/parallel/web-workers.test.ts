/** The long computations on Web Workers: bit for bit those of the main thread. */

import { describe, expect, it } from 'vitest';
import { ablate } from '../../src/ablate/ablate.ts';
import type { AblationPlan } from '../../src/ablate/plan.ts';
import { errorData, ScalingLawsError } from '../../src/errors.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { type Answer, resultOf, type SentJob } from '../../src/parallel/jobs.ts';
import { ablateAsync, bootstrapAsync } from '../../src/parallel/web-workers.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { answered, fakeWorker } from './fake-worker.ts';

const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, checkpoints: 2, seed: 1 });
const fit = fitScalingLaw(runs, { penalty: { kind: 'squared' } });
const options = { replicates: 230, seed: 3 };
const plan: AblationPlan = {
  filters: [{ kind: 'range', of: 'tokensPerParam', max: [4, 100, 1000, Infinity] }],
  penalty: [{ kind: 'squared' }, { kind: 'huber', delta: 1e-3 }],
  holdOut: { kind: 'largest-N', sizes: 1 },
  predictAt: [{ N: 1e10, D: 1e12 }],
};
const workers = (count: number): ReturnType<typeof fakeWorker>[] =>
  Array.from({ length: count }, (_, k) => fakeWorker(3 * (count - k) - 2));

describe('bootstrapAsync', () => {
  const expected = bootstrap(fit, runs, options);

  it.each([0, 1, 2, 3])('on %i workers', async (count) => {
    const heard: number[] = [];
    const some = workers(count);
    const found = await bootstrapAsync(fit, runs, {
      ...options,
      workers: some,
      onProgress: (done) => heard.push(done),
    });
    expect(found).toEqual(expected);
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
    // Every worker had a share, and nobody listens to them any more.
    for (const worker of some) expect(worker.jobs.length).toBeGreaterThan(0);
    expect(some.map(({ listening }) => listening())).toEqual(some.map(() => 0));
  });

  it('two at once on the same workers do not mix', async () => {
    const shared = workers(2);
    const [one, two] = await Promise.all([
      bootstrapAsync(fit, runs, { ...options, workers: shared }),
      bootstrapAsync(fit, runs, { ...options, seed: 4, workers: shared }),
    ]);
    expect(one).toEqual(expected);
    expect(two).toEqual(bootstrap(fit, runs, { ...options, seed: 4 }));
  });

  it('rejects with the errors of bootstrap', async () => {
    await expect(bootstrapAsync(fit, runs, { replicates: 0 })).rejects.toMatchObject({ code: 'E_ARGUMENT' });
    const signal = AbortSignal.abort();
    await expect(bootstrapAsync(fit, runs, { signal, workers: workers(2) })).rejects.toMatchObject({
      code: 'E_ABORTED',
    });
  });

  it('the workers serve again after an abort', async () => {
    const shared = workers(2);
    const controller = new AbortController();
    const stopped = bootstrapAsync(fit, runs, {
      ...options,
      workers: shared,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'E_ABORTED' });
    expect(await bootstrapAsync(fit, runs, { ...options, workers: shared })).toEqual(expected);
  });
});

describe('ablateAsync', () => {
  const expected = ablate(runs, plan);

  it.each([0, 1, 2, 3])('on %i workers', async (count) => {
    expect(expected.rows.map(({ fit }) => fit === null)).toContain(false);
    const found = await ablateAsync(runs, { ...plan, workers: workers(count) });
    expect(found).toEqual(expected);
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  });

  it('does plans with a function here', async () => {
    const some = workers(2);
    const keep = ({ N }: { readonly N: number }): boolean => N < 2e9;
    const withFunction = { ...plan, filters: [...plan.filters, { kind: 'predicate', name: 'small', keep } as const] };
    const found = await ablateAsync(runs, { ...withFunction, workers: some });
    expect(found).toEqual(ablate(runs, withFunction));
    expect(some.flatMap(({ jobs }) => jobs)).toEqual([]);
  });

  it('rejects where a signal says so', async () => {
    await expect(ablateAsync(runs, { ...plan, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'E_ABORTED',
    });
  });
});

describe('errors on the way', () => {
  const failing = (answer: (job: SentJob) => unknown): Promise<unknown> =>
    bootstrapAsync(fit, runs, { ...options, workers: [fakeWorker(0, answer)] });

  it('typed errors arrive as what they are', async () => {
    const answer: Answer = { kind: 'failed', error: { code: 'E_CELL', said: 'row 3', details: { row: 3 } } };
    const error = await failing(() => answer).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ScalingLawsError);
    expect(error).toMatchObject({ name: 'ScalingLawsError', code: 'E_CELL', message: 'row 3', details: { row: 3 } });
  });

  it('what was wrong with an argument arrives as data, also where it cannot be cloned', () => {
    const breach = { argument: 'columns.loss', rule: 'be a header', got: 'lss', cure: ['see ', { option: 'columns' }] };
    for (const got of ['lss', () => 1]) {
      const error = errorData(new ScalingLawsError('E_ARGUMENT', { ...breach, got }));
      expect(() => resultOf(structuredClone({ kind: 'failed', error }))).toThrow(
        expect.objectContaining({ ...breach, code: 'E_ARGUMENT', got: typeof got === 'string' ? got : 'a function' }),
      );
    }
  });

  it('a job that fails on purpose is answered, one with a bug throws', async () => {
    const job = (name: string): SentJob =>
      ({ kind: 'replicates', law: { kind: 'library', name }, from: 0, to: 1 }) as unknown as SentJob;
    expect(await answered(job('nowhere'))).toMatchObject({ kind: 'failed', error: { code: 'E_LAW_UNKNOWN' } });
    await expect(answered(job('chinchilla'))).rejects.toThrow(TypeError);
  });

  it('a worker whose script fails ends the work', async () => {
    await expect(
      failing(() => {
        throw new TypeError('broken');
      }),
    ).rejects.toThrow('worker failed: TypeError: broken');
  });

  it('what cannot be sent is refused, and nobody listens on', async () => {
    const worker = fakeWorker();
    const mute = { ...worker, postMessage: () => structuredClone(() => 1) };
    await expect(bootstrapAsync(fit, runs, { ...options, workers: [mute] })).rejects.toThrow('could not be cloned');
    expect(worker.listening()).toBe(0);
  });
});
