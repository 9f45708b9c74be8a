/** What a diagnosis says about a fit. */

/** Evidence of a finding: plain JSON. */
export type Evidence = Readonly<Record<string, number | readonly number[] | Readonly<Record<string, number>>>>;

/** One thing worth knowing about a fit. */
export interface Finding {
  /** Stable code, e.g. `D_ONE_RAY`. */
  readonly code: string;
  /** `error`: do not use these coefficients. `warning`: use them with care. `note`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** A sentence for a person. */
  readonly message: string;
  /** The numbers behind the sentence. */
  readonly evidence: Evidence;
  /** What to do, as a sentence. */
  readonly advice: string;
}
