/** `scaling-laws/worker`: the script of a Web Worker (module). Takes `{ id, job }`, posts `{ id, answer }`. */

import { answerJob, type Job } from './jobs.ts';

/** The part of a worker's global scope that is used. */
interface Scope {
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: { readonly id: number; readonly job: Job } }) => void,
  ): void;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener('message', ({ data: { id, job } }) => {
  scope.postMessage({ id, answer: answerJob(job) });
});
