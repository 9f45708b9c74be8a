/** Problems and plans from text, where a law can only be named. */

import { refusal, ScalingLawsError } from '../errors.ts';
import { fitFromJson } from '../fit/fit.ts';
import { FIT_SCHEMA } from '../fit/saved-fit.ts';
import { deepFreeze } from '../freeze.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { lawFromJson, type OwnLaws, revived } from '../laws/from-json.ts';
import { publishedLaws } from '../laws/published.ts';
import { loaded } from '../schema/saved.ts';
import { BOOTSTRAP_SCHEMA } from '../uncertainty/bootstrap.ts';
import { bootstrapFromJson } from '../uncertainty/saved-bootstrap.ts';
import type { Plan } from './plan.ts';
import type { PlanProblem } from './problem.ts';
import { planSchema } from './saved-plan.ts';

/**
 * Loads a problem whose law is text: the name of a published law, `{"law": "chinchilla", "coefficients": {...}}`, a saved fit or bootstrap.
 *
 * @param json - Text, or the object parsed from it.
 * @param own - Laws of your own that the text may name.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; `E_ARGUMENT` for text that is no object. The rest is checked by `plan`.
 * @example
 * const problem = problemFromJson('{"law": "sardana-2024", "goal": {"kind": "loss", "loss": 1.947}, "demand": {"tokens": 2e12}}');
 * plan(problem).N // => 2.418e10
 */
export function problemFromJson(json: string | object, own: OwnLaws = {}): PlanProblem {
  const data = objectOf('problem', json) as PlanProblem;
  const law: unknown = data.law;
  return { ...data, law: lawSaved(law, own) };
}

/**
 * Loads a saved plan. Its problem carries its law again, so that `plan` can answer it anew.
 *
 * @param json - Text, or the object parsed from it.
 * @param own - Laws of your own that the text may name.
 * @throws {ScalingLawsError} `E_FORMAT`, which names the field, if it is no plan, a damaged one, or one of another schema version; as {@link problemFromJson}.
 */
export function planFromJson(json: string | object, own: OwnLaws = {}): Plan {
  const data = loaded('E_FORMAT', planSchema, json) as unknown as Plan;
  return deepFreeze({ ...structuredClone(data), problem: problemFromJson(data.problem, own) });
}

/** A law with coefficients; what says the schema of a fit or a bootstrap is checked as one. */
function lawSaved(law: unknown, own: OwnLaws): PlanProblem['law'] {
  if (typeof law === 'string') return revived(published(law), own);
  const { schema } = Object(law) as { readonly schema?: unknown };
  if (schema === FIT_SCHEMA) return fitFromJson(law as object, own);
  if (schema === BOOTSTRAP_SCHEMA) return bootstrapFromJson(law as object, own);
  return lawFromJson(law as object, own);
}

function published(name: string): FittedLaw<string> {
  const known = Object.values(publishedLaws);
  const found = known.find((law) => law.name === name);
  if (found) return found;
  const rule = `be one of ${known.map((law) => law.name).join(', ')}, or a law with coefficients`;
  throw new ScalingLawsError('E_LAW_UNKNOWN', { argument: 'problem.law', rule, got: name });
}

function objectOf(name: string, json: unknown): object {
  const data = typeof json === 'string' ? parsed(name, json) : json;
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  throw refusal(name, 'be an object', data);
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(name, 'be JSON', text);
  }
}
