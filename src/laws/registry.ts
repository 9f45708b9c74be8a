/** Every law by name. Adding a law: its file, one line here, one test with published values, one docs page. */

import { LawError } from '../errors.ts';
import { chinchilla } from './chinchilla.ts';
import type { Coefficients, Law } from './law.ts';

/** Laws by their `kind`. */
export const laws: { readonly chinchilla: typeof chinchilla } = { chinchilla };

/** Name of a law in the registry. */
export type LawName = keyof typeof laws;

/** The law that a fit uses unless told otherwise (Hoffmann et al. 2022). */
export const DEFAULT_LAW: LawName = 'chinchilla';

/**
 * The law called `name`.
 *
 * @throws {LawError} `E_LAW_UNKNOWN`, with the names there are.
 */
export function lawNamed(name: string): Law {
  if (Object.hasOwn(laws, name)) return laws[name as LawName] as Law;
  throw new LawError('E_LAW_UNKNOWN', `law must be one of ${Object.keys(laws).join(', ')}, got ${name}`, {
    law: name,
    known: Object.keys(laws),
  });
}

/**
 * Checks that `coefficients` are all that `law` needs, finite and inside its bounds.
 *
 * @throws {LawError} `E_LAW_COEFFICIENTS`, naming the coefficient and its bounds.
 */
export function checkCoefficients(law: Law, coefficients: Coefficients): void {
  for (const name of law.coefficients) {
    const [low, high] = law.bounds[name]!;
    const value: unknown = coefficients[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) continue;
    const rule = high === Number.POSITIVE_INFINITY ? `a finite number >= ${low}` : `a number from ${low} to ${high}`;
    throw new LawError('E_LAW_COEFFICIENTS', `${law.kind}: ${name} must be ${rule}, got ${String(value)}`, {
      law: law.kind,
      coefficient: name,
      value,
    });
  }
}
