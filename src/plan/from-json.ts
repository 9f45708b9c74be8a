/** Problems from text: a saved plan's, or one that is written by hand. */

import { recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { type OwnLaws, revived } from '../laws/from-json.ts';
import type { PlanProblem } from './problem.ts';

/**
 * Loads a problem whose law is named in text: `{"law": {"law": "chinchilla", "coefficients": {...}}, "goal": ...}`.
 *
 * @param json - Text, or the object parsed from it.
 * @param own - Laws of your own that the text may name.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; `E_ARGUMENT` for text that is no object. The rest is checked by `plan`.
 */
export function problemFromJson(json: string | object, own: OwnLaws = {}): PlanProblem {
  const data = recordOf('problem', typeof json === 'string' ? parsed(json) : json) as PlanProblem;
  return { ...data, law: revived(data.law, own) };
}

function parsed(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('problem', 'be JSON', text);
  }
}
