/** A Web Worker in this thread: what goes in and out is cloned, as between threads. */

import { lawNamed } from '../../src/laws/registry.ts';
import { type Answer, answerJob, type SentJob } from '../../src/parallel/jobs.ts';
import type { WorkerLike } from '../../src/parallel/web-workers.ts';

type Listener = (event: { readonly data: unknown; readonly message?: string }) => void;

/** A worker that answers after a few turns of the event loop, each worker after another number of them. */
export interface FakeWorker extends WorkerLike {
  /** Jobs that it was given. */
  readonly jobs: readonly SentJob[];
  /** Listeners that are still there. */
  readonly listening: () => number;
}

/** As the worker of a page does. */
export const answered = (job: SentJob): Promise<Answer> =>
  answerJob(job, (source) => lawNamed(source.kind === 'library' ? source.name : source.path));

export function fakeWorker(delay = 0, answer: (job: SentJob) => unknown = answered): FakeWorker {
  const jobs: SentJob[] = [];
  const listeners: Record<'message' | 'error', Set<Listener>> = { message: new Set(), error: new Set() };
  const tell = (type: 'message' | 'error', event: Parameters<Listener>[0]): void => {
    for (const listener of [...listeners[type]]) listener(event);
  };
  return {
    jobs,
    listening: () => listeners.message.size + listeners.error.size,
    addEventListener: (type: 'message' | 'error', listener: Listener) => void listeners[type].add(listener),
    removeEventListener: (type: 'message' | 'error', listener: Listener) => void listeners[type].delete(listener),
    postMessage(message) {
      const { id, job } = structuredClone(message) as { id: number; job: SentJob };
      jobs.push(job);
      setTimeout(async () => {
        try {
          tell('message', { data: structuredClone({ id, answer: await answer(job) }) });
        } catch (error) {
          tell('error', { data: undefined, message: String(error) });
        }
      }, delay);
    },
  };
}
