/**
 * GPUs by name: dense peak FLOP/s, memory, bandwidth, power, links, price; each figure with its source, and a mark where nobody checked it.
 *
 * Many public tables print peaks for sparse matrices: twice the dense ones, and reached by no ordinary model. All peaks here are dense; a
 * sparse figure in a GPU of your own cannot be told from a dense one.
 */

import { onlyKnown, positive } from '../arguments.ts';
import { refusal, ScalingLawsError, shown } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type GpuName, gpus } from './gpus.ts';

/** Number formats of weights, KV cache and activations. */
export type Dtype = 'bf16' | 'fp8' | 'int8' | 'int4';

/** Bytes that a number takes, by format. */
export const BYTES: Readonly<Record<Dtype, number>> = Object.freeze({ bf16: 2, fp8: 1, int8: 1, int4: 0.5 });

/** `dtype`, if it is a format. @throws {ScalingLawsError} `E_ARGUMENT`. */
export function checkedFormat(name: string, dtype: Dtype): Dtype {
  if (Object.hasOwn(BYTES, dtype)) return dtype;
  throw refusal(name, `be one of ${Object.keys(BYTES).join(', ')}`, dtype);
}

/** What a GPU can do and costs. Only `name`, `peakFlops` and `source` are needed until a question asks for more. */
export interface Gpu {
  readonly name: string;
  /** Dense (not sparse) peak, FLOP/s, by number format. */
  readonly peakFlops: Readonly<Partial<Record<Dtype, number>>>;
  /** Rental, $ per GPU-hour. */
  readonly pricePerHour?: number;
  /** Memory, bytes (1 GB = 1e9). */
  readonly memoryBytes?: number;
  /** Memory bandwidth, bytes/s. */
  readonly bandwidth?: number;
  /** Board power, watts. */
  readonly powerWatts?: number;
  /** Links between GPUs, bytes/s for each GPU and direction. */
  readonly link?: {
    /** Within a node. */
    readonly bytesPerSecond: number;
    /** Between nodes. */
    readonly betweenNodes?: number;
  };
  /** Link to the host's memory (PCIe), bytes/s and direction. Also what GPUs without a link of their own talk through. */
  readonly hostLink?: number;
  /** Source of all figures that `sources` does not name. */
  readonly source: string;
  /** Sources of single figures, by their name. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Names of the figures that were not checked against a source: `powerWatts`, `peakFlops.int8`. */
  readonly unverified?: readonly string[];
}

const FIGURES = {
  pricePerHour: '$',
  memoryBytes: 'bytes',
  bandwidth: 'bytes/s',
  powerWatts: 'watts',
  hostLink: 'bytes/s',
} as const;
const FIELDS = ['name', 'peakFlops', ...Object.keys(FIGURES), 'link', 'source', 'sources', 'unverified'];

/**
 * The GPU called `gpu`; or `gpu` itself, if its figures are positive.
 *
 * @throws {ScalingLawsError} `E_HARDWARE_UNKNOWN`, with the names there are; `E_ARGUMENT`, `E_OPTION` for an ill-formed GPU.
 */
export function gpuNamed(gpu: string | Gpu): Gpu {
  if (typeof gpu !== 'string') return checked(gpu);
  if (Object.hasOwn(gpus, gpu)) return gpus[gpu as GpuName];
  const known = Object.keys(gpus);
  const near = nearest(gpu.toLowerCase(), known, (name) => name.toLowerCase());
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new ScalingLawsError('E_HARDWARE_UNKNOWN', `gpu must be one of ${known.join(', ')}, got ${gpu}${hint}`, {
    gpu,
    known,
  });
}

function checked(gpu: Gpu): Gpu {
  if (typeof gpu !== 'object' || gpu === null || typeof gpu.peakFlops !== 'object' || gpu.peakFlops === null) {
    throw new ScalingLawsError('E_ARGUMENT', `gpu must be a name or an object with peakFlops, got ${shown(gpu)}`, {
      gpu,
    });
  }
  onlyKnown('gpu', gpu, FIELDS);
  if (typeof gpu.name !== 'string') throw refusal('gpu.name', 'be a text', gpu.name);
  onlyKnown('gpu.peakFlops', gpu.peakFlops, Object.keys(BYTES));
  for (const [dtype, peak] of Object.entries(gpu.peakFlops)) positive(`gpu.peakFlops.${dtype}`, 'FLOP/s', peak);
  for (const figure of Object.keys(FIGURES) as (keyof typeof FIGURES)[]) {
    if (gpu[figure] !== undefined) positive(`gpu.${figure}`, FIGURES[figure], gpu[figure]);
  }
  if (gpu.link !== undefined) {
    onlyKnown('gpu.link', gpu.link, ['bytesPerSecond', 'betweenNodes']);
    positive('gpu.link.bytesPerSecond', 'bytes/s', gpu.link.bytesPerSecond);
    if (gpu.link.betweenNodes !== undefined) positive('gpu.link.betweenNodes', 'bytes/s', gpu.link.betweenNodes);
  }
  return gpu;
}

/**
 * Dense peak of `gpu` in a number format, FLOP/s.
 *
 * @param argument - What asks, for the message: `training.dtype`.
 * @throws {ScalingLawsError} `E_ARGUMENT` if it does not compute in that format.
 */
export function peakOf(argument: string, { name, peakFlops }: Gpu, dtype: Dtype): number {
  const peak = Object.hasOwn(peakFlops, dtype) ? peakFlops[dtype] : undefined;
  if (peak !== undefined) return peak;
  const known = Object.keys(peakFlops).join(', ');
  throw new ScalingLawsError('E_ARGUMENT', `${argument} must be one of ${known} on ${name}, got ${dtype}`, {
    gpu: name,
    dtype,
  });
}

/**
 * Format in which `gpu` multiplies weights stored in `dtype`: that format, or bf16 where the GPU has no peak for it. Then the format saves
 * bytes and no arithmetic (weight-only quantization).
 */
export function arithmeticOf({ peakFlops }: Gpu, dtype: Dtype): Dtype {
  return peakFlops[dtype] === undefined ? 'bf16' : dtype;
}

/**
 * Figure `name` of `gpu`, which a question needs.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`: `bandwidth of own must be given, got nothing`.
 */
export function figureOf<Name extends 'memoryBytes' | 'bandwidth' | 'hostLink'>(gpu: Gpu, name: Name): number {
  const figure = gpu[name];
  if (figure !== undefined) return figure;
  throw new ScalingLawsError('E_ARGUMENT', `${name} of ${gpu.name} must be given, got nothing`, {
    gpu: gpu.name,
    argument: name,
  });
}

/**
 * What an hour of `gpu` costs, $: `pricePerHour`, or the GPU's own price.
 *
 * @param where - What asks, for the message: `training`.
 * @throws {ScalingLawsError} `E_ARGUMENT` if neither is known.
 */
export function priceOf(where: string, gpu: Gpu, pricePerHour: number | undefined): number {
  const price = pricePerHour ?? gpu.pricePerHour;
  if (price !== undefined) return positive(`${where}.pricePerHour`, '$', price);
  throw new ScalingLawsError(
    'E_ARGUMENT',
    `${where}.pricePerHour must be given for ${gpu.name}, which has no known price, got nothing`,
    {
      gpu: gpu.name,
      argument: 'pricePerHour',
    },
  );
}
