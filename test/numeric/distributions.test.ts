/** Distribution functions against scipy (test/reference/distributions.py). */

import { readFileSync } from 'node:fs';
import { probit } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  chisquareQuantile,
  chisquareTail,
  fTail,
  normalCdf,
  normalQuantile,
  tQuantile,
} from '../../src/numeric/distributions.ts';

type Rows = readonly (readonly number[])[];
const distributions = JSON.parse(
  readFileSync(new URL('../reference/distributions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Rows>>;

/** Relative difference, absolute below 1e-300. */
const off = (value: number, expected: number): number =>
  Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-300);

describe.each([
  ['normalQuantile', normalQuantile],
  ['normalCdf', normalCdf],
  ['chisquareTail', chisquareTail],
  ['chisquareQuantile', chisquareQuantile],
  ['fTail', fTail],
  ['tQuantile', tQuantile],
] as [string, (...args: number[]) => number][])('%s', (name, f) => {
  it.each(distributions[name]!.map((row) => [row.slice(0, -1), row.at(-1)!] as const))('of %j', (args, expected) => {
    // exp(-x) at x = 650 alone costs 3e-13 / 4; a median of 0 is the one value without relative digits.
    if (expected === 0 || Math.abs(expected) < 1e-15) expect(Math.abs(f(...args) - expected)).toBeLessThan(1e-15);
    else expect(off(f(...args), expected)).toBeLessThan(2e-13);
  });

  it('of what is no number is no number', () => {
    expect(f(Number.NaN, 3)).toBeNaN();
  });
});

it('the far tail that Besiroglu et al. 2024 print comes out', () => {
  expect(off(chisquareTail(83.99546866212222, 5), 1.2224618341074017e-16)).toBeLessThan(1e-12);
});

it("simple-statistics' probit would not do", () => {
  expect(off(probit(0.975), normalQuantile(0.975))).toBeGreaterThan(1e-4);
  expect(off(normalQuantile(0.975), 1.959963984540054)).toBeLessThan(1e-12);
});
