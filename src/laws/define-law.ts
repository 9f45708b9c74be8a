/** A law of the caller: made like those of the library, and checked. */

import { type LawDefinition, defineLaw as lawFrom } from './built-in.ts';
import { checkShape } from './check-form.ts';
import { gradientByDifferences } from './differences.ts';
import { genericKernel } from './generic-kernel.ts';
import type { Law } from './law.ts';

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
  const law: Law<Name> = lawFrom<Name, Variable>({
    ...definition,
    gradient: definition?.gradient ?? ((c, point, out) => differences(c, point, out)),
    kernel: definition?.kernel ?? genericKernel,
  });
  const differences = gradientByDifferences(law);
  return checkShape(law);
}
