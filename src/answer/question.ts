/** What may be asked of a table of runs: a budget, and what the model will be asked in its life. */

import { fitFields } from '../fit/options.ts';
import { demandField } from '../inference/demand.ts';
import { byName, choice, finite, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { bootstrapOptions } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL, level } from '../uncertainty/intervals.ts';

/** Enough for ends that are printed to two digits; quick enough to be waited for. */
export const DEFAULT_ANSWER_REPLICATES = 400;

const { replicates, ...resampling } = bootstrapOptions.entries;

/** What is asked. */
export const answerQuestion = object('question', {
  C: positive('FLOPs', { help: 'FLOPs that may be spent.', flag: 'flops' }),
  demand: optional(demandField),
  budget: optional(
    choice(['lifetime', 'training'], {
      help: 'What the FLOPs pay for, training alone or the whole lifetime; where there is demand, both readings are answered.',
      otherwise: 'the lifetime where there is demand',
      flag: 'budget-for',
    }),
  ),
  given: optional(
    byName(finite(), {
      help: 'Values of what the law reads beside N, D and C.',
      example: { P: 8 },
      placeholder: 'name=value,...',
    }),
    {},
  ),
  level: optional(level, DEFAULT_LEVEL),
  replicates: optional(replicates, DEFAULT_ANSWER_REPLICATES),
  ...resampling,
  ...fitFields,
});
/** What is asked, and how to fit. */
export type AnswerQuestion = Given<typeof answerQuestion>;
/** The same with every default filled in. */
export type CheckedQuestion = Checked<typeof answerQuestion>;
