/** A law with numbers in it, checked once, ready to be asked. */

import { LawError } from '../errors.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Coefficients } from '../laws/law.ts';
import { checkCoefficients, lawNamed } from '../laws/registry.ts';

/**
 * The coefficients of `law`, checked.
 *
 * @throws {LawError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; the latter also for a law of another form than Chinchilla's.
 */
export function chinchillaCoefficients(law: FittedLaw): Coefficients<ChinchillaCoefficient> {
  const form = lawNamed(law.law);
  if (form.kind !== 'chinchilla') {
    throw new LawError('E_LAW_COEFFICIENTS', `law must be of the form chinchilla here, got ${form.kind}`, {
      law: form.kind,
    });
  }
  checkCoefficients(form, law.coefficients);
  return law.coefficients;
}
