import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { expectPrinted } from '../printed.ts';
import { magnitude, someLaw } from '../some-law.ts';

const law = publishedLaws.sardana2024;
const ofQuality = (N: number, Dinf: number) => inferenceOptimal(law, { loss: computeOptimal(law, { N }).loss, Dinf });

/** Quality of a Chinchilla-style model, demand, N, D, change of total FLOPs in per cent; recomputed elsewhere, blank where it was not. */
const TABLE: readonly (readonly [N: number, Dinf: number, n: string, D: string, percent: string])[] = [
  [1e9, 5e10, '632M', '46.8B', '-9.0'],
  [1e9, 2e11, '438M', '82.9B', '-30.3'],
  [1e9, 1e12, '292M', '201B', '-56.7'],
  [1e9, 5e12, '213M', '563B', '-72'],
  [1e9, 1e13, '190M', '903B', '-76'],
  [7e9, 5e10, '6.425B', '301.9B', ''],
  [7e9, 2e11, '5.40B', '366.6B', '-2.6'],
  [7e9, 1e12, '3.71B', '608.8B', '-18.1'],
  [7e9, 5e12, '2.42B', '1.347T', '-46.4'],
  [7e9, 1e13, '2.05B', '2.018T', '-56.6'],
  [13e9, 2e12, '6.97B', '1.248T', '-17'],
  [30e9, 2e11, '28.2B', '1.659T', '-.13'],
  [30e9, 1e12, '23.6B', '2.013T', '-2.2'],
  [30e9, 5e12, '16.4B', '3.265T', '-16.3'],
  [30e9, 1e13, '13.6B', '', '-28'],
  [70e9, 5e10, '69.6B', '', ''],
  [70e9, 2e11, '68.3B', '', ''],
  [70e9, 1e12, '62.85B', '4.756T', '-.4'],
  [70e9, 2e12, '57.9B', '5.20T', '-1.3'],
  [70e9, 5e12, '49.0B', '6.35T', '-5.2'],
  [70e9, 1e13, '41.6B', '7.92T', '-12'],
];

describe('the table of FLOP-optimal models', () => {
  it.each(TABLE)('quality of %d, %d tokens served: %s on %s, %s %%', (N, Dinf, n, D, percent) => {
    const best = ofQuality(N, Dinf);
    expectPrinted(best.N, n);
    if (D) expectPrinted(best.D, D);
    if (percent) expectPrinted(100 * (best.ratios.totalFlops - 1), percent);
    expect(best.chinchilla.N / N).toBeCloseTo(1, 12);
  });
});

describe('worked examples', () => {
  it("of the authors' README: loss 1.947, 2e12 tokens", () => {
    const { N, D, ratios } = inferenceOptimal(law, { loss: 1.947, Dinf: 2e12 });
    expectPrinted(N, '2.418e10');
    expectPrinted(D, '2.657e12');
    expectPrinted(100 * ratios.N, '70.96');
    expectPrinted(100 * ratios.D, '146.77');
    expectPrinted(100 * ratios.totalFlops, '95.22');
  });

  it.each([
    [1.947, 2e12, '2.41836e10', '2.65705e12'],
    [1.96, 1e12, '2.30843e10', '1.97690e12'],
    [2.0, 1e13, '7.71735e9', '3.42579e12'],
    [2.1, 1e11, '7.46909e9', '3.96982e11'],
  ])('loss %d, %d tokens: %s on %s', (loss, Dinf, N, D) => {
    const best = inferenceOptimal(law, { loss, Dinf });
    expectPrinted(best.N, N);
    expectPrinted(best.D, D);
  });

  it('of the paper: 6B on 1.18 times the data for 7B and 1e11; 17% or 1.7e22 FLOPs saved for 13B and 2e12', () => {
    const six = ofQuality(7e9, 1e11);
    expectPrinted(six.N, '6B');
    expectPrinted(six.ratios.D, '1.18');
    const seven = ofQuality(13e9, 2e12);
    expectPrinted(seven.chinchilla.totalFlops - seven.totalFlops, '1.7e22');
    expectPrinted(100 * (1 - seven.ratios.totalFlops), '17');
    expectPrinted(ofQuality(30e9, 1e13).ratios.D, '2.84');
  });
});

/** Sardana et al. 2024, eq. 3: (beta B / alpha + B) D^-beta + beta B Dinf / (3 alpha) D^(-beta - 1) + E - loss = 0. */
function condition({ coefficients: { E, B, alpha, beta } }: FittedLaw, loss: number, D: number, Dinf: number): number {
  const power = D ** -beta;
  return ((beta * B) / alpha + B) * power + ((beta * B * Dinf) / (3 * alpha)) * (power / D) + E - loss;
}

