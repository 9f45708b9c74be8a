/**
 * What may stand in a table of runs, said once: every field, the headers that it goes by, and the values that it may take. Which columns a
 * caller may name, and which values may be given in their place, follow from here.
 */

import { type About, either, finite, list, text } from '../schema/fields.ts';
import { type Given, object, optional, where } from '../schema/objects.ts';
import { parseNumber, parseQuantity } from './quantity.ts';

/** One field of a table. */
interface FieldOfRuns {
  /** What it is, in one line. */
  readonly help: string;
  /** Other headers that it goes by; see {@link plainHeader} for what counts as the same header. */
  readonly aliases: readonly string[];
  /** Its own name says no more than an alias does, so that the two side by side are for the caller to choose from. */
  readonly vague?: boolean;
}

/** One numeric field: how its cells read, and which numbers are allowed. */
export interface NumberField extends FieldOfRuns {
  /** The rule in words. */
  readonly rule: string;
  readonly unit?: string;
  readonly parse: (cell: unknown) => number;
  readonly allows: (value: number) => boolean;
}

const isPositive = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

/* @__NO_SIDE_EFFECTS__ */
const countOf = (unit: string, help: string, ...aliases: readonly string[]): NumberField => ({
  help,
  aliases,
  unit,
  rule: `be a positive finite number of ${unit}`,
  parse: parseQuantity,
  allows: isPositive,
});

/** The numeric fields, in the order in which a row is judged. */
export const NUMBER_FIELDS = {
  N: countOf(
    'parameters',
    'Model size.',
    'params',
    'parameters',
    'n_params',
    'num_params',
    'num_parameters',
    'model_size',
  ),
  D: countOf(
    'tokens',
    'Training tokens.',
    'tokens',
    'n_tokens',
    'num_tokens',
    'tokens_seen',
    'train_tokens',
    'training_tokens',
  ),
  C: countOf('FLOPs', 'Training compute.', 'flops', 'compute', 'training_flops', 'training_flop'),
  loss: {
    help: 'Test loss.',
    unit: 'nats per token',
    aliases: ['val_loss', 'validation_loss', 'test_loss'],
    // Beside `val_loss` it is the training loss more often than not.
    vague: true,
    rule: 'be a positive finite number of nats per token',
    parse: parseNumber,
    allows: isPositive,
  },
  U: countOf('unique tokens', 'Unique tokens, where data repeat.', 'unique_tokens'),
  step: {
    help: 'Optimizer step of the checkpoint.',
    unit: 'steps',
    aliases: [],
    rule: 'be a finite number of steps, 0 or more',
    parse: parseQuantity,
    allows: (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY,
  },
  fraction: {
    // May pass 1: a run that stops at step 256 of a planned 250 logs 1.024 (Li et al. 2025).
    help: 'Share of the planned run that a row had reached.',
    aliases: [],
    rule: 'be a positive finite share of the run',
    parse: parseNumber,
    allows: isPositive,
  },
  weight: {
    help: 'Weight of the row in the objective.',
    aliases: [],
    rule: 'be a positive finite number',
    parse: parseNumber,
    allows: isPositive,
  },
} as const satisfies Readonly<Record<string, NumberField>>;

/** The fields that hold a name. */
export const TEXT_FIELDS = {
  run: { help: 'Name of the training run.', aliases: ['run_id'] },
  family: { help: 'Name of the model family.', aliases: [] },
} as const satisfies Readonly<Record<string, FieldOfRuns>>;

/** Every field of a table of runs. */
export const FIELDS: Readonly<Record<FieldName, FieldOfRuns>> = /* @__PURE__ */ Object.assign(
  {},
  NUMBER_FIELDS,
  TEXT_FIELDS,
);

/** Fields that hold a number. */
export type NumberName = keyof typeof NUMBER_FIELDS;
/** Fields that hold a name. */
export type TextName = keyof typeof TEXT_FIELDS;
/** Every field of a table of runs. */
export type FieldName = NumberName | TextName;

/** The numeric fields by name, in the order in which a row is judged. */
export const NUMBER_NAMES = /* @__PURE__ */ Object.keys(NUMBER_FIELDS) as readonly NumberName[];

const TEXT_NAMES = ['run', 'family'] as const satisfies readonly TextName[];

/** `make` for each of `names`. */
/* @__NO_SIDE_EFFECTS__ */
function each<N extends string, F>(names: readonly N[], make: (name: N) => F): { readonly [K in N]: F } {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as { [K in N]: F };
}

const header = text({ placeholder: 'column' });
/* @__NO_SIDE_EFFECTS__ */
const headers = (help: string) =>
  either('be a header or a list of headers', [header, list(header, { least: 1 })], { help, placeholder: 'column' });

/** Columns that a caller may name; `variables` are further ones that a law reads. */
/* @__NO_SIDE_EFFECTS__ */
export function columnsFor(variables: readonly string[]) {
  return object('columns', {
    ...each(NUMBER_NAMES, (name) => optional(text({ help: NUMBER_FIELDS[name].help, placeholder: 'column' }))),
    ...each(TEXT_NAMES, (name) => optional(headers(TEXT_FIELDS[name].help))),
    ...each(variables, (name) => optional(text({ help: `Variable ${name} of the law.`, placeholder: 'column' }))),
  });
}

/**
 * Headers by field, for a table whose headers do not speak for themselves. A header is matched exactly, else without regard to case. `run`
 * and `family` may be made of several columns, joined by ` / `. Other names are variables that a law reads and `needs` names.
 */
export type ColumnChoice = { readonly [F in NumberName]?: string | undefined } & {
  readonly [F in TextName]?: string | readonly string[] | undefined;
} & { readonly [variable: string]: string | readonly string[] | undefined };

/** Headers by field, as runs remember them: every field that was read from a column. */
export type ReadColumns = Readonly<Record<string, string | readonly string[]>>;

/** A number, or its text with a suffix: `1.3B`. */
/* @__NO_SIDE_EFFECTS__ */
function quantity({ rule, parse, allows }: NumberField, about: About) {
  return where(either(rule, [finite(), text()], { placeholder: 'number', ...about }), [
    rule,
    (value) => allows(parse(value)),
  ]);
}

/** Fields that one value may stand for in all rows, or in those of a run. */
export const GIVEN_NUMBERS = ['N', 'D', 'C', 'U', 'fraction', 'weight'] as const;

/** Values that a table does not hold and its reader knows: one for all rows of a table, or of a run. */
export const givenValues = object('constants', {
  ...each(GIVEN_NUMBERS, (name) => {
    const { help, unit } = NUMBER_FIELDS[name] as NumberField;
    return optional(quantity(NUMBER_FIELDS[name], { help, ...(unit !== undefined && { unit }) }));
  }),
  ...each(TEXT_NAMES, (name) => optional(text({ help: TEXT_FIELDS[name].help, placeholder: 'name' }))),
  tokensPerStep: optional(
    quantity(NUMBER_FIELDS.D, {
      help: 'Tokens of one optimizer step, batch x sequence; then D = step * tokensPerStep.',
      unit: 'tokens',
    }),
  ),
});

/** One value for all rows of a table, or of a run; counts may be written `1.3B`. */
export type GivenValues = Given<typeof givenValues>;

/** A header without its case, spaces, `-`, `_` and `.`, so that `Model Size` is `model_size`. */
export function plainHeader(header: string): string {
  return header.toLowerCase().replace(/[\s\-_.]+/g, '');
}
