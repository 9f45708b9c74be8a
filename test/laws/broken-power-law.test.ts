/** Broken power laws (Caballero et al. 2023). */

import { expect, it } from 'vitest';
import { brokenPowerLaw } from '../../src/laws/broken-power-law.ts';
import { contractOf } from './contract.ts';

contractOf('broken-power-law', {
  coefficients: { a: [0.3, 1.5], b: [20, 200], c0: [0.05, 0.1], c1: [0.03, 0.1], d1: [1e19, 1e21], f1: [0.1, 0.5] },
  falls: ['C'],
});

it('has slope -c0 before its break, -(c0 + c1) after it, and two breaks two', () => {
  const law = brokenPowerLaw('two-breaks', 'D', 2);
  const c = { a: 0, b: 100, c0: 0.1, c1: 0.2, d1: 1e9, f1: 0.1, c2: -0.25, d2: 1e12, f2: 0.1 };
  const slope = (D: number): number => Math.log(law.value(c, { D: 2 * D }) / law.value(c, { D })) / Math.log(2);
  // Far from a break on the scale of f, what is left of it is exp(-1 / f).
  expect(slope(1e6)).toBeCloseTo(-0.1, 10);
  expect(slope(3e10)).toBeCloseTo(-0.3, 8);
  expect(slope(1e15)).toBeCloseTo(-0.05, 10);
});
