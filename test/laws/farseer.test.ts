/** Farseer (Li et al. 2025). No constants of it are published as numbers; what is checked is the form that it contains. */

import { expect, it } from 'vitest';
import { farseer } from '../../src/laws/farseer.ts';
import { contractOf } from './contract.ts';

contractOf('farseer', {
  coefficients: {
    s: [-0.05, -0.01],
    q: [0.12, 0.2],
    S: [0.1, 0.5],
    B: [50, 100],
    b: [-0.12, -0.08],
    Q: [-6, -4],
    A: [-0.15, -0.1],
    a: [0.1, 0.14],
    E: [0.3, 0.6],
  },
  falls: ['D'],
  // Nine coefficients trade against each other along a valley that is followed for very long.
  tolerance: 2e-3,
});

it('without dependence on N is a power law in D', () => {
  const flat = { s: 0, q: 0.1, S: Math.log(1.7), B: 0, b: 0.1, Q: Math.log(900), A: 0, a: 0.1, E: Math.log(0.34) };
  expect(farseer.value(flat, { N: 3e8, D: 2e10 })).toBeCloseTo(1.7 + 900 / 2e10 ** 0.34, 12);
});
