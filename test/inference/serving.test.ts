import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/inference/deployment.ts';
import { lifetimeCost } from '../../src/inference/dollars.ts';
import { gpus } from '../../src/inference/gpus.ts';
import { criticalBatch } from '../../src/inference/roofline.ts';
import { compileDeployment, servingOf } from '../../src/inference/serving.ts';
import type { Shape } from '../../src/inference/shape.ts';
import { expectPrinted } from '../printed.ts';

const roofline = { kind: 'roofline' } as const;
const sizes = fc.double({ min: 1e7, max: 1e12, noNaN: true });

describe('the view in FLOPs', () => {
  it("costs what the authors' dollar formula says", () => {
    const [inputTokens, outputTokens, requests] = [500, 100, 1e9];
    const dollars = lifetimeCost(
      { N: 30e9, D: 1 },
      { training: { gpu: 'H100' }, inference: { gpu: 'A100-40', dtype: 'int8' }, requests, inputTokens, outputTokens },
    );
    const served = servingOf(30e9, { gpu: 'A100-40', weights: 'int8', view: { kind: 'flops' } });
    const hour = 1.1 / 3600;
    expect((served.prefillGpuSecondsPerToken * requests * inputTokens * hour) / dollars.prefill).toBeCloseTo(1, 12);
    expect((served.decodeGpuSecondsPerToken * requests * outputTokens * hour) / dollars.decode).toBeCloseTo(1, 12);
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
    // Reading 140 GB for one token costs the critical batch times as much; activations and kernels are below 2 %.
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
    const shape: Shape = { layers: 10, dModel: 1000, heads: 10, kvHeads: 10, headSize: 100, dFf: 4000, vocabulary: 0 };
    const { secondsToFirstToken } = servingOf(shape, { gpu: 'H100', view: { ...roofline, prefillMfu: 0.5 } });
    // N = 12 x 10 x 1000^2; attention 2 x 10 x 1000 x T^2.
    expect(secondsToFirstToken(1e5)).toBeCloseTo((2 * 1.2e8 * 1e5 + 2 * 1e4 * 1e10) / (989e12 / 2), 12);
    // One token alone waits for the weights.
    expect(secondsToFirstToken(1)).toBeCloseTo(2.4e8 / (0.75 * 3350e9), 12);
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

/** BLOOM (Workshop 2022): 176 GB in int8. */
const bloom: Shape = {
  layers: 70,
  dModel: 14336,
  heads: 112,
  kvHeads: 112,
  headSize: 128,
  dFf: 57344,
  vocabulary: 250880,
};
const petals = { gpu: 'A100-80', weights: 'int8', contextTokens: 128 } as const;

describe('offload (Borzunov et al. 2023, FACTS G29 and 10.4)', () => {
  const at = (link: 'host' | 'ssd' | number, batch = 1) =>
    servingOf(bloom, { ...petals, batch, view: { kind: 'offload', link } });

  it('takes 5.5 s a token from memory and 22 s from an SSD', () => {
    expectPrinted(at('host').secondsPerOutputToken, '5.5');
    expectPrinted(at('ssd').secondsPerOutputToken, '22');
  });

  it('gives .18 and .09 steps a second at 256 and 128 Gbit/s', () => {
    expectPrinted(1 / at(256e9 / 8).secondsPerOutputToken, '.18');
    expectPrinted(1 / at(128e9 / 8).secondsPerOutputToken, '.09');
  });

  it('shares the pass among the batch, and fits where the weights do not', () => {
    expect(at('host').decodeGpuSecondsPerToken / at('host', 64).decodeGpuSecondsPerToken).toBeCloseTo(64, 10);
    expect(at('host')).toMatchObject({ fits: true, limitedBy: 'network' });
    expect(servingOf(bloom, { ...petals, view: roofline }).fits).toBe(false);
  });

  it('is the roofline where the link is fast', () => {
    const fast = at(1e18);
    const { secondsPerOutputToken, limitedBy } = servingOf(bloom, { ...petals, view: roofline });
    expect(fast).toMatchObject({ secondsPerOutputToken, limitedBy });
  });
});

describe('swarm, held against the measurements on 3 A100 (Borzunov et al. 2023, table 3, FACTS 10.4)', () => {
  /** Round trips as delays; half of one between neighbours. */
  const swarm = (roundTrip: number, bits: number, bandwidth?: number) =>
    1 /
    servingOf(bloom, {
      ...petals,
      view: {
        kind: 'swarm',
        servers: 3,
        delaySeconds: roundTrip / 2,
        bytesPerSecond: bits / 8,
        ...(bandwidth ? { derates: { bandwidth } } : {}),
      },
    }).secondsPerOutputToken;

  it('does not know how slow a server is: with the derates of a well-kept one it is 4.6 times too fast', () => {
    expect(swarm(5e-3, 1e9) / 1.71).toBeGreaterThan(4);
  });

  it('told by the first row, predicts what a slower link and a longer way do, within 5 %', () => {
    // 1 / 1.71 s less 4 hops leave .574 s, .191 s a server: 15.1 % of the bandwidth.
    const share = 0.1512;
    expect(swarm(5e-3, 1e9, share) / 1.71).toBeCloseTo(1, 2);
    expect(Math.abs(swarm(5e-3, 1e8, share) / 1.66 - 1)).toBeLessThan(0.05);
    expect(Math.abs(swarm(100e-3, 1e8, share) / 1.23 - 1)).toBeLessThan(0.05);
  });

  it('pays for all servers', () => {
    const view = { kind: 'swarm', servers: 3, delaySeconds: 0, bytesPerSecond: 1e12 } as const;
    const { decodeGpuSecondsPerToken, secondsPerOutputToken, memoryAvailable } = servingOf(bloom, { ...petals, view });
    expect(decodeGpuSecondsPerToken / secondsPerOutputToken).toBeCloseTo(3, 12);
    expect(memoryAvailable).toBe(240e9);
  });
});

describe('errors', () => {
  const usual: Deployment = { gpu: 'H100', view: roofline };
  it.each([
    ['E_ARGUMENT', 'deployment.count must be 1 or more, got 0.5', { count: 0.5 }],
    ['E_ARGUMENT', 'deployment.nodes must be at most deployment.count, 1, got 2', { nodes: 2 }],
    ['E_ARGUMENT', 'deployment.batch must be a positive finite number of sequences, got NaN', { batch: Number.NaN }],
    ['E_ARGUMENT', 'deployment.occupancy must be above 0 and at most 1, got 0', { occupancy: 0 }],
    ['E_ARGUMENT', 'deployment.kv must be one of bf16, fp8, int8, int4, got fp32', { kv: 'fp32' }],
    [
      'E_ARGUMENT',
      'deployment.view.kind must be one of flops, roofline, offload, swarm, got undefined',
      { view: undefined },
    ],
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
      'deployment.view.servers must be a positive finite number of servers, got 0',
      { view: { kind: 'swarm', servers: 0, delaySeconds: 0, bytesPerSecond: 1 } },
    ],
    [
      'E_ARGUMENT',
      'link.betweenNodes of L4 must be given for 2 nodes, got undefined',
      { gpu: 'L4', count: 4, nodes: 2 },
    ],
    [
      'E_OPTION',
      'deployment.view must be among kind, prefillMfu, derates, got mfu',
      { view: { ...roofline, mfu: 0.5 } },
    ],
    ['E_HARDWARE_UNKNOWN', /^gpu must be one of .* did you mean H200\?$/, { gpu: 'H20' }],
  ])('%s: %s', (code, message, change) => {
    expect(() => servingOf(7e9, { ...usual, ...change } as Deployment)).toThrow(
      expect.objectContaining({
        name: 'AllocationError',
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });

  it('refuses no model, and two shapes', () => {
    expect(() => servingOf(0, usual)).toThrow('model must be a positive finite number of parameters, got 0');
    expect(() => servingOf(bloom, { ...usual, shape: {} })).toThrow('deployment.shape must be absent');
  });
});
