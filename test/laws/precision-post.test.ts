/** The law of rounding after training (Kumar et al. 2024, eq. 2). */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { precisionPost } from '../../src/laws/precision-post.ts';
import { criticalTokens, DEFAULT_QUANTIZATION, quantizationLoss } from '../../src/laws/quantization.ts';
import { laws } from '../../src/laws/registry.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { CHINCHILLA_SPANS, contractOf } from './contract.ts';
import { runsOf } from './runs-of.ts';
import { designOf } from './typical.ts';

contractOf('precision-post', {
  coefficients: {
    ...CHINCHILLA_SPANS,
    CT: [0.02, 0.2],
    gammaD: [0.3, 0.6],
    gammaN: [0.2, 0.5],
    gammaPost: [0.4, 1],
  },
  others: { bits: [3, 4, 5, 6, 16] },
  examples: 1,
  falls: ['N', 'bits'],
});

/** Table 2 of the paper. */
const TABLE = { E: 2.7648, A: 4299, B: 18060, alpha: 0.4965, beta: 0.4965, ...DEFAULT_QUANTIZATION };

describe('precision-post', () => {
  it('is the loss as trained and the loss by rounding', () => {
    const point = { N: 1e8, D: 1e10, bits: 3 };
    expect(precisionPost.value(TABLE, point)).toBeCloseTo(chinchilla.value(TABLE, point) + quantizationLoss(point), 12);
    // Kumar et al. 2024, eq. 2 with the constants of table 2: 3 bits cost 0.077 nats at N 1e8, D 1e10.
    expect(Math.abs(precisionPost.value(TABLE, point) - chinchilla.value(TABLE, point) - 0.077)).toBeLessThan(1e-3);
  });

  it('is lowest at the critical tokens of equation 13', () => {
    const D = criticalTokens({ N: 1e9, bits: 4, B: TABLE.B, beta: TABLE.beta });
    const at = (factor: number): number => precisionPost.value(TABLE, { N: 1e9, D: D * factor, bits: 4 });
    expect(at(1)).toBeLessThan(at(0.99));
    expect(at(1)).toBeLessThan(at(1.01));
  });

  it('is asked for tokens on its way down, and has no more to give beyond the critical tokens', () => {
    const [N, bits] = [1e9, 4];
    const law = predictor({ law: laws['precision-post'], coefficients: TABLE }, { bits });
    const D = criticalTokens({ N, bits, B: TABLE.B, beta: TABLE.beta });
    const least = law.loss({ N, D });
    const found = law.tokensFor({ N, loss: 1.001 * least }).D;
    expect(found).toBeLessThan(D);
    expect(law.loss({ N, D: found }) / least).toBeCloseTo(1.001, 12);
    expect(() => law.tokensFor({ N, loss: 0.999 * least })).toThrow(`loss must be above ${String(least).slice(0, 10)}`);
  });

  it('gets the constants of the paper back from runs without noise', () => {
    const runs = runsOf(precisionPost, TABLE, designOf({ others: { bits: [3, 4, 5, 6, 16] } }));
    const { coefficients, status } = fitScalingLaw(runs, {
      law: 'precision-post',
      penalty: { kind: 'squared' },
      search: { starts: 4, hops: 0 },
    });
    expect(status.kind).toBe('converged');
    // 1e-4: what rounding of the losses leaves of the least determined, CT.
    for (const [name, value] of Object.entries(TABLE)) {
      expect(coefficients[name as keyof typeof TABLE] / value).toBeCloseTo(1, 4);
    }
  });
});
