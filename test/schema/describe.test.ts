/** A schema read back as data: what flags, completion, JSON Schema and tables in the docs are made from. */

import { expect, describe as group, it } from 'vitest';
import { describe, fieldsOf } from '../../src/schema/describe.ts';
import {
  between,
  byName,
  choice,
  custom,
  either,
  finite,
  integer,
  list,
  notNegative,
  positive,
  text,
  yes,
} from '../../src/schema/fields.ts';
import { object, optional, orKind, variants, where } from '../../src/schema/objects.ts';

group('fieldsOf', () => {
  it('tells of each field its path, what it is, its bounds, unit, default and help', () => {
    const options = object('trip options', {
      people: integer({ help: 'How many travel.' }, 1),
      luggage: optional(notNegative('kilograms', { flag: 'bags', placeholder: 'kg' }), 20),
      share: optional(between(0, 1)),
      distance: positive('kilometres'),
      offset: finite(),
      way: choice(['rail', 'road']),
      name: text(),
      isReturn: yes({ flag: null }),
    });
    expect(fieldsOf(options)).toEqual([
      {
        path: ['people'],
        type: 'integer',
        optional: false,
        help: 'How many travel.',
        rule: 'be an integer >= 1',
        least: 1,
      },
      {
        path: ['luggage'],
        type: 'number',
        optional: true,
        default: 20,
        unit: 'kilograms',
        flag: 'bags',
        placeholder: 'kg',
        rule: 'be a finite number of kilograms, 0 or more',
        least: 0,
      },
      { path: ['share'], type: 'number', optional: true, rule: 'be a number from 0 to 1', least: 0, most: 1 },
      {
        path: ['distance'],
        type: 'number',
        optional: false,
        unit: 'kilometres',
        rule: 'be a positive finite number of kilometres',
        above: 0,
      },
      { path: ['offset'], type: 'number', optional: false, rule: 'be a finite number' },
      { path: ['way'], type: 'choice', optional: false, rule: 'be one of rail, road', choices: ['rail', 'road'] },
      { path: ['name'], type: 'text', optional: false, rule: 'be a non-empty text' },
      { path: ['isReturn'], type: 'boolean', optional: false, flag: null, rule: 'be true or false' },
    ]);
  });

  it('goes into objects, and into what lists and records hold', () => {
    const leg = object('leg', { stop: text() });
    const [legs, prices, first] = fieldsOf(object('trip', { legs: list(leg), prices: byName(finite()), first: leg }));
    expect(legs).toMatchObject({ type: 'list', item: { type: 'object', fields: [{ path: ['legs', 'stop'] }] } });
    expect(prices).toMatchObject({ type: 'record', item: { type: 'number' } });
    expect(first).toMatchObject({ type: 'object', title: 'leg', fields: [{ path: ['first', 'stop'], type: 'text' }] });
  });

  it('gives the fields of each variant, and says whether the kind alone is enough', () => {
    const way = variants('way', { walk: {}, ride: { seats: integer({}, 1) } });
    const forms = { walk: [], ride: [expect.objectContaining({ path: ['way', 'seats'], type: 'integer' })] };
    const [full, short] = ['full', 'short'].map((kind) =>
      describe(kind === 'full' ? way : optional(orKind(way), 'walk'), ['way']),
    );
    expect(full).toMatchObject({ type: 'variants', choices: ['walk', 'ride'], forms, title: 'way' });
    expect(full).not.toHaveProperty('byKind');
    expect(short).toMatchObject({ type: 'variants', byKind: true, forms, default: 'walk', optional: true });
  });

  it('tells forms without a kind apart from variants', () => {
    const when = either('be a day or a name', [integer(), text()]);
    expect(describe(when)).toMatchObject({
      type: 'either',
      rule: 'be a day or a name',
      either: [{ type: 'integer' }, { type: 'text' }],
    });
  });

  it('sees through rules about several fields, and calls a function custom', () => {
    const range = where(object('range', { low: finite(), high: finite() }), [
      'rise',
      ({ low, high }) => low < high,
      'low',
    ]);
    expect(fieldsOf(range).map(({ path }) => path)).toEqual([['low'], ['high']]);
    expect(describe(custom<() => void>('be a function', (value) => typeof value === 'function'))).toEqual({
      path: [],
      type: 'custom',
      optional: false,
      rule: 'be a function',
    });
  });

  it('has no fields for what is no object', () => {
    expect(fieldsOf(text())).toEqual([]);
  });
});
