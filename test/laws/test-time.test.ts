/** The law of repeated sampling at test time (Roberts et al. 2026). */

import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { passAtK, testTime } from '../../src/laws/test-time.ts';
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

describe('passAtK', () => {
  it.each([1, 2, 7, 100])('has the closed forms of the Beta distribution, k = %d', (k) => {
    // Accuracies evenly spread over (0, 1): 1 - 1 / (k + 1). With a = 1: B(1, b + k) / B(1, b) = b / (b + k).
    expect(passAtK({ mean: 0.5, concentration: 2 }, k)).toBeCloseTo(k / (k + 1), 12);
    expect(passAtK({ mean: 0.2, concentration: 5 }, k)).toBeCloseTo(k / (4 + k), 12);
    // All questions alike, to 1 / concentration; and each either solved always or never.
    expect(passAtK({ mean: 0.1, concentration: 1e12 }, k)).toBeCloseTo(1 - 0.9 ** k, 9);
    expect(passAtK({ mean: 0.1, concentration: 1e-12 }, k)).toBeCloseTo(0.1, 9);
    expect(passAtK({ mean: 0, concentration: 3 }, k)).toBe(0);
    expect(passAtK({ mean: 1, concentration: 3 }, k)).toBe(1);
  });

  it('is the mean of 1 - (1 - p)^k over the distribution, by quadrature', () => {
    const [a, b, k] = [2.5, 4, 6];
    const weights = Array.from({ length: 20000 }, (_, i) => {
      const p = (i + 0.5) / 20000;
      const weight = p ** (a - 1) * (1 - p) ** (b - 1);
      return [weight, weight * (1 - (1 - p) ** k)] as const;
    });
    const [total, passed] = weights.reduce(([s, t], [w, v]) => [s + w, t + v], [0, 0]);
    // 1e-7: the midpoint rule where the density begins like p^1.5.
    expect(Math.abs(passAtK({ mean: a / (a + b), concentration: a + b }, k) - passed / total)).toBeLessThan(1e-7);
  });

  it('refuses', () => {
    for (const [mean, concentration, k] of [
      [1.2, 3, 1],
      [0.5, 0, 1],
      [0.5, 3, 0.5],
      [Number.NaN, 3, 1],
    ] as const) {
      expect(() => passAtK({ mean, concentration }, k)).toThrowError(ScalingLawsError);
    }
  });
});
