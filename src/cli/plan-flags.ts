/** The flags that pose a plan problem, alone or over a problem file: those of the library's schema. */

import { gpus } from '../inference/gpus.ts';
import { type Constraint, type Goal, type PlanProblem, planProblem, type ServingHardware } from '../plan/problem.ts';
import { type FieldDescription, fieldsOf } from '../schema/describe.ts';
import type { Argument } from './command.ts';
import { type FlagSet, flagOf, flagSet, pick, type SetOptions } from './flags.ts';
import { formSet } from './forms.ts';
import { lawSourceFlags } from './law-argument.ts';
import { PUBLISHED_NAMES } from './law-names.ts';

/** The problem of a command. */
export const PROBLEM: Argument = {
  name: '[problem]',
  help: 'Problem file (JSON), or a law: the name of a published one, or the file of a saved fit; - reads a file from stdin.',
  choices: () => PUBLISHED_NAMES,
  open: true,
};

/** What flags say of a problem: of each part any fields. */
export type ProblemSaid = Pick<Partial<PlanProblem>, 'goal' | 'pay' | 'given' | 'constraints'> & {
  readonly [K in 'demand' | 'training' | 'energy' | 'data']?: Partial<NonNullable<PlanProblem[K]>>;
} & {
  readonly serving?: Partial<Omit<ServingHardware, 'view'>> & { readonly view?: object };
  /** The value that demand exceeds in one case out of ten. */
  readonly p90?: number;
};

const fields = fieldsOf(planProblem);
const fieldAt = (...path: readonly string[]): FieldDescription => {
  const [first, ...rest] = path;
  return rest.reduce<FieldDescription>(
    (field, name) => partOf(field, name)!,
    fields.find(({ path: [own] }) => own === first)!,
  );
};
function partOf(
  { fields: inner = [], forms = {}, either = [] }: FieldDescription,
  name: string,
): FieldDescription | undefined {
  const own = [...inner, ...Object.values(forms).flat()].find(({ path }) => path.at(-1) === name);
  return own ?? either.map((form) => partOf(form, name)).find((found) => found !== undefined);
}

/** Flags of some fields of the problem. */
const partSet = (title: string, only: readonly string[], rest: Partial<SetOptions> = {}): FlagSet<ProblemSaid> =>
  flagSet(planProblem, { title, only, ...rest }) as FlagSet<ProblemSaid>;

/** Flags of forms, of which `part` makes a part of the problem. */
function formsAs<T>(set: FlagSet<readonly T[]>, part: (forms: readonly T[]) => ProblemSaid): FlagSet<ProblemSaid> {
  return { ...set, of: (values, names) => part(set.of(values, names)) };
}

/** The flag of what the law reads beside N, D and C. */
export const givenFlags = partSet('Law', ['given']);

/** Flags of the goal. */
export const goalFlags = formsAs(formSet<Goal>('Goal (one of)', fieldAt('goal')), ([goal]) => (goal ? { goal } : {}));

const demanded = partSet('Demand', ['demand'], { oneOf: [['inference-tokens', 'requests']] });
const p90 = flagOf(fieldAt('demand', 'tokens', 'p90'));
/** Flags of the demand. */
export const demandFlags: FlagSet<ProblemSaid> = {
  ...demanded,
  flags: [...demanded.flags, p90],
  of: (values, names) => {
    names.set('demand.requests.p90', p90.name);
    return {
      ...demanded.of(values, names),
      ...(values.get(p90.name) !== undefined && { p90: values.get(p90.name) as number }),
    };
  },
};

const costs = partSet('Costs', ['pay', 'training', 'serving', 'energy'], {
  change: {
    'training.gpu': { names: Object.keys(gpus), help: 'GPU to train on; see scaling-laws hardware.' },
    'serving.gpu': { names: Object.keys(gpus), help: 'GPU to serve on; see scaling-laws hardware.' },
    'serving.batch': {
      isAsked: true,
      help: 'Requests served at once, under the roofline model in place of --decode-mfu.',
    },
  },
  oneOf: [['batch', 'decode-mfu']],
});
/** Flags of what is paid, and of the hardware. */
export const costFlags: FlagSet<ProblemSaid> = {
  ...costs,
  of: (values, names) => {
    names.set('training', 'train-gpu').set('serving', 'inference-gpu');
    return costs.of(values, names);
  },
};

/** Flags of everything that poses a problem. */
export const PROBLEM_SETS = {
  goal: goalFlags,
  demand: demandFlags,
  costs: costFlags,
  constraints: formsAs(formSet<Constraint>('Constraints', fieldAt('constraints')), (constraints) =>
    constraints.length > 0 ? { constraints } : {},
  ),
  data: partSet('Constraints', ['data']),
  law: lawSourceFlags,
  given: givenFlags,
};
/** Flags that have another name now. */
export const RENAMED = { loss: '--target-loss', 'training-budget': '--flops' };

/** What all of these sets say. */
export const saidIn = (sets: Readonly<Partial<Record<keyof typeof PROBLEM_SETS, object>>>): ProblemSaid => ({
  ...sets.goal,
  ...sets.demand,
  ...sets.costs,
  ...sets.constraints,
  ...sets.data,
  ...sets.given,
});

/** Flags of the common problem: a loss to reach, and a demand in tokens. */
export const COMMON_SETS = {
  goal: { ...pick(goalFlags, ['target-loss']), oneOf: [] },
  demand: { ...pick(demandFlags, ['inference-tokens']), oneOf: [] },
};

/** A goal for an axis of losses to overwrite, where none is given. */
export const withSomeGoal = (said: ProblemSaid): ProblemSaid => ({ goal: { kind: 'loss', loss: 1 }, ...said });
