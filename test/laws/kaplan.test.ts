/** The law of Kaplan et al. (2020). */

import { describe, expect, it } from 'vitest';
import { kaplan } from '../../src/laws/kaplan.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { contractOf } from './contract.ts';

contractOf('kaplan', {
  coefficients: { Nc: [1e12, 1e15], Dc: [1e12, 1e15], alphaN: [0.05, 0.15], alphaD: [0.05, 0.15] },
  falls: ['N', 'D'],
});

describe('kaplan', () => {
  const { coefficients } = publishedLaws.kaplan2020;
  it('is a power of N alone on endless data, and of D alone with an endless model', () => {
    // (Nc / N)^alphaN and (Dc / D)^alphaD, equations 1.1 and 1.2.
    expect(kaplan.value(coefficients, { N: 1e9, D: 1e60 })).toBeCloseTo((8.8e13 / 1e9) ** 0.076, 12);
    expect(kaplan.value(coefficients, { N: 1e60, D: 1e10 })).toBeCloseTo((5.4e13 / 1e10) ** 0.095, 4);
  });
});
