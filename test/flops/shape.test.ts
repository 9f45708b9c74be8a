import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FullShape, parametersOf, type Shape, shapeFor } from '../../src/flops/shape.ts';
import { type CachedShape, kvBytesPerToken } from '../../src/inference/memory.ts';
import { BLOOM } from '../inference/models.ts';
import { expectPrinted } from '../printed.ts';

/** As the papers give them: Brown et al. 2020, table 2.1; Touvron et al. 2023, Llama 2; Workshop 2022, BLOOM. */
const gpt3: FullShape = {
  layers: 96,
  dModel: 12288,
  heads: 96,
  kvHeads: 96,
  headSize: 128,
  dFf: 49152,
  vocabulary: 50257,
};
const llama70: FullShape = {
  layers: 80,
  dModel: 8192,
  heads: 64,
  kvHeads: 8,
  headSize: 128,
  dFf: 28672,
  dFfMatrices: 3,
  vocabulary: 32000,
};
/** Mixtral 8x7B (Jiang et al. 2024): 47B parameters, 13B of them for each token. */
const mixtral: FullShape = {
  layers: 32,
  dModel: 4096,
  heads: 32,
  kvHeads: 8,
  headSize: 128,
  dFf: 14336,
  dFfMatrices: 3,
  vocabulary: 32000,
  experts: { count: 8, active: 2 },
};

describe('parameters', () => {
  // Without norms, biases, positions: within 0.5% of the published counts.
  it.each([
    ['GPT-3', gpt3, 175e9],
    ['Llama 2 70B', llama70, 69e9],
    ['BLOOM', BLOOM, 176.25e9],
    ['Mixtral, all', mixtral, 46.7e9],
  ])('%s', (_, shape, published) => {
    expect(Math.abs(parametersOf(shape).total / published - 1)).toBeLessThan(0.005);
  });

  it('of a mixture of experts: those that a token passes through, and all', () => {
    const { active, total, sparsity } = parametersOf(mixtral);
    expect(Math.abs(active / 12.9e9 - 1)).toBeLessThan(0.015);
    expect(total).toBeGreaterThan(3.5 * active);
    expect(sparsity).toBe(4);
  });
});

describe('the KV cache of a token', () => {
  it('is 4.72 MB for GPT-3 with multi-head attention, 0.328 MB for 70B with 8 key-value heads', () => {
    expectPrinted(kvBytesPerToken(gpt3, 2) / 1e6, '4.72');
    expectPrinted(kvBytesPerToken(llama70, 2) / 1e6, '.328');
  });
});

describe('the shape for N', () => {
  it("is GPT-3's at its body of 12 x 96 x 12288^2 parameters", () => {
    const shape = shapeFor(12 * 96 * 12288 ** 2, { queriesPerKv: 1 });
    const { vocabulary: _, ...body } = gpt3;
    // Cube root and back: a few units in the last place.
    for (const [name, value] of Object.entries(body)) expect(shape[name as 'layers']).toBeCloseTo(value as number, 7);
  });

  it('has N active parameters, whatever the rule', () => {
    const rules = fc.record({
      aspectRatio: fc.double({ min: 20, max: 300, noNaN: true }),
      headSize: fc.constantFrom(64, 128, 256),
      queriesPerKv: fc.double({ min: 1, max: 64, noNaN: true }),
      experts: fc.constantFrom({ count: 8, active: 2 }, { count: 256, active: 8 }, { count: 1, active: 1 }),
    });
    fc.assert(
      fc.property(fc.double({ min: 1e6, max: 1e13, noNaN: true }), rules, (N, rule) => {
        const { active, total } = parametersOf(shapeFor(N, rule));
        expect(Math.abs(active / N - 1)).toBeLessThan(1e-12);
        expect(total).toBeGreaterThanOrEqual(active * (1 - 1e-12));
      }),
    );
  });
});

describe('errors', () => {
  it.each([
    [{ layers: undefined }, 'shape.layers must be a positive finite number of layers, got nothing'],
    [{ experts: null }, 'shape.experts must be an object, got null'],
    [{ layers: 0 }, 'shape.layers must be a positive finite number of layers, got 0'],
    [{ kvHeads: 65 }, 'shape.kvHeads must be at most the heads, 64, got 65'],
    [{ vocabulary: -1 }, 'shape.vocabulary must be a finite number of tokens, 0 or more, got -1'],
    [{ dFfMatrices: 4 }, 'shape.dFfMatrices must be 2 or 3, got 4'],
    [{ experts: { count: 2, active: 4 } }, 'shape.experts.active must be at most the count, 2, got 4'],
  ])('%o', (change, message) => {
    expect(() => parametersOf({ ...llama70, ...change } as Shape)).toThrow(message);
  });

  it('of what is no shape, and no number', () => {
    expect(() => parametersOf([] as unknown as Shape)).toThrow('shape must be an object, got a list');
    expect(() => shapeFor(Number.NaN)).toThrow('N must be a positive finite number of parameters, got NaN');
    expect(() => kvBytesPerToken({ layers: 80 } as CachedShape, 2)).toThrow(
      'shape.kvHeads must be a positive finite number',
    );
    expect(() => kvBytesPerToken(llama70, Number.NaN)).toThrow(
      'bytes must be a positive finite number of bytes, got NaN',
    );
  });

  it('in the rule', () => {
    expect(() => shapeFor(1e9, { queriesPerKv: 0.5 })).toThrow(
      'rule.queriesPerKv must be a finite number, 1 or more, got 0.5',
    );
    expect(() => shapeFor(1e9, { aspect: 128 } as object)).toThrow(
      'rule must be among aspectRatio, headSize, queriesPerKv, experts, got aspect',
    );
  });
});
