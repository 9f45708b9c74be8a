/** Options by name, and forms told apart by their `kind`: what fields are put together to. */

import { type About, type Checked, type Entries, type Field, fieldOf, type Given, type Rule } from './fields.ts';

export type { Checked, Given, Rule };

/** A field that may be absent. */
export interface OptionalField<G, C> extends Field<G, C> {
  readonly optional: true;
}

type Flat<T> = { [K in keyof T]: T[K] };

/** What a caller may hand in for some fields. */
export type InputOf<E> = Flat<
  { readonly [K in keyof E as E[K] extends { readonly optional: true } ? never : K]: Given<E[K] & Field> } & {
    readonly [K in keyof E as E[K] extends { readonly optional: true } ? K : never]?: Given<E[K] & Field> | undefined;
  }
>;

/** The same, checked: what has a default is there. */
export type OutputOf<E> = Flat<
  {
    readonly [K in keyof E as undefined extends Checked<E[K] & Field> ? never : K]: Checked<E[K] & Field>;
  } & {
    readonly [K in keyof E as undefined extends Checked<E[K] & Field> ? K : never]?: Checked<E[K] & Field>;
  }
>;

/** Options under one name. */
export interface ObjectField<E> extends Field<InputOf<E>, OutputOf<E>> {
  readonly entries: E & Entries;
}

/** One of several forms, each with a `kind` of its own. */
export interface VariantField<V> extends Field<VariantInput<V>, VariantOutput<V>> {
  readonly forms: V & Readonly<Record<string, Entries>>;
}
type VariantInput<V> = { [K in keyof V]: Flat<{ readonly kind: K } & InputOf<V[K]>> }[keyof V];
type VariantOutput<V> = { [K in keyof V]: Flat<{ readonly kind: K } & OutputOf<V[K]>> }[keyof V];

/** A field that may be absent, and what it is then. */
/* @__NO_SIDE_EFFECTS__ */
export function optional<F extends Field>(field: F): OptionalField<Given<F> | undefined, Checked<F> | undefined>;
/* @__NO_SIDE_EFFECTS__ */
export function optional<F extends Field>(
  field: F,
  ofNone: NoInfer<Given<F>>,
): OptionalField<Given<F> | undefined, Checked<F>>;
/* @__NO_SIDE_EFFECTS__ */
export function optional(field: Field, ofNone?: unknown): OptionalField<unknown, unknown> {
  return { ...field, optional: true, ofNone };
}

/** A field that may be null: there is none, or it is not known. */
/* @__NO_SIDE_EFFECTS__ */
export function orNull<F extends Field>(field: F): Field<Given<F> | null, Checked<F> | null> {
  return { ...field, nullable: true };
}

/**
 * Fields under one name.
 *
 * @param title - What messages call the whole where it has no place in a larger one: `fit options`.
 */
/* @__NO_SIDE_EFFECTS__ */
export function object<const E extends Entries>(title: string, entries: E, about: About = {}): ObjectField<E> {
  return fieldOf('object', 'be an object', { ...about, title, entries });
}

/** Fields of something that may tell more: a file of a later version, an answer that is handed in whole. */
/* @__NO_SIDE_EFFECTS__ */
export function openObject<const E extends Entries>(title: string, entries: E, about: About = {}): ObjectField<E> {
  return { ...object(title, entries, about), open: true };
}

/** One of several forms told apart by `kind`. */
/* @__NO_SIDE_EFFECTS__ */
export function variants<const V extends Readonly<Record<string, Entries>>>(
  title: string,
  forms: V,
  about: About = {},
): VariantField<V> {
  return fieldOf('variants', `be one of ${Object.keys(forms).join(', ')}`, { ...about, title, forms });
}

/** A form in full, or by its kind alone where that says enough: `'squared'`. */
/* @__NO_SIDE_EFFECTS__ */
export function orKind<V>(field: VariantField<V>): Field<keyof V | VariantInput<V>, VariantOutput<V>> {
  return { ...field, byKind: true };
}

/** `field` with rules more, about all of it. */
/* @__NO_SIDE_EFFECTS__ */
export function where<F extends Field>(field: F, ...rules: readonly Rule<Checked<F>>[]): F {
  return { ...field, rules: [...(field.rules ?? []), ...rules] };
}
