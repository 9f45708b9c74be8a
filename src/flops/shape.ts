/**
 * Shape of a decoder-only transformer, and how many parameters it has. A plan moves N without steps, so shapes need not be whole numbers.
 *
 *     N_attention    = layers x dModel x headSize x (2 heads + 2 kvHeads)
 *     N_feedForward  = layers x experts x matrices x dModel x dFf            active: the experts that a token passes through
 *     N_unembedding  = vocabulary x dModel
 *
 * The default rule keeps the active N = 12 layers dModel^2 (Kaplan et al. 2020, arXiv:2001.08361, table 1): what grouped queries save
 * in attention goes to the feed-forward part.
 */

import { check } from '../schema/check.ts';
import { atLeast, custom, notNegative, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, optional, type Rule, where } from '../schema/objects.ts';

/** Experts of a layer: how many there are, and how many a token passes through. */
export const experts = where(
  object(
    'experts',
    { count: positive('experts'), active: positive('experts') },
    {
      help: 'Experts of a layer, and those of a token.',
      otherwise: 'a dense model',
      flag: 'experts',
      placeholder: 'count,active',
    },
  ),
  [({ count }) => `be at most the count, ${count}`, ({ count, active }) => active <= count, 'active'],
);

/** Experts of a layer. */
export type Experts = Given<typeof experts>;

/** Bits of a number where none are given: bf16 or fp16. */
export const DEFAULT_TRAINING_BITS = 16;

/** The fields of a shape. */
export const shapeFields = {
  layers: positive('layers'),
  dModel: positive('channels', { help: 'Width of the residual stream.' }),
  heads: positive('heads', { help: 'Query heads of a layer.' }),
  kvHeads: optional(positive('heads', { help: 'Key-value heads; fewer than the heads with grouped queries.' })),
  headSize: optional(positive('channels', { help: 'Width of a head.', otherwise: 'dModel / heads' })),
  dFf: optional(
    positive('channels', { help: 'Width of the feed-forward block, or of one expert.', otherwise: '4 dModel' }),
  ),
  dFfMatrices: optional(
    custom<2 | 3>('be 2 or 3', (value) => value === 2 || value === 3, {
      help: 'Matrices of the feed-forward block: 3 where it is gated (SwiGLU).',
    }),
    2,
  ),
  vocabulary: optional(
    notNegative('tokens', { help: 'Tokens of the vocabulary; 0 counts the embedding among the layers.' }),
    0,
  ),
  experts: optional(experts),
  sequence: optional(positive('tokens', { help: 'Tokens of a sequence in training.' })),
  bits: optional(
    positive('bits', { help: 'Bits of a number in training; read by the convention kumar alone.' }),
    DEFAULT_TRAINING_BITS,
  ),
};

type Heads = {
  readonly dModel: number;
  readonly heads: number;
  readonly kvHeads?: number | undefined;
  readonly headSize?: number | undefined;
};

/** What the heads of a shape must keep to. */
export const HEADS: readonly Rule<Heads>[] = [
  [({ heads }) => `be at most the heads, ${heads}`, ({ heads, kvHeads = 0 }) => kvHeads <= heads, 'kvHeads'],
  [
    ({ dModel }) => `be a divisor of dModel, ${dModel}, where headSize is not given`,
    ({ dModel, heads, headSize }) => headSize !== undefined || dModel % heads === 0,
    'heads',
  ],
];

const shape = where(object('shape', shapeFields), ...HEADS);

/** A model's shape: layers, width, heads; the rest by default. */
export type Shape = Given<typeof shape>;

/** A shape without gaps. */
export interface FullShape {
  readonly layers: number;
  readonly dModel: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly dFf: number;
  /** Default: 2. */
  readonly dFfMatrices?: 2 | 3 | undefined;
  readonly vocabulary: number;
  /** Absent: dense, one expert. */
  readonly experts?: Experts | undefined;
}

/** The usual shape. Loss hardly depends on it (Kaplan et al. 2020, arXiv:2001.08361, figure 5). */
export const DEFAULT_SHAPE_RULE: {
  readonly aspectRatio: number;
  readonly headSize: number;
  readonly queriesPerKv: number;
} = Object.freeze({
  // GPT-3 175B: 12288 / 96.
  aspectRatio: 128,
  // Llama 2 70B, GPT-3 175B and most others.
  headSize: 128,
  // Llama 2 70B, arXiv:2307.09288: 64 query heads, 8 key-value heads.
  queriesPerKv: 8,
});

