/** What a saved bootstrap holds, for the loader and for the JSON Schema of the format. A field that a later version adds is kept, not refused. */

import { replicateFields } from '../fit/saved-uncertainty.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import { type OwnLaws, revived } from '../laws/from-json.ts';
import { LOSS_UNITS } from '../loss-unit.ts';
import { byName, choice, finite, text } from '../schema/fields.ts';
import { openObject, optional } from '../schema/objects.ts';
import { format, loaded } from '../schema/saved.ts';
import { BOOTSTRAP_SCHEMA, type Bootstrap } from './bootstrap.ts';

/** One pure call, so that a bundle which loads no bootstrap has none of it. */
/* @__NO_SIDE_EFFECTS__ */
function savedBootstrap() {
  return openObject('saved bootstrap', {
    schema: format(BOOTSTRAP_SCHEMA),
    law: text({ help: 'Name of the law.' }),
    coefficients: byName(finite(), { help: "The law's coefficients, each in its own unit." }),
    lossUnit: optional(choice(LOSS_UNITS, { help: 'Unit of the losses; nats per token if absent.' })),
    fittedRange: optional(openObject('fittedRange', {})),
    ...replicateFields(),
  });
}

/** A saved bootstrap. */
export const bootstrapSchema = savedBootstrap();

/**
 * Loads a saved bootstrap.
 *
 * @param json - Text of a saved bootstrap, or the object parsed from it.
 * @param own - Laws of your own that it may be of: `{ laws: [mine] }`.
 * @returns The bootstrap, frozen.
 * @throws {ScalingLawsError} `E_FORMAT`, which names the field, if it is no bootstrap, a damaged one, or one of another schema version.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const boot = bootstrap(fitScalingLaw(runs), runs, { replicates: 20 });
 * bootstrapFromJson(JSON.stringify(boot)).replicates // => 20
 */
export function bootstrapFromJson<Name extends string = ChinchillaCoefficient>(
  json: string | object,
  own: OwnLaws = {},
): Bootstrap<Name> {
  return revived(loaded('E_FORMAT', bootstrapSchema, json) as unknown as Bootstrap<Name>, own);
}
