/** Options by name, and forms told apart by their `kind`: what fields are put together to. */

import * as v from 'valibot';
import type { About, Field } from './fields.ts';

/** Fields by name. */
export type Entries = Readonly<Record<string, Field>>;

type Optional = v.OptionalSchema<v.GenericSchema, unknown>;
type Flat<T> = { [K in keyof T]: T[K] };

/** What a caller may hand in for some fields. */
export type InputOf<E> = Flat<
  { readonly [K in keyof E as E[K] extends Optional ? never : K]: v.InferInput<E[K] & Field> } & {
    readonly [K in keyof E as E[K] extends Optional ? K : never]?: v.InferInput<E[K] & Field> | undefined;
  }
>;

/** The same, checked: what has a default is there. */
export type OutputOf<E> = Flat<
  {
    readonly [K in keyof E as undefined extends v.InferOutput<E[K] & Field> ? never : K]: v.InferOutput<E[K] & Field>;
  } & {
    readonly [K in keyof E as undefined extends v.InferOutput<E[K] & Field> ? K : never]?: v.InferOutput<E[K] & Field>;
  }
>;

/** Options under one name. */
export interface ObjectField<E> extends v.GenericSchema<InputOf<E>, OutputOf<E>> {
  readonly entries: E;
}

/** One of several forms, each with a `kind` of its own. */
export interface VariantField<V> extends v.GenericSchema<VariantInput<V>, VariantOutput<V>> {
  /** The fields of each form, `kind` left out. */
  readonly forms: V;
}
type VariantInput<V> = { [K in keyof V]: Flat<{ readonly kind: K } & InputOf<V[K]>> }[keyof V];
type VariantOutput<V> = { [K in keyof V]: Flat<{ readonly kind: K } & OutputOf<V[K]>> }[keyof V];

/** What a caller may hand in for `F`. */
export type Given<F extends Field> = v.InferInput<F>;
/** What the check makes of it: defaults filled in. */
export type Checked<F extends Field> = v.InferOutput<F>;

/** A field that may be absent, and what it is then. */
/* @__NO_SIDE_EFFECTS__ */
export function optional<F extends Field>(field: F): v.OptionalSchema<F, undefined>;
/* @__NO_SIDE_EFFECTS__ */
export function optional<F extends Field, const D extends v.InferInput<F>>(field: F, ofNone: D): v.OptionalSchema<F, D>;
/* @__NO_SIDE_EFFECTS__ */
export function optional(field: Field, ofNone?: unknown): v.OptionalSchema<Field, unknown> {
  return v.optional(field, ofNone as undefined);
}

/** A field that may be null: there is none, or it is not known. */
/* @__NO_SIDE_EFFECTS__ */
export function orNull<F extends Field>(field: F): v.GenericSchema<v.InferInput<F> | null, v.InferOutput<F> | null> {
  return v.pipe(v.nullable(field), v.metadata(v.getMetadata(field as never)));
}

/**
 * Fields under one name.
 *
 * @param title - What messages call the whole where it has no place in a larger one: `fit options`.
 */
/* @__NO_SIDE_EFFECTS__ */
export function object<const E extends Entries>(title: string, entries: E, about: About = {}): ObjectField<E> {
  return v.pipe(
    v.strictObject(entries, ruleOfObject(entries)),
    v.metadata({ ...about, title, rule: 'be an object' }),
  ) as unknown as ObjectField<E>;
}

/** Fields of something saved: a field that nobody knows is kept, for a later version may write more. */
/* @__NO_SIDE_EFFECTS__ */
export function saved<const E extends Entries>(title: string, entries: E, about: About = {}): ObjectField<E> {
  return v.pipe(
    v.looseObject(entries, ruleOfObject(entries, true)),
    v.metadata({ ...about, title, rule: 'be an object' }),
  ) as unknown as ObjectField<E>;
}

