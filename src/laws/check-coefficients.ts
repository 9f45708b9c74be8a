/** Whether coefficients are those of a law: all there, finite, inside its bounds. */

import { ScalingLawsError } from '../errors.ts';
import type { Coefficients, LawForm } from './law.ts';

/**
 * Checks that `coefficients` are all that `law` needs, finite and inside its bounds.
 *
 * @throws {ScalingLawsError} `E_LAW_COEFFICIENTS`, naming the coefficient and its bounds.
 */
export function checkCoefficients(law: LawForm, coefficients: Coefficients): void {
  for (const name of law.coefficients) {
    const [low, high] = law.bounds[name]!;
    const value: unknown = (coefficients as Coefficients | undefined)?.[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) continue;
    throw new ScalingLawsError(
      'E_LAW_COEFFICIENTS',
      { where: law.kind, argument: name, rule: `be ${ruleOf(low, high)}`, got: value },
      {
        law: law.kind,
        coefficient: name,
        value,
      },
    );
  }
}

function ruleOf(low: number, high: number): string {
  if (high < Number.POSITIVE_INFINITY) return `a number from ${low} to ${high}`;
  return low > Number.NEGATIVE_INFINITY ? `a finite number >= ${low}` : 'a finite number';
}
