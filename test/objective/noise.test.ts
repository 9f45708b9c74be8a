/** The densities behind penalties: closed forms, and normalisers that integrate to one. */

import { describe, expect, it } from 'vitest';
import { concentratedLogLikelihood, logNormaliser, scaleOfWidth } from '../../src/objective/noise.ts';
import type { Penalty } from '../../src/objective/penalty.ts';

describe('concentratedLogLikelihood', () => {
  const residuals = Array.from({ length: 40 }, (_, i) => 0.01 * Math.sin(7 * i * i + i));
  const sumOf = (rho: (r: number) => number): number => residuals.reduce((sum, r) => sum + rho(r), 0);
  const logSum = (density: (r: number) => number): number => sumOf((r) => Math.log(density(r)));

  it('squared: a normal density with the mean square as variance', () => {
    const variance = sumOf((r) => r * r) / 40;
    const expected = logSum((r) => Math.exp((-r * r) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance));
    expect(
      concentratedLogLikelihood(
        sumOf((r) => (r * r) / 2),
        40,
        { kind: 'squared' },
      ),
    ).toBeCloseTo(expected, 9);
  });

  it('absolute: a Laplace density with the mean size as scale', () => {
    const scale = sumOf(Math.abs) / 40;
    const expected = logSum((r) => Math.exp(-Math.abs(r) / scale) / (2 * scale));
    expect(concentratedLogLikelihood(sumOf(Math.abs), 40, { kind: 'absolute' })).toBeCloseTo(expected, 9);
  });

  const huber = (r: number, delta: number): number =>
    Math.abs(r) <= delta ? (r * r) / 2 : delta * (Math.abs(r) - delta / 2);

  it.each([1e-4, 1e-3, 5e-3, 0.02])('Huber, delta %s: the highest sum of a density that integrates to one', (delta) => {
    const at = (t: number): number => {
      // Trapezoids over 50 scales; the integrand is smooth but for its second derivative.
      const wide = 50 * Math.max(Math.sqrt(t), t / delta);
      const step = wide / 40_000;
      let total = 0;
      for (let r = -wide; r <= wide; r += step) total += Math.exp(-huber(r, delta) / t) * step;
      return logSum((r) => Math.exp(-huber(r, delta) / t) / total);
    };
    let best = Number.NEGATIVE_INFINITY;
    const sum = sumOf((r) => huber(r, delta));
    for (let x = -1.5; x <= 1.5; x += 0.05) best = Math.max(best, at((sum / 40) * Math.exp(x)));
    const found = concentratedLogLikelihood(sum, 40, { kind: 'huber', delta });
    // A grid of 0.05 in ln t misses a peak of curvature 40 by 1e-2 at the most.
    expect(found).toBeGreaterThan(best - 1e-4);
    expect(found).toBeLessThan(best + 0.02);
  });

  it('Huber goes over into the others at its ends', () => {
    const at = (penalty: Penalty, sum: number): number => concentratedLogLikelihood(sum, 40, penalty);
    expect(
      at(
        { kind: 'huber', delta: 1 },
        sumOf((r) => huber(r, 1)),
      ),
    ).toBeCloseTo(
      at(
        { kind: 'squared' },
        sumOf((r) => (r * r) / 2),
      ),
      6,
    );
    const tiny = 1e-9;
    expect(
      at(
        { kind: 'huber', delta: tiny },
        sumOf((r) => huber(r, tiny)),
      ),
    ).toBeCloseTo(at({ kind: 'absolute' }, sumOf(Math.abs)), 4);
  });
});

describe('logNormaliser', () => {
  const rho = (penalty: Penalty, r: number): number => {
    const over = r > 0 ? (penalty.overestimateWeight ?? 1) : 1;
    const size = Math.abs(r);
    if (penalty.kind === 'absolute') return over * size;
    const delta = penalty.kind === 'huber' ? penalty.delta : Number.POSITIVE_INFINITY;
    return over * (size <= delta ? (r * r) / 2 : delta * (size - delta / 2));
  };

  it.each<[Penalty, number]>([
    [{ kind: 'squared' }, 2e-4],
    [{ kind: 'squared', overestimateWeight: 4 }, 2e-4],
    [{ kind: 'absolute', overestimateWeight: 3 }, 0.01],
    [{ kind: 'huber', delta: 0.02 }, 2e-4],
    [{ kind: 'huber', delta: 0.02, overestimateWeight: 3 }, 2e-4],
    [{ kind: 'huber', delta: 1e-3, overestimateWeight: 0.5 }, 1e-5],
  ])('is the area under the density of %o at the scale %s', (penalty, scale) => {
    // Midpoints, the kink at 0 on an edge between two of them.
    const step = 2e-6;
    let area = 0;
    for (let r = -0.5 + step / 2; r < 0.5; r += step) area += Math.exp(-rho(penalty, r) / scale) * step;
    expect(Math.exp(logNormaliser(penalty, scale)) / area).toBeCloseTo(1, 6);
  });

  it('has a finite likelihood without any noise', () => {
    for (const penalty of [{ kind: 'squared' }, { kind: 'absolute' }, { kind: 'huber', delta: 1e-3 }] as const) {
      expect(Number.isFinite(concentratedLogLikelihood(0, 10, penalty))).toBe(true);
    }
  });
});

describe('scaleOfWidth', () => {
  it('is the variance of a normal core, and delta times the width of exponential tails', () => {
    expect(scaleOfWidth({ kind: 'squared' }, 0.01)).toBeCloseTo(1e-4, 15);
    expect(scaleOfWidth({ kind: 'absolute' }, 0.01)).toBe(0.01);
    expect(scaleOfWidth({ kind: 'huber', delta: 1e-3 }, 0.01)).toBeCloseTo(1e-5, 15);
    expect(scaleOfWidth({ kind: 'huber', delta: 0.1 }, 0.01)).toBeCloseTo(1e-4, 15);
  });
});
