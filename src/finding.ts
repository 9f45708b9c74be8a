/** What may be said about a result that is no error: about a table, a fit, a plan, a comparison. Told, never silently repaired. */

import { type Door, type Sentence, worded } from './sentence.ts';

/** `error`: do not use the result. `warning`: use it with care. `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

/** The numbers behind a finding: plain JSON. */
export type Evidence = Readonly<
  Record<string, string | number | null | readonly (number | string)[] | Readonly<Record<string, number>>>
>;

/** One thing worth knowing about a result. */
export interface Finding {
  /** Stable code, e.g. `W_ONE_RAY`: one for each condition; docs/failure-modes.md explains all of them. */
  readonly code: `W_${string}`;
  readonly severity: Severity;
  /** Paths of what it is about: `coefficients.E`, `rows.17`, `runs.gpt-13b`, `columns.D`, `filters[0]`, `law.U`. */
  readonly about: readonly string[];
  /** A sentence for a person. */
  readonly message: string;
  /** The numbers behind the sentence. */
  readonly evidence: Evidence;
  /** What to do; options in it are worded by whoever prints it. */
  readonly advice?: Sentence;
}

/** What a finding has beside its code and its sentence. */
export type Details = Partial<Omit<Finding, 'code' | 'message'>>;

/** A finding; a warning about nothing in particular unless told otherwise. */
export function finding(code: Finding['code'], message: string, details: Details = {}): Finding {
  return { code, severity: 'warning', about: [], message, evidence: {}, ...details };
}

/** The sentence of a finding and its advice, in the words of `door`. */
export function findingInWords({ message, advice }: Pick<Finding, 'message' | 'advice'>, door: Door): string {
  return advice === undefined ? message : `${message} ${worded(advice, door)}`;
}
