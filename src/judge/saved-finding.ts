/** Findings as they are saved with the result that they are about. */

import { byName, choice, custom, list, text } from '../schema/fields.ts';
import { openObject, optional } from '../schema/objects.ts';

const any = custom<unknown>('be given', () => true);

/** Findings of a saved result. Those of version 0.1 are sentences with a code. */
export const savedFindings = list(
  openObject('finding', {
    code: text({ help: 'Stable code of the condition.' }),
    severity: optional(choice(['error', 'warning', 'note']), 'warning'),
    about: optional(list(text()), []),
    message: text({ help: 'A sentence for a person.' }),
    evidence: optional(byName(any), {}),
    advice: optional(any),
  }),
  { help: 'What is to be known about the result.' },
);
