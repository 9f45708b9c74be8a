/**
 * What a saved fit, bootstrap and plan hold, for their JSON Schemas. A later version may add fields, so further ones are let through; that
 * what is named here is what the library writes is held by the compiler, at the end.
 */

import * as v from 'valibot';
import { BOOTSTRAP_SCHEMA, type Bootstrap, FIT_SCHEMA, type Fit, PLAN_SCHEMA, type Plan, type ValueSpan } from '../../../src/index.ts';
import { convention } from '../../../src/runs/convention.ts';
import { finite, integer, list, text } from '../../../src/schema/fields.ts';

type Part = v.GenericSchema;

const said = <S extends Part>(schema: S, help: string) => v.pipe(schema, v.metadata({ help }));
const number = (help: string): v.GenericSchema<number> => finite({ help });
const whole = (help: string): v.GenericSchema<number> => integer({ help }, 0);
const byName = v.record(v.string(), finite());
const span = (unit: string): v.GenericSchema<ValueSpan> =>
  said(v.strictTuple([finite(), finite()]), `Least and greatest, ${unit}.`);
/** Not known, or so far off that JSON has no number for it. */
const orNull = <S extends Part>(schema: S) => v.nullable(schema);

const finding = v.object({
  code: said(v.pipe(v.string(), v.regex(/^W_/)), 'Stable code of the condition.'),
  severity: v.picklist(['error', 'warning', 'note']),
  message: said(v.string(), 'A sentence for a person.'),
});
const findings = said(list(finding), 'What is to be known about the result.');

const range = v.object({
  N: v.optional(span('parameters')),
  D: v.optional(span('tokens')),
  C: v.optional(span('FLOPs')),
  tokensPerParam: v.optional(span('tokens per parameter')),
});

const law = {
  law: text({ help: 'Name of the law.' }),
  coefficients: said(byName, "The law's coefficients, each in its own unit."),
};

/** A saved fit. */
export const savedFit = v.object({
  schema: v.literal(FIT_SCHEMA),
  version: text({ help: 'Version of the package that made it.' }),
  ...law,
  objective: v.object({
    value: number('Sum over rows of weight x penalty(residual).'),
    penalty: v.object({ kind: v.picklist(['huber', 'squared', 'absolute']) }),
    space: v.picklist(['log', 'linear']),
  }),
  status: v.object({ kind: v.picklist(['converged', 'at-bound', 'unidentified', 'not-converged']) }),
  warnings: findings,
  starts: v.object({
    tried: whole('Descents made.'),
    converged: whole('Descents that ended in a local minimum.'),
    atBest: whole('Descents that ended at the best objective with the same coefficients.'),
  }),
  rivals: v.optional(
    said(
      list(v.object({ coefficients: byName, objective: finite(), starts: integer({}, 0) })),
      'Minima with other coefficients within 1% of the best objective.',
    ),
  ),
  fittedRange: v.object({ ...range.entries, loss: span('nats per token') }),
  residuals: said(v.object({ worstRow: whole('Source row of the largest residual.') }), 'Predicted minus observed.'),
  quality: v.object({
    r2: orNull(number('Share of the variance of the loss that the law explains.')),
    meanAbsoluteRelativeError: number('Mean of |observed - predicted| / observed.'),
  }),
  runs: v.object({
    read: whole('Rows before the filters.'),
    kept: whole('Rows after the filters.'),
    dropped: list(
      v.object({ filter: v.object({ kind: v.string() }), rows: integer({}, 0), runs: integer({}, 0) }),
    ),
    digest: said(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), 'Fingerprint of the rows kept.'),
    convention: v.optional(convention),
  }),
  options: said(v.object({ law: v.string() }), 'What was asked, with every default filled in.'),
});

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
  (fit: Fit<string>) => v.InferInput<typeof savedFit>,
  (bootstrap: Bootstrap<string>) => v.InferInput<typeof savedBootstrap>,
  (plan: Plan) => v.InferInput<typeof savedPlan>,
] = [(fit) => fit, (bootstrap) => bootstrap, (plan) => plan];
