/**
 * How papers count training FLOPs per token. They differ by up to a factor of three on small models, and that alone moves the exponent of N*:
 * counting the head took Porian et al.'s from 0.84 to 0.71 (arXiv:2406.19146).
 */

import { refusal } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { check } from '../schema/check.ts';
import { choice, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, where } from '../schema/objects.ts';
import { COUNTS_EMBEDDINGS, FLOP_CONVENTIONS, type FlopConvention } from './counted.ts';
import { completed, type FullShape, HEADS, parameterCounts, shapeFields } from './shape.ts';

/** Ways to count training FLOPs. */
export const convention = choice(FLOP_CONVENTIONS, {
  help: 'What a paper counts among the FLOPs of training.',
});

export type { FlopConvention } from './counted.ts';

const trainedShape = where(
  object('shape', {
    ...shapeFields,
    sequence: positive('tokens', { help: 'Tokens of a sequence.' }),
  }),
  ...HEADS,
);

/** A shape in training. */
export type ModelShape = Given<typeof trainedShape>;

type TrainedShape = FullShape & Checked<typeof trainedShape>;

/** What a convention counts. */
export interface FlopConventionInfo {
  readonly description: string;
  /** FLOPs per token in symbols: V vocabulary, d width, n layers, h heads, k head size, f feed-forward width, s sequence, P bits. */
  readonly formula: string;
  /** Whether embeddings, or the head that shares their matrix, are counted. */
  readonly embeddings: boolean;
  /** Whether the attention of tokens to one another is counted. */
  readonly attention: boolean;
  readonly source: string;
}

/** Conventions by name. */
export const flopConventions: { readonly [Name in FlopConvention]: FlopConventionInfo } = deepFreeze({
  '6ND': {
    description: 'six for each parameter, embeddings included',
    formula: '6 N',
    embeddings: COUNTS_EMBEDDINGS['6ND'],
    attention: false,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, section 3.3',
  },
  kaplan: {
    description: 'six for each parameter outside the embeddings',
    formula: '6 N_body',
    embeddings: COUNTS_EMBEDDINGS.kaplan,
    attention: false,
    source: 'Kaplan et al. 2020, arXiv:2001.08361, section 2.1',
  },
  hoffmann: {
    description: 'every product, softmax and logit of the forward pass, three times',
    formula: '3 (4 V d + n (8 d h k + 4 s h k + 3 h s + 4 d f))',
    embeddings: COUNTS_EMBEDDINGS.hoffmann,
    attention: true,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, appendix F',
  },
  porian: {
    description: 'six for each parameter, and the attention',
    formula: '6 N + 6 s d n',
    embeddings: COUNTS_EMBEDDINGS.porian,
    attention: true,
    source: 'Porian et al. 2024, arXiv:2406.19146, formll/resolving-scaling-law-discrepancies',
  },
  deepseek: {
    description: 'layers of four times their width, and the attention; no embeddings',
    formula: '72 n d^2 + 12 n d s',
    embeddings: COUNTS_EMBEDDINGS.deepseek,
    attention: true,
    source: 'DeepSeek-AI 2024, arXiv:2401.02954, equation 2',
  },
  kumar: {
    description: 'six for each parameter at 16 bits, in proportion to the bits',
    formula: '(6/16) N P',
    embeddings: COUNTS_EMBEDDINGS.kumar,
    attention: false,
    source: 'Kumar et al. 2024, arXiv:2411.04330, equation 5',
  },
});

/**
 * FLOPs per token, forward and backward. Trusts its shape.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` where the convention has no place for what the shape says.
 */
function countedPerToken(shape: TrainedShape, convention: FlopConvention): number {
  const { vocabulary, dModel, layers, heads, kvHeads, headSize, dFf, dFfMatrices = 2, sequence, bits } = shape;
  const { active, unembedding } = parameterCounts(shape);
  const body = active - unembedding;
  switch (convention) {
    case '6ND':
      return 6 * active;
    case 'kaplan':
      return 6 * body;
    case 'hoffmann': {
      const attention = heads * headSize;
      const layer =
        2 * dModel * headSize * (heads + 2 * kvHeads) + // queries, keys and values
        2 * sequence * attention + // queries times keys
        3 * heads * sequence + // softmax
        2 * sequence * attention + // sum of the values
        2 * attention * dModel + // output projection
        2 * dFfMatrices * dModel * dFf * (shape.experts?.active ?? 1);
      // Embedding and logits, 2 V d each; backward is twice forward.
      return 3 * (2 * 2 * vocabulary * dModel + layers * layer);
    }
    case 'porian':
      return 6 * active + 6 * sequence * dModel * layers;
    case 'deepseek':
      if (body !== 12 * layers * dModel ** 2) {
        const rule =
          'be of layers of 12 dModel^2 parameters for the convention deepseek, which reads no headSize or dFf';
        throw refusal('shape', rule, `${body / layers / dModel ** 2} dModel^2`);
      }
      return 72 * layers * dModel ** 2 + 12 * layers * dModel * sequence;
    case 'kumar':
      return (6 / 16) * active * bits;
    default:
      return convention satisfies never;
  }
}

/**
 * Training FLOPs per token, forward and backward.
 *
 * @param shape - Layers, dModel, heads, vocabulary, sequence.
 * @param by - What is counted; see {@link flopConventions}.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a number that is not positive and finite, heads that do not divide dModel, a shape that the
 *   convention has no place for, or an unknown convention; `E_OPTION` for an unknown field.
 * @example
 * const shape = { vocabulary: 32000, dModel: 512, layers: 8, heads: 8, sequence: 2048 };
 * flopsPerToken(shape, 'kaplan') // => 150994944
 */
export function flopsPerToken(shape: ModelShape, by: FlopConvention): number {
  const counted = check(convention, by, 'convention');
  return countedPerToken(completed(check(trainedShape, shape, 'shape')), counted);
}

/**
 * FLOPs of a whole training run.
 *
 * @param shape - Layers, dModel, heads, vocabulary, sequence.
 * @param tokens - Training tokens.
 * @param by - What is counted; see {@link flopConventions}.
 * @throws {ScalingLawsError} As {@link flopsPerToken}.
 * @example
 * trainingFlops({ vocabulary: 32000, dModel: 512, layers: 8, heads: 8, sequence: 2048 }, 1e9, 'kaplan') // => 1.50994944e17
 */
export function trainingFlops(shape: ModelShape, tokens: number, by: FlopConvention): number {
  return flopsPerToken(shape, by) * check(positive('tokens'), tokens, 'tokens');
}
