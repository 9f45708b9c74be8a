/**
 * Flags, made from the schemas of the library: name, placeholder, help, choices, default and reading all come from the field that a flag gives
 * a value to. What only the command line knows (`--out`, `--json`) is a schema too, beside its command.
 */

import { refusal } from '../errors.ts';
import { type FieldDescription, fieldsOf } from '../schema/describe.ts';
import type { Field } from '../schema/fields.ts';
import type { Checked, ObjectField } from '../schema/objects.ts';
import { alternatives } from '../words.ts';
import { isTuple, readValue, shortly, typed } from './values.ts';

/** One flag. */
export interface Flag {
  /** Without its dashes. */
  readonly name: string;
  /** The option that it gives: `penalty.delta`; messages about it name the flag. */
  readonly path: string;
  /** What stands for its value; none where it has none. */
  readonly placeholder?: string;
  readonly help: string;
  /** Values to choose from, where they are few. */
  readonly choices?: readonly string[];
  /** What the field is without it. */
  readonly default?: unknown;
  /** It may be given again, or hold several values between commas. */
  readonly isMany: boolean;
  /** What it makes of its texts, one for each time that it is given. */
  readonly read: (texts: readonly string[]) => unknown;
}

/** Values by the names of flags. */
export interface Values {
  get(name: string): unknown;
  /** Whether it stands on the command line itself, not in the config file. */
  isTyped(name: string): boolean;
}

/** Flags under one title, and what they say together. */
export interface FlagSet<T> {
  readonly title: string;
  readonly flags: readonly Flag[];
  /** Flags that say nothing without one of others. */
  readonly needs?: Needs;
  /** Flags of which at most one may be given. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Flags of which at least one must be given, in the file or on the command line. */
  readonly needed?: readonly (readonly string[])[];
  /** Flags that pose one question: where one is typed, the config file's section for all commands says nothing of the others. */
  readonly question?: readonly string[];
  /** What the flags say; `names` takes the flags behind options whose path is known only now, such as `filters[2].min`. */
  readonly of: (values: Values, names: Map<string, string>) => T;
}

/** By the name of a flag: the names of others that it needs, or of several one of which it needs. */
export type Needs = Readonly<Record<string, readonly (string | readonly string[])[]>>;

/** What a flag is called and says other than its field does. */
export interface FlagChanges {
  readonly name?: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** It takes several values between commas. */
  readonly several?: boolean;
  /** Values to choose from. */
  readonly choices?: readonly string[];
  /** All that it may be, where the library takes an object too. */
  readonly names?: readonly string[];
  /** Without the flag there is nothing, whatever the default of the field. */
  readonly isAsked?: true;
}

/** How a set is made from a schema. */
export interface SetOptions {
  readonly title: string;
  /** Paths of the fields that become flags, with what is within them; default all that have help. */
  readonly only?: readonly string[];
  readonly omit?: readonly string[];
  /** By path. */
  readonly change?: Readonly<Record<string, FlagChanges>>;
  readonly needs?: Needs;
  readonly oneOf?: readonly (readonly string[])[];
  readonly needed?: readonly (readonly string[])[];
  readonly question?: readonly string[];
  /** What leads to the schema in messages: `training.`. */
  readonly at?: string;
}

/** What flags may say of the fields of `S`: any part of it. */
export type Said<S extends Field> = { readonly [K in keyof Checked<S>]?: Exclude<Checked<S>[K], undefined> };

/** The flags of a schema's fields, and the object that their values make. */
export function flagSet<E>(schema: ObjectField<E>, options: SetOptions): FlagSet<Said<ObjectField<E>>> {
  const fields = fieldsOf(schema);
  const flags = fields.flatMap((field) => flagsIn(field, options));
  const { title, needs, oneOf, needed, question } = options;
  return {
    title,
    flags,
    ...given({ needs, oneOf, needed, question }),
    of: (values) => objectOf(fields, flags, values, options.at) as Said<ObjectField<E>>,
  };
}

const pathOf = ({ path }: FieldDescription, at = ''): string => at + path.join('.');

function flagsIn(field: FieldDescription, options: SetOptions): readonly Flag[] {
  const { only, omit = [], change = {} } = options;
  const path = pathOf(field);
  const changes = change[path];
  if (omit.includes(path)) return [];
  const isWithin = only === undefined || only.some((one) => one === path || path.startsWith(`${one}.`));
  const isTold = field.help !== undefined || changes?.help !== undefined;
  const inner = field.type === 'object' && field.flag === undefined && !changes?.name ? field.fields : undefined;
  const own = isWithin && isTold && !inner && field.flag !== null ? [flagOf(field, changes, options.at)] : [];
  return [...own, ...(inner ?? unionOf(field)).flatMap((one) => flagsIn(one, options))];
}

/** The fields of all forms, one of each name. */
const unionOf = ({ forms = {} }: FieldDescription): readonly FieldDescription[] => [
  ...new Map(
    Object.values(forms)
      .flat()
      .map((one) => [pathOf(one), one]),
  ).values(),
];

