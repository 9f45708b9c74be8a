/** Every JSON Schema that the package ships, by the name of its file in `dist/schema`. */

import type { JsonSchema } from './json-schema.ts';
import { loaded } from '../../../src/cli/commands.ts';
import { fitSchema } from '../../../src/fit/saved-fit.ts';
import { manifest } from '../../../src/node/manifest.ts';
import { planProblem } from '../../../src/plan/problem.ts';
import { planSchema } from '../../../src/plan/saved-plan.ts';
import { bootstrapSchema } from '../../../src/uncertainty/saved-bootstrap.ts';
import { configSchema } from './config.ts';
import { jsonSchemaOf } from './json-schema.ts';

const idOf = (name: string): string => `scaling-laws/schema/${name}.json`;

/** The schemas. */
export const jsonSchemas: Readonly<Record<string, JsonSchema>> = {
  problem: jsonSchemaOf(planProblem, idOf('problem'), 'A problem for plan'),
  manifest: jsonSchemaOf(manifest, idOf('manifest'), 'Which files hold the runs, and how to read them'),
  config: configSchema(idOf('config'), await loaded()),
  fit: jsonSchemaOf(fitSchema, idOf('fit'), 'A saved fit'),
  plan: jsonSchemaOf(planSchema, idOf('plan'), 'A saved plan'),
  bootstrap: jsonSchemaOf(bootstrapSchema, idOf('bootstrap'), 'A saved bootstrap'),
};
