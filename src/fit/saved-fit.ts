/** What a saved fit holds, for the loader and for the JSON Schema of the format. A field that a later version adds is kept, not refused. */

import { savedFindings } from '../judge/saved-finding.ts';
import { LOSS_UNITS } from '../loss-unit.ts';
import { penaltyForms, space } from '../objective/penalty.ts';
import { savedReading } from '../runs/saved-reading.ts';
import { byName, choice, custom, finite, integer, list, text, yes } from '../schema/fields.ts';
import { openObject, optional, orNull, variants } from '../schema/objects.ts';
import { format } from '../schema/saved.ts';
import { fitFields } from './options.ts';
import { savedUncertainty } from './saved-uncertainty.ts';

/** Format of a saved fit. The number rises when a field changes its meaning; older files keep loading or are refused by name. */
export const FIT_SCHEMA = 'scaling-laws/fit@1';

const count = integer({}, 0);
const any = custom<unknown>('be given', () => true);
/** Two numbers; null stands for what the rows do not know. */
const span = custom<readonly [number, number]>(
  'be a pair of numbers',
  (value) => Array.isArray(value) && value.length === 2 && value.every((end) => end === null || Number.isFinite(end)),
);
/* @__NO_SIDE_EFFECTS__ */
const numbers = <N extends string>(...names: readonly N[]): Record<N, typeof anyNumber> =>
  Object.fromEntries(names.map((name) => [name, anyNumber])) as Record<N, typeof anyNumber>;
const anyNumber = finite();

/** One pure call, so that a bundle which loads no saved fit has none of it. */
/* @__NO_SIDE_EFFECTS__ */
function savedFit() {
  const { prior, fixed, tied, bounds, search, weights } = fitFields;
  const perhaps = orNull(finite());
  const status = variants('status', {
    converged: {},
    'at-bound': {
      coefficients: list(openObject('bound', { name: text(), bound: choice(['lower', 'upper']), value: finite() })),
    },
    unidentified: { coefficients: list(text()) },
    'not-converged': {},
  });

  return openObject('saved fit', {
    schema: format(FIT_SCHEMA),
    version: text({ help: 'Version of the package that made it.' }),
    law: text({ help: 'Name of the law.' }),
    coefficients: byName(finite(), { help: 'Coefficients of the law.' }),
    lossUnit: optional(choice(LOSS_UNITS, { help: 'Unit of the losses; nats per token if absent.' })),
    objective: openObject('objective', {
      value: finite({ help: 'What the fit made small.' }),
      penalty: penaltyForms,
      space,
    }),
    prior: optional(openObject('prior', { objective: finite(), departures: list(finite()) })),
    status,
    warnings: savedFindings,
    starts: openObject('starts', { tried: count, converged: count, atBest: count }),
    rivals: optional(
      list(openObject('rival', { coefficients: byName(finite()), objective: finite(), starts: count })),
      [],
    ),
    fittedRange: openObject('fittedRange', { N: span, D: span, C: span, tokensPerParam: span, loss: span }),
    residuals: openObject(
      'residuals',
      numbers('mean', 'median', 'standardDeviation', 'medianAbsolute', 'min', 'max', 'worstRow'),
    ),
    quality: openObject('quality', numbers('r2', 'meanAbsoluteRelativeError')),
    noise: optional(
      openObject('noise', {
        ...numbers('residual', 'effectiveRows'),
        ...{ rows: count, runs: count, between: perhaps, within: perhaps, icc: perhaps, correlated: yes() },
      }),
    ),
    uncertainty: optional(savedUncertainty()),
    runs: openObject('runs', {
      read: count,
      kept: count,
      dropped: list(
        openObject('dropped', { filter: openObject('filter', { kind: text() }), rows: count, runs: count }),
      ),
      digest: text({ help: 'Fingerprint of the rows kept.' }),
      columns: optional(byName(any, { help: 'Headers that fields were read from.' })),
      rows: optional(list(span, { help: 'Source numbers of the rows kept, as spans.' })),
      convention: optional(openObject('convention', {})),
      reading: optional(savedReading),
    }),
    options: openObject('options', {
      law: text(),
      weights,
      penalty: penaltyForms,
      space,
      fixed,
      tied,
      bounds,
      prior,
      engine: text(),
      search,
    }),
  });
}

/** A saved fit. */
export const fitSchema = savedFit();
