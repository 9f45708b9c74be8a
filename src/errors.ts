/**
 * Every error that this library throws on purpose.
 *
 * Message grammar: *where* must *rule*, got *value* — `row 17: D must be a positive finite number of tokens, got -3e9`.
 * A caller branches on `code`, never on the message; `details` carries the numbers of the message for programs.
 */

import { type Door, inCode, type Sentence, worded } from './sentence.ts';

/** Stable codes. A code is never renamed; what it means is in docs/failure-modes.md. */
export type ErrorCode =
  // reading runs
  | 'E_FILE'
  | 'E_EMPTY'
  | 'E_FORMAT'
  | 'E_COLUMN_MISSING'
  | 'E_COLUMN_DOUBLED'
  | 'E_SCALE'
  | 'E_LOSS_UNIT'
  | 'E_ROW_RAGGED'
  | 'E_CELL'
  // filters
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

/** What was wrong with something that a caller handed in; `argument`, `rule`, `got` and `cure` are data, worded by whoever prints them. */
export interface Breach {
  /** Where the argument stands, if it is no option: `row 17`. */
  readonly where?: string;
  /** Path of the argument: `D`, `search.hops`, `filters[2].k`; or what the whole is called: `fit options`. */
  readonly argument: string;
  /** What it must be or do: `be a positive finite number of tokens`. */
  readonly rule: string;
  /** What was handed in. */
  readonly got: unknown;
  /** What to do instead, where more can be said than the rule says. */
  readonly cure?: Sentence;
}

/**
 * Every error thrown on purpose. `code` is stable; `argument`, `rule`, `got` and `cure` say what was wrong with what was handed in, where that
 * is the reason; `details` holds the other numbers of the message.
 */
export class ScalingLawsError extends Error implements Partial<Breach> {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  declare readonly where?: string;
  declare readonly argument?: string;
  declare readonly rule?: string;
  declare readonly got?: unknown;
  declare readonly cure?: Sentence;

  constructor(code: ErrorCode, said: string | Breach, details: ErrorDetails = {}) {
    super(typeof said === 'string' ? said : breachInWords(said, inCode));
    this.name = 'ScalingLawsError';
    this.code = code;
    this.details = details;
    if (typeof said !== 'string') Object.assign(this, said);
  }
}

/** An error as plain data, for the way out of a worker: a clone of an error loses its class and its code. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly said: string | Breach;
  readonly details: ErrorDetails;
}

/** `error` as plain data: what its constructor takes. */
export function errorData({ code, message, details, where, argument, rule, got, cure }: ScalingLawsError): ErrorData {
  if (argument === undefined || rule === undefined) return { code, said: message, details };
  // What cannot be cloned is told as the message shows it.
  const clonable = typeof got === 'function' || typeof got === 'symbol' ? shown(got) : got;
  return {
    code,
    said: {
      ...(where !== undefined && { where }),
      argument,
      rule,
      got: clonable,
      ...(cure !== undefined && { cure }),
    },
    details,
  };
}

/** The message of `error` in the words of `door`: *where*: *argument* must *rule*, got *value*; *cure*. */
export function errorInWords(error: ScalingLawsError, door: Door): string {
  return error.rule === undefined ? error.message : breachInWords(error as Breach, door);
}

function breachInWords({ where, argument, rule, got, cure }: Breach, door: Door): string {
  const place = where === undefined ? '' : `${where}: `;
  const advice = cure === undefined ? '' : `; ${worded(cure, door)}`;
  return `${place}${door({ option: argument })} must ${rule}, got ${shown(got)}${advice}`;
}

/** The error for an argument that breaks a rule: `data.unique must be above 0, got -1`; code `E_ARGUMENT`. */
export function refusal(argument: string, rule: string, got: unknown, cure?: Sentence): ScalingLawsError {
  return new ScalingLawsError('E_ARGUMENT', { argument, rule, got, ...(cure !== undefined && { cure }) });
}

/** What takes more characters than this is cut, or called by what it is, in a message. */
const LONGEST_SHOWN = 60;

/** A value as a message shows it: text as it is, small lists and objects as JSON, larger ones by what they are. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return shownObject(value);
  const text = typeof value === 'string' && value.trim() === '' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function shownObject(value: object): string {
  const parts: readonly unknown[] = Object.values(value);
  const small =
    parts.length > 0 && parts.length < 8 && parts.every((part) => typeof part !== 'object' || part === null);
  if (!small) return Array.isArray(value) ? 'a list' : 'an object';
  const text = Array.isArray(value) ? `[${parts.map(shown).join(', ')}]` : JSON.stringify(value);
  if (text.length <= LONGEST_SHOWN) return text;
  return Array.isArray(value) ? 'a list' : 'an object';
}
