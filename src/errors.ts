/**
 * Every error that this library throws on purpose.
 *
 * Message grammar: *where* must *rule*, got *value* — `row 17: D must be a positive finite number of tokens, got -3e9`.
 * A caller branches on `code`, never on the message; `details` carries the numbers of the message for programs.
 */

/** Stable codes. A code is never renamed; what it means is in docs/failure-modes.md. */
export type ErrorCode =
  // reading runs
  | 'E_FILE'
  | 'E_EMPTY'
  | 'E_FORMAT'
  | 'E_COLUMN_MISSING'
  | 'E_COLUMN_DOUBLED'
  | 'E_ROW_RAGGED'
  | 'E_CELL'
  // filters
  | 'E_FILTER'
  | 'E_FILTER_COLUMN'
  | 'E_TOO_FEW_RUNS'
  // laws and fits
  | 'E_OPTION'
  | 'E_LAW_UNKNOWN'
  | 'E_LAW_COEFFICIENTS'
  | 'E_LAW_FORM'
  | 'E_LAW_VARIABLE'
  | 'E_FIT_SCHEMA'
  | 'E_FIT_FAILED'
  | 'E_RUNS_MISMATCH'
  | 'E_ABORTED'
  | 'E_UNDEFINED'
  // questions put to a law
  | 'E_ARGUMENT'
  | 'E_LOSS_UNREACHABLE'
  | 'E_NO_OPTIMUM'
  | 'E_INFEASIBLE'
  | 'E_HARDWARE_UNKNOWN'
  // figures
  | 'E_PACKAGE_MISSING';

/** Numbers and names that the message of an error mentions. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** Base of every error thrown on purpose; `code` is stable, `details` holds what the message says. */
export class ScalingLawsError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

/** A table of runs cannot be read: missing column, bad cell, ragged row, empty file. */
export class RunsError extends ScalingLawsError {}

/** A filter is ill-formed, or leaves too few rows. */
export class FilterError extends ScalingLawsError {}

/** A law is unknown, or its coefficients are not those the law needs. */
export class LawError extends ScalingLawsError {}

/** A fit cannot be made from these options, or a saved fit cannot be loaded. */
export class FitError extends ScalingLawsError {}

/** A question to a fitted law has no answer: a loss at or below E, a non-positive N. */
export class PredictionError extends ScalingLawsError {}

/** An allocation has no answer, or is ill-posed. */
export class AllocationError extends ScalingLawsError {}

/** A figure cannot be drawn: bad options, nothing to show, no font or renderer for pictures. */
export class FigureError extends ScalingLawsError {}

/** Something worth knowing that is no error: told, never silently repaired. */
export interface Warning {
  /** Stable code, e.g. `W_COMPUTE_DISAGREES`. */
  readonly code: string;
  /** One sentence for a person. */
  readonly message: string;
}
