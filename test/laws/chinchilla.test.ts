/** The Chinchilla law (Hoffmann et al. 2022). */

import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { CHINCHILLA_SPANS, contractOf } from './contract.ts';

contractOf('chinchilla', { coefficients: CHINCHILLA_SPANS, falls: ['N', 'D'], thorough: true });

const loss = (N: number, D: number): number => chinchilla.value(publishedLaws.sardana2024.coefficients, { N, D });

describe('losses that papers print', () => {
  it('Sardana et al.: L(70e9, 1e12) = 1.947', () => {
    expect(loss(70e9, 1e12)).toBeCloseTo(1.947, 3);
  });

  // Chinchilla-style models of their table: tokens in billions, loss.
  it.each([
    [1e9, 27.43e9, 2.5311],
    [7e9, 276.4e9, 2.1274],
    [13e9, 576.5e9, 2.0453],
    [30e9, 1.556e12, 1.9583],
    [70e9, 4.255e12, 1.8918],
  ])('Sardana et al.: L(%d, %d) = %d', (N, D, printed) => {
    expect(Math.abs(loss(N, D) - printed)).toBeLessThanOrEqual(1e-4);
  });

  it('rounding beta from .2849 to .28 alone moves B / D^beta by 13% at 1e11 tokens', () => {
    const term = (beta: number): number =>
      chinchilla.value({ E: 0, A: 0, B: 410.7, alpha: 1, beta }, { N: 1e9, D: 1e11 });
    expect(term(0.28) / term(0.2849) - 1).toBeCloseTo(0.13, 2);
  });
});

describe('units', () => {
  it('of every coefficient make the terms nats per token', () => {
    expect(chinchilla.units).toEqual({
      E: 'nats per token',
      A: 'nats per token x parameters^alpha',
      B: 'nats per token x tokens^beta',
      alpha: '1',
      beta: '1',
    });
  });

  it('N counted in millions, A scales by 1e6^-alpha and the loss stays', () => {
    const { coefficients } = publishedLaws.besiroglu2024;
    const inMillions = { ...coefficients, A: coefficients.A * 1e6 ** -coefficients.alpha };
    expect(chinchilla.value(inMillions, { N: 70e3, D: 1.4e12 })).toBeCloseTo(
      chinchilla.value(coefficients, { N: 70e9, D: 1.4e12 }),
      13,
    );
  });
});