describe('properties', () => {
  const target = fc.record({ N: magnitude(1e8, 1e11), Dinf: magnitude(1e8, 1e14) });
  /** Loss of the compute-optimal model of N; its rest over E must be seen by doubles. */
  const lossOf = (some: FittedLaw, N: number): number => {
    const { loss, D } = computeOptimal(some, { N });
    fc.pre(loss - some.coefficients.E > 1e-3 * loss && D > 1e6 && D < 1e20);
    return loss;
  };

  it('meets the condition of the paper and lies on the line of equal loss', () => {
    fc.assert(
      fc.property(someLaw, target, (some, { N, Dinf }) => {
        const loss = lossOf(some, N);
        const best = inferenceOptimal(some, { loss, Dinf });
        expect(Math.abs(condition(some, loss, best.D, Dinf))).toBeLessThan(1e-10 * loss);
        expect(Math.abs(predictor(some).loss(best) / loss - 1)).toBeLessThan(1e-10);
      }),
    );
  });

  it('is cheaper than 2,000 random points of the same line', () => {
    const random = seededRandom(3);
    for (const some of [law, publishedLaws.besiroglu2024, publishedLaws.gadre2024C4, publishedLaws.muennighoff2023]) {
      const loss = computeOptimal(some, { N: 10e9 }).loss;
      for (const Dinf of [1e10, 1e12, 1e14]) {
        const best = inferenceOptimal(some, { loss, Dinf });
        const { paramsFor } = predictor(some);
        for (let i = 0; i < 2000; i++) {
          // Tokens from just above the floor of the loss to far beyond the optimum.
          const D = best.D * 10 ** (4 * random.uniform() - 1);
          if (!(loss > some.coefficients.E + some.coefficients.B * D ** -some.coefficients.beta)) continue;
          const { N } = paramsFor({ loss, D });
          expect(6 * N * D + 2 * N * Dinf).toBeGreaterThanOrEqual(best.totalFlops * (1 - 1e-12));
        }
      }
    }
  });

  it('without demand it is the compute-optimal model', () => {
    fc.assert(
      fc.property(someLaw, magnitude(1e8, 1e11), (some, N) => {
        const loss = lossOf(some, N);
        const best = inferenceOptimal(some, { loss, Dinf: 0 });
        const plain = computeOptimal(some, { loss });
        expect([best.N, best.D, best.inferenceFlops]).toEqual([plain.N, plain.D, 0]);
        expect(best.ratios).toEqual({ N: 1, D: 1, totalFlops: 1 });
      }),
    );
  });

  it('more demand takes a smaller model on more tokens, and saves more', () => {
    fc.assert(
      fc.property(someLaw, target, (some, { N, Dinf }) => {
        const loss = lossOf(some, N);
        const [less, more] = [inferenceOptimal(some, { loss, Dinf }), inferenceOptimal(some, { loss, Dinf: 3 * Dinf })];
        expect(more.N).toBeLessThan(less.N);
        expect(more.D).toBeGreaterThan(less.D);
        expect(more.ratios.totalFlops).toBeLessThan(less.ratios.totalFlops + 1e-12);
        expect(less.ratios.totalFlops).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

it('splits the FLOPs and says whether the optimum lies outside the runs', () => {
  const best = inferenceOptimal(law, { loss: 2.5311, Dinf: 5e10 });
  expect(best.trainingFlops).toBeCloseTo(6 * best.N * best.D, -10);
  expect(best.inferenceFlops).toBe(2 * best.N * 5e10);
  expect(best.totalFlops).toBe(best.trainingFlops + best.inferenceFlops);
  expect(best.extrapolation).toBe(false);
  expect(ofQuality(1e9, 1e13).outside).toEqual(['D', 'tokensPerParam']);
  expect(Object.isFrozen(best.ratios)).toBe(true);
});

it.each([
  ['E_ARGUMENT', 'loss must be a positive finite number of nats per token, got -2', { loss: -2, Dinf: 1 }],
  ['E_ARGUMENT', 'Dinf must be a finite number of tokens, 0 or more, got -1', { loss: 2, Dinf: -1 }],
  ['E_ARGUMENT', 'Dinf must be a finite number of tokens, 0 or more, got nothing', { loss: 2 }],
  ['E_LOSS_UNREACHABLE', 'loss must be above E = 1.69, got 1.5', { loss: 1.5, Dinf: 1e12 }],
] as const)('%s: %s', (code, message, target) => {
  expect(() => inferenceOptimal(law, target as { loss: number; Dinf: number })).toThrow(
    expect.objectContaining({ name: 'ScalingLawsError', code, message }),
  );
});

it('refuses what is no target, and fields that it does not know', () => {
  expect(() => inferenceOptimal(publishedLaws.sardana2024, null as never)).toThrow(
    'target must be an object, got null',
  );
  expect(() => inferenceOptimal(publishedLaws.sardana2024, { typo: 1 } as never)).toThrow(
    'target must be among loss, Dinf, got typo',
  );
});
