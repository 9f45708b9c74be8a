/**
 * How long one step of writing takes: a forward pass that gives each of b sequences its next token.
 *
 *     step     = kernels + network + max(bytes / (n BW), FLOPs / (n peak))                                                    (1)
 *     bytes    = p_w params_read + p_kv 2 layers kvHeads headSize context b + p_a layers b (elements of a layer)              (2)
 *     params_read = N_attention + (1 - (1 - 1/s)^b) N_feedForward + N_unembedding,      s = experts / active experts          (3)
 *     FLOPs    = b (2 N_active + 4 layers heads headSize context)                                                             (4)
 *     kernels  = layers 4 t_kernel                                                                                            (5)
 *     network  = layers 4 t_reduce + 2 (sqrt(n) - 1) / n x bytes_reduced / link,       none for n = 1                         (6)
 *     t_reduce = 6.8 us + 1.2 us (sqrt(n / nodes) - 1) + 10 us log2 sqrt(nodes)                                               (7)
 *     bytes_reduced = p_a layers b ((1 + 2/g) heads headSize + 2 dModel + dFf),        g = heads / kvHeads                    (8)
 *
 * Erdil 2025, arXiv:2506.04645, equations 29 to 44. The factor before bytes_reduced in (6) is ours: the GPUs stand in a square, each
 * output is split over sqrt(n) columns, and each part is summed over sqrt(n) rows by a ring. The paper's equation 32 leaves out headSize;
 * (4) has it.
 */

import { DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { type FullShape, fullShape, type ParameterCounts, parameterCounts, type Shape } from '../flops/shape.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { arithmeticOf, BYTES, type Dtype, dtype, figureOf, type Gpu, gpuNamed, peakOf } from './hardware.ts';
import { cacheBytes, layerElements } from './memory.ts';

/** Reductions in a layer: after each of its four matrices. Erdil 2025, arXiv:2506.04645, section 3. */
const REDUCTIONS = 4;
/** Seconds to start a kernel; the same. */
const KERNEL = 4e-6;
/** Seconds of a reduction over GPUs, of each further row or column of GPUs in a node, of each doubling of rows of nodes; the same. */
const REDUCE = { base: 6.8e-6, perSide: 1.2e-6, perDoubling: 10e-6 } as const;

/** GPUs that hold one model between them, each a part of every matrix (tensor parallelism). */
export interface Machine {
  readonly gpus: number;
  readonly nodes: number;
  /** Sustained FLOP/s of all GPUs. */
  readonly flops: number;
  /** Sustained bytes/s of all GPUs' memories. */
  readonly bandwidth: number;
  /** Bytes/s between GPUs, for each; `Infinity` for one GPU. */
  readonly link: number;
}

/** What a step carries. */
export interface Load {
  /** Sequences written at once, >= 1. */
  readonly batch: number;
  /** Tokens of each in the KV cache. */
  readonly context: number;
  /** Bytes a number. */
  readonly bytes: { readonly weights: number; readonly kv: number; readonly activations: number };
}

/** What a step waits for longest. */
export type ServingLimit = 'bandwidth' | 'compute' | 'network' | 'kernels';

/** A step's time, seconds, and its parts; memory and arithmetic run at once. */
export interface StepTime {
  readonly seconds: number;
  readonly bandwidth: number;
  readonly compute: number;
  readonly network: number;
  readonly kernels: number;
}

/** Weights that a step of b tokens reads, equation 3: the experts that some token asks for, if tokens choose independently. */
export function parametersRead({ total, feedForward, sparsity }: ParameterCounts, batch: number): number {
  return total - (1 - 1 / sparsity) ** batch * feedForward;
}

/** Time of a step, equations 1 to 8. Trusts its input. */
export function stepTime(shape: FullShape, { gpus, nodes, flops, bandwidth, link }: Machine, load: Load): StepTime {
  const { layers, dModel, heads, kvHeads, headSize, dFf, experts } = shape;
  const { batch, context, bytes } = load;
  const parameters = parameterCounts(shape);
  const memory =
    (bytes.weights * parametersRead(parameters, batch) +
      cacheBytes(shape, bytes.kv) * context * batch +
      bytes.activations * layers * batch * layerElements(shape)) /
    bandwidth;
  const attention = 4 * layers * heads * headSize * context;
  const compute = (batch * (DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * parameters.active + attention)) / flops;
  const kernels = layers * REDUCTIONS * KERNEL;
  let network = 0;
  if (gpus > 1) {
    const reduced = headSize * (heads + 2 * kvHeads) + 2 * dModel + dFf * (experts?.active ?? 1);
    const moved = (2 * (Math.sqrt(gpus) - 1) * reduced * layers * batch * bytes.activations) / gpus;
    network = layers * REDUCTIONS * reduceSeconds(gpus, nodes) + moved / link;
  }
  return { seconds: kernels + network + Math.max(memory, compute), bandwidth: memory, compute, network, kernels };
}

/** Equation 7. */
function reduceSeconds(gpus: number, nodes: number): number {
  return (
    REDUCE.base + REDUCE.perSide * (Math.sqrt(gpus / nodes) - 1) + REDUCE.perDoubling * Math.log2(Math.sqrt(nodes))
  );
}

/** The longest part of a step. */
export function limitOf({ bandwidth, compute, network, kernels }: StepTime): ServingLimit {
  const longest = Math.max(bandwidth, compute, network, kernels);
  if (longest === bandwidth) return 'bandwidth';
  if (longest === compute) return 'compute';
  return longest === network ? 'network' : 'kernels';
}

/**
 * Shortest time of a step by memory and arithmetic alone, at full peaks: no cache, no network.
 *
 *     max(p N / (n BW), 2 N b / (n peak))
 *
 * @param N - Parameters, all active.
 * @param gpu - Name or figures.
 * @param options - Format of the weights (default bf16), sequences in the batch (default 1), GPUs (default 1).
 * @returns Seconds.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_HARDWARE_UNKNOWN`.
 * @example
 * leastStepSeconds(8e9, 'H100') // => 4.78e-3
 * @see Erdil (2025), arXiv:2506.04645, section 2.
 */
export function leastStepSeconds(N: number, gpu: string | Gpu, options: Given<typeof stepOptions> = {}): number {
  const { weights, batch, count } = check(stepOptions, options);
  const parameters = check(positive('parameters'), N, 'N');
  const { bandwidth, flops } = peaks(gpu, weights);
  const reading = (BYTES[weights] * parameters) / bandwidth;
  return Math.max(reading, (DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * parameters * batch) / flops) / count;
}

const weightsField = dtype({ help: 'Number format of the weights.' });
const stepOptions = object('options', {
  weights: optional(weightsField, 'bf16'),
  batch: optional(positive('sequences'), 1),
  count: optional(positive('GPUs'), 1),
});

/**
 * Batch at which reading the weights and multiplying by them take equally long: p peak / (2 BW). Below it a further sequence is free;
 * above it costs grow with the batch.
 *
 * @param weights - Format of the weights; default bf16.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_HARDWARE_UNKNOWN`.
 * @example
 * criticalBatch('A100-80') // => 153
 */
export function criticalBatch(gpu: string | Gpu, weights: Dtype = 'bf16'): number {
  const { bandwidth, flops } = peaks(gpu, check(weightsField, weights, 'weights'));
  return (BYTES[weights] * flops) / (DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * bandwidth);
}

function peaks(named: string | Gpu, weights: Dtype): { bandwidth: number; flops: number } {
  const gpu = gpuNamed(named);
  return { bandwidth: figureOf(gpu, 'bandwidth'), flops: peakOf('weights', gpu, arithmeticOf(gpu, weights)) };
}

/** Seconds of a hop between neighbours: half of what each further row or column adds in equation 7, for a ring passes twice. */
export const DEFAULT_HOP_SECONDS: number = REDUCE.perSide / 2;

/**
 * Number of GPUs that makes the step shortest, and that step: more GPUs read faster and talk longer.
 *
 *     minimise p N / (n BW) + 2 layers 4 t_hop sqrt(n):    n = (a / k)^(2/3),   seconds = 3 a^(1/3) k^(2/3)
 *     a = p N / BW,   k = layers 4 t_hop
 *
 * @param shape - The model.
 * @param gpu - Name or figures.
 * @param options - Format of the weights (default bf16), seconds of a hop (default {@link DEFAULT_HOP_SECONDS}).
 * @returns GPUs (not rounded, so below 1 where one is already too many) and seconds.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_HARDWARE_UNKNOWN`.
 * @example
 * fastestParallelism(shapeFor(70e9), 'H100').gpus // => 39.2
 * @see Erdil (2025), arXiv:2506.04645, section 2.
 */
export function fastestParallelism(
  shape: Shape,
  gpu: string | Gpu,
  options: Given<typeof parallelismOptions> = {},
): { readonly gpus: number; readonly seconds: number } {
  const { weights, hopSeconds } = check(parallelismOptions, options);
  const full = fullShape(shape);
  const { bandwidth } = peaks(gpu, weights);
  const reading = (BYTES[weights] * parameterCounts(full).active) / bandwidth;
  const talking = full.layers * REDUCTIONS * hopSeconds;
  return Object.freeze({ gpus: (reading / talking) ** (2 / 3), seconds: 3 * Math.cbrt(reading * talking ** 2) });
}

const parallelismOptions = object('options', {
  weights: optional(weightsField, 'bf16'),
  hopSeconds: optional(positive('seconds'), DEFAULT_HOP_SECONDS),
});
