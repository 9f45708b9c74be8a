/**
 * What a caller may hand in, said once, as plain data: what a value is, its rule, a line of help, a unit, a default. From it follow the
 * TypeScript type, the check at the border, the flag on the command line, the entry of a config file, the JSON Schema and the row of a table in
 * the docs.
 *
 * Every field carries one rule, the words of every message about it: `D must be a positive finite number of tokens, got -3`.
 */

/** What is said of a field beside its rule. */
export interface About {
  /** One line for a reader who chooses: what it is, not what its type is. */
  readonly help?: string;
  /** Unit of a number. */
  readonly unit?: string;
  /** Name of its flag, where that is not the field's own name in kebab case; null for none. */
  readonly flag?: string | null;
  /** What stands for the value in help: `<tokens>`. From the unit or the kind where it is absent. */
  readonly placeholder?: string;
  /** What stands in its place where it is absent and has no default of its own: `the price of the GPU`. */
  readonly otherwise?: string;
  /** A value that it may have, for those who do not know how to write one. */
  readonly example?: unknown;
  /** The same of forms by their kind, where a form is asked for as a whole. */
  readonly kinds?: Readonly<Record<string, About>>;
}

/**
 * What a value is. `object`: fields by name; `variants`: one of several forms told apart by `kind`; `record`: things alike by names that the
 * caller chooses; `either`: one of several forms that share no `kind`; `custom`: a function, a law, a pair of numbers.
 */
export type FieldType =
  | 'number'
  | 'integer'
  | 'text'
  | 'choice'
  | 'boolean'
  | 'list'
  | 'record'
  | 'variants'
  | 'either'
  | 'object'
  | 'custom';

/** Bounds of a number: inclusive, or passed. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
  readonly below?: number;
}

/** Fields by name. */
export type Entries = Readonly<Record<string, Field>>;

/** A rule about several parts of a value: its words, whether it holds, and the part that the message names, if one is to blame. */
export type Rule<T> = readonly [
  rule: string | ((value: T) => string),
  holds: (value: T) => boolean,
  at?: string | undefined,
];

/** Where the types of a field stand; nothing stands there at run time. */
export declare const TYPES: unique symbol;

/** A schema: what a caller may hand in, and what the check makes of it. */
export interface Field<Given = unknown, Checked = Given> extends About, Bounds {
  readonly [TYPES]: readonly [given: Given, checked: Checked];
  readonly type: FieldType;
  /** `be a positive finite number of tokens`. */
  readonly rule: string;
  /** What messages call the whole where it has no place in a larger one: `fit options`. */
  readonly title?: string;
  /** It may be absent, and is then `ofNone`. */
  readonly optional?: boolean;
  readonly ofNone?: unknown;
  /** It may be null. */
  readonly nullable?: boolean;
  readonly choices?: readonly string[];
  /** What a list or a record holds, and how many at least. */
  readonly item?: Field;
  readonly items?: number;
  readonly entries?: Entries;
  /** Names that nobody knows are passed over. */
  readonly open?: boolean;
  /** Fields of each form, `kind` left out. */
  readonly forms?: Readonly<Record<string, Entries>>;
  /** The kind alone says enough. */
  readonly byKind?: boolean;
  readonly either?: readonly Field[];
  readonly holds?: (value: unknown) => boolean;
  /** Rules about all of it. */
  readonly rules?: readonly Rule<never>[];
}

/** What a caller may hand in for `F`. */
export type Given<F extends Field> = F[typeof TYPES][0];
/** What the check makes of it: defaults filled in. */
export type Checked<F extends Field> = F[typeof TYPES][1];

/** A field of `type`; the types are the caller's word. */
/* @__NO_SIDE_EFFECTS__ */
export function fieldOf<F extends Field>(type: FieldType, rule: string, parts: Partial<Field>): F {
  return { ...parts, type, rule } as F;
}

/** A positive finite number. */
/* @__NO_SIDE_EFFECTS__ */
export function positive(unit: string, about: About = {}): Field<number> {
  return fieldOf('number', `be a positive finite number of ${unit}`, { unit, ...about, above: 0 });
}

