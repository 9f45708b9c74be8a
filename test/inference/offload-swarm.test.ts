import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/inference/deployment.ts';
import { gpus } from '../../src/inference/gpus.ts';
import { servingOf } from '../../src/inference/serving.ts';
import { expectPrinted } from '../printed.ts';
import { BLOOM } from './models.ts';

const roofline = { kind: 'roofline' } as const;
const petals = { gpu: 'A100-80', weights: 'int8', contextTokens: 128 } as const;

describe('offload (Borzunov et al. 2023, arXiv:2209.01188, table 3)', () => {
  const at = (link: 'host' | 'ssd' | number, batch = 1) =>
    servingOf(BLOOM, { ...petals, batch, view: { kind: 'offload', link } });

  it('takes 5.5 s a token from memory and 22 s from an SSD', () => {
    expectPrinted(at('host').secondsPerOutputToken, '5.5');
    expectPrinted(at('ssd').secondsPerOutputToken, '22');
  });

  it('reads one SSD for all GPUs of a node, and no faster than their links to the host', () => {
    const ssd = (change: Partial<Deployment>) =>
      servingOf(BLOOM, { ...petals, view: { kind: 'offload', link: 'ssd' }, ...change }).secondsPerOutputToken;
    const slow = { ...gpus['A100-80'], hostLink: 4e9 };
    expect(ssd({ count: 8 })).toBe(ssd({}));
    expect(ssd({ count: 8, nodes: 2 })).toBe(ssd({}) / 2);
    expect(ssd({ gpu: slow })).toBe(2 * ssd({}));
    expect(ssd({ gpu: slow, count: 8 })).toBe(ssd({}));
  });

  it('gives .18 and .09 steps a second at 256 and 128 Gbit/s', () => {
    expectPrinted(1 / at(256e9 / 8).secondsPerOutputToken, '.18');
    expectPrinted(1 / at(128e9 / 8).secondsPerOutputToken, '.09');
  });

  it('shares the pass among the batch, and fits where the weights do not', () => {
    expect(at('host').decodeGpuSecondsPerToken / at('host', 64).decodeGpuSecondsPerToken).toBeCloseTo(64, 10);
    expect(at('host')).toMatchObject({ fits: true, limitedBy: 'network' });
    expect(servingOf(BLOOM, { ...petals, view: roofline }).fits).toBe(false);
  });

  it('is the roofline where the link is fast', () => {
    const fast = at(1e18);
    const { secondsPerOutputToken, limitedBy } = servingOf(BLOOM, { ...petals, view: roofline });
    expect(fast).toMatchObject({ secondsPerOutputToken, limitedBy });
  });
});

describe('swarm, held against the measurements on 3 A100 (Borzunov et al. 2023, table 3)', () => {
  /** Round trips as delays; half of one between neighbours. */
  const swarm = (roundTrip: number, bits: number, bandwidth?: number) =>
    1 /
    servingOf(BLOOM, {
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

  it('told by the first row, predicts what a slower link and a longer way do, within 5%', () => {
    // 1 / 1.71 s less 4 hops leave 0.574 s, 0.191 s a server: 15.1% of the bandwidth.
    const share = 0.1512;
    expect(swarm(5e-3, 1e9, share) / 1.71).toBeCloseTo(1, 2);
    expect(Math.abs(swarm(5e-3, 1e8, share) / 1.66 - 1)).toBeLessThan(0.05);
    expect(Math.abs(swarm(100e-3, 1e8, share) / 1.23 - 1)).toBeLessThan(0.05);
  });

  it('pays for all servers', () => {
    const view = { kind: 'swarm', servers: 3, delaySeconds: 0, bytesPerSecond: 1e12 } as const;
    const { decodeGpuSecondsPerToken, secondsPerOutputToken, memoryAvailable } = servingOf(BLOOM, { ...petals, view });
    expect(decodeGpuSecondsPerToken / secondsPerOutputToken).toBeCloseTo(3, 12);
    expect(memoryAvailable).toBe(240e9);
  });
});