/** One of several forms told apart by `kind`. */
/* @__NO_SIDE_EFFECTS__ */
export function variants<const V extends Readonly<Record<string, Entries>>>(
  title: string,
  forms: V,
  about: About = {},
): VariantField<V> {
  const kinds = Object.keys(forms);
  const each = kinds.map((kind) => {
    const entries = { kind: v.literal(kind), ...forms[kind] };
    return v.strictObject(entries, ruleOfObject(entries));
  });
  const rule = (issue: { readonly expected: string | null }): string =>
    issue.expected === 'Object' ? 'be an object' : `be one of ${kinds.join(', ')}`;
  const schema = v.pipe(
    v.variant('kind', each as never, rule as never),
    v.metadata({ ...about, title, rule: `be one of ${kinds.join(', ')}` }),
  );
  return { ...schema, forms } as unknown as VariantField<V>;
}

/** A form in full, or by its kind alone where that says enough: `'squared'`. */
/* @__NO_SIDE_EFFECTS__ */
export function orKind<V>(field: VariantField<V>): v.GenericSchema<keyof V | VariantInput<V>, VariantOutput<V>> {
  const kinds = Object.keys(field.forms as object);
  const rule = `be one of ${kinds.join(', ')}`;
  const byKind = v.pipe(
    v.picklist(kinds, rule),
    v.transform((kind) => ({ kind })),
    field as never,
  );
  return v.pipe(v.union([byKind, field], rule), v.metadata({ ...v.getMetadata(field), rule })) as never;
}

/** A rule about several parts of a value: its words, whether it holds, and the part that the message names, if one is to blame. */
export type Rule<T> = readonly [
  rule: string | ((value: T) => string),
  holds: (value: T) => boolean,
  at?: string | undefined,
];

/** `field` with rules more, about all of it. */
/* @__NO_SIDE_EFFECTS__ */
export function where<F extends Field>(field: F, ...rules: readonly Rule<v.InferOutput<F>>[]): F {
  const actions = rules.map(([rule, holds, at]) => {
    const said = typeof rule === 'string' ? rule : (issue: { readonly input: unknown }) => rule(issue.input as never);
    const check = v.check(holds as (value: unknown) => boolean, said as never);
    return at === undefined ? check : v.forward(check as never, [at] as never);
  });
  const narrowed: object = (v.pipe as (...parts: unknown[]) => object)(field, ...actions);
  return { ...(field as object), ...narrowed } as unknown as F;
}

/** Begins the rule of an object that has a name which is none. */
export const AMONG = 'be among ';

interface IssueOfObject {
  readonly expected: string | null;
  readonly path?: readonly { readonly input: unknown }[];
}

/** The rule that an object breaks: it is none, lacks a field, or has one that nobody knows, unless it may have others. */
/* @__NO_SIDE_EFFECTS__ */
function ruleOfObject(entries: Entries, mayHaveOthers: boolean = false): never {
  const rule = ({ expected, path }: IssueOfObject): string => {
    if (expected === 'Object') return 'be an object';
    const given: object = path?.at(-1)?.input ?? {};
    if (Array.isArray(given)) return 'be an object';
    if (!mayHaveOthers && Object.keys(given).some((name) => !Object.hasOwn(entries, name)))
      return AMONG + Object.keys(entries).join(', ');
    const missing = entries[JSON.parse(expected ?? '""') as string];
    return (missing && aboutOf(missing).rule) ?? 'be given';
  };
  return rule as never;
}

/** All that is said of a field, its default included. */
export interface FieldNote extends About {
  readonly title?: string;
  readonly rule?: string;
  readonly ofNone?: unknown;
  readonly optional: boolean;
}

/** What is said of `field`: help, unit, rule, default. */
/* @__NO_SIDE_EFFECTS__ */
export function aboutOf(field: Field): FieldNote {
  if (field.type !== 'optional') return { ...(v.getMetadata(field as never) as object), optional: false };
  const { wrapped, default: ofNone } = field as unknown as { readonly wrapped: Field; readonly default: unknown };
  return { ...aboutOf(wrapped), ofNone, optional: true };
}
