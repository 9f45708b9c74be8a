/** What a fit keeps to know how far to trust anything computed from it: replicates of a bootstrap, or the covariance of its coefficients. */

/** What a bootstrap may draw with replacement. */
export const RESAMPLES = ['rows', 'runs', 'sizes', 'residuals'] as const;
/** Rows, whole runs, all rows of a model size, or residuals put onto the fitted law. */
export type Resample = (typeof RESAMPLES)[number];

/** How far one new run lies from the law: its own offset and the noise of its last row together. */
export interface RunNoise {
  /** Of the residuals: `log` for ln(predicted / observed), `linear` for nats per token. */
  readonly space: 'log' | 'linear';
  readonly standardDeviation: number;
}

/** Coefficients over re-fits to redrawn rows. */
export interface KeptReplicates<Name extends string = string> {
  readonly resample: Resample;
  readonly seed: number;
  /** Re-fits that were made. */
  readonly replicates: number;
  /** Number of rows, runs or sizes that were drawn from. */
  readonly units: number;
  /** Units less the coefficients that were free, or less one for sizes, at least 1: intervals allow for few of them. */
  readonly degreesOfFreedom: number;
  /** Replicates whose best optimum lies in another basin than the one the fit's own optimum leads to. */
  readonly jumped: number;
  /** Replicates that did not end in a local minimum; they are kept. */
  readonly failed: number;
  /** For intervals of one new run; a bootstrap of version 0.1 may lack it. */
  readonly noise?: RunNoise;
  /** Each coefficient over the replicates. */
  readonly draws: Readonly<Record<Name, readonly number[]>>;
  /** Each coefficient with one unit left out, for the acceleration of BCa intervals; empty for residuals. */
  readonly jackknife: Readonly<Record<Name, readonly number[]>>;
}

/** Coefficients one standard error to either side of the fit, along directions whose errors are independent. */
export interface KeptCovariance<Name extends string = string> {
  /** Runs less the coefficients that were free: what Student's t for an interval takes. */
  readonly degreesOfFreedom: number;
  readonly noise: RunNoise;
  /** Each coefficient at the points: up and down the first direction, up and down the second, ... */
  readonly points: Readonly<Record<Name, readonly number[]>>;
}

/** What a fit keeps: the replicates of a bootstrap where it had one, else its covariance. */
export type KeptUncertainty<Name extends string = string> =
  | ({ readonly kind: 'bootstrap' } & KeptReplicates<Name>)
  | ({ readonly kind: 'curvature' } & KeptCovariance<Name>);
