import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FullShape, shapeFor } from '../../src/flops/shape.ts';
import type { Deployment } from '../../src/inference/deployment.ts';
import { gpus } from '../../src/inference/gpus.ts';
import { criticalBatch } from '../../src/inference/roofline.ts';
import { compileDeployment, servingOf } from '../../src/inference/serving.ts';
import { lifetimeCost } from '../../src/plan/cost-optimal.ts';

const roofline = { kind: 'roofline' } as const;
const sizes = fc.double({ min: 1e7, max: 1e12, noNaN: true });

describe('the view in FLOPs', () => {
  it("costs what the authors' dollar formula says", () => {
    const [inputTokens, outputTokens, requests] = [500, 100, 1e9];
    const dollars = lifetimeCost(
      { N: 30e9, D: 1 },
      {
        training: { gpu: 'H100' },
        serving: { gpu: 'A100-40', weights: 'int8', view: 'flops' },
        demand: { requests, inputTokens, outputTokens },
      },
    );
    const served = servingOf(30e9, { gpu: 'A100-40', weights: 'int8', view: { kind: 'flops' } });
    const hour = 1.1 / 3600;
    expect((served.prefillGpuSecondsPerToken * requests * inputTokens * hour) / dollars.prefill).toBeCloseTo(1, 12);
    expect((served.decodeGpuSecondsPerToken * requests * outputTokens * hour) / dollars.decode).toBeCloseTo(1, 12);
  });

  it('takes only formats in which the GPU computes, as the dollar formula does', () => {
    const rule = 'must be one of bf16, int8 on A100-40, got fp8';
    const demand = { requests: 1, inputTokens: 1, outputTokens: 1 };
    const serving = { gpu: 'A100-40', weights: 'fp8', view: 'flops' } as const;
    expect(() => servingOf(7e9, serving)).toThrow(`deployment.weights ${rule}`);
    expect(() => lifetimeCost({ N: 7e9, D: 1 }, { training: { gpu: 'H100' }, serving, demand })).toThrow(
      `serving.weights ${rule}`,
    );
  });

  it('costs the same a token for every batch and number of GPUs, and is proportional to N', () => {
    const view = { kind: 'flops', prefillMfu: 0.4, decodeMfu: 0.2 } as const;
    const one = compileDeployment({ gpu: 'H100', view });
    const many = compileDeployment({ gpu: 'H100', count: 4, batch: 32, view });
    for (const of of ['prefillGpuSecondsPerToken', 'decodeGpuSecondsPerToken'] as const) {
      expect(many[of](7e9) / one[of](7e9)).toBeCloseTo(1, 12);
      expect(one[of](7e9) / (7e9 * one[of](1))).toBeCloseTo(1, 12);
    }
    expect(one.decodeGpuSecondsPerToken(7e9)).toBeCloseTo((2 * 7e9) / (989e12 * 0.2), 15);
    expect(many.secondsPerOutputToken(7e9) / one.secondsPerOutputToken(7e9)).toBeCloseTo(8, 12);
  });
});

