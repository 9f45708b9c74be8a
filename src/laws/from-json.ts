/** Laws with coefficients from text, where a law can only be named. */

import { recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { check } from '../schema/check.ts';
import { custom, list } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { type FittedLaw, lawBehind, withLaw } from './fitted-law.ts';
import type { LawForm } from './law.ts';
import { lawNamed } from './registry.ts';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What text may name beside the laws of the library. */
const ownLaws = object('laws of your own', {
  laws: optional(
    list(custom<LawForm>('be a law made by defineLaw', isObject), { help: 'Laws of your own, made by defineLaw.' }),
    [],
  ),
});

/** What text may name beside the laws of the library. */
export type OwnLaws = Given<typeof ownLaws>;

/**
 * `data` parsed from JSON, with the law that it names.
 *
 * @param data - `{ law, coefficients }` and whatever else; a copy is made.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; `E_ARGUMENT` for no such object.
 */
export function revived<T extends FittedLaw<string>>(data: T, own: OwnLaws = {}): T {
  const { laws } = check(ownLaws, own);
  const { law } = recordOf('law', data);
  if (typeof law !== 'string') throw refusal('law.law', 'be the name of a law', law);
  const copy = withLaw(structuredClone(data), lawNamed(law, laws));
  lawBehind(copy);
  return deepFreeze(copy);
}

/**
 * Loads a law with coefficients: `{"law": "kaplan", "coefficients": {...}}`, a saved fit or a saved bootstrap.
 *
 * @param json - Text, or the object parsed from it.
 * @param own - Laws of your own that the text may name.
 * @returns The law, frozen, for `predictor`, `computeOptimal`, `plan`.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; `E_ARGUMENT` for text that is no such object.
 * @example
 * const law = lawFromJson('{"law": "power-law-c", "coefficients": {"E": 0.5066, "A": 47.7, "alpha": 0.0737}}');
 * law.coefficients.alpha // => 0.0737
 */
export function lawFromJson<T extends FittedLaw<string> = FittedLaw<string>>(
  json: string | object,
  own: OwnLaws = {},
): T {
  return revived((typeof json === 'string' ? parsed(json) : json) as T, own);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('law', 'be JSON', text);
  }
}
