import { expect, it } from 'vitest';
import { extrapolationAt } from '../../src/judge/extrapolation.ts';

const range = { N: [1e8, 1e9], D: [2e9, 2e10], C: [1e18, 1.2e20], tokensPerParam: [5, 100] } as const;
const at = (N: number, D: number) => extrapolationAt(range, { N, D, C: 6 * N * D });

it('is false inside and on the border, rounding included', () => {
  for (const point of [at(5e8, 1e10), at(1e9, 2e10), at(1e8 * (1 - 1e-12), 2e9)]) {
    expect(point).toEqual({ extrapolation: false, outside: [] });
  }
});

it('names what is outside, in the order N, D, C, tokensPerParam', () => {
  expect(at(2e9, 2e10)).toEqual({ extrapolation: true, outside: ['N', 'C'] });
  expect(at(1e8, 2e10)).toEqual({ extrapolation: true, outside: ['tokensPerParam'] });
  expect(at(1e7, 1e9).outside).toEqual(['N', 'D', 'C']);
});

it('is null where the law does not say what it was fitted to', () => {
  expect(extrapolationAt(undefined, { N: 1, D: 1, C: 6 })).toEqual({ extrapolation: null, outside: [] });
});
