/** The one pass over what a caller hands in: checked against its schema, with defaults filled in, or refused with what to do. */

import { ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Bounds, Checked, Entries, Field, FieldType, Rule } from './fields.ts';

/** A rule that does not hold, on its way out of the value that it is about: each level it passes puts its key before the others. */
class Broken {
  readonly keys: (string | number)[] = [];
  readonly rule: string;
  readonly got: unknown;
  /** The names that there are, where `got` is a name that is none. */
  readonly known: readonly string[] | undefined;

  constructor(rule: string, got: unknown, known?: readonly string[]) {
    this.rule = rule;
    this.got = got;
    this.known = known;
  }
}

/**
 * `given`, checked.
 *
 * @param field - Its schema.
 * @param given - What a caller handed in.
 * @param at - Path of `given` in what the caller sees, if it is a part of something: `goal`.
 * @returns A copy with every default filled in. Functions, signals, runs and laws in it are handed on as they are.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a value that breaks its rule, `E_OPTION` for a name that is none; both with `argument`, `rule`,
 *   `got`, and `cure` where a name was meant.
 */
export function check<F extends Field>(field: F, given: unknown, at: string = ''): Checked<F> {
  try {
    return read(field, given) as Checked<F>;
  } catch (error) {
    throw error instanceof Broken ? errorOf(error, at, field.title ?? 'argument') : error;
  }
}

function errorOf({ rule, known, keys, got }: Broken, at: string, title: string): ScalingLawsError {
  const path = pathOf(at, keys);
  const argument = path === '' ? title : path;
  if (!known) return new ScalingLawsError('E_ARGUMENT', { argument, rule, got });
  const meant = nearest(String(got), known);
  const cure = meant && { cure: ['did you mean ', { option: pathOf(path, [meant]) }, '?'] };
  return new ScalingLawsError('E_OPTION', { argument, rule, got, ...cure });
}

/** `filters[2].k` from `filters`, 2, `k`. */
function pathOf(at: string, keys: readonly (string | number)[]): string {
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    at,
  );
}

function read(field: Field, given: unknown): unknown {
  const value = given === undefined && field.optional ? field.ofNone : given;
  if (value === undefined && field.optional) return undefined;
  if (value === null && field.nullable) return null;
  const checked = readType(field, value);
  if (field.rules) refuseBreach(field.rules, checked, value);
  return checked;
}

/** Rules hold of what is checked, with its defaults; what is told is what was given. */
function refuseBreach(rules: readonly Rule<never>[], checked: unknown, given: unknown): void {
  for (const [rule, holds, at] of rules) {
    if (holds(checked as never)) continue;
    const said = typeof rule === 'string' ? rule : rule(checked as never);
    if (at === undefined) throw new Broken(said, given);
    throw inside(at, new Broken(said, (checked as Readonly<Record<string, unknown>>)[at]));
  }
}

/** {@link read} at `key` of something larger. */
function readAt(key: string | number, field: Field, value: unknown): unknown {
  try {
    return read(field, value);
  } catch (error) {
    throw inside(key, error);
  }
}

function inside(key: string | number, error: unknown): unknown {
  if (error instanceof Broken) error.keys.unshift(key);
  return error;
}

function readType(field: Field, value: unknown): unknown {
  const { type, rule, item, forms, open } = field;
  switch (type) {
    case 'object':
      return readEntries(field.entries!, recordOf(value), open);
    case 'record': {
      const record = recordOf(value);
      return Object.fromEntries(Object.keys(record).map((name) => [name, readAt(name, item!, record[name])]));
    }
    case 'list':
      if (!Array.isArray(value) || value.length < field.items!) throw new Broken(rule, value);
      return value.map((one, i) => readAt(i, item!, one));
    case 'variants': {
      const isKind = typeof value === 'string' && field.byKind;
      const isForm = isKind ? Object.hasOwn(forms!, value) : typeof value === 'object' && value !== null;
      if (!isForm && field.byKind) throw new Broken(rule, value);
      const record = isKind ? { kind: value } : recordOf(value);
      const kind = String(record.kind);
      if (!Object.hasOwn(forms!, kind)) throw inside('kind', new Broken(rule, record.kind));
      return readEntries({ kind: ANY, ...forms![kind] }, record);
    }
    case 'either':
      return readEither(field, value);
    default:
      if (holds(field, value)) return value;
      throw new Broken(rule, value);
  }
}

const ANY = { type: 'custom', rule: '', holds: () => true } as unknown as Field;

/** Whether a value without parts is what its field says. */
function holds(field: Field, value: unknown): boolean {
  switch (field.type) {
    case 'number':
      return typeof value === 'number' && isWithin(field, value);
    case 'integer':
      return Number.isSafeInteger(value) && isWithin(field, value as number);
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return field.choices!.includes(value as string);
    default:
      return field.holds!(value);
  }
}

/** Whether `value` is finite and within the bounds of a field. */
export function isWithin({ least, most, above, below }: Bounds, value: number): boolean {
  return (
    value >= (least ?? -Number.MAX_VALUE) &&
    value <= (most ?? Number.MAX_VALUE) &&
    !(value <= above!) &&
    !(value >= below!)
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Broken('be an object', value);
}

function readEntries(
  entries: Entries,
  given: Readonly<Record<string, unknown>>,
  open = false,
): Readonly<Record<string, unknown>> {
  const checked: Record<string, unknown> = open ? { ...given } : {};
  for (const name in entries) {
    const field = entries[name]!;
    const value = given[name];
    if (value === undefined && !field.optional) {
      // A field that is missing may be the one that is misspelt.
      if (!open) refuseOthers(entries, given);
      throw inside(name, new Broken(field.rule, value));
    }
    const part = readAt(name, field, value);
    if (part !== undefined) checked[name] = part;
  }
  if (!open) refuseOthers(entries, given);
  return checked;
}

function refuseOthers(entries: Entries, given: object): void {
  for (const name in given) {
    if (Object.hasOwn(entries, name)) continue;
    const known = Object.keys(entries);
    throw new Broken(`be among ${known.join(', ')}`, name, known);
  }
}

/** Types of JavaScript, of forms that are told by them. */
const TYPE_OF: Partial<Record<FieldType, string>> = {
  number: 'number',
  integer: 'number',
  text: 'string',
  boolean: 'boolean',
};

/** Of a choice between forms, the rule of the one whose type the value has, else the rule that is broken furthest inside a form: that was meant. */
function readEither({ rule, either }: Field, value: unknown): unknown {
  let [meant, depth] = [new Broken(rule, value), 0];
  for (const form of either!) {
    try {
      return read(form, value);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      const inside = TYPE_OF[form.type] === typeof value && !Number.isNaN(value) ? Infinity : depthOf(error);
      if (inside > depth) [meant, depth] = [error, inside];
    }
  }
  throw meant;
}

/** A name that is none is one level further in than what it stands in. */
const depthOf = ({ keys, known }: Broken): number => keys.length + (known ? 1 : 0);
