import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber, parseQuantity } from '../../src/runs/quantity.ts';

describe('parseQuantity', () => {
  it.each([
    ['70e9', 70e9],
    ['70B', 70e9],
    ['70 B', 70e9],
    ['1.4T', 1.4e12],
    ['350M', 350e6],
    ['350m', 350e6],
    ['12k', 12_000],
    ['12K', 12_000],
    ['7G', 7e9],
    ['.5B', 5e8],
    ['1_000', 1000],
    ['1_000k', 1e6],
    ['1,000,000', 1e6],
    ['1,000.5', 1000.5],
    ['7e9 ', 7e9],
    ['-3e9', -3e9],
    ['1.1B', 1_100_000_000],
    [5, 5],
  ])('%j is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    'B',
    '.',
    '1,00',
    '10,00,000',
    '1,0000',
    // Decimal commas, or so it may be: 25 million, and 1.6 or 1,600 billion.
    '0,025',
    '0,025B',
    '1,600B',
    ',100',
    '1__0',
    '_1',
    '1_',
    '7P',
    '1e3B',
    '0x10',
    'Infinity',
    'NaN',
    '1 2',
    '70BB',
    null,
    true,
  ])('%j is no number', (text) => {
    expect(parseQuantity(text)).toBeNaN();
  });

  it('reads back every finite number that JavaScript writes', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => parseQuantity(String(x)) === x));
  });
});

describe('parseNumber', () => {
  it('takes decimals and exponents, no suffixes and no separators', () => {
    expect(['2.5e-3', ' 1. ', '1k', '1,000', '1_0', ''].map(parseNumber)).toEqual([0.0025, 1, NaN, NaN, NaN, NaN]);
  });
});
