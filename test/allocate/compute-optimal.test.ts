import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComputeTarget, computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { expectPrinted } from '../printed.ts';
import { magnitude, someLaw } from '../some-law.ts';

const { hoffmann2022, hoffmann2022Unrounded, besiroglu2024, sardana2024 } = publishedLaws;

describe('published numbers', () => {
  it('Chinchilla as printed, and its replication, at 1e24 FLOPs', () => {
    const printed = computeOptimal(hoffmann2022, { C: 1e24 });
    expectPrinted(printed.N, '4.13e10');
    expectPrinted(printed.D, '4.036e12');
    const replicated = computeOptimal(besiroglu2024, { C: 1e24 });
    expectPrinted(replicated.N, '9.600e10');
    expectPrinted(replicated.D, '1.736e12');
  });

  it("rounding of the coefficients alone moves the model for Gopher's budget from 40.3B to 32.2B", () => {
    expect(computeOptimal(hoffmann2022, { C: 5.76e23 }).N / 32.2e9).toBeCloseTo(1, 2);
    expect(computeOptimal(hoffmann2022Unrounded, { C: 5.76e23 }).N / 40.3e9).toBeCloseTo(1, 2);
  });

  it.each([
    [1e9, '27.43B', '2.5311'],
    [7e9, '276.4B', '2.1274'],
    [13e9, '576.5B', '2.0453'],
    [30e9, '1.556T', '1.9583'],
    [70e9, '4.255T', '1.8918'],
  ])('%d parameters under the constants of Sardana et al.: %s tokens, loss %s', (N, D, loss) => {
    const best = computeOptimal(sardana2024, { N });
    expect(best.N).toBe(N);
    expectPrinted(best.D, D);
    expectPrinted(best.loss, loss);
  });

  it("the authors' 30B model has the loss that their script prints, to all its digits", () => {
    expect(Math.abs(computeOptimal(sardana2024, { N: 30e9 }).loss / 1.958253360475841 - 1)).toBeLessThan(1e-12);
  });

  it('exponents are those of Hoffmann et al., .46 and .54', () => {
    const { a, b } = computeOptimal(hoffmann2022Unrounded, { C: 1e21 }).exponents;
    expectPrinted(a, '.46');
    expectPrinted(b, '.54');
    expect(a + b).toBeCloseTo(1, 15);
  });
});

describe('properties', () => {
  const budget = magnitude(1e18, 1e27);

  it('N, D and loss of the optimum at C lead back to C', () => {
    fc.assert(
      fc.property(someLaw, budget, (law, C) => {
        const { N, D, loss, trainingFlops } = computeOptimal(law, { C });
        expect(Math.abs(trainingFlops / C - 1)).toBeLessThan(1e-12);
        for (const target of [{ N }, { D }]) {
          expect(Math.abs(computeOptimal(law, target).trainingFlops / C - 1)).toBeLessThan(1e-12);
        }
        // A loss near E holds few digits of the rest: allow for what is lost in loss - E.
        const lost = (2e-16 * loss) / (loss - law.coefficients.E);
        fc.pre(lost < 1e-10);
        const back = computeOptimal(law, { loss });
        expect(Math.abs(Math.log(back.N / N))).toBeLessThan(1e-12 + (20 * lost) / law.coefficients.alpha);
      }),
    );
  });

  it('no other split of the same compute has a lower loss', () => {
    fc.assert(
      fc.property(someLaw, budget, magnitude(1e-3, 1e3), (law, C, factor) => {
        const { N, loss } = computeOptimal(law, { C });
        expect(predictor(law).at({ N: N * factor, C }).loss).toBeGreaterThanOrEqual(loss * (1 - 1e-14));
      }),
    );
  });

  it('ten times the compute takes 10^a times the parameters', () => {
    fc.assert(
      fc.property(someLaw, budget, (law, C) => {
        const [one, two] = [computeOptimal(law, { C }), computeOptimal(law, { C: 10 * C })];
        expect(Math.log10(two.N / one.N)).toBeCloseTo(one.exponents.a, 10);
        expect(Math.log10(two.D / one.D)).toBeCloseTo(one.exponents.b, 10);
      }),
    );
  });
});

it('says that the optimum lies outside the runs', () => {
  expect(computeOptimal(hoffmann2022, { C: 1e21 })).toMatchObject({ extrapolation: false, outside: [] });
  expect(computeOptimal(hoffmann2022, { C: 1e24 })).toMatchObject({ extrapolation: true, outside: ['N', 'D', 'C'] });
});

describe('errors', () => {
  const flat = { law: laws.chinchilla, coefficients: { ...sardana2024.coefficients, B: 0 } };
  it.each([
    ['E_ARGUMENT', 'target must be one of C, N, D and loss, got none', {}],
    ['E_ARGUMENT', 'target must be one of C, N, D and loss, got C and loss', { C: 1e20, loss: 2 }],
    ['E_ARGUMENT', 'C must be a positive finite number of FLOPs, got Infinity', { C: Number.POSITIVE_INFINITY }],
    ['E_ARGUMENT', 'N must be a positive finite number of parameters, got 70B', { N: '70B' }],
    ['E_LOSS_UNREACHABLE', 'loss must be above E = 1.69, got 1.69', { loss: 1.69 }],
  ] as const)('%s: %s', (code, message, target) => {
    expect(() => computeOptimal(sardana2024, target as unknown as ComputeTarget)).toThrow(
      expect.objectContaining({ name: 'ScalingLawsError', code, message }),
    );
  });

  it('a law with a term of nothing has no optimum', () => {
    expect(() => computeOptimal(flat, { C: 1e20 })).toThrow(
      expect.objectContaining({ code: 'E_NO_OPTIMUM', message: 'law: B must be above 0 for an optimum, got 0' }),
    );
  });

  it('a loss so close to E that no double holds the tokens is unreachable', () => {
    const slow = { law: laws.chinchilla, coefficients: { ...sardana2024.coefficients, E: 0, beta: 0.01 } };
    expect(() => computeOptimal(slow, { loss: 0.1 })).toThrow(
      expect.objectContaining({
        code: 'E_LOSS_UNREACHABLE',
        message: 'loss must be reachable with finite N and D, got 0.1 where E = 0',
      }),
    );
  });
});

it('refuses what is no target, and fields that it does not know', () => {
  expect(() => computeOptimal(publishedLaws.sardana2024, null as never)).toThrow('target must be an object, got null');
  expect(() => computeOptimal(publishedLaws.sardana2024, { typo: 1 } as never)).toThrow(
    'target must be among C, N, D, loss, got typo',
  );
});
