/** The script of a worker thread of the pool (see pool.ts). */

import { type Answer, answerJob, type Job } from '../parallel/jobs.ts';

export function work(job: Job): Answer {
  return answerJob(job);
}
