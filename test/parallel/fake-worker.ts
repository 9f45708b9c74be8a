/** A Web Worker in this thread: what goes in and out is cloned, as between threads. */

import { answerJob, type Job } from '../../src/parallel/jobs.ts';
import type { WorkerLike } from '../../src/parallel/web-workers.ts';

type Listener = (event: { readonly data: unknown; readonly message?: string }) => void;

/** A worker that answers after a few turns of the event loop, each worker after another number of them. */
export interface FakeWorker extends WorkerLike {
  /** Jobs that it was given. */
  readonly jobs: readonly Job[];
  /** Listeners that are still there. */
  readonly listening: () => number;
}

export function fakeWorker(delay = 0, answer: (job: Job) => unknown = answerJob): FakeWorker {
  const jobs: Job[] = [];
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
      const { id, job } = structuredClone(message) as { id: number; job: Job };
      jobs.push(job);
      setTimeout(() => {
        try {
          tell('message', { data: structuredClone({ id, answer: answer(job) }) });
        } catch (error) {
          tell('error', { data: undefined, message: String(error) });
        }
      }, delay);
    },
  };
}
