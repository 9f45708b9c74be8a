/** The one pass over what a caller hands in: what it gives back, and what its errors say. */

import { describe, expect, it } from 'vitest';
import { check } from '../../src/schema/check.ts';
import {
  between,
  byName,
  choice,
  custom,
  either,
  finite,
  inside,
  integer,
  list,
  notNegative,
  positive,
  ratio,
  share,
  startingShare,
  text,
  yes,
} from '../../src/schema/fields.ts';
import { object, optional, orKind, variants, where } from '../../src/schema/objects.ts';
import { errorOf } from '../runs/error-of.ts';

const way = variants('way', { walk: {}, ride: { seats: integer({}, 1), cost: optional(positive('dollars'), 5) } });
const trip = object('trip options', {
  way: optional(orKind(way), 'walk'),
  stops: optional(list(object('stop', { name: text(), hours: optional(notNegative('hours'), 1) })), []),
  prices: optional(byName(ratio()), {}),
  range: optional(
    where(object('range', { low: finite(), high: finite() }), [
      ({ high }) => `be at most high, ${high}`,
      ({ low, high }) => low <= high,
      'low',
    ]),
  ),
});
const failure = (field: Parameters<typeof check>[0], given: unknown, at?: string) => {
  const { code, message, argument, rule, got } = errorOf(() => check(field, given, at));
  return { code, message, argument, rule, got };
};

describe('what is right', () => {
  it('comes back as a copy with every default filled in', () => {
    const given = { stops: [{ name: 'Ulm' }], way: { kind: 'ride', seats: 2 } } as const;
    expect(check(trip, given)).toEqual({
      way: { kind: 'ride', seats: 2, cost: 5 },
      stops: [{ name: 'Ulm', hours: 1 }],
      prices: {},
    });
    expect(given.stops[0]).toEqual({ name: 'Ulm' });
  });

  it('may name a form by its kind alone where that is enough', () => {
    expect(check(trip, { way: 'walk' }).way).toEqual({ kind: 'walk' });
    expect(check(trip, {}).way).toEqual({ kind: 'walk' });
  });

  it('hands functions on as they are', () => {
    const call = (): void => undefined;
    const field = object('calls', {
      call: custom<() => void>('be a function', (value) => typeof value === 'function'),
    });
    expect(check(field, { call }).call).toBe(call);
  });
});

describe('a name that is none', () => {
  it('has a code of its own, the names that there are, and the one that was meant', () => {
    expect(failure(trip, { stop: [] })).toEqual({
      code: 'E_OPTION',
      message: 'trip options must be among way, stops, prices, range, got stop; did you mean stops?',
      argument: 'trip options',
      rule: 'be among way, stops, prices, range',
      got: 'stop',
    });
  });

  it('is told with its place, however deep it is', () => {
    expect(failure(trip, { stops: [{ name: 'Ulm' }, { name: 'Bonn', hour: 2 }] })).toMatchObject({
      code: 'E_OPTION',
      argument: 'stops[1]',
      message: 'stops[1] must be among name, hours, got hour; did you mean stops[1].hours?',
    });
    expect(failure(trip, { way: { kind: 'ride', seats: 1, zzz: 1 } })).toMatchObject({
      code: 'E_OPTION',
      argument: 'way',
    });
  });
});

describe('a value that breaks its rule', () => {
  it.each<[unknown, string]>([
    [{ way: 'fly' }, 'way must be one of walk, ride, got fly'],
    [{ way: { kind: 'ride', seats: 0 } }, 'way.seats must be an integer >= 1, got 0'],
    [{ stops: [{}] }, 'stops[0].name must be a non-empty text, got nothing'],
    [{ stops: 'Ulm' }, 'stops must be a list, got Ulm'],
    [{ prices: { bread: -1 } }, 'prices.bread must be a positive finite number, got -1'],
    [{ range: { low: 2, high: 1 } }, 'range.low must be at most high, 1, got 2'],
    [7, 'trip options must be an object, got 7'],
    [null, 'trip options must be an object, got null'],
  ])('%j: %s', (given, message) => {
    expect(failure(trip, given)).toMatchObject({ code: 'E_ARGUMENT', message });
  });

  it('is named from where the whole stands', () => {
    expect(failure(trip, { prices: { bread: -1 } }, 'problem').argument).toBe('problem.prices.bread');
    expect(failure(inside(), 2, 'level').message).toBe('level must be a number above 0 and below 1, got 2');
  });

  it.each<[string, Parameters<typeof check>[0], readonly unknown[], readonly unknown[]]>([
    ['positive', positive('tokens'), [Number.MIN_VALUE, 1], [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null]],
    ['notNegative', notNegative('tokens'), [0, 1], [-1, Number.NaN, Number.POSITIVE_INFINITY]],
    ['between', between(1, 2), [1, 2], [0.9, 2.1, Number.NaN]],
    ['share', share(), [0.1, 1], [0, 1.1]],
    ['inside', inside(), [0.5], [0, 1]],
    ['startingShare', startingShare(), [0, 0.9], [1, -0.1]],
    ['integer', integer({}, 2), [2, 3], [1, 2.5, 2 ** 53]],
    ['text', text(), ['a'], ['', 1]],
    ['yes', yes(), [true, false], ['true', 1]],
    ['choice', choice(['a', 'b']), ['a'], ['c', 1]],
    ['list', list(text(), { least: 1 }), [['a']], [[], 'a', {}]],
    ['either', either('be a text or a number', [text(), finite()]), ['a', 1], [true, '']],
  ])('%s takes what it says and refuses the rest', (_, field, good, bad) => {
    for (const value of good) expect(check(field, value)).toEqual(value);
    for (const value of bad) expect(failure(field, value, 'x').code).toBe('E_ARGUMENT');
  });
});
