/** The law of Kaplan et al. (2020). */

import { describe, expect, it } from 'vitest';
import { kaplan } from '../../src/laws/kaplan.ts';
import { powerLawD, powerLawN } from '../../src/laws/power-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { contractOf } from './contract.ts';

contractOf('kaplan', {
  coefficients: { Nc: [1e12, 1e15], Dc: [1e12, 1e15], alphaN: [0.05, 0.15], alphaD: [0.05, 0.15] },
  falls: ['N', 'D'],
});

describe('kaplan', () => {
  const { coefficients } = publishedLaws.kaplan2020;
  it('is a power of N alone on endless data, and of D alone with an endless model', () => {
    // (Nc / N)^alphaN and (Dc / D)^alphaD with the constants of the joint fit, table 2.
    expect(kaplan.value(coefficients, { N: 1e9, D: 1e60 })).toBeCloseTo((6.4e13 / 1e9) ** 0.076, 12);
    expect(kaplan.value(coefficients, { N: 1e60, D: 1e10 })).toBeCloseTo((1.8e13 / 1e10) ** 0.103, 4);
  });

  it('has the constants of table 2, the fit of both variables together', () => {
    // Worked by hand from equation 1.5.
    expect(kaplan.value(coefficients, { N: 1e9, D: 1e10 })).toBeCloseTo(2.42, 3);
    expect(kaplan.value(coefficients, { N: 1e11, D: 3e11 })).toBeCloseTo(1.705, 3);
  });

  it('has laws of one variable beside it, with constants of their own', () => {
    // Equations 1.1 and 1.2.
    const { kaplan2020Size, kaplan2020Data } = publishedLaws;
    expect(powerLawN.value(kaplan2020Size.coefficients, { N: 1e9 })).toBeCloseTo((8.8e13 / 1e9) ** 0.076, 12);
    expect(powerLawD.value(kaplan2020Data.coefficients, { D: 1e10 })).toBeCloseTo((5.4e13 / 1e10) ** 0.095, 12);
  });
});
