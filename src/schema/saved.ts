/** What the library saved, loaded again: text, or the object parsed from it, checked field by field. */

import { type Breach, type ErrorCode, ScalingLawsError } from '../errors.ts';
import { check } from './check.ts';
import { type Checked, type Field, fieldOf } from './fields.ts';

/** The field `schema` of something saved: the name of its format. */
/* @__NO_SIDE_EFFECTS__ */
export function format<const S extends string>(schema: S): Field<S> {
  return fieldOf('choice', `be ${schema}`, { help: 'Format of the file.', choices: [schema] });
}

/**
 * `json`, if it is what `field` describes.
 *
 * @param code - Code of the error if it is not.
 * @throws {ScalingLawsError} It names what is loaded and the field that is damaged: `saved fit: starts.tried must be ...`.
 */
export function loaded<F extends Field>(code: ErrorCode, field: F, json: string | object): Checked<F> {
  const where = field.title!;
  const data = typeof json === 'string' ? parsed(json) : json;
  if (data === undefined) {
    const got = JSON.stringify(String(json).slice(0, 40));
    throw new ScalingLawsError(code, `${where}: must be a JSON object, got ${got}`);
  }
  try {
    return check(field, { schema: 'no schema', ...data });
  } catch (error) {
    const { argument, rule, got } = error as Breach;
    throw new ScalingLawsError(code, { where, argument, rule, got });
  }
}

/** Undefined for what is no JSON and what is no object: a truncated file and a number alone are the same to the user. */
function parsed(text: string): object | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}