/** The flag of one field. */
export function flagOf(field: FieldDescription, changes: FlagChanges = {}, at = ''): Flag {
  const { several = false, name, isAsked = false } = changes;
  const path = pathOf(field, at);
  const { default: ofNone } = isAsked ? {} : field;
  const choices = changes.names ?? changes.choices ?? field.choices ?? field.item?.choices;
  const spelt = field.type === 'variants' && !field.byKind ? shortly(field) : undefined;
  const one: FieldDescription = changes.names ? { ...field, type: 'choice', choices: changes.names } : field;
  const value: FieldDescription = several ? { ...one, type: 'list', item: one } : one;
  const placeholder = changes.placeholder ?? placeholderOf(value);
  return {
    name: name ?? field.flag ?? kebab(field.path.at(-1)!),
    path,
    help: helpOf({ ...field, ...given({ choices: spelt ?? choices, help: changes.help }), default: ofNone }),
    ...(ofNone !== undefined && { default: ofNone }),
    ...(value.type !== 'boolean' && { placeholder }),
    ...(choices && { choices }),
    isMany: ['list', 'record', 'object'].includes(value.type),
    read: (texts) => (value.type === 'boolean' ? true : readValue(value, texts, path)),
  };
}

const kebab = (name: string): string => name.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function placeholderOf(field: FieldDescription): string {
  const { unit, type, item, placeholder } = field;
  const one = item ?? field;
  if (isTuple(one)) return placeholder ?? one.fields!.map(({ path }) => path.at(-1)).join(',');
  // Of a flag that takes several values of what takes one elsewhere.
  if (type === 'list' && (item!.placeholder ?? item!.unit) !== undefined) return `${placeholderOf(item!)},...`;
  if (placeholder !== undefined) return placeholder;
  if (unit !== undefined && !unit.includes(' ')) return unit;
  if (type === 'list') return `${placeholderOf(item!)},...`;
  if (type === 'record' || type === 'object') return 'name=value,...';
  return type === 'number' || type === 'integer' ? 'number' : 'name';
}

/** One sentence: what it is; in brackets the names that it takes, how one writes it, and what it is without the flag. */
function helpOf({ help = '', default: ofNone, otherwise, example, choices = [] }: FieldDescription): string {
  const kind = ofNone !== null && typeof ofNone === 'object' && 'kind' in ofNone ? ofNone.kind : ofNone;
  const isPlain = typeof kind === 'string' || typeof kind === 'number';
  const words = help.split(/[^\w-]+/);
  const isSaid = help.includes('see scaling-laws') || choices.every((name) => words.includes(name));
  const notes = [
    ...(isSaid ? [] : [alternatives(choices)]),
    ...(example === undefined ? [] : [`such as ${typed(example)}`]),
    ...(isPlain ? [`default: ${kind}`] : otherwise === undefined ? [] : [`default: ${otherwise}`]),
  ];
  return notes.length === 0 ? help : `${help.replace(/\.$/, '')} (${notes.join('; ')}).`;
}

/** The object of the values that are given. */
function objectOf(
  fields: readonly FieldDescription[],
  flags: readonly Flag[],
  values: Values,
  at: string | undefined,
): Readonly<Record<string, unknown>> {
  const said = fields.flatMap((field): (readonly [string, unknown])[] => {
    const flag = flags.find(({ path }) => path === pathOf(field, at));
    const own = flag && values.get(flag.name);
    const whole =
      field.type === 'variants'
        ? formOf(field, own, flags, values, at)
        : flag || field.type !== 'object'
          ? own
          : filled(objectOf(field.fields!, flags, values, at));
    return whole === undefined ? [] : [[field.path.at(-1)!, whole]];
  });
  return Object.fromEntries(said);
}

const filled = <T extends object>(object: T): T | undefined => (Object.keys(object).length > 0 ? object : undefined);

/** One of several forms: the kind that is said, or stands by default, with its own fields. */
function formOf(
  field: FieldDescription,
  said: unknown,
  flags: readonly Flag[],
  values: Values,
  at: string | undefined,
): object | undefined {
  const parts = filled(objectOf(unionOf(field), flags, values, at));
  if (said === undefined && !parts) return undefined;
  const ofNone = (field.default as { readonly kind: string } | undefined)?.kind;
  if (said === undefined && ofNone === undefined) return parts;
  const kinds = [said ?? ofNone].flat() as string[];
  const kept = Object.entries(parts ?? {}).filter(([name]) => {
    const hasIt = (kind: string): boolean => field.forms![kind]!.some(({ path }) => path.at(-1) === name);
    if (kinds.some(hasIt)) return true;
    const flag = flags.find(({ path }) => path === `${pathOf(field, at)}.${name}`)!;
    if (!values.isTyped(flag.name)) return false;
    const owner = flags.find(({ path }) => path === pathOf(field, at))?.name;
    throw refusal(`--${flag.name}`, `come with --${owner} ${field.choices!.filter(hasIt).join(' or ')}`, kinds.join());
  });
  return { kind: Array.isArray(said) ? said : kinds[0], ...Object.fromEntries(kept) };
}

/** The flags of `set` that `keeps` keeps: by a rule about their paths, or those of some names. */
export function pick<T>(set: FlagSet<T>, keeps: readonly string[] | ((path: string) => boolean)): FlagSet<T> {
  const isKept = ({ name, path }: Flag): boolean => (typeof keeps === 'function' ? keeps(path) : keeps.includes(name));
  return { ...set, flags: set.flags.filter(isKept) };
}

/** `options` without what is undefined. */
export function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** All flags of a command, from its sets. */
export const flagsOf = ({
  sets,
}: {
  readonly sets: Readonly<Record<string, { readonly flags: readonly Flag[] }>>;
}): readonly Flag[] => Object.values(sets).flatMap(({ flags }) => flags);
