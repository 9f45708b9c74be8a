/**
 * Work that can be sent to a worker as plain data, and what comes back. The main thread and every kind of worker do a job by the
 * same function, so where it ran cannot be told from the result.
 */

import { type AblationWork, ablationRow } from '../ablate/ablate.ts';
import type { AblationRow } from '../ablate/ablation.ts';
import { type ErrorData, errorData, ScalingLawsError } from '../errors.ts';
import { type FamilyError, type OneFamily, oneFamily } from '../families/each.ts';
import type { Family } from '../families/families.ts';
import { type CellRow, cellsOf } from '../families/hitchhike-cells.ts';
import type { HitchhikeCell, HitchhikePlan } from '../families/hitchhike-plan.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import type { Law } from '../laws/law.ts';
import { type ReplicatePlan, type Replicates, runReplicates, type Task } from '../uncertainty/replicate.ts';
import type { LawSource } from './law-source.ts';

/** Replicates `from` to `to` of a bootstrap. */
export interface ReplicateJob {
  readonly kind: 'replicates';
  readonly law: Law;
  readonly plan: ReplicatePlan;
  readonly task: Task;
  readonly from: number;
  readonly to: number;
}

/** One combination of an ablation. */
export interface AblationJob {
  readonly kind: 'ablation';
  readonly law: Law;
  readonly work: AblationWork;
  readonly k: number;
}

/** The fit of one family. */
export interface FamilyJob {
  readonly kind: 'family';
  readonly law: Law;
  readonly family: Family;
  readonly options: Omit<FitOptions, 'law'>;
}

/** One row of cells of the Hitchhiker's experiment. */
export interface CellsJob {
  readonly kind: 'cells';
  readonly law: Law;
  readonly row: CellRow;
  readonly plan: HitchhikePlan;
}

export type Job = ReplicateJob | AblationJob | FamilyJob | CellsJob;
/** Results by the kind of job. */
interface Results {
  readonly replicates: Replicates;
  readonly ablation: AblationRow<string>;
  readonly family: OneFamily<string> | FamilyError;
  readonly cells: readonly HitchhikeCell[];
}

/** A job on its way to a worker. */
export type SentJob = Sent<Job>;
type Sent<J> = J extends Job ? Omit<J, 'law'> & { readonly law: LawSource } : never;

/** Result of a job. */
export type ResultOf<J extends Job> = Results[J['kind']];

/** What a worker answers: errors travel as data, because a clone of an error loses its class and code. */
export type Answer =
  | { readonly kind: 'done'; readonly result: Results[Job['kind']] }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** Does a job here and now. */
export function doJob<J extends Job>(job: J): ResultOf<J> {
  const any: Job = job;
  switch (any.kind) {
    case 'replicates':
      return runReplicates(any.law, any.plan, any.task, any.from, any.to) as ResultOf<J>;
    case 'ablation':
      return ablationRow(any.law, any.work, any.k) as ResultOf<J>;
    case 'family':
      return oneFamily(any.family, () =>
        fitScalingLaw(any.family.runs, { ...any.options, law: any.law }),
      ) as ResultOf<J>;
    case 'cells':
      return cellsOf(any.law, any.row, any.plan) as readonly HitchhikeCell[] as ResultOf<J>;
    default:
      return any satisfies never;
  }
}

/** `job` as plain data, for a worker that finds its law at `law`. */
export function sentJob({ law: _, ...job }: Job, law: LawSource): SentJob {
  return { ...job, law } as SentJob;
}

/** Does a job and wraps what comes of it, for the way back from a worker. Unexpected errors pass through. */
export async function answerJob(sent: SentJob, lawAt: (source: LawSource) => Law | Promise<Law>): Promise<Answer> {
  try {
    const job = { ...sent, law: await lawAt(sent.law) } as Job;
    return { kind: 'done', result: doJob(job) };
  } catch (error) {
    if (!(error instanceof ScalingLawsError)) throw error;
    return { kind: 'failed', error: errorData(error) };
  }
}

/** The result in an answer, or the typed error that it carries. */
export function resultOf<J extends Job>(answer: Answer): ResultOf<J> {
  if (answer.kind === 'done') return answer.result as ResultOf<J>;
  const { code, said, details } = answer.error;
  throw new ScalingLawsError(code, said, details);
}
