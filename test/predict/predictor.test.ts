import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { DEFAULT_ISO_LOSS_POINTS, predictor } from '../../src/predict/predictor.ts';
import { expectPrinted } from '../printed.ts';
import { magnitude, someLaw } from '../some-law.ts';

const sardana = predictor(publishedLaws.sardana2024);
/** E + A/N + B/D with numbers that can be checked in the head. */
const plain = (coefficients: Partial<FittedLaw['coefficients']> = {}): FittedLaw => ({
  law: laws.chinchilla,
  coefficients: { E: 1, A: 100, B: 1000, alpha: 1, beta: 1, ...coefficients },
});

describe('loss at a point', () => {
  it('is what Sardana et al. print for 70B on 1T', () => expectPrinted(sardana.loss({ N: 70e9, D: 1e12 }), '1.947'));

  it('is the equation', () => {
    expect(predictor(plain()).loss({ N: 100, D: 1000 })).toBe(3);
    // Powers of two: 2^10 ^ 0.5 = 32, 2^20 ^ 0.25 = 32.
    expect(predictor(plain({ A: 32, B: 64, alpha: 0.5, beta: 0.25 })).loss({ N: 2 ** 10, D: 2 ** 20 })).toBeCloseTo(
      1 + 1 + 2,
      14,
    );
  });

  it('is given with everything about the point, by any two of N, D and C', () => {
    const expected = { N: 1e9, D: 2e10, C: 1.2e20, tokensPerParam: 20, extrapolation: null, outside: [] };
    const { at } = predictor(plain());
    for (const point of [
      { N: 1e9, D: 2e10 },
      { N: 1e9, C: 1.2e20 },
      { D: 2e10, C: 1.2e20 },
    ] as const) {
      const { loss, ...rest } = at(point);
      expect(rest).toEqual(expected);
      expect(loss).toBeCloseTo(1 + 1e-7 + 5e-8, 14);
    }
  });

  it('says where it lies outside the runs behind the law', () => {
    expect(sardana.at({ N: 1e9, D: 20e9 })).toMatchObject({ extrapolation: false, outside: [] });
    expect(sardana.at({ N: 70e9, D: 1e12 })).toMatchObject({ extrapolation: true, outside: ['N', 'D', 'C'] });
    expect(sardana.at({ N: 1e8, D: 1e11 })).toMatchObject({ outside: ['tokensPerParam'] });
  });
});

describe('inverse questions', () => {
  it('have closed forms', () => {
    const { tokensFor, paramsFor } = predictor(plain());
    expect(tokensFor({ loss: 3, N: 100 }).D).toBeCloseTo(1000, 9);
    expect(paramsFor({ loss: 3, D: 1000 }).N).toBeCloseTo(100, 10);
  });

  it('lead back to the loss', () => {
    fc.assert(
      fc.property(someLaw, magnitude(1e7, 1e12), magnitude(1e9, 1e14), (law, N, D) => {
        const { loss, tokensFor, paramsFor } = predictor(law);
        const target = loss({ N, D });
        // Each term must be seen in the loss, else the inverse asks for digits that doubles do not have.
        const { E, A, B, alpha, beta } = law.coefficients;
        fc.pre(B * D ** -beta > 1e-6 * (E + A * N ** -alpha) && A * N ** -alpha > 1e-6 * (E + B * D ** -beta));
        // 1e-16 of the loss, over a term of 1e-6 of it, over an exponent of 0.05.
        expect(Math.abs(tokensFor({ loss: target, N }).D / D - 1)).toBeLessThan(1e-7);
        expect(Math.abs(paramsFor({ loss: target, D }).N / N - 1)).toBeLessThan(1e-7);
      }),
    );
  });
});

describe('a line of equal loss', () => {
  it('has that loss everywhere, from small models on many tokens to large ones on few', () => {
    fc.assert(
      fc.property(someLaw, magnitude(1e8, 1e10), magnitude(1e10, 1e12), (law, N, D) => {
        const { loss, isoLoss } = predictor(law);
        const target = loss({ N, D });
        fc.pre(law.coefficients.B * D ** -law.coefficients.beta > 1e-3 * target);
        const line = isoLoss({ loss: target, N: [N, 100 * N], points: 7 });
        expect(line.length).toBe(7);
        line.forEach((point, i) => {
          expect(Math.abs(loss(point) / target - 1)).toBeLessThan(1e-9);
          if (i > 0) expect(point.D).toBeLessThan(line[i - 1]!.D);
        });
      }),
    );
  });

  it('is spaced geometrically and leaves out sizes that cannot reach the loss', () => {
    const { isoLoss } = predictor(plain());
    expect(isoLoss({ loss: 2, N: [200, 20_000], points: 3 }).map(({ N }) => N)).toEqual([200, 2000, 20_000]);
    // Loss 1.5 takes A / N < 0.5, so N > 200.
    expect(isoLoss({ loss: 1.5, N: [20, 2000], points: 3 }).map(({ N }) => N)).toEqual([2000]);
    expect(isoLoss({ loss: 2, N: [200, 20_000] }).length).toBe(DEFAULT_ISO_LOSS_POINTS);
  });
});

