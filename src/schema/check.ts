/** The one pass over what a caller hands in: checked against its schema, with defaults filled in, or refused with what to do. */

import * as v from 'valibot';
import { ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Field } from './fields.ts';
import { aboutOf, type Checked } from './objects.ts';

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
  const { rule, unknown, path } = deepest(issue);
  const keys = path.map(({ key }) => key as string | number);
  if (unknown) {
    const got = String(keys.at(-1));
    const parent = pathOf(at, keys.slice(0, -1));
    const meant = nearest(got, rule.replace('be among ', '').split(', '));
    return new ScalingLawsError('E_OPTION', {
      argument: parent === '' ? title : parent,
      rule,
      got,
      ...(meant !== undefined && { cure: ['did you mean ', { option: pathOf(parent, [meant]) }, '?'] }),
    });
  }
  const argument = pathOf(at, keys);
  const got = path.length > 0 ? path.at(-1)!.value : issue.input;
  return new ScalingLawsError('E_ARGUMENT', { argument: argument === '' ? title : argument, rule, got });
}

interface Broken {
  readonly rule: string;
  /** The name at the end of the path is none that there is. */
  readonly unknown: boolean;
  readonly path: readonly v.IssuePathItem[];
}

/** Of a choice between forms, the rule that is broken furthest inside one of them: that form was meant. Paths of inner issues start there. */
function deepest({ message, type, expected, path, issues }: Issue): Broken {
  const here: Broken = { rule: message, unknown: type === 'strict_object' && expected === 'never', path: path ?? [] };
  return (issues ?? []).map(deepest).reduce<Broken>((best, inner) => {
    const whole = { ...inner, path: [...here.path, ...inner.path] };
    return whole.path.length > best.path.length ? whole : best;
  }, here);
}

/** `filters[2].k` from `filters`, 2, `k`. */
function pathOf(at: string, keys: readonly (string | number)[]): string {
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    at,
  );
}
