/** Checks on numbers that a caller hands in, with one grammar of message for all of them. */

import type { ErrorCode, ErrorDetails, ScalingLawsError } from './errors.ts';

type ErrorClass = new (code: ErrorCode, message: string, details?: ErrorDetails) => ScalingLawsError;

/**
 * `value`, if it is a positive finite number.
 *
 * @param name - Name of the argument in the message.
 * @param unit - What it counts: `parameters`, `tokens`, `FLOPs`.
 * @throws `error` with code `E_ARGUMENT`: `N must be a positive finite number of parameters, got -3`.
 */
export function positive(error: ErrorClass, name: string, unit: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new error('E_ARGUMENT', `${name} must be a positive finite number of ${unit}, got ${String(value)}`, {
    argument: name,
    value,
  });
}

/** As {@link positive}, but 0 is allowed too: `Dinf must be a finite number of tokens, 0 or more, got -1`. */
export function notNegative(error: ErrorClass, name: string, unit: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new error('E_ARGUMENT', `${name} must be a finite number of ${unit}, 0 or more, got ${String(value)}`, {
    argument: name,
    value,
  });
}

/** `value`, if it is in (0, 1]. */
export function share(error: ErrorClass, name: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value;
  throw new error('E_ARGUMENT', `${name} must be above 0 and at most 1, got ${String(value)}`, {
    argument: name,
    value,
  });
}

/** The error for an argument that breaks a rule of its own: `data.unique must be above 0, got -1`; code `E_ARGUMENT`. */
export function refusal(error: ErrorClass, name: string, rule: string, value: unknown): ScalingLawsError {
  return new error('E_ARGUMENT', `${name} must be ${rule}, got ${String(value)}`, { argument: name, value });
}

/** `value`, if it is an object with fields: `demand must be an object, got 2T`; lists and null are none. */
export function recordOf<T extends object>(error: ErrorClass, name: string, value: T): T {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refusal(error, name, 'an object', Array.isArray(value) ? 'a list' : value);
}

/** `value`, if it is a list: `constraints must be a list, got an object`. */
export function listOf<T>(error: ErrorClass, name: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value;
  throw refusal(error, name, 'a list', typeof value === 'object' && value !== null ? 'an object' : value);
}

/**
 * Refuses misspelt options, which would otherwise be ignored in silence.
 *
 * @throws `error` with code `E_OPTION`: `fit options must be among law, filters, penalty, got penalties`; `E_ARGUMENT` unless `given` is an
 *   object.
 */
export function onlyKnown(error: ErrorClass, where: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(recordOf(error, where, given))) {
    if (known.includes(name)) continue;
    throw new error('E_OPTION', `${where} must be among ${known.join(', ')}, got ${name}`, {
      option: where,
      value: name,
    });
  }
}
