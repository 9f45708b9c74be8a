import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { type CostTarget, costOptimal, type Life, lifetimeCost } from '../../src/plan/cost-optimal.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { expectPrinted } from '../printed.ts';
import { magnitude } from '../some-law.ts';

const law = publishedLaws.sardana2024;
const LIFE: Life = {
  demand: { requests: 1e10, inputTokens: 1000, outputTokens: 250 },
  training: { gpu: 'A100-80', dtype: 'bf16', pricePerHour: 1.4, mfu: 0.5 },
  serving: {
    gpu: 'A100-40',
    weights: 'int8',
    pricePerHour: 0.6,
    view: { kind: 'flops', prefillMfu: 0.4, decodeMfu: 0.2 },
  },
};
const README: CostTarget = { loss: 1.947, ...LIFE };

describe('published numbers', () => {
  it("of the authors' README", () => {
    const { N, D, ratios } = costOptimal(law, README);
    expectPrinted(N, '2.053e10');
    expectPrinted(D, '3.302e12');
    expectPrinted(100 * ratios.N, '60.23');
    expectPrinted(100 * ratios.D, '182.41');
    expectPrinted(100 * ratios.cost, '88.76');
  });

  it('of the paper: dollars to 10%, since its prices are not all stated', () => {
    // 30B, 1.5 billion requests of 70 + 215 tokens: 16B on 3.35T, 17% of the dollars saved.
    const { N, D, ratios } = costOptimal(law, {
      loss: computeOptimal(law, { N: 30e9 }).loss,
      training: { gpu: 'A100-80' },
      serving: { gpu: 'A100-40', weights: 'int8', view: 'flops' },
      demand: { requests: 1.5e9, inputTokens: 70, outputTokens: 215 },
    });
    expect(Math.abs(N / 16e9 - 1)).toBeLessThan(0.1);
    expect(Math.abs(D / 3.35e12 - 1)).toBeLessThan(0.1);
    expect(ratios.cost).toBeGreaterThan(0.75);
    expect(ratios.cost).toBeLessThan(0.85);
  });
});

describe('properties', () => {
  it('where a served FLOP costs what a training FLOP costs, it is the optimum in FLOPs', () => {
    const same = { gpu: 'H100', pricePerHour: 3 } as const;
    const target = {
      loss: 2.1,
      training: { ...same, mfu: 0.4 },
      serving: { ...same, view: { kind: 'flops', prefillMfu: 0.4, decodeMfu: 0.4 } },
      demand: { requests: 1e9, inputTokens: 300, outputTokens: 700 },
    } as const;
    const [dollars, flops] = [costOptimal(law, target), inferenceOptimal(law, { loss: 2.1, Dinf: 1e12 })];
    expect(dollars.N / flops.N).toBeCloseTo(1, 12);
    expect(dollars.D / flops.D).toBeCloseTo(1, 12);
    expect(dollars.ratios.cost).toBeCloseTo(flops.ratios.totalFlops, 12);
    expect(dollars.inferenceFlops).toBeCloseTo(2 * dollars.N * 1e12, -10);
  });

  it('is cheaper than other points of the line of equal loss, and its cost is that of lifetimeCost', () => {
    const best = costOptimal(law, README);
    expect(best.cost).toEqual(lifetimeCost(best, LIFE));
    expect(best.chinchilla.cost).toEqual(lifetimeCost(best.chinchilla, LIFE));
    fc.assert(
      fc.property(magnitude(0.5, 100), (factor) => {
        const D = best.D * factor;
        const { N } = predictor(law).paramsFor({ loss: 1.947, D });
        expect(lifetimeCost({ N, D }, LIFE).total).toBeGreaterThanOrEqual(best.cost.total * (1 - 1e-12));
      }),
    );
  });

  it('cost scales with the price, and dearer serving takes a smaller model', () => {
    fc.assert(
      fc.property(magnitude(0.1, 10), (factor) => {
        fc.pre(Math.abs(factor - 1) > 1e-6);
        const dearer = (rental: { readonly pricePerHour?: number | undefined }) => rental.pricePerHour! * factor;
        const both = costOptimal(law, {
          ...README,
          training: { ...README.training, pricePerHour: dearer(README.training) },
          serving: { ...README.serving, pricePerHour: dearer(README.serving) },
        });
        const one = costOptimal(law, README);
        expect(both.N / one.N).toBeCloseTo(1, 12);
        expect(both.cost.total / one.cost.total / factor).toBeCloseTo(1, 12);
        const serving = costOptimal(law, {
          ...README,
          serving: { ...README.serving, pricePerHour: dearer(README.serving) },
        });
        expect(Math.sign(one.N - serving.N)).toBe(Math.sign(factor - 1));
      }),
    );
  });

  it('without requests it is the compute-optimal model', () => {
    const { N, D, cost } = costOptimal(law, { ...README, demand: { ...LIFE.demand, requests: 0 } });
    const plain = computeOptimal(law, { loss: 1.947 });
    expect([N, D, cost.prefill, cost.decode]).toEqual([plain.N, plain.D, 0, 0]);
  });
});

it('refuses a loss at E', () => {
  expect(() => costOptimal(law, { ...README, loss: 1.69 })).toThrow('loss must be above E = 1.69, got 1.69');
});

it('refuses what is no target, and fields that it does not know', () => {
  expect(() => costOptimal(publishedLaws.sardana2024, null as never)).toThrow('target must be an object, got null');
  expect(() => costOptimal(publishedLaws.sardana2024, { typo: 1 } as never)).toThrow(
    'target must be among loss, demand, training, serving, got typo',
  );
});
