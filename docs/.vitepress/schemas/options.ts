/** The options of the calls that the pages are about, by the name in the marks of their tables. */

import { ablationPlan } from '../../../src/ablate/plan.ts';
import { fitOptions } from '../../../src/fit/options.ts';
import { deployment } from '../../../src/inference/deployment.ts';
import { training } from '../../../src/inference/training-hardware.ts';
import { planProblem } from '../../../src/plan/problem.ts';
import { ablationForestOptions, errorMapOptions, svgOptions } from '../../../src/plot/options.ts';
import { lossSurfaceOptions } from '../../../src/plot/loss-surface.ts';
import { reportOptions } from '../../../src/report/report-html.ts';
import { readRunsOptions } from '../../../src/runs/read-runs.ts';
import type { Field } from '../../../src/schema/fields.ts';
import { bootstrapOptions } from '../../../src/uncertainty/bootstrap.ts';
import { intervalOptions } from '../../../src/uncertainty/intervals.ts';

/** Schemas by name. */
export const optionSchemas: Readonly<Record<string, Field>> = {
  ablationForestOptions,
  ablationPlan,
  bootstrapOptions,
  deployment,
  errorMapOptions,
  fitOptions,
  intervalOptions,
  lossSurfaceOptions,
  planProblem,
  readRunsOptions,
  reportOptions,
  svgOptions,
  training,
};