describe('the roofline', () => {
  it('falls with bandwidth', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 1.01, max: 10, noNaN: true }), (N, factor) => {
        const at = (bandwidth: number): number =>
          servingOf(N, { gpu: { ...gpus.H100, bandwidth }, view: roofline }).secondsPerOutputToken;
        expect(at(factor * 3350e9)).toBeLessThan(at(3350e9));
      }),
    );
  });

  it('gives more tokens a second, each for less, with every doubling of the batch; the next token takes no shorter', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 12 }), fc.constantFrom(1, 4, 8), (N, power, count) => {
        const at = (batch: number) => servingOf(N, { gpu: 'H100', count, batch, view: roofline });
        const [small, large] = [at(2 ** power), at(2 ** (power + 1))];
        expect(large.tokensPerSecond).toBeGreaterThan(small.tokensPerSecond);
        expect(large.decodeGpuSecondsPerToken).toBeLessThan(small.decodeGpuSecondsPerToken);
        expect(large.secondsPerOutputToken).toBeGreaterThanOrEqual(small.secondsPerOutputToken);
        expect(large.memoryBytes.total).toBeGreaterThan(small.memoryBytes.total);
      }),
    );
  });

  it('costs, past the critical batch, what arithmetic costs', () => {
    const derates = { flops: 1, bandwidth: 1 };
    const at = (batch: number) =>
      servingOf(70e9, { gpu: 'H100', batch, contextTokens: 0, view: { ...roofline, derates } });
    const arithmetic = (2 * 70e9) / 989e12;
    const far = at(30 * criticalBatch('H100'));
    expect(far.limitedBy).toBe('compute');
    expect(far.decodeGpuSecondsPerToken / arithmetic).toBeCloseTo(1, 2);
    expect(at(1).limitedBy).toBe('bandwidth');
    // Reading 140 GB for one token costs the critical batch times as much; activations and kernels are below 2%.
    expect(at(1).decodeGpuSecondsPerToken / arithmetic / criticalBatch('H100')).toBeCloseTo(1.02, 1);
  });

  it('reads int8 weights in half the time, KV caches in proportion to their length', () => {
    const at = (change: Partial<Deployment>) =>
      servingOf(70e9, { gpu: 'A100-80', count: 8, view: roofline, ...change }).memoryBytes;
    expect(at({}).weights / at({ weights: 'int8' }).weights).toBe(2);
    expect(at({ contextTokens: 6000 }).kv / at({ contextTokens: 2000 }).kv).toBeCloseTo(3, 12);
    expect(at({ batch: 8 }).kv / at({}).kv).toBeCloseTo(8, 12);
    expect(at({}).kv / at({ kv: 'int8' }).kv).toBe(2);
  });

  it('never reads more slowly with more GPUs, though talk may outweigh that', () => {
    const talkative = { gpu: 'H100', view: roofline } as const;
    const step = (count: number, link: number): number =>
      servingOf(70e9, { ...talkative, count, gpu: { ...gpus.H100, link: { bytesPerSecond: link } } })
        .secondsPerOutputToken;
    expect(step(4, 450e9)).toBeLessThan(step(2, 450e9));
    expect(step(8, 1e6)).toBeGreaterThan(step(1, 1e6));
  });

  it('multiplies in bf16 what it cannot compute with, and says so', () => {
    const at = (gpu: string) => servingOf(70e9, { gpu, weights: 'fp8', batch: 4096, count: 8, view: roofline });
    expect([at('A100-80').arithmetic, at('H100').arithmetic]).toEqual(['bf16', 'fp8']);
    expect(at('A100-80').memoryBytes.weights).toBeCloseTo(70e9, 0);
  });

  it('is continuous in N, and rises with it', () => {
    const { decodeGpuSecondsPerToken, prefillGpuSecondsPerToken, memoryTotal } = compileDeployment({
      gpu: 'H100',
      count: 2,
      batch: 64,
      view: roofline,
    });
    fc.assert(
      fc.property(sizes, (N) => {
        for (const of of [decodeGpuSecondsPerToken, prefillGpuSecondsPerToken, memoryTotal]) {
          const ratio = of(N * 1.0001) / of(N);
          // Nothing grows faster than N^(4/3): attention over the prompt.
          expect(ratio).toBeGreaterThan(1);
          expect(ratio).toBeLessThan(1.0001 ** 1.4);
        }
      }),
    );
  });

  it('reads a prompt at the share of the peak, with the attention of each token to those before', () => {
    const shape: FullShape = {
      layers: 10,
      dModel: 1000,
      heads: 10,
      kvHeads: 10,
      headSize: 100,
      dFf: 4000,
      vocabulary: 0,
    };
    const { secondsToFirstToken } = servingOf(shape, { gpu: 'H100', view: { ...roofline, prefillMfu: 0.5 } });
    // N = 12 x 10 x 1000^2; attention 2 x 10 x 1000 x T^2.
    expect(secondsToFirstToken(1e5)).toBeCloseTo((2 * 1.2e8 * 1e5 + 2 * 1e4 * 1e10) / (989e12 / 2), 12);
    // One token alone waits for the weights.
    expect(secondsToFirstToken(1)).toBeCloseTo(2.4e8 / (0.75 * 3350e9), 12);
  });

  it('reads prompts of one length, and writes to caches of another', () => {
    const at = (lengths: Partial<Deployment>) =>
      servingOf(7e10, { gpu: 'H100', count: 8, batch: 16, view: roofline, ...lengths });
    const both = at({ promptTokens: 4000, contextTokens: 6000 });
    expect(both.prefillGpuSecondsPerToken).toBe(at({ contextTokens: 4000 }).prefillGpuSecondsPerToken);
    expect(both.decodeGpuSecondsPerToken).toBe(at({ contextTokens: 6000 }).decodeGpuSecondsPerToken);
    expect(both.memoryBytes.kv).toBe(at({ contextTokens: 6000 }).memoryBytes.kv);
  });

  it('takes the derates that are given, and the usual ones for the others', () => {
    const at = (derates: object) =>
      servingOf(7e9, { gpu: 'H100', view: { ...roofline, derates } }).secondsPerOutputToken;
    expect(at({ flops: undefined })).toBe(at({}));
    expect(at({ bandwidth: 0.375 })).toBeGreaterThan(1.9 * at({}));
  });

  it('charges the tokens served for the time that servers stand idle', () => {
    const at = (occupancy: number) => servingOf(8e9, { gpu: 'L4', occupancy, view: roofline });
    expect(at(0.25).decodeGpuSecondsPerToken / at(1).decodeGpuSecondsPerToken).toBeCloseTo(4, 12);
    expect(at(0.25).prefillGpuSecondsPerToken / at(1).prefillGpuSecondsPerToken).toBeCloseTo(4, 12);
    expect(at(0.25).secondsPerOutputToken).toBe(at(1).secondsPerOutputToken);
  });
});

