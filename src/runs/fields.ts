/**
 * What may stand in a table of runs, said once: every field, and the values that it may take. Which columns a caller may name, and which
 * values may be given in their place, follow from here; the headings that a field goes by are in `headings.ts`.
 */

import { type About, choice, either, finite, list, positive, text } from '../schema/fields.ts';
import { type Given, object, optional, where } from '../schema/objects.ts';
import { parseNumber, parseQuantity } from './quantity.ts';
import { type Scale, scaleNamed } from './scales.ts';

/** One field of a table. */
interface FieldOfRuns {
  /** What it is, in one line. */
  readonly help: string;
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
const countOf = (unit: string, help: string): NumberField => ({
  help,
  unit,
  rule: `be a positive finite number of ${unit}`,
  parse: parseQuantity,
  allows: isPositive,
});

/** The numeric fields, in the order in which a row is judged. */
export const NUMBER_FIELDS = {
  N: countOf('parameters', 'Model size.'),
  D: countOf('tokens', 'Training tokens.'),
  C: countOf('FLOPs', 'Training compute.'),
  loss: {
    help: 'Test loss.',
    unit: 'nats per token unless lossUnit says otherwise',
    rule: 'be a positive finite number of nats per token',
    parse: parseNumber,
    allows: isPositive,
  },
  U: countOf('unique tokens', 'Unique tokens, where data repeat.'),
  step: {
    help: 'Optimizer step of the checkpoint.',
    unit: 'steps',
    rule: 'be a finite number of steps, 0 or more',
    parse: parseQuantity,
    allows: (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY,
  },
  fraction: {
    // May pass 1: a run that stops at step 256 of a planned 250 logs 1.024 (Li et al. 2025).
    help: 'Share of the planned run that a row had reached.',
    rule: 'be a positive finite share of the run',
    parse: parseNumber,
    allows: isPositive,
  },
  weight: {
    help: 'Weight of the row in the objective.',
    rule: 'be a positive finite number',
    parse: parseNumber,
    allows: isPositive,
  },
} as const satisfies Readonly<Record<string, NumberField>>;

/** The fields that hold a name. */
export const TEXT_FIELDS = {
  run: { help: 'Name of the training run.' },
  family: { help: 'Name of the model family.' },
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

/** What one in a column stands for, as a number or in words. */
const scale = either(
  'be a positive number, or one of k, M, B, T, log10, log2, ln',
  [
    positive(''),
    where(text(), [
      'be a positive number, or one of k, M, B, T, log10, log2, ln',
      (value) => scaleNamed(value) !== undefined || parseQuantity(value) > 0,
    ]),
  ],
  { placeholder: 'scale' },
);

/** Scales of columns; `variables` are further ones that a law reads. */
/* @__NO_SIDE_EFFECTS__ */
export function scalesFor(variables: readonly string[]) {
  return object(
    'scale',
    each([...NUMBER_NAMES, ...variables], () => optional(scale)),
    {
      help: 'What one in a column stands for, where its heading does not say: 1e9, M, or that its numbers are logarithms: log10.',
      flag: 'scale',
      placeholder: 'name=scale,...',
    },
  );
}

/** Scales by field or variable: `{ N: 1e9, D: 'log10' }`. */
export type ScaleChoice = Readonly<Record<string, number | string | undefined>>;

/** The scale that a caller gave. */
export const scaleGiven = (given: number | string): Scale =>
  typeof given === 'number' ? given : (scaleNamed(given) ?? parseQuantity(given));

/** Quantities that may be computed from the other two. */
export const derivable = list(choice(['N', 'D', 'C']), {
  help: 'Compute these from the other two of N, D and C, though a heading looks like them.',
});

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
export const givenValues = object(
  'constants',
  {
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
  },
  {
    help: 'Values for all rows where no column holds them.',
    flag: 'set',
    example: { N: '1.3B', run: 'a' },
  },
);

/** One value for all rows of a table, or of a run; counts may be written `1.3B`. */
export type GivenValues = Given<typeof givenValues>;

/** A header without its case, spaces, `-`, `_` and `.`, so that `Model Size` is `model_size`. */
export function plainHeader(header: string): string {
  return header.toLowerCase().replace(/[\s\-_.]+/g, '');
}
