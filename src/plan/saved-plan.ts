/** What a saved plan holds, for the loader and for the JSON Schema of the format. A field that a later version adds is kept, not refused. */

import { savedFindings } from '../judge/saved-finding.ts';
import { byName, finite, list, text, yes } from '../schema/fields.ts';
import { openObject, optional, orNull } from '../schema/objects.ts';
import { format } from '../schema/saved.ts';
import { PLAN_SCHEMA } from './plan.ts';

/** One pure call, so that a bundle which loads no plan has none of it. */
/* @__NO_SIDE_EFFECTS__ */
function savedPlan() {
  const number = (help: string) => finite({ help });
  const cost = openObject(
    'cost',
    {
      training: number('Training.'),
      prefill: number('Reading prompts.'),
      decode: number('Writing answers.'),
      total: number('All of it.'),
    },
    { help: 'In the unit of the plan.' },
  );
  const also = optional(cost);
  const model = {
    N: number('Parameters.'),
    D: number('Training tokens.'),
    loss: number('Nats per token.'),
    tokensPerParam: number('D / N.'),
    cost,
    accounts: openObject('accounts', { flops: cost, gpuHours: also, dollars: also, energy: also, carbon: also }),
    breaks: list(text(), { help: 'Constraints that the model breaks.' }),
    extrapolation: orNull(yes({ help: 'It lies outside the runs behind the law.' })),
    outside: list(text(), { help: 'Quantities in which it does.' }),
  };
  const interval = openObject('interval', { estimate: finite(), lower: finite(), upper: finite() });
  const limit = { constraint: text({ help: 'Which limit.' }), unit: text(), limit: finite() };
  const sizes = (help: string) => list(finite(), { help, least: 2 });

  return openObject('saved plan', {
    schema: format(PLAN_SCHEMA),
    version: text({ help: 'Version of the package that made it.' }),
    problem: openObject(
      'problem',
      {
        law: openObject('law', { law: text(), coefficients: byName(finite()) }),
        goal: openObject('goal', { kind: text() }),
      },
      { help: 'What was asked; plan(problem) gives this plan again.' },
    ),
    unit: text({ help: 'Unit of the costs.' }),
    ...model,
    chinchilla: openObject('chinchilla', model, {
      help: 'What compute-optimal training alone would choose for the same loss.',
    }),
    unconstrained: orNull(openObject('unconstrained', model, { help: 'The optimum without constraints.' })),
    saving: openObject('saving', { overChinchilla: finite(), overMatched: orNull(finite()) }),
    ratios: openObject('ratios', { N: finite(), D: finite(), cost: finite() }),
    constraints: list(openObject('constraint', { ...limit, value: finite() })),
    binding: list(openObject('binding', { ...limit, spares: text(), shadowPrice: finite(), perPercent: finite() })),
    flat: openObject('flat', {
      within1Percent: sizes('Sizes at which the loss costs 1% more at most.'),
      within5Percent: sizes('Sizes at which the loss costs 5% more at most.'),
    }),
    epochs: orNull(number('Passes over the unique tokens.')),
    intervals: orNull(openObject('intervals', { N: interval, D: interval, cost: interval, saving: interval })),
    demandRisk: orNull(openObject('demandRisk', {})),
    warnings: savedFindings,
  });
}

/** A saved plan. */
export const planSchema = savedPlan();
