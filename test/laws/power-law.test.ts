/** Power laws in one variable (Kaplan et al. 2020; Henighan et al. 2020). */

import { describe, expect, it } from 'vitest';
import { powerLawC } from '../../src/laws/power-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { contractOf } from './contract.ts';

contractOf('power-law-c', { coefficients: { E: [0.1, 2.5], A: [5, 2000], alpha: [0.03, 0.3] }, falls: ['C'] });

contractOf('power-law-n', { coefficients: { E: [0.1, 2.5], A: [5, 2000], alpha: [0.05, 0.7] }, falls: ['N'] });

contractOf('power-law-d', { coefficients: { E: [0.1, 2.5], A: [5, 2000], alpha: [0.05, 0.7] }, falls: ['D'] });

describe('power law', () => {
  // Cerebras-GPT's model card: FLOPs, Pile test loss; the law is the authors' own (Dey et al. 2023, eq. 2). It misses its models by up to 1.5%.
  it.each([
    [2.6e18, 2.608],
    [1.3e19, 2.349],
    [6.1e19, 2.181],
    [2.8e20, 1.997],
    [1.1e21, 1.834],
    [6.3e21, 1.704],
    [2.3e22, 1.572],
  ])('Cerebras-GPT: L(%d) is within 1.5%% of %d', (C, loss) => {
    expect(Math.abs(powerLawC.value(publishedLaws.cerebras2023.coefficients, { C }) / loss - 1)).toBeLessThan(0.015);
  });
});
