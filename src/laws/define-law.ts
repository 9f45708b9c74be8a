/** A law of a user's own. */

import { recordOf } from '../arguments.ts';
import { checkForm } from './check-form.ts';
import { completeLaw } from './complete.ts';
import type { Law, LawForm } from './law.ts';

/**
 * Makes a law of your own, to be given wherever a law is asked for.
 *
 * @throws {ScalingLawsError} `E_LAW_FORM` if it is ill-formed; `E_ARGUMENT` for no object.
 */
export function defineLaw<Name extends string>(form: LawForm<Name>): Law<Name> {
  checkForm(recordOf('law', form) as unknown as LawForm, false);
  return completeLaw(form);
}
