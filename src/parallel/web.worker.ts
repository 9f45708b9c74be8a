/** `scaling-laws/worker`: the script of a Web Worker (module). Takes `{ id, job }`, posts `{ id, answer }`. */

import type { Law } from '../laws/law.ts';
import { lawNamed } from '../laws/registry.ts';
import { answerJob, type SentJob } from './jobs.ts';
import type { LawSource } from './law-source.ts';

/** The part of a worker's global scope that is used. */
interface Scope {
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: { readonly id: number; readonly job: SentJob } }) => void,
  ): void;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as Scope;

/** A page has no files: laws of its own stay on its thread. */
const lawAt = (source: LawSource): Law => lawNamed(source.kind === 'library' ? source.name : source.path);

scope.addEventListener('message', async ({ data: { id, job } }) => {
  scope.postMessage({ id, answer: await answerJob(job, lawAt) });
});
