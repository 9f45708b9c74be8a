/** Checks on numbers that a caller hands in, with one grammar of message for all of them. */

import { refusal, ScalingLawsError } from './errors.ts';

/**
 * `value`, if it is a positive finite number.
 *
 * @param name - Name of the argument in the message.
 * @param unit - What it counts: `parameters`, `tokens`, `FLOPs`.
 * @throws {ScalingLawsError} `E_ARGUMENT`: `N must be a positive finite number of parameters, got -3`.
 */
export function positive(name: string, unit: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw refusal(name, `be a positive finite number of ${unit}`, value);
}

/** As {@link positive}, but 0 is allowed too: `Dinf must be a finite number of tokens, 0 or more, got -1`. */
export function notNegative(name: string, unit: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw refusal(name, `be a finite number of ${unit}, 0 or more`, value);
}

/** `value`, if it is in (0, 1]. */
export function share(name: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value;
  throw refusal(name, 'be above 0 and at most 1', value);
}

/** `value`, if it is an object with fields: `demand must be an object, got 2T`; lists and null are none. */
export function recordOf<T extends object>(name: string, value: T): T {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refusal(name, 'be an object', value);
}

/** `value`, if it is a list: `constraints must be a list, got an object`. */
export function listOf<T>(name: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value;
  throw refusal(name, 'be a list', value);
}

/**
 * Refuses misspelt options, which would otherwise be ignored in silence.
 *
 * @throws {ScalingLawsError} `E_OPTION`: `fit options must be among law, filters, penalty, got "penalties"`; `E_ARGUMENT` unless `given` is an
 *   object.
 */
export function onlyKnown(where: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(recordOf(where, given))) {
    if (known.includes(name)) continue;
    throw new ScalingLawsError('E_OPTION', { argument: where, rule: `be among ${known.join(', ')}`, got: name });
  }
}
