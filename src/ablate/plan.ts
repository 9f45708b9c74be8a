/** What an ablation is told: the options of the fits, with lists where something is to vary, and what to ask of each fit. */

import { fitFields } from '../fit/options.ts';
import { holdOuts } from '../hold-out/split.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, LawName } from '../laws/registry.ts';
import type { PlanePoint } from '../predict/predictor.ts';
import { byName, custom, finite, list } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { bootstrapOptions, onProgress, signal } from '../uncertainty/bootstrap.ts';
import type { OptimumTarget } from './answers.ts';
import { type OneOrMore, oneOrMore, variedFilters } from './vary.ts';

const point = custom<PlanePoint>('be a point', (value) => typeof value === 'object' && value !== null);
const target = custom<OptimumTarget>(
  'be a budget, or a loss with a demand',
  (value) => typeof value === 'object' && value !== null,
);

/** Options of the fits, with lists where something is to vary, and what to ask of each fit. */
export const ablationPlan = object('ablation plan', {
  ...fitFields,
  filters: variedFilters,
  law: oneOrMore(fitFields.law),
  penalty: oneOrMore(fitFields.penalty),
  space: oneOrMore(fitFields.space),
  weights: oneOrMore(fitFields.weights),
  holdOut: optional(holdOuts),
  bootstrap: optional(
    object(
      'bootstrap',
      {
        replicates: bootstrapOptions.entries.replicates,
        resample: bootstrapOptions.entries.resample,
        seed: bootstrapOptions.entries.seed,
      },
      { help: 'Bootstraps every fit, for intervals.' },
    ),
  ),
  predictAt: optional(list(point, { help: 'Points at which every fit predicts the loss.' })),
  optimumAt: optional(list(target, { help: 'Budgets, or losses with demands, whose optimum every fit is asked for.' })),
  given: optional(
    byName(finite(), {
      help: 'What the law reads beside N, D and C at all these points.',
      placeholder: 'name=value,...',
    }),
  ),
  signal: optional(signal),
  onProgress: optional(onProgress),
});
/** What `ablate` is told. */
export type AblationPlan<L extends OneOrMore<LawName | LawForm> = OneOrMore<LawName | LawForm>> = Omit<
  Given<typeof ablationPlan>,
  'law'
> & { readonly law?: L | undefined };

/** Coefficients of the fits of a plan: those of its law; of a list of laws, whatever each has. */
export type AblationCoefficient<L extends OneOrMore<LawName | LawForm>> = L extends LawName | LawForm
  ? CoefficientOf<L>
  : string;
