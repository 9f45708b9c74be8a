/**
 * A schema as plain data, for every door that is made from it: flags, completion, config files, JSON Schema, tables in the docs. This is the
 * one walk over a schema; a door reads what it returns and never looks into valibot.
 */

import type { About, Field } from './fields.ts';
import { aboutOf } from './objects.ts';

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

/** All that is known of one field. */
export interface FieldDescription {
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
  readonly help?: string;
  readonly unit?: string;
  /** Name of its flag where that is not its own name in kebab case; null for none. */
  readonly flag?: string | null;
  readonly placeholder?: string;
  /** What is said of variants by their kind. */
  readonly kinds?: Readonly<Record<string, About>>;
  /** Names that it may have: of a choice, and the kinds of variants. */
  readonly choices?: readonly string[];
  /** Least and largest number, both inclusive; `above` is a number that it must pass. */
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
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

/** What is read of a schema's insides. */
interface Insides {
  readonly type: string;
  readonly pipe?: readonly (Insides & { readonly requirement?: unknown })[];
  readonly wrapped?: Field;
  readonly entries?: Readonly<Record<string, Field>>;
  readonly forms?: Readonly<Record<string, Readonly<Record<string, Field>>>>;
  readonly options?: readonly (Field | string)[];
  readonly item?: Field;
  readonly value?: Field;
}

/** The fields of an object's schema, in order. */
export function fieldsOf(schema: Field): readonly FieldDescription[] {
  return describe(schema).fields ?? [];
}

/** `field`, and all that is in it. */
export function describe(field: Field, path: readonly string[] = []): FieldDescription {
  const { ofNone, optional, ...said } = aboutOf(field);
  const core = insidesOf(field);
  return {
    path,
    optional,
    ...(ofNone !== undefined && { default: ofNone }),
    ...said,
    rule: said.rule ?? 'be given',
    ...shapeOf(core, path),
  };
}

const insidesOf = (field: Field): Insides => {
  const insides = field as unknown as Insides;
  return insides.type === 'optional' ? insidesOf(insides.wrapped!) : insides;
};

type Shape = Pick<
  FieldDescription,
  'type' | 'choices' | 'least' | 'most' | 'above' | 'byKind' | 'fields' | 'forms' | 'item' | 'either'
>;

function shapeOf(core: Insides, path: readonly string[]): Shape {
  const fieldsIn = (entries: Readonly<Record<string, Field>>): readonly FieldDescription[] =>
    Object.entries(entries).map(([name, field]) => describe(field, [...path, name]));
  switch (core.type) {
    case 'number':
      return { type: requirement(core, 'safe_integer') ? 'integer' : 'number', ...boundsOf(core) };
    case 'string':
      return { type: 'text' };
    case 'boolean':
      return { type: 'boolean' };
    case 'picklist':
      return { type: 'choice', choices: core.options as readonly string[] };
    case 'array':
      return { type: 'list', item: describe(core.item!, path) };
    case 'record':
      return { type: 'record', item: describe(core.value!, path) };
    case 'loose_object':
    case 'strict_object':
      return { type: 'object', fields: fieldsIn(core.entries!) };
    case 'variant': {
      const forms = Object.fromEntries(Object.entries(core.forms!).map(([kind, entries]) => [kind, fieldsIn(entries)]));
      return { type: 'variants', choices: Object.keys(forms), forms };
    }
    case 'union': {
      const either = (core.options as readonly Field[]).map((form) => describe(form, path));
      const [kinds, forms] = either;
      const isOrKind = either.length === 2 && kinds!.type === 'choice' && forms!.type === 'variants';
      return isOrKind
        ? { type: 'variants', byKind: true, choices: forms!.choices!, forms: forms!.forms! }
        : { type: 'either', either };
    }
    default:
      return { type: 'custom' };
  }
}

function boundsOf(core: Insides): Pick<Shape, 'least' | 'most' | 'above'> {
  const bound = (of: string): number => (requirement(core, of)?.requirement as number | undefined) ?? Number.NaN;
  const [least, most] = [bound('min_value'), bound('max_value')];
  return {
    ...(least === Number.MIN_VALUE ? { above: 0 } : least > Number.MIN_SAFE_INTEGER && { least }),
    ...(most < Number.POSITIVE_INFINITY && { most }),
  };
}

/** The action of a type in the pipe of a schema, or of one that it is piped from. */
function requirement({ pipe = [] }: Insides, type: string): { readonly requirement?: unknown } | undefined {
  for (const part of pipe) {
    const found = part.type === type ? part : part.pipe && requirement(part, type);
    if (found) return found;
  }
  return undefined;
}
