/**
 * Shape of a decoder-only transformer: how N parameters lie in layers, heads and experts. A plan moves N without steps, so shapes need not
 * be whole numbers.
 *
 *     N_attention    = layers x dModel x headSize x (2 heads + 2 kvHeads)
 *     N_feedForward  = layers x experts x matrices x dModel x dFf            active: the experts that a token passes through
 *     N_unembedding  = vocabulary x dModel
 *
 * The default rule keeps the active N = 12 layers dModel^2 (Kaplan et al. 2020, arXiv:2001.08361, table 1): what grouped queries save
 * in attention goes to the feed-forward part.
 */

import { notNegative, onlyKnown, positive } from '../arguments.ts';
import { refusal } from '../errors.ts';

/** Experts of a layer: how many there are, and how many a token passes through. */
export interface Experts {
  readonly count: number;
  readonly active: number;
}

/** A model's shape. */
export interface Shape {
  readonly layers: number;
  /** Width of the residual stream. */
  readonly dModel: number;
  /** Query heads. */
  readonly heads: number;
  /** Key-value heads: `heads` in multi-head attention, fewer with grouped queries. */
  readonly kvHeads: number;
  readonly headSize: number;
  /** Width of the feed-forward part, of one expert. */
  readonly dFf: number;
  /** Matrices of the feed-forward part: 2, or 3 where it is gated (SwiGLU). Default 2. */
  readonly dFfMatrices?: 2 | 3;
  /** Tokens of the vocabulary; 0 counts the embedding among the layers. */
  readonly vocabulary: number;
  /** Default: dense, one expert. */
  readonly experts?: Experts;
}

/** How a shape follows from N. */
export interface ShapeRule {
  /** dModel / layers; default {@link DEFAULT_ASPECT_RATIO}. */
  readonly aspectRatio?: number;
  /** Default {@link DEFAULT_HEAD_SIZE}. */
  readonly headSize?: number;
  /** Query heads for each key-value head, >= 1; default {@link DEFAULT_QUERIES_PER_KV}. 1 is multi-head attention. */
  readonly queriesPerKv?: number;
  /** Default: dense. */
  readonly experts?: Experts;
}

/** GPT-3 175B: 12288 / 96. Loss hardly depends on it (Kaplan et al. 2020, arXiv:2001.08361, figure 5). */
export const DEFAULT_ASPECT_RATIO = 128;
/** Llama 2 70B, GPT-3 175B and most others. */
export const DEFAULT_HEAD_SIZE = 128;
/** Llama 2 70B, arXiv:2307.09288: 64 query heads, 8 key-value heads. */
export const DEFAULT_QUERIES_PER_KV = 8;

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
export function shapeFor(N: number, rule: ShapeRule = {}): Shape {
  checkShapeRule('rule', rule);
  return usualShape(positive('N', 'parameters', N), rule);
}

/** {@link shapeFor}, which trusts its input. */
export function usualShape(N: number, rule: ShapeRule = {}): Shape {
  const {
    aspectRatio = DEFAULT_ASPECT_RATIO,
    headSize = DEFAULT_HEAD_SIZE,
    queriesPerKv = DEFAULT_QUERIES_PER_KV,
    experts,
  } = rule;
  const layers = Math.cbrt(N / (12 * aspectRatio ** 2));
  const dModel = aspectRatio * layers;
  const heads = dModel / headSize;
  const active = experts?.active ?? 1;
  const shape = {
    layers,
    dModel,
    heads,
    kvHeads: heads / queriesPerKv,
    headSize,
    dFf: ((5 - 1 / queriesPerKv) * dModel) / active,
    vocabulary: 0,
  };
  return experts ? { ...shape, experts } : shape;
}

/** Parameters of a shape, by part. */
export interface ParameterCounts {
  readonly attention: number;
  /** Of all experts. */
  readonly feedForward: number;
  /** One matrix from the stream to the vocabulary. The lookup table of the input is not read when serving, and not counted. */
  readonly unembedding: number;
  /** That a token passes through. */
  readonly active: number;
  /** That lie in memory. */
  readonly total: number;
  /** Experts for each active one; 1 if dense. */
  readonly sparsity: number;
}

/**
 * Parameters of a shape. Norms and biases are left out.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`.
 * @example
 * const llama70 = { layers: 80, dModel: 8192, heads: 64, kvHeads: 8, headSize: 128, dFf: 28672, dFfMatrices: 3, vocabulary: 32000 };
 * parametersOf(llama70).total // => 68.71e9
 */
export function parametersOf(shape: Shape): ParameterCounts {
  return parameterCounts(checkedShape('shape', shape));
}

/** {@link parametersOf}, which trusts its input. */
export function parameterCounts(shape: Shape): ParameterCounts {
  const { layers, dModel, heads, kvHeads, headSize, dFf, dFfMatrices = 2, vocabulary, experts } = shape;
  const attention = layers * dModel * headSize * 2 * (heads + kvHeads);
  const expert = layers * dFfMatrices * dModel * dFf;
  const { count, active } = experts ?? DENSE;
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

const DENSE: Experts = Object.freeze({ count: 1, active: 1 });

const SHAPE_FIELDS = [
  'layers',
  'dModel',
  'heads',
  'kvHeads',
  'headSize',
  'dFf',
  'dFfMatrices',
  'vocabulary',
  'experts',
];

/** `shape`, if it is one. @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. */
export function checkedShape(where: string, shape: Shape): Shape {
  onlyKnown(where, shape, SHAPE_FIELDS);
  for (const name of ['layers', 'dModel', 'heads', 'kvHeads', 'headSize', 'dFf'] as const) {
    positive(`${where}.${name}`, 'units', shape[name]);
  }
  if (shape.kvHeads > shape.heads)
    throw refusal(`${where}.kvHeads`, `be at most ${where}.heads, ${shape.heads}`, shape.kvHeads);
  notNegative(`${where}.vocabulary`, 'tokens', shape.vocabulary);
  if (![undefined, 2, 3].includes(shape.dFfMatrices))
    throw refusal(`${where}.dFfMatrices`, 'be 2 or 3', shape.dFfMatrices);
  if (shape.experts !== undefined) checkExperts(where, shape.experts);
  return shape;
}

/** Throws unless `rule` is a rule for shapes. @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. */
export function checkShapeRule(where: string, rule: ShapeRule): void {
  onlyKnown(where, rule, ['aspectRatio', 'headSize', 'queriesPerKv', 'experts']);
  const { aspectRatio = 1, headSize = 1, queriesPerKv = 1, experts } = rule;
  positive(`${where}.aspectRatio`, 'units a layer', aspectRatio);
  positive(`${where}.headSize`, 'units', headSize);
  if (!(typeof queriesPerKv === 'number' && queriesPerKv >= 1 && queriesPerKv < Number.POSITIVE_INFINITY)) {
    throw refusal(`${where}.queriesPerKv`, 'be a finite number >= 1', queriesPerKv);
  }
  if (experts !== undefined) checkExperts(where, experts);
}

function checkExperts(where: string, experts: Experts): void {
  onlyKnown(`${where}.experts`, experts, ['count', 'active']);
  positive(`${where}.experts.count`, 'experts', experts.count);
  positive(`${where}.experts.active`, 'experts', experts.active);
  if (experts.active > experts.count) {
    throw refusal(`${where}.experts.active`, `be at most the count, ${experts.count}`, experts.active);
  }
}