/** A finite number, 0 or more. */
/* @__NO_SIDE_EFFECTS__ */
export function notNegative(unit: string, about: About = {}): Field<number> {
  return fieldOf('number', `be a finite number of ${unit}, 0 or more`, { unit, ...about, least: 0 });
}

/** A positive finite number without a unit. */
/* @__NO_SIDE_EFFECTS__ */
export function ratio(about: About = {}): Field<number> {
  return fieldOf('number', 'be a positive finite number', { ...about, above: 0 });
}

/** A finite number from `least` to `most`. */
/* @__NO_SIDE_EFFECTS__ */
export function between(least: number, most: number, about: About = {}): Field<number> {
  return fieldOf('number', `be a number from ${least} to ${most}`, { ...about, least, most });
}

/** A finite number. */
/* @__NO_SIDE_EFFECTS__ */
export function finite(about: About = {}): Field<number> {
  return fieldOf('number', 'be a finite number', about);
}

/** A finite number, `least` or more. */
/* @__NO_SIDE_EFFECTS__ */
export function atLeast(least: number, about: About = {}): Field<number> {
  return fieldOf('number', `be a finite number, ${least} or more`, { ...about, least });
}

/** A share in (0, 1]. */
/* @__NO_SIDE_EFFECTS__ */
export function share(about: About = {}): Field<number> {
  return fieldOf('number', 'be above 0 and at most 1', { ...about, above: 0, most: 1 });
}

/** A number above 0 and below 1: a level of confidence, a quantile. */
/* @__NO_SIDE_EFFECTS__ */
export function inside(about: About = {}): Field<number> {
  return fieldOf('number', 'be a number above 0 and below 1', { ...about, above: 0, below: 1 });
}

/** A share in [0, 1). */
/* @__NO_SIDE_EFFECTS__ */
export function startingShare(about: About = {}): Field<number> {
  return fieldOf('number', 'be a number in [0, 1)', { ...about, least: 0, below: 1 });
}

/** An integer, `least` or more where that is given. */
/* @__NO_SIDE_EFFECTS__ */
export function integer(about: About = {}, least?: number): Field<number> {
  if (least === undefined) return fieldOf('integer', 'be an integer', about);
  return fieldOf('integer', `be an integer >= ${least}`, { ...about, least });
}

/** True or false. */
/* @__NO_SIDE_EFFECTS__ */
export function yes(about: About = {}): Field<boolean> {
  return fieldOf('boolean', 'be true or false', about);
}

/** A text that is not empty. */
/* @__NO_SIDE_EFFECTS__ */
export function text(about: About = {}): Field<string> {
  return fieldOf('text', 'be a non-empty text', about);
}

/** One of some names. */
/* @__NO_SIDE_EFFECTS__ */
export function choice<const N extends readonly string[]>(names: N, about: About = {}): Field<N[number]> {
  return fieldOf('choice', `be one of ${names.join(', ')}`, { ...about, choices: names });
}

/** A list of things alike. */
/* @__NO_SIDE_EFFECTS__ */
export function list<F extends Field>(
  of: F,
  { least: items = 0, ...about }: About & { readonly least?: number } = {},
): Field<readonly Given<F>[], readonly Checked<F>[]> {
  const rule = items === 0 ? 'be a list' : `be a list of ${items} or more`;
  return fieldOf('list', rule, { ...about, item: of, items });
}

/** Things alike by names that the caller chooses. */
/* @__NO_SIDE_EFFECTS__ */
export function byName<F extends Field>(
  of: F,
  about: About = {},
): Field<Readonly<Record<string, Given<F>>>, Readonly<Record<string, Checked<F>>>> {
  return fieldOf('record', 'be an object', { ...about, item: of });
}

/** Whatever `holds`: a function, a law, a signal. It is handed on as it is. */
/* @__NO_SIDE_EFFECTS__ */
export function custom<T>(rule: string, holds: (value: unknown) => boolean, about: About = {}): Field<T> {
  return fieldOf('custom', rule, { ...about, holds });
}

/** One of several forms; the rule names them all, since none is nearer than another. */
/* @__NO_SIDE_EFFECTS__ */
export function either<F extends readonly Field[]>(
  rule: string,
  forms: F,
  about: About = {},
): Field<Given<F[number]>, Checked<F[number]>> {
  return fieldOf('either', rule, { ...about, either: forms });
}
