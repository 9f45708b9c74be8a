/** A law of the caller: made like those of the library, and checked. */

import { check } from '../schema/check.ts';
import { custom } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { type LawDefinition, defineLaw as lawFrom } from './built-in.ts';
import { checkForm, checkShape } from './check-form.ts';
import type { Coefficient } from './coefficient.ts';
import { gradientByDifferences } from './differences.ts';
import type { Law } from './law.ts';

const anything = optional(custom<unknown>('be anything', () => true));
/** Names that a definition and a coefficient may have; what stands under them is checked with the whole law. */
const definitionNames = object('law definition', {
  kind: anything,
  variables: anything,
  coefficients: anything,
  equation: anything,
  source: anything,
  value: anything,
  gradient: anything,
  kernel: anything,
  example: anything,
} satisfies Record<keyof LawDefinition<string, string>, unknown>);
const coefficientNames = object('coefficient', {
  role: anything,
  unit: anything,
  bounds: anything,
  scale: anything,
  linear: anything,
  scan: anything,
  of: anything,
  exponent: anything,
} satisfies Record<keyof Coefficient, unknown>);

/**
 * Makes a law, to be given wherever a law is asked for.
 *
 * @param definition - What cannot be derived. Names of coefficients and variables follow from it, and are checked by TypeScript.
 * @throws {ScalingLawsError} `E_LAW_FORM` if it is ill-formed. Whether `value` is finite and `gradient` its derivative is tried at the first fit.
 * @example
 * const falling = defineLaw({
 *   kind: 'falling-exponential',
 *   variables: ['D'],
 *   coefficients: { E: floor(), A: scale([1e-3, 1e3], { linear: true }), tokens: scale([1e6, 1e15]) },
 *   equation: 'L(D) = E + A exp(-D / tokens)',
 *   source: 'an example',
 *   value: ({ E, A, tokens }, { D }) => E + A * Math.exp(-D / tokens),
 * });
 * falling.value({ E: 2, A: 1, tokens: 1e10 }, { D: 1e10 }) // => 2.3679
 */
/* @__NO_SIDE_EFFECTS__ */
export function defineLaw<Name extends string, const Variable extends string>(
  definition: LawDefinition<Name, Variable>,
): Law<Name> {
  check(definitionNames, definition ?? {});
  for (const [name, record] of Object.entries(definition?.coefficients ?? {})) {
    check(coefficientNames, record, `coefficients.${name}`);
  }
  const law: Law<Name> = lawFrom<Name, Variable>({
    ...definition,
    gradient: definition?.gradient ?? ((c, point, out) => differences(c, point, out)),
    check: checkForm,
  });
  const differences = gradientByDifferences(law);
  return checkShape(law);
}
