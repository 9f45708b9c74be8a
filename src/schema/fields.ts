/**
 * What a caller may hand in, said once. A field is a valibot schema with a line of help, a unit and a default; from it follow the TypeScript
 * type, the check at the border, the flag on the command line, the entry of a config file, the JSON Schema and the row of a table in the docs.
 *
 * Every field carries one rule, the words of every message about it: `D must be a positive finite number of tokens, got -3`.
 */

import * as v from 'valibot';

/** What is said of a field beside its rule. */
export interface About {
  /** One line for a reader who chooses: what it is, not what its type is. */
  readonly help?: string;
  /** Unit of a number. */
  readonly unit?: string;
  /** Name of its flag, where that is not the field's own name in kebab case; null for none. */
  readonly flag?: string | null;
  /** What stands for the value in help: `<tokens>`. Default: from the unit or the kind. */
  readonly placeholder?: string;
  /** The same of forms by their kind, where a form is asked for as a whole. */
  readonly kinds?: Readonly<Record<string, About>>;
}

/** Everything that is known of a field, for doors that are made from it. */
export interface FieldAbout extends About {
  /** `be a positive finite number of tokens`. */
  readonly rule: string;
}

/** Any schema. */
export type Field = v.GenericSchema;

/** A number that keeps a rule; bounds that JSON Schema knows are given as actions, all of them with the same words. */
/* @__NO_SIDE_EFFECTS__ */
function numberOf(rule: string, about: About, least?: number, most?: number): v.GenericSchema<number> {
  return v.pipe(
    v.number(rule),
    v.finite(rule),
    v.minValue(least ?? Number.NEGATIVE_INFINITY, rule),
    v.maxValue(most ?? Number.POSITIVE_INFINITY, rule),
    v.metadata({ ...about, rule }),
  );
}

/** A positive finite number. */
/* @__NO_SIDE_EFFECTS__ */
export function positive(unit: string, about: About = {}): v.GenericSchema<number> {
  return numberOf(`be a positive finite number of ${unit}`, { unit, ...about }, Number.MIN_VALUE);
}

/** A finite number, 0 or more. */
/* @__NO_SIDE_EFFECTS__ */
export function notNegative(unit: string, about: About = {}): v.GenericSchema<number> {
  return numberOf(`be a finite number of ${unit}, 0 or more`, { unit, ...about }, 0);
}

/** A positive finite number without a unit. */
/* @__NO_SIDE_EFFECTS__ */
export function ratio(about: About = {}): v.GenericSchema<number> {
  return numberOf('be a positive finite number', about, Number.MIN_VALUE);
}

/** A finite number from `least` to `most`. */
/* @__NO_SIDE_EFFECTS__ */
export function between(least: number, most: number, about: About = {}): v.GenericSchema<number> {
  return numberOf(`be a number from ${least} to ${most}`, about, least, most);
}

/** A finite number. */
/* @__NO_SIDE_EFFECTS__ */
export function finite(about: About = {}): v.GenericSchema<number> {
  return numberOf('be a finite number', about);
}

/** A finite number, `least` or more. */
/* @__NO_SIDE_EFFECTS__ */
export function atLeast(least: number, about: About = {}): v.GenericSchema<number> {
  return numberOf(`be a finite number, ${least} or more`, about, least);
}

/** A share in (0, 1]. */
/* @__NO_SIDE_EFFECTS__ */
export function share(about: About = {}): v.GenericSchema<number> {
  return numberOf('be above 0 and at most 1', about, Number.MIN_VALUE, 1);
}

/** A number above 0 and below 1: a level of confidence, a quantile. */
/* @__NO_SIDE_EFFECTS__ */
export function inside(about: About = {}): v.GenericSchema<number> {
  const rule = 'be a number above 0 and below 1';
  return v.pipe(
    numberOf(rule, about, Number.MIN_VALUE, 1),
    v.check((value) => value < 1, rule),
    v.metadata({ ...about, rule }),
  );
}

/** A share in [0, 1). */
/* @__NO_SIDE_EFFECTS__ */
export function startingShare(about: About = {}): v.GenericSchema<number> {
  const rule = 'be a number in [0, 1)';
  return v.pipe(
    numberOf(rule, about, 0, 1),
    v.check((value) => value < 1, rule),
    v.metadata({ ...about, rule }),
  );
}

/** An integer, `least` or more where that is given. */
/* @__NO_SIDE_EFFECTS__ */
export function integer(about: About = {}, least?: number): v.GenericSchema<number> {
  const rule = least === undefined ? 'be an integer' : `be an integer >= ${least}`;
  return v.pipe(
    v.number(rule),
    v.safeInteger(rule),
    v.minValue(least ?? Number.MIN_SAFE_INTEGER, rule),
    v.metadata({ ...about, rule }),
  );
}

/** True or false. */
/* @__NO_SIDE_EFFECTS__ */
export function yes(about: About = {}): v.GenericSchema<boolean> {
  const rule = 'be true or false';
  return v.pipe(v.boolean(rule), v.metadata({ ...about, rule }));
}

/** A text that is not empty. */
/* @__NO_SIDE_EFFECTS__ */
export function text(about: About = {}): v.GenericSchema<string> {
  const rule = 'be a non-empty text';
  return v.pipe(v.string(rule), v.minLength(1, rule), v.metadata({ ...about, rule }));
}

/** One of some names. */
/* @__NO_SIDE_EFFECTS__ */
export function choice<const N extends readonly string[]>(names: N, about: About = {}): v.GenericSchema<N[number]> {
  const rule = `be one of ${names.join(', ')}`;
  return v.pipe(v.picklist(names, rule), v.metadata({ ...about, rule }));
}

/** A list of things alike. */
/* @__NO_SIDE_EFFECTS__ */
export function list<F extends Field>(
  of: F,
  about: About & { readonly least?: number } = {},
): v.GenericSchema<readonly v.InferInput<F>[], readonly v.InferOutput<F>[]> {
  const { least = 0, ...said } = about;
  const rule = least === 0 ? 'be a list' : `be a list of ${least} or more`;
  return v.pipe(v.array(of, rule), v.minLength(least, rule), v.readonly(), v.metadata({ ...said, rule }));
}

/** Things alike by names that the caller chooses. */
/* @__NO_SIDE_EFFECTS__ */
export function byName<F extends Field>(
  of: F,
  about: About = {},
): v.GenericSchema<Readonly<Record<string, v.InferInput<F>>>, Readonly<Record<string, v.InferOutput<F>>>> {
  const rule = 'be an object';
  return v.pipe(v.record(v.string(), of, rule), v.readonly(), v.metadata({ ...about, rule })) as never;
}

/** Whatever `holds`: a function, a law, a signal. It is handed on as it is. */
/* @__NO_SIDE_EFFECTS__ */
export function custom<T>(rule: string, holds: (value: unknown) => boolean, about: About = {}): v.GenericSchema<T> {
  return v.pipe(v.custom<T>(holds, rule), v.metadata({ ...about, rule }));
}

/** One of several forms; the rule names them all, since none is nearer than another. */
/* @__NO_SIDE_EFFECTS__ */
export function either<F extends readonly Field[]>(
  rule: string,
  forms: F,
  about: About = {},
): v.GenericSchema<v.InferInput<F[number]>, v.InferOutput<F[number]>> {
  return v.pipe(v.union(forms as never, rule), v.metadata({ ...about, rule })) as never;
}
