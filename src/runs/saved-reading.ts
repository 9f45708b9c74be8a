/** What a saved fit says of the table that it was made from, for the loader. */

import { GIVEN_LOSS_UNITS, LOSS_UNITS } from '../loss-unit.ts';
import { byName, choice, custom, integer, list, text } from '../schema/fields.ts';
import { openObject, optional } from '../schema/objects.ts';
import { DECIMALS } from './quantity.ts';

const any = custom<unknown>('be given', () => true);

/** A reading, as a fit saves it. */
export const savedReading = /* @__PURE__ */ openObject('reading', {
  quantities: byName(
    openObject('quantity', {
      from: choice(['choice', 'heading', 'constant', 'formula']),
      columns: optional(list(text())),
      formula: optional(text()),
      unit: optional(text()),
      scale: optional(any),
      others: optional(list(text())),
    }),
    { help: 'Where each quantity came from.' },
  ),
  lossGiven: choice(GIVEN_LOSS_UNITS, { help: 'Unit of the losses in the table.' }),
  lossUnit: choice(LOSS_UNITS, { help: 'Unit of the losses that were read.' }),
  decimal: optional(choice(DECIMALS)),
  leftOut: byName(integer({}, 0), { help: 'Rows left out, by reason.' }),
  options: byName(any, { help: 'Options that read the table in this way again, beside the columns.' }),
});
