/** Optima of laws that have no closed form here, against the same law in the form that has. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { plan } from '../../src/plan/plan.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { magnitude } from '../some-law.ts';

/** A Chinchilla law with alpha = beta, and the over-training law that it equals under C = 6 N D: a = A 6^eta, b = B 6^eta, eta = alpha / 2. */
const twins = fc
  .record({
    E: fc.double({ min: 0.5, max: 2, noNaN: true }),
    A: magnitude(100, 1000),
    B: magnitude(100, 1000),
    alpha: fc.double({ min: 0.2, max: 0.5, noNaN: true }),
  })
  .map(({ E, A, B, alpha }): { chinchilla: FittedLaw; gadre: FittedLaw<string> } => ({
    chinchilla: { law: laws.chinchilla, coefficients: { E, A, B, alpha, beta: alpha } },
    gadre: { law: laws.gadre, coefficients: { E, a: A * 6 ** (alpha / 2), b: B * 6 ** (alpha / 2), eta: alpha / 2 } },
  }));

describe('the over-training law', () => {
  it('answers like its Chinchilla twin: points, inverses, optima', () => {
    fc.assert(
      fc.property(twins, magnitude(1e8, 1e10), ({ chinchilla, gadre }, size) => {
        const [one, two] = [predictor(chinchilla), predictor(gadre)];
        expect(two.loss({ N: size, D: 20 * size })).toBeCloseTo(one.loss({ N: size, D: 20 * size }), 9);
        const best = computeOptimal(chinchilla, { N: size });
        const { loss } = best;
        expect(two.tokensFor({ N: size, loss }).D / one.tokensFor({ N: size, loss }).D).toBeCloseTo(1, 8);
        expect(two.paramsFor({ D: best.D, loss }).N / size).toBeCloseTo(1, 8);
        // Minima to the square root of the precision; roots of slopes to the step of their difference.
        for (const target of [{ N: size }, { D: best.D }, { C: best.trainingFlops }, { loss }]) {
          const found = computeOptimal(gadre, target);
          expect(found.N / best.N).toBeCloseTo(1, 5);
          expect(found.loss).toBeCloseTo(loss, 9);
          expect(found.exponents.a).toBeCloseTo(0.5, 4);
        }
        const served = inferenceOptimal(chinchilla, { loss, Dinf: 3 * best.D });
        expect(inferenceOptimal(gadre, { loss, Dinf: 3 * best.D }).N / served.N).toBeCloseTo(1, 5);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the law of repeated data', () => {
  const law = publishedLaws.muennighoff2023;

  it('changes nothing where data do not run out', () => {
    const plain = plan({ law, goal: { kind: 'loss', loss: 2.2 }, demand: { tokens: 1e12 } });
    const fresh = plan({
      law,
      goal: { kind: 'loss', loss: 2.2 },
      demand: { tokens: 1e12 },
      data: { unique: 1e15, repeat: true },
    });
    expect(fresh.N / plain.N).toBeCloseTo(1, 5);
    expect(fresh.epochs).toBeCloseTo(plain.D / 1e15, 9);
  });

  it('repeats scarce data, at a price, and is cheaper than not to repeat', () => {
    const goal = { kind: 'loss', loss: 2.3 } as const;
    const free = plan({ law, goal });
    const unique = free.D / 3;
    const repeated = plan({ law, goal, data: { unique, repeat: true } });
    const once = plan({ law, goal, data: { unique } });
    expect(repeated.cost.total).toBeGreaterThan(free.cost.total);
    expect(repeated.cost.total).toBeLessThan(once.cost.total);
    expect(repeated.epochs).toBeGreaterThan(1);
    expect(once.epochs).toBeCloseTo(1, 9);
  });

  it('matches the loss of the authors at a point', () => {
    const { RD, RN } = { RD: 15.387756, RN: 5.309743 };
    const repeating = { law: laws.muennighoff, coefficients: { ...law.coefficients, RD, RN } };
    expect(predictor(repeating, { U: 25e9 }).loss({ N: 6.34e9, D: 242e9 })).toBeCloseTo(2.2256440889984477, 11);
  });
});

it('a law whose cheapest model of a loss would have a single token has no optimum, asked either way', () => {
  // Farseer's form with coefficients under which size pays more than data, everywhere.
  const coefficients = { s: -0.015, q: 0.19, S: 0.45, B: 95, b: -0.115, Q: -5.9, A: -0.14, a: 0.105, E: 0.35 };
  const law = { law: laws.farseer, coefficients } as const;
  expect(() => computeOptimal(law, { C: 1e22 })).toThrow(expect.objectContaining({ code: 'E_NO_OPTIMUM' }));
  expect(() => computeOptimal(law, { loss: 0.6 })).toThrow(expect.objectContaining({ code: 'E_NO_OPTIMUM' }));
  expect(() => inferenceOptimal(law, { loss: 0.6, Dinf: 1e12 })).toThrow(
    expect.objectContaining({ code: 'E_NO_OPTIMUM' }),
  );
});
