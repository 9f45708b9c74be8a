/**
 * The border of the filters: a list that came from JSON, a command line or JavaScript is checked here, once.
 */

import { FilterError } from '../errors.ts';
import { EARLY_PRESETS, type Filter, MEASURES } from './filter.ts';

interface Rule {
  readonly must: string;
  readonly holds: (value: unknown) => boolean;
  readonly optional?: true;
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isValue = (value: unknown): boolean => ['string', 'boolean'].includes(typeof value) || isNumber(value);

const oneOf = (names: readonly string[]): Rule => ({
  must: `be one of ${names.join(', ')}`,
  holds: (value) => names.includes(value as string),
});
const integer = (least: number): Rule => ({
  must: `be an integer >= ${least}`,
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least,
});
const optional = (rule: Rule): Rule => ({ ...rule, optional: true });

const TEXT: Rule = { must: 'be a non-empty text', holds: isText };
const FINITE: Rule = { must: 'be a finite number', holds: isNumber };
const NOT_NEGATIVE: Rule = { must: 'be a finite number >= 0', holds: (value) => isNumber(value) && value >= 0 };
const SHARE: Rule = { must: 'be a number in [0, 1)', holds: (value) => isNumber(value) && value >= 0 && value < 1 };
const VALUES: Rule = {
  must: 'be a text, a finite number, a boolean, or a non-empty list of these',
  holds: (value) => (Array.isArray(value) ? value.length > 0 && value.every(isValue) : isValue(value)),
};
const FUNCTION: Rule = { must: 'be a function of a row', holds: (value) => typeof value === 'function' };

/** What each kind of filter is made of. */
const FIELDS: { readonly [K in Filter['kind']]: Readonly<Record<string, Rule>> } = {
  'exclude-early': {
    tokens: optional(NOT_NEGATIVE),
    fraction: optional(SHARE),
    steps: optional(NOT_NEGATIVE),
    early: optional(oneOf(Object.keys(EARLY_PRESETS))),
  },
  range: { of: oneOf(MEASURES), min: optional(FINITE), max: optional(FINITE) },
  'drop-top-loss': { count: integer(0) },
  'final-only': {},
  'lowest-loss': {},
  'every-kth': { k: integer(1) },
  equals: { column: TEXT, value: VALUES },
  predicate: { name: TEXT, keep: FUNCTION },
};

/**
 * Checks that every filter is well-formed.
 *
 * @param filters - Filters in the order of application.
 * @throws {FilterError} `E_FILTER`, naming the field: `filters[2].k must be an integer >= 1, got 0`.
 */
export function checkFilters(filters: readonly Filter[]): void {
  if (!Array.isArray(filters)) fail('filters', 'be a list', filters);
  filters.forEach((filter, i) => {
    checkFilter(filter, `filters[${i}]`);
  });
}

function checkFilter(filter: Filter, where: string): void {
  if (typeof filter !== 'object' || filter === null) fail(where, 'be an object with a kind', filter);
  if (!Object.hasOwn(FIELDS, filter.kind)) {
    fail(`${where}.kind`, `be one of ${Object.keys(FIELDS).join(', ')}`, filter.kind);
  }
  const rules = FIELDS[filter.kind];
  const values = filter as unknown as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(values)) {
    if (name !== 'kind' && !Object.hasOwn(rules, name)) {
      fail(where, `have no fields but ${['kind', ...Object.keys(rules)].join(', ')}`, name);
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = values[name];
    if (!(rule.optional && value === undefined) && !rule.holds(value)) fail(`${where}.${name}`, rule.must, value);
  }
  if (filter.kind === 'exclude-early') {
    const cuts = Object.keys(FIELDS['exclude-early']).filter((name) => values[name] !== undefined);
    if (cuts.length === 0) fail(where, 'give a cut: tokens, fraction, steps or early', 'none');
    if (cuts.includes('early') && cuts.length > 1) fail(where, 'give either early or cuts of its own', cuts.join(', '));
  }
  if (filter.kind === 'range') {
    const { min, max } = filter;
    if (min === undefined && max === undefined) fail(where, 'give a bound: min, max or both', 'none');
    if (min !== undefined && max !== undefined && min > max) fail(`${where}.min`, `be at most max, ${max}`, min);
  }
}

function fail(where: string, must: string, got: unknown): never {
  const shown = Array.isArray(got) ? JSON.stringify(got) : String(got);
  throw new FilterError('E_FILTER', `${where} must ${must}, got ${shown}`, { where, got });
}
