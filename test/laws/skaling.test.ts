/** The law with an outer exponent. */

import { expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { skaling } from '../../src/laws/skaling.ts';
import { contractOf } from './contract.ts';

contractOf('skaling', {
  coefficients: { E: [0.1, 1.5], A: [50, 2000], B: [50, 5000], alpha: [0.2, 0.7], beta: [0.2, 0.7], k: [0.3, 0.9] },
  examples: 2,
  falls: ['N', 'D'],
  starts: 8,
  tolerance: 1e-4,
});

it('with k = 1 is the Chinchilla law', () => {
  const plain = { E: 1.7, A: 400, B: 900, alpha: 0.34, beta: 0.34 };
  const point = { N: 3e8, D: 2e10 };
  expect(skaling.value({ ...plain, k: 1 }, point)).toBeCloseTo(chinchilla.value(plain, point), 14);
});
