/**
 * How papers count training FLOPs per token. They differ by up to a factor of three on small models, and that alone moves the exponent of N*:
 * counting the head took Porian et al.'s from .84 to .71 (arXiv:2406.19146).
 */

import { refusal } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { countParameters, type FullShape } from './shape.ts';

/** A way to count training FLOPs. */
export type FlopConvention = '6ND' | 'kaplan' | 'hoffmann' | 'porian' | 'deepseek' | 'kumar';

/** What a convention counts. */
export interface FlopConventionInfo {
  readonly description: string;
  /** FLOPs per token in symbols: V vocabulary, d width, n layers, h heads, k head size, f feed-forward, s sequence, P bits. */
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
    embeddings: true,
    attention: false,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, section 3.3',
  },
  kaplan: {
    description: 'six for each parameter outside the embeddings',
    formula: '6 N_body',
    embeddings: false,
    attention: false,
    source: 'Kaplan et al. 2020, arXiv:2001.08361, section 2.1',
  },
  hoffmann: {
    description: 'every product, softmax and logit of the forward pass, three times',
    formula: '3 (4 V d + n (8 d h k + 4 s h k + 3 h s + 4 d f))',
    embeddings: true,
    attention: true,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, appendix F',
  },
  porian: {
    description: 'six for each parameter, and the attention',
    formula: '6 N + 6 s d n',
    embeddings: true,
    attention: true,
    source: 'Porian et al. 2024, arXiv:2406.19146, formll/resolving-scaling-law-discrepancies',
  },
  deepseek: {
    description: 'layers of four times their width, and the attention; no embeddings',
    formula: '72 n d^2 + 12 n d s',
    embeddings: false,
    attention: true,
    source: 'DeepSeek-AI 2024, arXiv:2401.02954, equation 2',
  },
  kumar: {
    description: 'six for each parameter at 16 bits, in proportion to the bits',
    formula: '(6/16) N P',
    embeddings: true,
    attention: false,
    source: 'Kumar et al. 2024, arXiv:2411.04330, equation 5',
  },
});

/**
 * FLOPs per token, forward and backward. Trusts its shape.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` where the convention has no place for what the shape says.
 */
export function countedPerToken(shape: FullShape, convention: FlopConvention): number {
  const { vocabulary, width, layers, heads, headSize, feedForward, sequence, bits } = shape;
  const { body, total } = countParameters(shape);
  switch (convention) {
    case '6ND':
      return 6 * total;
    case 'kaplan':
      return 6 * body;
    case 'hoffmann': {
      const attention = heads * headSize;
      const layer =
        2 * 3 * width * attention + // queries, keys and values
        2 * sequence * attention + // queries times keys
        3 * heads * sequence + // softmax
        2 * sequence * attention + // sum of the values
        2 * attention * width + // output projection
        2 * 2 * width * feedForward;
      // Embedding and logits, 2 V d each; backward is twice forward.
      return 3 * (2 * 2 * vocabulary * width + layers * layer);
    }
    case 'porian':
      return 6 * total + 6 * sequence * width * layers;
    case 'deepseek':
      if (body !== 12 * layers * width ** 2) {
        const rule =
          'be of layers of 12 width^2 parameters for the convention deepseek, which reads no headSize or feedForward';
        throw refusal('shape', rule, `${body / layers / width ** 2} width^2`);
      }
      return 72 * layers * width ** 2 + 12 * layers * width * sequence;
    case 'kumar':
      return (6 / 16) * total * bits;
    default:
      return convention satisfies never;
  }
}
