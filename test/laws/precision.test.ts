/** The laws of training in few bits (Kumar et al. 2024). */

import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { effectiveShare, precision, precisionParts } from '../../src/laws/precision.ts';
import { CHINCHILLA_SPANS, contractOf } from './contract.ts';

contractOf('precision', {
  coefficients: { ...CHINCHILLA_SPANS, gamma: [0.5, 4] },
  others: { P: [3, 4, 6, 8, 16] },
  examples: 2,
  falls: ['N', 'D', 'P'],
});

contractOf('precision-parts', {
  coefficients: {
    ...CHINCHILLA_SPANS,
    gammaW: [1, 4],
    gammaA: [1, 4],
    gammaKV: [0.5, 2],
    nW: [0.2, 0.5],
    nA: [0.5, 2],
    nKV: [1, 3],
  },
  others: { PW: [3, 4, 8, 16], PA: [8, 3, 5, 16], PKV: [4, 16, 8, 3] },
  examples: 1,
  falls: ['N', 'D', 'PW', 'PA', 'PKV'],
  given: ['nW', 'nA', 'nKV'],
});

describe('precision', () => {
  it.each([
    [3, 0.674],
    [4, 0.776],
    [6, 0.894],
    [8, 0.95],
    [16, 0.9975],
  ])('weights in %d bits: %d of the parameters count (Kumar et al. 2024, eq. 3)', (bits, share) => {
    expect(effectiveShare(bits, 2.6745)).toBeCloseTo(share, bits === 16 ? 4 : 3);
  });

  it('of one precision is that of three equal ones without biases', () => {
    const base = { E: 2.7, A: 4299, B: 18060, alpha: 0.4965, beta: 0.4965 };
    const parts = { ...base, gammaW: 2, gammaA: 2, gammaKV: 2, nW: 0, nA: 0, nKV: 0 };
    const point = { N: 1e8, D: 1e10 };
    expect(precisionParts.value(parts, { ...point, PW: 5, PA: 5, PKV: 5 })).toBeCloseTo(
      precision.value({ ...base, gamma: 2 }, { ...point, P: 5 }),
      14,
    );
    // In endless bits it is the Chinchilla law.
    expect(precision.value({ ...base, gamma: 2 }, { ...point, P: 1000 })).toBeCloseTo(
      chinchilla.value(base, point),
      14,
    );
  });
});