describe('memory', () => {
  it('fits or does not', () => {
    const at = (count: number) => servingOf(70e9, { gpu: 'A100-80', count, view: roofline });
    expect(at(1)).toMatchObject({ fits: false, memoryAvailable: 80e9 });
    expect(at(2)).toMatchObject({ fits: true, memoryAvailable: 160e9 });
    expect(at(2).memoryBytes.weights).toBeCloseTo(140e9, 0);
  });

  it('is not known of a GPU without the figure', () => {
    const gpu = { name: 'own', peakFlops: { bf16: 1e15 }, source: 'me' };
    expect(servingOf(7e9, { gpu, view: { kind: 'flops' } })).toMatchObject({
      fits: undefined,
      memoryAvailable: undefined,
    });
  });

  it('holds all experts, of which a token reads few', () => {
    const sparse = servingOf(13e9, { gpu: 'H100', view: roofline, shape: { experts: { count: 8, active: 2 } } });
    const dense = servingOf(13e9, { gpu: 'H100', view: roofline });
    expect(sparse.memoryBytes.weights).toBeGreaterThan(3 * dense.memoryBytes.weights);
    expect(sparse.secondsPerOutputToken / dense.secondsPerOutputToken).toBeCloseTo(1, 3);
  });
});

describe('errors', () => {
  const usual: Deployment = { gpu: 'H100', view: roofline };
  it.each([
    ['E_ARGUMENT', 'deployment.count must be a finite number, 1 or more, got 0.5', { count: 0.5 }],
    ['E_ARGUMENT', 'deployment.nodes must be at most count, 1, got 2', { nodes: 2 }],
    ['E_ARGUMENT', 'deployment.batch must be a finite number, 1 or more, got NaN', { batch: Number.NaN }],
    ['E_ARGUMENT', 'deployment.occupancy must be above 0 and at most 1, got 0', { occupancy: 0 }],
    ['E_ARGUMENT', 'deployment.kv must be one of bf16, fp8, int8, int4, got fp32', { kv: 'fp32' }],
    ['E_ARGUMENT', 'deployment.view must be one of flops, roofline, offload, swarm, got nothing', { view: undefined }],
    [
      'E_ARGUMENT',
      'deployment.view.prefillMfu must be above 0 and at most 1, got 2',
      { view: { ...roofline, prefillMfu: 2 } },
    ],
    [
      'E_ARGUMENT',
      'deployment.view.link must be host, ssd or a positive number of bytes/s, got tape',
      { view: { kind: 'offload', link: 'tape' } },
    ],
    [
      'E_ARGUMENT',
      'deployment.view.servers must be a finite number, 1 or more, got 0',
      { view: { kind: 'swarm', servers: 0, delaySeconds: 0, bytesPerSecond: 1 } },
    ],
    ['E_ARGUMENT', 'link.betweenNodes of L4 must be given for 2 nodes, got nothing', { gpu: 'L4', count: 4, nodes: 2 }],
    [
      'E_OPTION',
      'deployment.view must be among kind, prefillMfu, derates, got mfu',
      { view: { ...roofline, mfu: 0.5 } },
    ],
    ['E_ARGUMENT', 'deployment.shape must be an object, got 4', { shape: 4 }],
    ['E_ARGUMENT', 'deployment.view.derates must be an object, got null', { view: { ...roofline, derates: null } }],
    [
      'E_ARGUMENT',
      'deployment.promptTokens must be a finite number of tokens, 0 or more, got -1',
      { promptTokens: -1 },
    ],
    ['E_HARDWARE_UNKNOWN', /^deployment.gpu must be one of .* did you mean H200\?$/, { gpu: 'H20' }],
  ])('%s: %s', (code, message, change) => {
    expect(() => servingOf(7e9, { ...usual, ...change } as Deployment)).toThrow(
      expect.objectContaining({
        name: 'ScalingLawsError',
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });

  it('refuses no deployment, no model, and two shapes', () => {
    const shape = shapeFor(7e9);
    expect(() => servingOf(1e9, null as unknown as Deployment)).toThrow('deployment must be an object, got null');
    expect(() => servingOf(0, usual)).toThrow('model must be a positive finite number of parameters, got 0');
    expect(() => servingOf(shape, { ...usual, shape: {} })).toThrow('deployment.shape must be absent');
  });
});
