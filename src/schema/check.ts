/** The one pass over what a caller hands in: checked against its schema, with defaults filled in, or refused with what to do. */

import * as v from 'valibot';
import { ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Field } from './fields.ts';
import { AMONG, aboutOf, type Checked } from './objects.ts';

type Issue = v.BaseIssue<unknown>;

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
  const result = v.safeParse(field, given, { abortEarly: true, abortPipeEarly: true });
  if (result.success) return result.output;
  throw errorOf(result.issues[0], at, aboutOf(field).title ?? 'argument');
}

function errorOf(issue: Issue, at: string, title: string): ScalingLawsError {
  const { rule, known, keys, got } = deepest(issue);
  const path = pathOf(at, keys);
  const argument = path === '' ? title : path;
  if (!known) return new ScalingLawsError('E_ARGUMENT', { argument, rule, got });
  const meant = nearest(String(got), known);
  const cure = meant && { cure: ['did you mean ', { option: pathOf(path, [meant]) }, '?'] };
  return new ScalingLawsError('E_OPTION', { argument, rule, got, ...cure });
}

interface Broken {
  readonly rule: string;
  /** The names that there are, if what was got is a name that is none. */
  readonly known?: readonly string[];
  readonly keys: readonly (string | number)[];
  readonly got: unknown;
  /** How far inside the rule was broken. */
  readonly depth: number;
}

/** Of a choice between forms, the rule that is broken furthest inside one of them: that form was meant. Paths of inner issues start there. */
function deepest(issue: Issue): Broken {
  const here = brokenAt(issue);
  return (issue.issues ?? []).map(deepest).reduce<Broken>((best, inner) => {
    const depth = here.depth + inner.depth;
    return depth > best.depth ? { ...inner, depth, keys: [...here.keys, ...inner.keys] } : best;
  }, here);
}

function brokenAt({ message: rule, type, path, input }: Issue): Broken {
  const keys = (path ?? []).map(({ key }) => key as string | number);
  const last = path?.at(-1);
  const here: Broken = { rule, keys, got: last ? last.value : input, depth: keys.length };
  if (type !== 'strict_object' || !last) return here;
  const inside = { ...here, keys: keys.slice(0, -1), got: last.input };
  if (Array.isArray(last.input)) return typeof last.key === 'number' ? here : inside;
  if (!rule.startsWith(AMONG)) return here;
  // A field that is missing may be the one that is misspelt.
  const known = rule.slice(AMONG.length).split(', ');
  return { ...inside, known, got: Object.keys(last.input as object).find((name) => !known.includes(name)) };
}

/** `filters[2].k` from `filters`, 2, `k`. */
function pathOf(at: string, keys: readonly (string | number)[]): string {
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    at,
  );
}
