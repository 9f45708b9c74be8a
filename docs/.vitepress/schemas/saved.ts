/**
 * What a saved bootstrap and a saved plan hold, for their JSON Schemas. A later version may add fields, so further ones are let through; that
 * what is named here is what the library writes is held by the compiler, at the end.
 */

import * as v from 'valibot';
import { BOOTSTRAP_SCHEMA, type Bootstrap, PLAN_SCHEMA, type Plan } from '../../../src/index.ts';
import { finite, integer, list, text } from '../../../src/schema/fields.ts';

type Part = v.GenericSchema;

const said = <S extends Part>(schema: S, help: string) => v.pipe(schema, v.metadata({ help }));
const number = (help: string): v.GenericSchema<number> => finite({ help });
const whole = (help: string): v.GenericSchema<number> => integer({ help }, 0);
const byName = v.record(v.string(), finite());
/** Not known, or so far off that JSON has no number for it. */
const orNull = <S extends Part>(schema: S) => v.nullable(schema);

const finding = v.object({
  code: said(v.pipe(v.string(), v.regex(/^W_/)), 'Stable code of the condition.'),
  severity: v.picklist(['error', 'warning', 'note']),
  message: said(v.string(), 'A sentence for a person.'),
});
const findings = said(list(finding), 'What is to be known about the result.');

const law = {
  law: text({ help: 'Name of the law.' }),
  coefficients: said(byName, "The law's coefficients, each in its own unit."),
};

const draws = v.record(v.string(), list(orNull(finite())));

/** A saved bootstrap. */
export const savedBootstrap = v.object({
  schema: v.literal(BOOTSTRAP_SCHEMA),
  ...law,
  resample: text({ help: 'What was drawn: rows, runs, sizes or residuals.' }),
  seed: integer({ help: 'Seed of the draws.' }),
  replicates: whole('Re-fits.'),
  units: whole('Rows, runs or sizes that were drawn from.'),
  degreesOfFreedom: number('Units less the coefficients that were free.'),
  jumped: whole('Replicates whose optimum lies in another basin.'),
  failed: whole('Replicates that ended in no minimum.'),
  draws: said(draws, 'Each coefficient over the replicates.'),
  jackknife: said(draws, 'Each coefficient with one unit left out.'),
});

const cost = v.object({
  training: number('Training.'),
  prefill: number('Reading prompts.'),
  decode: number('Writing answers.'),
  total: number('All of it.'),
});
const model = {
  N: number('Parameters.'),
  D: number('Training tokens.'),
  loss: number('Nats per token.'),
  tokensPerParam: number('D / N.'),
  cost: said(cost, 'In the unit of the plan.'),
};

/** A saved plan. */
export const savedPlan = v.object({
  schema: v.literal(PLAN_SCHEMA),
  version: text({ help: 'Version of the package that made it.' }),
  problem: said(v.object({ law: v.object({ law: v.unknown(), coefficients: byName }) }), 'What was asked; plan(problem) gives this plan again.'),
  unit: text({ help: 'Unit of the costs.' }),
  ...model,
  chinchilla: said(v.object(model), 'What compute-optimal training alone would choose for the same loss.'),
  unconstrained: said(orNull(v.object(model)), 'The optimum without constraints.'),
  saving: v.object({ overChinchilla: finite(), overMatched: orNull(finite()) }),
  ratios: v.object({ N: finite(), D: finite(), cost: finite() }),
  constraints: list(v.object({ constraint: v.string(), unit: v.string(), limit: finite(), value: finite() })),
  binding: list(v.object({ constraint: v.string() })),
  epochs: said(orNull(finite()), 'Passes over the unique tokens.'),
  warnings: findings,
});

/** The compiler's part: what the library makes has these fields, of these types. */
export const HELD: readonly [
  (bootstrap: Bootstrap<string>) => v.InferInput<typeof savedBootstrap>,
  (plan: Plan) => v.InferInput<typeof savedPlan>,
] = [(bootstrap) => bootstrap, (plan) => plan];
