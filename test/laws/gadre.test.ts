/** The law in FLOPs and ratio of Gadre et al. (2024). */

import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { gadre } from '../../src/laws/gadre.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { contractOf } from './contract.ts';

// It reads N, D and C as they are: more of N or D alone, at one C, is another ratio.
contractOf('gadre', { coefficients: { E: [0.5, 2], a: [50, 500], b: [50, 500], eta: [0.1, 0.2] }, falls: ['C'] });

describe('gadre', () => {
  // a = A 6^eta, b = B 6^eta from least-squares fits to the five small runs of each data set in mlfoundations/scaling, to one unit of the last digit printed.
  it.each([
    ['gadre2024C4', 141.3, 189.5],
    ['gadre2024RedPajama', 212.2, 366.7],
    ['gadre2024RefinedWeb', 157.1, 246.2],
  ] as const)('%s: a = %d, b = %d give the same losses', (name, a, b) => {
    const { E, A, B, alpha } = publishedLaws[name].coefficients;
    const eta = alpha / 2;
    expect(Math.abs(A * 6 ** eta - a)).toBeLessThan(0.1);
    expect(Math.abs(B * 6 ** eta - b)).toBeLessThan(0.1);
    for (const [N, D] of [
      [1e7, 5e7],
      [1.4e9, 9e11],
      [7e9, 1.4e11],
    ] as const) {
      const loss = gadre.value({ E, a: A * 6 ** eta, b: B * 6 ** eta, eta }, { N, D, C: 6 * N * D });
      expect(loss).toBeCloseTo(chinchilla.value(publishedLaws[name].coefficients, { N, D }), 12);
    }
  });
});
