/**
 * Memory that a served model takes.
 *
 *     weights      N_total x bytes
 *     KV cache     2 layers kvHeads headSize x context x batch x bytes
 *     activations  one layer's inputs and outputs, for the tokens in flight
 *
 * Pope et al. 2022, arXiv:2211.05102, section 2; Sheng et al. 2023, arXiv:2303.06865, section 3.
 */

import { type FullShape, shapeFields } from '../flops/shape.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';

/** Bytes by use. */
export interface MemoryBytes {
  readonly weights: number;
  readonly kv: number;
  /** An estimate from above: all numbers that the matrices of one layer read and write. */
  readonly activations: number;
  readonly total: number;
}

/**
 * Keys and values that one token leaves in the cache, bytes.
 *
 * @param bytes - Bytes a number: 2 for bf16.
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 * @example
 * kvBytesPerToken({ layers: 80, kvHeads: 8, headSize: 128 }, 2) // => 327680
 */
export function kvBytesPerToken(shape: CachedShape, bytes: number): number {
  return cacheBytes(check(cachedShape, shape, 'shape'), check(positive('bytes'), bytes, 'bytes'));
}

/** What of a shape the cache holds is needed; the rest may be there. */
const cachedShape = object('shape', {
  ...shapeFields,
  dModel: optional(shapeFields.dModel),
  heads: optional(shapeFields.heads),
  kvHeads: positive('heads'),
  headSize: positive('channels'),
});

/** A shape of which only layers, key-value heads and their size need be known. */
export type CachedShape = Given<typeof cachedShape>;

/** {@link kvBytesPerToken}, which trusts its input. */
export function cacheBytes(
  { layers, kvHeads, headSize }: Pick<FullShape, 'layers' | 'kvHeads' | 'headSize'>,
  bytes: number,
): number {
  return 2 * layers * kvHeads * headSize * bytes;
}

/**
 * Numbers that the matrices of one layer read and write for a token. All of them, as if none were freed within the layer: an upper estimate
 * of what a fused implementation holds, to which the workspace of libraries comes.
 *
 *     2 dModel + (1 + 2/g) heads headSize + heads headSize + 2 dModel + 2 dFf active,      g = heads / kvHeads
 */
export function layerElements({ dModel, heads, kvHeads, headSize, dFf, experts }: FullShape): number {
  return 4 * dModel + headSize * (2 * heads + 2 * kvHeads) + 2 * dFf * (experts?.active ?? 1);
}
