/** The law of repeated data (Muennighoff et al. 2023). */

import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { muennighoff } from '../../src/laws/muennighoff.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { CHINCHILLA_SPANS, contractOf } from './contract.ts';

contractOf('muennighoff', {
  coefficients: { ...CHINCHILLA_SPANS, alpha: [0.25, 0.5], beta: [0.25, 0.5], RD: [3, 40], RN: [2, 20] },
  others: { U: [1e9, 1e10, 1e11] },
  examples: 1,
  falls: ['D'],
  starts: 8,
  tolerance: 1e-4,
  // Where the best size meets the size.
  kink: ({ A, B, alpha, beta }, { N, D, U }) => {
    const best = (beta! * Math.log(Math.min(U!, D!)) + Math.log((alpha! * A!) / (beta! * B!))) / alpha!;
    return Math.abs(best - Math.log(N!)) < 0.1;
  },
});

describe('muennighoff', () => {
  const { coefficients } = publishedLaws.muennighoff2023Repeated;
  // huggingface/datablations: two models on 25B unique tokens; 1e-12, rounding of double precision.
  it.each([
    [6.34e9, 242e9, 2.2256440889984477],
    [8.67e9, 178e9, 2.2269634075087867],
  ])('L(%d, %d, 25e9) = %d', (N, D, printed) => {
    expect(Math.abs(muennighoff.value(coefficients, { N, D, U: 25e9 }) / printed - 1)).toBeLessThan(1e-12);
  });

  it('is the Chinchilla law where no token is repeated and no parameter is too many; U beyond D is D', () => {
    for (const U of [1e11, 5e12]) {
      const loss = muennighoff.value(coefficients, { N: 1e9, D: 1e11, U });
      expect(loss).toBeCloseTo(chinchilla.value(coefficients, { N: 1e9, D: 1e11 }), 14);
    }
  });

  it('takes four epochs for nearly as good as fresh tokens, and forty not', () => {
    const excess = (epochs: number): number =>
      muennighoff.value(coefficients, { N: 1e9, D: epochs * 2.5e10, U: 2.5e10 }) /
      chinchilla.value(coefficients, { N: 1e9, D: epochs * 2.5e10 });
    expect(excess(4)).toBeLessThan(1.005);
    expect(excess(40)).toBeGreaterThan(1.01);
  });
});
