import { describe, expect, it } from 'vitest';
import { downstream, fitLink } from '../../src/fit/downstream.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { errorOf } from './error-of.ts';

const losses = Array.from({ length: 12 }, (_, i) => 2 + 0.15 * i);
const exponential = (L: number): number => 0.86 - 1.9 * Math.exp(-0.9 * L);
const sigmoid = (L: number): number => 0.15 + 0.6 / (1 + Math.exp(-4 * (L - 2.8)));

describe('fitLink', () => {
  it('gets the coefficients back from models without noise', () => {
    const one = fitLink(
      losses.map((loss) => ({ loss, error: exponential(loss) })),
      'exponential',
    );
    expect(one.status.kind).toBe('converged');
    // 1e-6: rounding of the errors over the curvature of the least determined coefficient.
    for (const [name, value] of Object.entries({ epsilon: 0.86, k: 1.9, gamma: 0.9 })) {
      expect((one.coefficients as Record<string, number>)[name]! / value).toBeCloseTo(1, 6);
    }
    const two = fitLink(
      losses.map((loss) => ({ loss, error: sigmoid(loss) })),
      'sigmoid',
    );
    for (const [name, value] of Object.entries({ least: 0.15, rise: 0.6, slope: 4, middle: 2.8 })) {
      expect((two.coefficients as Record<string, number>)[name]! / value).toBeCloseTo(1, 6);
    }
  });

  it('is within the noise of the truth where it was fitted', () => {
    const random = seededRandom(1);
    const link = fitLink(
      losses.map((loss) => ({ loss, error: sigmoid(loss) + 0.01 * random.normal() })),
      'sigmoid',
    );
    const { error, loss, extrapolation } = downstream(publishedLaws.hoffmann2022, link, { N: 1e9, D: 1e11 });
    expect(extrapolation).toBe(false);
    // Three standard errors of a mean of about three of the twelve.
    expect(Math.abs(error - sigmoid(loss))).toBeLessThan(0.02);
    expect(downstream(publishedLaws.hoffmann2022, link, { N: 1e7, D: 1e8 }).extrapolation).toBe(true);
  });

  it('refuses what is no error, a kind that is none, too few models, a missing variable', () => {
    const models = losses.map((loss) => ({ loss, error: exponential(loss) }));
    expect(errorOf(() => fitLink([...models, { loss: 2, error: 1.2 }], 'sigmoid')).code).toBe('E_ARGUMENT');
    expect(errorOf(() => fitLink(models, 'linear' as never)).message).toBe(
      'kind must be one of exponential, sigmoid, got linear',
    );
    expect(errorOf(() => fitLink(models.slice(0, 4), 'sigmoid')).message).toBe('models must be five or more, got 4');
    const link = fitLink(models, 'exponential');
    expect(errorOf(() => downstream(publishedLaws.hoffmann2022, link, { N: 1e9 })).message).toBe(
      'D must be a positive finite number of its unit, got undefined',
    );
  });
});
