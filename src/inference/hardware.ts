/**
 * GPUs by name: dense peak FLOP/s, memory, bandwidth, power, links, price; each figure with its source, and a mark where nobody checked it.
 *
 * Many public tables print peaks for sparse matrices: twice the dense ones, and reached by no ordinary model. All peaks here are dense; a
 * sparse figure in a GPU of your own cannot be told from a dense one.
 */

import { refusal, ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { check } from '../schema/check.ts';
import { type About, byName, choice, either, list, positive, text } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { type GpuName, gpus } from './gpus.ts';

/** A number format of weights, KV cache and activations. */
/* @__NO_SIDE_EFFECTS__ */
export const dtype = (about: About = {}) => choice(['bf16', 'fp8', 'int8', 'int4'], about);

/** Number formats of weights, KV cache and activations. */
export type Dtype = Given<ReturnType<typeof dtype>>;

/** Bytes that a number takes, by format. */
export const BYTES: Readonly<Record<Dtype, number>> = Object.freeze({ bf16: 2, fp8: 1, int8: 1, int4: 0.5 });

const peak = optional(positive('FLOP/s'));

/** What a GPU can do and costs. Only `name`, `peakFlops` and `source` are needed until a question asks for more. */
const ownGpu = object('gpu', {
  name: text(),
  peakFlops: object(
    'peakFlops',
    { bf16: peak, fp8: peak, int8: peak, int4: peak },
    { help: 'Dense (not sparse) peak by number format.' },
  ),
  pricePerHour: optional(positive('$', { help: 'Rental of a GPU-hour.' })),
  memoryBytes: optional(positive('bytes', { help: 'Memory; 1 GB is 1e9 bytes.' })),
  bandwidth: optional(positive('bytes/s', { help: 'Bandwidth of the memory.' })),
  powerWatts: optional(positive('watts', { help: 'Power of the board.' })),
  link: optional(
    object(
      'link',
      { bytesPerSecond: positive('bytes/s'), betweenNodes: optional(positive('bytes/s')) },
      { help: 'Links between GPUs, for each GPU and direction: within a node, and between nodes.' },
    ),
  ),
  hostLink: optional(
    positive('bytes/s', {
      help: "Link to the host's memory (PCIe), by direction; GPUs without a link of their own talk through it too.",
    }),
  ),
  source: text({ help: 'Source of all figures that `sources` does not name.' }),
  sources: optional(byName(text(), { help: 'Sources of single figures, by their name.' })),
  unverified: optional(list(text(), { help: 'Names of the figures that were not checked against a source.' })),
});

/** A GPU's figures. */
export type Gpu = Given<typeof ownGpu>;

/** A GPU by its name, or by its figures. */
/* @__NO_SIDE_EFFECTS__ */
export const gpu = (about: About) =>
  either('be the name of a GPU, or an object with peakFlops', [text(), ownGpu], { placeholder: 'gpu', ...about });

/**
 * The GPU called `named`; or `named` itself, if its figures are positive.
 *
 * @throws {ScalingLawsError} `E_HARDWARE_UNKNOWN`, with the names there are; `E_ARGUMENT`, `E_OPTION` for an ill-formed GPU.
 */
export function gpuNamed(named: string | Gpu): Gpu {
  check(gpu({}), named, 'gpu');
  return knownGpu(named);
}

/** {@link gpuNamed} of a checked GPU; `argument` is what names it, for the message. */
export function knownGpu(named: string | Gpu, argument = 'gpu'): Gpu {
  if (typeof named !== 'string') return named;
  if (Object.hasOwn(gpus, named)) return gpus[named as GpuName];
  const known = Object.keys(gpus);
  const near = nearest(named.toLowerCase(), known, (name) => name.toLowerCase());
  const cure = near === undefined ? {} : { cure: `did you mean ${near}?` };
  const breach = { argument, rule: `be one of ${known.join(', ')}`, got: named, ...cure };
  throw new ScalingLawsError('E_HARDWARE_UNKNOWN', breach, { gpu: named, known });
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
  throw refusal(argument, `be one of ${Object.keys(peakFlops).join(', ')} on ${name}`, dtype);
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
  throw refusal(`${name} of ${gpu.name}`, 'be given', undefined);
}

/**
 * What an hour of `gpu` costs, $: `pricePerHour`, or the GPU's own price.
 *
 * @param where - What asks, for the message: `training`.
 * @throws {ScalingLawsError} `E_ARGUMENT` if neither is known.
 */
export function priceOf(where: string, gpu: Gpu, pricePerHour: number | undefined): number {
  const price = pricePerHour ?? gpu.pricePerHour;
  if (price !== undefined) return price;
  throw refusal(`${where}.pricePerHour`, `be given for ${gpu.name}, which has no known price`, undefined);
}
