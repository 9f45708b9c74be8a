/** What rounding a trained model costs (Kumar et al. 2024). */

import { describe, expect, it } from 'vitest';
import { criticalTokens, quantizationLoss } from '../../src/laws/quantization.ts';

describe('rounding a trained model', () => {
  it.each([
    [3, 0.077, 1e-3],
    [4, 0.014, 1e-3],
    [5, 0.0026, 1e-4],
    [8, 1.6e-5, 1e-6],
  ])('rounding to %d bits costs %d nats at N 1e8, D 1e10 (Kumar et al. 2024, eq. 2)', (bits, printed, unit) => {
    expect(Math.abs(quantizationLoss({ N: 1e8, D: 1e10, bits }) - printed)).toBeLessThan(unit);
  });

  it('has its critical tokens where more training no longer lowers the loss of the rounded model', () => {
    const model = { N: 1e9, bits: 4, B: 18060, beta: 0.4965 };
    const loss = (D: number): number =>
      model.B / D ** model.beta + quantizationLoss({ N: model.N, bits: model.bits, D });
    const D = criticalTokens(model);
    const h = 1e-4;
    // The slope by ln D, as a share of the curvature by ln D: 0 at the minimum.
    const slope = (loss(D * Math.exp(h)) - loss(D * Math.exp(-h))) / (2 * h);
    const bend = (loss(D * Math.exp(h)) - 2 * loss(D) + loss(D * Math.exp(-h))) / h ** 2;
    expect(Math.abs(slope / bend)).toBeLessThan(1e-6);
    expect(bend).toBeGreaterThan(0);
  });
});
