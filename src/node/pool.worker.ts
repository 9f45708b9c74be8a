/** The script of a worker thread of the pool (see pool.ts). */

import { lawNamed } from '../laws/registry.ts';
import { type Answer, answerJob, type SentJob } from '../parallel/jobs.ts';
import { loadLawFile } from './law-file.ts';

export function work(job: SentJob): Promise<Answer> {
  return answerJob(job, (source) => (source.kind === 'library' ? lawNamed(source.name) : loadLawFile(source.path)));
}
