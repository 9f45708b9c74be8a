/**
 * A schema as the doors see it: flags, completion, config files, JSON Schema, tables in the docs. This is the one walk over a schema, which
 * gives every field its path.
 */

import type { About, Bounds, Entries, Field, FieldType } from './fields.ts';

/** All that is known of one field. */
export interface FieldDescription extends About, Bounds {
  /** Names that lead to it from the schema that was asked; `[]` is that schema itself. Forms, items and records add no name. */
  readonly path: readonly string[];
  readonly type: FieldType;
  /** It may be absent. */
  readonly optional: boolean;
  /** What it is when absent, as it was declared: `'huber'`, or the part of an object that has no default of its own. */
  readonly default?: unknown;
  /** What messages call the whole: `fit options`. */
  readonly title?: string;
  /** `be a positive finite number of tokens`. */
  readonly rule: string;
  /** Names that it may have: of a choice, and the kinds of variants. */
  readonly choices?: readonly string[];
  /** Variants: the kind alone says enough. */
  readonly byKind?: boolean;
  /** Fields of an object. */
  readonly fields?: readonly FieldDescription[];
  /** Fields of each variant by its kind, `kind` left out. */
  readonly forms?: Readonly<Record<string, readonly FieldDescription[]>>;
  /** What a list or a record holds. */
  readonly item?: FieldDescription;
  /** The forms of `either`. */
  readonly either?: readonly FieldDescription[];
}

/** The fields of an object's schema, in order. */
export function fieldsOf(schema: Field): readonly FieldDescription[] {
  return describe(schema).fields ?? [];
}

/** `field`, and all that is in it. */
export function describe(field: Field, path: readonly string[] = []): FieldDescription {
  const { optional = false, ofNone, entries, forms, item, either } = field;
  const { items: _items, open: _open, nullable: _nullable, holds: _holds, rules: _rules, ...said } = field;
  const fieldsIn = (all: Entries): readonly FieldDescription[] =>
    Object.entries(all).map(([name, one]) => describe(one, [...path, name]));
  const { ofNone: _ofNone, entries: _entries, ...rest } = said;
  return {
    ...rest,
    path,
    optional,
    ...(ofNone !== undefined && { default: ofNone }),
    ...(entries && { fields: fieldsIn(entries) }),
    ...(forms && {
      choices: Object.keys(forms),
      forms: Object.fromEntries(Object.entries(forms).map(([kind, all]) => [kind, fieldsIn(all)])),
    }),
    ...(item && { item: describe(item, path) }),
    ...(either && { either: either.map((form) => describe(form, path)) }),
  } as FieldDescription;
}
