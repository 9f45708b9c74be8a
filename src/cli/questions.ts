/** Flags that say how fits are judged: rows that none of them sees, points at which each predicts, optima. */

import type { AblationPlan } from '../ablate/plan.ts';
import { type ComputeTarget, computeTarget } from '../allocate/compute-optimal.ts';
import { inferenceTarget } from '../allocate/inference-optimal.ts';
import { type HoldOut, holdOuts } from '../hold-out/split.ts';
import { describe } from '../schema/describe.ts';
import { list, positive } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { type FlagSet, flagOf, flagSet } from './flags.ts';

const holdOut = flagOf(describe(holdOuts, ['holdOut']));

/** The flag for rows that no fit sees. */
export const holdOutFlags: FlagSet<HoldOut | undefined> = {
  title: 'Judgement',
  flags: [holdOut],
  of: (values) => values.get(holdOut.name) as HoldOut | undefined,
};

/** A model by its size and its tokens. */
export const MODEL = { N: positive('parameters'), D: positive('tokens') };

const { loss, Dinf } = inferenceTarget.entries;
const questions = object('questions', {
  predictAt: optional(
    list(object('model', MODEL), { help: 'Models whose loss every fit predicts; give it again for another model.' }),
  ),
  C: computeTarget.entries.C,
  loss: optional(loss),
  Dinf: optional(Dinf, 0),
});
const asked = flagSet(questions, {
  title: 'Questions to every fit',
  change: {
    C: { several: true, help: 'Training FLOPs whose best model every fit gives.' },
    loss: { help: 'Loss to reach, whose best model every fit gives.' },
  },
  needs: { 'inference-tokens': ['target-loss'] },
});

/** Flags of the questions to every fit. */
export const questionFlags: FlagSet<Pick<AblationPlan, 'predictAt' | 'optimumAt'>> = {
  ...asked,
  of: (values, names) => {
    const { predictAt, C, ...rest } = asked.of(values, names);
    const budgets = (C as readonly number[] | undefined) ?? [];
    const optimumAt = [
      ...budgets.map((one) => ({ C: one })),
      ...(rest.loss ? [{ loss: rest.loss, Dinf: rest.Dinf ?? 0 }] : []),
    ];
    return { ...(predictAt && { predictAt }), ...(optimumAt.length > 0 && { optimumAt }) };
  },
};

/** What of a compute-optimal model is given, as lists. */
export type Targets = { readonly [K in keyof ComputeTarget]?: readonly number[] };

/** Flags of what is given of a compute-optimal model, or of any point of a law, each of which may be a list. */
export const targetFlags = (
  title: string,
  help: Readonly<Partial<Record<keyof ComputeTarget, string>>> = {},
): FlagSet<Targets> => {
  const names = Object.keys(computeTarget.entries) as (keyof ComputeTarget)[];
  const change = Object.fromEntries(
    names.map((name) => [name, { several: true, ...(help[name] && { help: help[name] }) }]),
  );
  return flagSet(computeTarget, { title, change }) as unknown as FlagSet<Targets>;
};
