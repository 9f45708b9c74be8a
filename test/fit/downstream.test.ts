import { describe, expect, it } from 'vitest';
import { downstream, fitLink } from '../../src/fit/downstream.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
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
    expect(errorOf(() => fitLink(models.slice(0, 4), 'sigmoid')).message).toBe(
      'models must be a list of 5 or more, got a list',
    );
    const link = fitLink(models, 'exponential');
    expect(errorOf(() => downstream(publishedLaws.hoffmann2022, link, { N: 1e9 })).message).toBe(
      'chinchilla reads D: it must be given, a positive finite number of tokens, got nothing',
    );
    const none = null as never;
    for (const [ask, message] of [
      [() => fitLink(none, 'sigmoid'), 'models must be a list of 5 or more, got null'],
      [() => fitLink([none, ...models], 'sigmoid'), 'models[0] must be an object, got null'],
      [() => downstream(none, link, { N: 1, D: 1 }), 'law must be an object, got null'],
      [() => downstream(publishedLaws.hoffmann2022, none, { N: 1, D: 1 }), 'link must be an object, got null'],
      [() => downstream(publishedLaws.hoffmann2022, link, none), 'point must be an object, got null'],
    ] as const) {
      expect(errorOf(ask)).toMatchObject({ code: 'E_ARGUMENT', message });
    }
  });

  it('holds the error between 0 and 1, and says so', () => {
    const link = {
      link: 'exponential',
      coefficients: { epsilon: 0.86, k: 1.9, gamma: 0.9 },
      fittedRange: [2, 4],
      objective: 0,
      status: { kind: 'converged' },
    } as const;
    // A law that is its floor: the loss is E.
    const at = (E: number) =>
      downstream({ law: laws['power-law-n'], coefficients: { E, A: 0, alpha: 1 } }, link, { N: 1e9 });
    // 0.86 = 1.9 exp(-0.9 L) at L = 0.881.
    expect(at(0.87)).toMatchObject({ error: 0, accuracy: 1, clamped: true, extrapolation: true });
    expect(at(0.89)).toMatchObject({ clamped: false });
    expect(at(0.89).error).toBeCloseTo(exponential(0.89), 12);
  });
});
