/** The law of mixtures of experts (Ludziejewski et al. 2025). */

import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { atExperts, mixtureOfExperts } from '../../src/laws/mixture-of-experts.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { contractOf } from './contract.ts';

contractOf('mixture-of-experts', {
  coefficients: {
    a: [20, 50],
    alpha: [-0.22, -0.16],
    delta: [-0.3, -0.1],
    gamma: [0.005, 0.012],
    b: [20, 50],
    beta: [-0.22, -0.16],
    omega: [0.3, 0.6],
    zeta: [-0.03, -0.02],
    c: [0.5, 1.5],
    Estart: [1.5, 3],
    Emax: [150, 400],
  },
  others: { experts: [1, 2, 4, 8, 16, 32] },
  examples: 1,
  falls: ['N', 'D'],
});

describe('mixture of experts', () => {
  const { coefficients } = publishedLaws.ludziejewski2025;
  // Their reduced law m N^mu + n D^nu + c by number of experts (Ludziejewski et al. 2025, the table of reduced laws): amplitudes 0.5%, exponents 2e-4.
  it.each([
    [1, 30.364, -0.1817, 53.984, -0.1965],
    [2, 27.798, -0.178, 66.84, -0.2065],
    [4, 24.846, -0.1731, 87.702, -0.2192],
    [8, 21.833, -0.1676, 119.913, -0.2338],
    [16, 19.016, -0.1617, 167.507, -0.2494],
    [32, 16.542, -0.1557, 234.673, -0.2652],
  ])('%d experts: m %d, mu %d, n %d, nu %d', (experts, m, mu, n, nu) => {
    const reduced = atExperts(coefficients, experts);
    expect(Math.abs(reduced.A / m - 1)).toBeLessThan(0.005);
    expect(Math.abs(reduced.B / n - 1)).toBeLessThan(0.005);
    expect(Math.abs(reduced.alpha + mu)).toBeLessThan(2e-4);
    expect(Math.abs(reduced.beta + nu)).toBeLessThan(2e-4);
    const point = { N: 1e9, D: 1e11 };
    expect(mixtureOfExperts.value(coefficients, { ...point, experts })).toBeCloseTo(
      chinchilla.value(reduced, point),
      12,
    );
  });
});
