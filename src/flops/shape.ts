/** The shape of a decoder-only transformer, and how many parameters it has. */

import { onlyKnown, positive } from '../arguments.ts';
import { refusal } from '../errors.ts';

/** What the FLOPs of a transformer depend on. Every number is positive. */
export interface ModelShape {
  /** Tokens of the vocabulary. */
  readonly vocabulary: number;
  /** Width of the residual stream. */
  readonly width: number;
  readonly layers: number;
  /** Attention heads of a layer; they divide the width, or `headSize` is given. */
  readonly heads: number;
  /** Width of a head; default `width / heads`. */
  readonly headSize?: number;
  /** Hidden width of the feed-forward block of two matrices; default `4 width`. A gated block of three counts as 1.5 times its width. */
  readonly feedForward?: number;
  /** Tokens of a sequence. */
  readonly sequence: number;
  /** Bits of a number in training; read by the convention `kumar` alone. Default 16. */
  readonly bits?: number;
}

/** A shape with every default filled in. */
export type FullShape = Required<ModelShape>;

/** Parameters of a shape: matrices alone, no biases, norms or learnt positions. */
export interface ParameterCount {
  /** Layers: attention 4 width (heads headSize), feed-forward 2 width feedForward each. */
  readonly body: number;
  /** One vocabulary x width matrix, shared by input and output; an untied output has as many again. */
  readonly embeddings: number;
  /** Hoffmann's N: body and embeddings. */
  readonly total: number;
}

/** Bits of a number where none are given: bf16 or fp16. */
export const DEFAULT_TRAINING_BITS = 16;

const UNITS = {
  vocabulary: 'tokens',
  width: 'channels',
  layers: 'layers',
  heads: 'heads',
  headSize: 'channels',
  feedForward: 'channels',
  sequence: 'tokens',
  bits: 'bits',
} as const;

/**
 * Fills in and checks a shape.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for a number that is not positive and finite, or heads that do not divide the width; `E_OPTION` for an
 *   unknown field.
 */
export function fullShape(shape: ModelShape): FullShape {
  onlyKnown('shape', shape, Object.keys(UNITS));
  const { width, heads } = shape;
  const full = {
    ...shape,
    headSize: shape.headSize ?? width / heads,
    feedForward: shape.feedForward ?? 4 * width,
    bits: shape.bits ?? DEFAULT_TRAINING_BITS,
  };
  for (const name of Object.keys(UNITS) as (keyof typeof UNITS)[]) {
    // A head size that no one gave follows from width and heads: then these are to be blamed.
    if (name === 'headSize' && shape.headSize === undefined) continue;
    positive(`shape.${name}`, UNITS[name], full[name]);
  }
  if (shape.headSize === undefined && width % heads !== 0) {
    throw refusal('shape.heads', `be a divisor of the width, ${width}, where headSize is not given`, heads);
  }
  return full;
}

/**
 * Parameters with and without embeddings.
 *
 *     body = layers (4 width heads headSize + 2 width feedForward),   embeddings = vocabulary width
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 * @example
 * countParameters({ vocabulary: 32000, width: 512, layers: 8, heads: 8, sequence: 2048 }).body // => 25165824
 */
export function countParameters(shape: ModelShape): ParameterCount {
  const { vocabulary, width, layers, heads, headSize, feedForward } = fullShape(shape);
  const body = layers * (4 * width * heads * headSize + 2 * width * feedForward);
  const embeddings = vocabulary * width;
  return Object.freeze({ body, embeddings, total: body + embeddings });
}