describe('laws of other variables', () => {
  it('a law of one variable is asked for that variable', () => {
    // Dey et al. 2023, arXiv:2304.03208: (C / 5.984e22)^-0.0737 + 0.5066.
    const { loss } = predictor(publishedLaws.cerebras2023);
    expect(loss({ C: 2.3e22 })).toBeCloseTo((2.3e22 / 5.984e22) ** -0.0737 + 0.5066, 4);
    expect(loss({ C: 2.3e22 })).toBeCloseTo(1.5796, 4);
    expect(loss({ N: 1e9, D: 2e10 })).toBe(loss({ C: 1.2e20 }));
  });

  it('a variable beside N and D stands in the point, or is held', () => {
    const { muennighoff2023Repeated: law } = publishedLaws;
    const [held, asked] = [predictor(law, { U: 25e9 }), predictor(law)];
    expect(asked.loss({ N: 6.34e9, D: 242e9, U: 25e9 })).toBe(held.loss({ N: 6.34e9, D: 242e9 }));
    expect(asked.loss({ N: 6.34e9, C: 6 * 6.34e9 * 242e9, U: 25e9 })).toBeCloseTo(
      held.loss({ N: 6.34e9, D: 242e9 }),
      12,
    );
    expect(() => asked.loss({ N: 6.34e9, D: 242e9 })).toThrow('reads U: it must be given');
    expect(() => asked.tokensFor({ loss: 2.5, N: 1e9 })).toThrow(expect.objectContaining({ code: 'E_LAW_VARIABLE' }));
  });

  it('a run and a result of the library may be asked about whole, and a name that is none is refused', () => {
    const best = predictor(plain()).at({ N: 1e4, D: 1e5 });
    const { loss, at, tokensFor, paramsFor, isoLoss } = predictor(plain());
    expect(loss(best)).toBe(best.loss);
    const run = { N: 1e4, D: 1e5, loss: 9, run: 'a', weight: 2 };
    expect(loss(run)).toBe(best.loss);
    const zzz = { zzz: 1 };
    for (const ask of [
      () => loss({ N: 1e4, D: 1e5, ...zzz }),
      () => at({ N: 1e4, D: 1e5, ...zzz }),
      () => tokensFor({ loss: 2, N: 1e4, ...zzz }),
      () => paramsFor({ loss: 2, D: 1e4, ...zzz }),
      () => isoLoss({ loss: 2, N: [200, 300], ...zzz }),
    ]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'E_OPTION', got: 'zzz' }));
    }
  });
});

describe('errors', () => {
  const { loss, at, tokensFor, paramsFor, isoLoss } = predictor(plain());
  it.each([
    ['E_ARGUMENT', 'N must be a positive finite number of parameters, got -1', () => loss({ N: -1, D: 1 })],
    ['E_ARGUMENT', 'D must be a positive finite number of tokens, got NaN', () => loss({ N: 1, D: Number.NaN })],
    ['E_ARGUMENT', 'C must be a positive finite number of FLOPs, got 0', () => at({ N: 1, C: 0 })],
    ['E_ARGUMENT', 'point must have two of N, D and C, got 1', () => at({ N: 1 } as never)],
    ['E_ARGUMENT', 'point must have two of N, D and C, got 3', () => at({ N: 1, D: 1, C: 6 } as never)],
    [
      'E_ARGUMENT',
      'loss must be a positive finite number of nats per token, got 0',
      () => tokensFor({ loss: 0, N: 1 }),
    ],
    ['E_LOSS_UNREACHABLE', 'loss must be above 2 with 100 parameters, got 2', () => tokensFor({ loss: 2, N: 100 })],
    ['E_LOSS_UNREACHABLE', 'loss must be above 2 with 1000 tokens, got 1.5', () => paramsFor({ loss: 1.5, D: 1000 })],
    ['E_ARGUMENT', 'N must be [low, high], got [5, 5]', () => isoLoss({ loss: 2, N: [5, 5] })],
    ['E_ARGUMENT', 'points must be an integer >= 2, got 1', () => isoLoss({ loss: 2, N: [1, 5], points: 1 })],
    ['E_LOSS_UNREACHABLE', 'loss must be above 2 with 100 parameters, got 2', () => isoLoss({ loss: 2, N: [1, 100] })],
  ] as const)('%s: %s', (code, message, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ScalingLawsError', code, message }));
    expect(call).toThrow(ScalingLawsError);
  });

  it('refuses coefficients that are not those of the law, and laws it does not know', () => {
    const missing = { law: laws.chinchilla, coefficients: { E: 1 } } as unknown as FittedLaw;
    expect(() => predictor(missing)).toThrow('chinchilla: A must be a finite number >= 0, got nothing');
    expect(() => predictor({ ...plain(), law: 'kaplan' })).toThrow(ScalingLawsError);
  });
});

it('returns frozen objects', () => {
  expect(Object.isFrozen(sardana)).toBe(true);
  expect(Object.isFrozen(sardana.at({ N: 1e9, D: 2e10 }).outside)).toBe(true);
});
