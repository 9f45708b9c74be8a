import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import {
  type FlopConvention,
  flopConventions,
  flopsPerToken,
  type ModelShape,
  trainingFlops,
} from '../../src/flops/conventions.ts';
import { parametersOf } from '../../src/flops/shape.ts';

/** Small enough to count by hand; heads times head size and the feed-forward width differ from their defaults. */
const SHAPE: ModelShape = { vocabulary: 100, dModel: 8, layers: 2, heads: 2, headSize: 3, dFf: 20, sequence: 5 };
/** Heads of dModel / heads, feed-forward of 4 dModel. */
const PLAIN: ModelShape = { vocabulary: 100, dModel: 8, layers: 2, heads: 2, sequence: 5 };

describe('parameters', () => {
  it('by hand', () => {
    // A layer: queries, keys, values and output 4 x 8 x (2 x 3) = 192; feed-forward 2 x 8 x 20 = 320.
    expect(parametersOf(SHAPE)).toMatchObject({
      attention: 2 * 192,
      feedForward: 2 * 320,
      unembedding: 800,
      active: 1824,
      total: 1824,
    });
    // 12 n d^2 = 12 x 2 x 64.
    expect(parametersOf(PLAIN)).toMatchObject({ attention: 512, feedForward: 1024, unembedding: 800, total: 2336 });
  });

  it('are those of GPT-3: 12 n d^2 = 174B outside the embeddings', () => {
    // Brown et al. 2020, arXiv:2005.14165, table 2.1: 96 layers, width 12288, 96 heads of 128; 175.0B in all, with 2048 positions.
    const gpt3 = { vocabulary: 50257, dModel: 12288, layers: 96, heads: 96, sequence: 2048 };
    const { attention, feedForward, total } = parametersOf(gpt3);
    expect(attention + feedForward).toBe(173946175488);
    expect(total / 175e9).toBeCloseTo(1, 2);
  });
});

describe('FLOPs per token', () => {
  it.each([
    // 6 x 1824.
    ['6ND', SHAPE, 10944],
    // 6 x 1024.
    ['kaplan', SHAPE, 6144],
    // A layer, for the 5 tokens of a sequence: QKV 2 x 3 x 5 x 8 x 6 = 1440; QK 2 x 25 x 6 = 300; softmax 3 x 2 x 25 = 150;
    // values 300; output 2 x 5 x 6 x 8 = 480; feed-forward 2 x 5 x (2 x 8 x 20) = 3200: 5870, twice 11740.
    // Embedding 2 x 5 x 100 x 8 = 8000, logits the same: 27740 forward, 83220 with backward, 16644 a token.
    ['hoffmann', SHAPE, 16644],
    // 10944 + 6 x 5 x 8 x 2.
    ['porian', SHAPE, 11424],
    // 72 x 2 x 64 + 12 x 2 x 8 x 5.
    ['deepseek', PLAIN, 10176],
    // 6 / 16 x 1824 x 8.
    ['kumar', { ...SHAPE, bits: 8 }, 5472],
  ] as const)('%s', (convention, shape, expected) => {
    expect(flopsPerToken(shape, convention)).toBe(expected);
    expect(trainingFlops(shape, 1e6, convention)).toBe(expected * 1e6);
  });

  const natural = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
  const someShape = fc.record({
    vocabulary: natural(1e5),
    dModel: natural(64).map((k) => 64 * k),
    layers: natural(100),
    heads: fc.constantFrom(1, 2, 4, 8),
    sequence: natural(8192),
  });

  it('are tied to one another', () => {
    fc.assert(
      fc.property(someShape, (shape) => {
        const { vocabulary, dModel, layers, heads, sequence } = shape;
        const of = (convention: FlopConvention): number => flopsPerToken(shape, convention);
        expect(of('kumar')).toBe(of('6ND'));
        expect(of('6ND') - of('kaplan')).toBe(6 * vocabulary * dModel);
        // DeepSeek's attention is full, Porian's causal.
        expect(of('deepseek') - of('kaplan')).toBe(2 * (of('porian') - of('6ND')));
        // Hoffmann's rest over DeepSeek's: softmax, and embedding and logits.
        const rest = of('hoffmann') - of('deepseek');
        expect(rest / (9 * layers * heads * sequence + 12 * vocabulary * dModel)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('know their names', () => {
    expect(Object.keys(flopConventions)).toEqual(['6ND', 'kaplan', 'hoffmann', 'porian', 'deepseek', 'kumar']);
    for (const { embeddings, attention, formula } of Object.values(flopConventions)) {
      // What the table says agrees with the formula: s is in it exactly where attention is counted.
      expect(/\bs\b/.test(formula)).toBe(attention);
      expect(/\bN\b|\bV\b/.test(formula)).toBe(embeddings);
    }
  });
});

describe('refusals', () => {
  it.each([
    [() => flopsPerToken({ ...SHAPE, layers: 0 }, '6ND'), 'E_ARGUMENT', /^shape\.layers must be a positive/],
    [() => flopsPerToken({ ...SHAPE, headSize: Number.NaN }, '6ND'), 'E_ARGUMENT', /^shape\.headSize must/],
    [() => trainingFlops(SHAPE, -1, '6ND'), 'E_ARGUMENT', /^tokens must be .* got -1/],
    [() => flopsPerToken(null as never, '6ND'), 'E_ARGUMENT', /^shape must be an object, got null/],
    [() => flopsPerToken({ ...SHAPE, lyers: 3 } as never, '6ND'), 'E_OPTION', /^shape must be among .* got lyers/],
    [
      () => parametersOf({ ...PLAIN, dModel: 1024, heads: 15 }),
      'E_ARGUMENT',
      /^shape\.heads must be a divisor of dModel, 1024, where headSize is not given, got 15/,
    ],
    [
      () => flopsPerToken({ ...PLAIN, dFf: 20 }, 'deepseek'),
      'E_ARGUMENT',
      /^shape must be of layers of 12 dModel\^2 .* got 9 dModel\^2/,
    ],
    [() => flopsPerToken({ ...PLAIN, dModel: Number.NaN }, '6ND'), 'E_ARGUMENT', /^shape\.dModel must be/],
    [() => flopsPerToken(SHAPE, '7ND' as FlopConvention), 'E_ARGUMENT', /^convention must be one of 6ND, .* got 7ND/],
  ])('%#', (ask, code, message) => {
    expect(ask).toThrowError(ScalingLawsError);
    expect(ask).toThrowError(message);
    try {
      ask();
    } catch (error) {
      expect((error as ScalingLawsError).code).toBe(code);
    }
  });
});
