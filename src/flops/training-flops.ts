/** Training FLOPs of a shape, by the convention of a paper. */

import { positive } from '../arguments.ts';
import { ScalingLawsError, shown } from '../errors.ts';
import { countedPerToken, type FlopConvention, flopConventions } from './conventions.ts';
import { fullShape, type ModelShape } from './shape.ts';

/**
 * Training FLOPs per token, forward and backward.
 *
 * @param shape - Vocabulary, width, layers, heads, sequence.
 * @param convention - What is counted; see `flopConventions`.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a number that is not positive and finite, heads that do not divide the width, or a shape that the
 *   convention has no place for; `E_OPTION` for an unknown convention or field.
 * @example
 * const shape = { vocabulary: 32000, width: 512, layers: 8, heads: 8, sequence: 2048 };
 * flopsPerToken(shape, 'kaplan') // => 150994944
 */
export function flopsPerToken(shape: ModelShape, convention: FlopConvention): number {
  if (!Object.hasOwn(flopConventions, convention)) {
    throw new ScalingLawsError(
      'E_OPTION',
      `convention must be one of ${Object.keys(flopConventions).join(', ')}, got ${shown(convention)}`,
      { convention },
    );
  }
  return countedPerToken(fullShape(shape), convention);
}

/**
 * FLOPs of a whole training run.
 *
 * @param shape - Vocabulary, width, layers, heads, sequence.
 * @param tokens - Training tokens.
 * @param convention - What is counted; see `flopConventions`.
 * @throws {ScalingLawsError} As {@link flopsPerToken}.
 * @example
 * trainingFlops({ vocabulary: 32000, width: 512, layers: 8, heads: 8, sequence: 2048 }, 1e9, 'kaplan') // => 1.50994944e17
 */
export function trainingFlops(shape: ModelShape, tokens: number, convention: FlopConvention): number {
  return flopsPerToken(shape, convention) * positive('tokens', 'tokens', tokens);
}