/** How a shape follows from N. */
export const shapeRule = object('rule', {
  aspectRatio: optional(
    positive('channels a layer', { help: 'Width over layers.', flag: null }),
    DEFAULT_SHAPE_RULE.aspectRatio,
  ),
  headSize: optional(positive('channels', { help: 'Width of a head.', flag: null }), DEFAULT_SHAPE_RULE.headSize),
  queriesPerKv: optional(
    atLeast(1, { help: 'Query heads for each key-value head; 1 is multi-head attention.', flag: null }),
    DEFAULT_SHAPE_RULE.queriesPerKv,
  ),
  experts: optional(experts),
});

/** How a shape follows from N. */
export type ShapeRule = Given<typeof shapeRule>;

/**
 * A usual shape for N active parameters, without rounding to whole layers.
 *
 *     layers = (N / (12 a^2))^(1/3),   dModel = a layers,   a = aspectRatio
 *
 * @param N - Parameters that a token passes through; with experts there are more in total.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`.
 * @example
 * shapeFor(175e9, { queriesPerKv: 1 }).layers // => 96.2
 */
export function shapeFor(N: number, rule: ShapeRule = {}): FullShape {
  return usualShape(check(positive('parameters'), N, 'N'), check(shapeRule, rule, 'rule'));
}

/** {@link shapeFor}, which trusts its input. */
export function usualShape(N: number, rule: Checked<typeof shapeRule>): FullShape {
  const { aspectRatio, headSize, queriesPerKv, experts: some } = rule;
  const layers = Math.cbrt(N / (12 * aspectRatio ** 2));
  const dModel = aspectRatio * layers;
  const heads = dModel / headSize;
  const shape = {
    layers,
    dModel,
    heads,
    kvHeads: heads / queriesPerKv,
    headSize,
    dFf: ((5 - 1 / queriesPerKv) * dModel) / (some?.active ?? 1),
    vocabulary: 0,
  };
  return some ? { ...shape, experts: some } : shape;
}

/** `given`, checked and without gaps. @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. */
export const fullShape = (given: Shape, at = 'shape'): FullShape => completed(check(shape, given, at));

/** A checked shape without gaps. */
export function completed<S extends Shape>(shape: S): S & FullShape {
  const { dModel, heads, kvHeads = heads, headSize = dModel / heads, dFf = 4 * dModel, vocabulary = 0 } = shape;
  return { ...shape, kvHeads, headSize, dFf, vocabulary };
}

/** Parameters of a shape, by part: matrices alone, no biases, norms or learnt positions. */
export interface ParameterCounts {
  readonly attention: number;
  /** Of all experts. */
  readonly feedForward: number;
  /** One matrix between the stream and the vocabulary: shared by input and output, or the output's, which alone is multiplied by. */
  readonly unembedding: number;
  /** That a token passes through. */
  readonly active: number;
  /** That lie in memory: Hoffmann's N, if the shape is dense. */
  readonly total: number;
  /** Experts for each active one; 1 if dense. */
  readonly sparsity: number;
}

/**
 * Parameters of a shape.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`.
 * @example
 * const llama70 = { layers: 80, dModel: 8192, heads: 64, kvHeads: 8, headSize: 128, dFf: 28672, dFfMatrices: 3, vocabulary: 32000 };
 * parametersOf(llama70).total // => 68.71e9
 */
export function parametersOf(shape: Shape): ParameterCounts {
  return Object.freeze(parameterCounts(fullShape(shape)));
}

const DENSE: Experts = Object.freeze({ count: 1, active: 1 });

/** {@link parametersOf}, which trusts its input. */
export function parameterCounts(shape: FullShape): ParameterCounts {
  const { layers, dModel, heads, kvHeads, headSize, dFf, dFfMatrices = 2, vocabulary, experts: some = DENSE } = shape;
  const attention = layers * dModel * headSize * 2 * (heads + kvHeads);
  const expert = layers * dFfMatrices * dModel * dFf;
  const { count, active } = some;
  const unembedding = vocabulary * dModel;
  return {
    attention,
    feedForward: count * expert,
    unembedding,
    active: attention + active * expert + unembedding,
    total: attention + count * expert + unembedding,
    sparsity: count / active,
  };
}
