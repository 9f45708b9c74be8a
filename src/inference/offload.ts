/**
 * A model that does not fit the GPU: its weights lie in the host's memory or on an SSD and pass over a link once in every forward pass.
 *
 *     step = max(weight bytes read / link, step of the GPU)
 *
 * Each GPU loads its own part of the weights. All sequences of a batch share the pass, so the cost of a token falls with the batch. Borzunov et al. 2023, arXiv:2209.01188, section 3.
 */

import type { WeightLink } from './deployment.ts';
import { figureOf, type Gpu } from './hardware.ts';
import type { StepTime } from './roofline.ts';

/** Bytes/s of an SSD: 22 s for the 176 GB of BLOOM in int8 (Borzunov et al. 2023, arXiv:2209.01188) means 8 GB/s. */
export const DEFAULT_SSD_BYTES_PER_SECOND = 8e9;

/** Layers in the GPU's memory at once: one that works, one that arrives. */
export const RESIDENT_LAYERS = 2;

/** Bytes/s at which `count` GPUs in `nodes` nodes get their weights over `link`. @throws {ScalingLawsError} `E_ARGUMENT`. */
export function weightRate(link: WeightLink, gpu: Gpu, count: number, nodes: number): number {
  if (link === 'host') return count * figureOf(gpu, 'hostLink');
  if (link === 'ssd')
    return Math.min(nodes * DEFAULT_SSD_BYTES_PER_SECOND, count * (gpu.hostLink ?? Number.POSITIVE_INFINITY));
  return count * link;
}

/** `step`, held up by `bytes` of weights that arrive at `rate` bytes/s. Trusts its input. */
export function streamed(step: StepTime, bytes: number, rate: number): StepTime {
  const stream = bytes / rate;
  return { ...step, seconds: Math.max(stream, step.seconds), network: Math.max(stream, step.network) };
}
