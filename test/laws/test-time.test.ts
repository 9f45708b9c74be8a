/** The law of repeated sampling at test time (Roberts et al. 2026). */

import { expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { testTime } from '../../src/laws/test-time.ts';
import { CHINCHILLA_SPANS, contractOf } from './contract.ts';

contractOf('test-time', {
  coefficients: { ...CHINCHILLA_SPANS, G: [0.2, 3], gamma: [0.1, 0.7] },
  others: { k: [1, 4, 16, 64] },
  falls: ['N', 'D', 'k'],
});

it('with G = 0 is the Chinchilla law', () => {
  const plain = { E: 1.7, A: 400, B: 900, alpha: 0.34, beta: 0.34 };
  const point = { N: 3e8, D: 2e10 };
  expect(testTime.value({ ...plain, G: 0, gamma: 1 }, { ...point, k: 3 })).toBeCloseTo(
    chinchilla.value(plain, point),
    14,
  );
});
