/** A law with its coefficients, as an option of a call. Whether the coefficients are its own is checked where the law is known. */

import { custom } from '../schema/fields.ts';
import type { FittedLaw } from './fitted-law.ts';

/** A fit, one of `publishedLaws`, or `{ law, coefficients }`. */
export const fittedLaw = custom<FittedLaw<string>>(
  'be a law with coefficients',
  (value) => typeof value === 'object' && value !== null && 'coefficients' in value,
  { help: 'A law with coefficients: a fit, a published law, or your own.' },
);
