/**
 * What rounding a trained model to P bits costs, and from how much training on it costs more than further training gains:
 *
 *     delta = CT D^gammaD / N^gammaN exp(-P / gammaPost)
 *     Dcrit = (beta B N^gammaN exp(P / gammaPost) / (gammaD CT))^(1 / (gammaD + beta))       where d(B / D^beta + delta) / dD = 0
 *
 * Kumar et al. 2024, "Scaling Laws for Precision", arXiv:2411.04330, equations 2 and 13, table 2. The trends carry over to other models, the
 * constants do not, as the authors warn; the law of precision-post.ts fits them.
 */

import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';

const quantizationConstants = object('constants', {
  CT: positive('nats per token x parameters^gammaN / tokens^gammaD'),
  gammaD: positive('units'),
  gammaN: positive('units'),
  gammaPost: positive('bits'),
});

/** Constants of the loss by rounding. */
export type QuantizationConstants = Given<typeof quantizationConstants>;

/** Kumar et al. 2024, table 2. */
export const DEFAULT_QUANTIZATION: QuantizationConstants = Object.freeze({
  CT: 0.0598,
  gammaD: 0.5068,
  gammaN: 0.3439,
  gammaPost: 0.5907,
});

const size = { N: positive('parameters'), bits: positive('bits', { help: 'Bits of the weights after rounding.' }) };
const roundedModel = object('model', { ...size, D: positive('tokens') });
const decliningModel = object('model', {
  ...size,
  B: positive('nats per token x tokens^beta', { help: 'Amplitude of the data term.' }),
  beta: positive('units', { help: 'Exponent of the data term.' }),
});

/** A trained model to be rounded. */
export type RoundedModel = Given<typeof roundedModel>;

/**
 * Loss that post-training quantisation adds: delta = CT D^gammaD / N^gammaN exp(-bits / gammaPost).
 *
 * @returns Nats per token, to be added to the loss of the model as trained.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a number that is not positive and finite, among the constants too.
 * @example
 * quantizationLoss({ N: 1e8, D: 1e10, bits: 4 }) // => 0.014
 * @see Kumar et al. (2024), arXiv:2411.04330, eq. 2.
 */
export function quantizationLoss(model: RoundedModel, constants: QuantizationConstants = DEFAULT_QUANTIZATION): number {
  const { N, D, bits } = check(roundedModel, model);
  const { CT, gammaD, gammaN, gammaPost } = check(quantizationConstants, constants, 'constants');
  return CT * Math.exp(gammaD * Math.log(D) - gammaN * Math.log(N) - bits / gammaPost);
}

/**
 * Training tokens beyond which more training makes the rounded model worse.
 *
 * @param model.N - Parameters.
 * @param model.bits - Bits of the weights after rounding.
 * @param model.B - Amplitude of the data term of the law of the loss, nats per token x tokens^beta.
 * @param model.beta - Its exponent.
 * @returns Dcrit, tokens.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a number that is not positive and finite, among the constants too.
 * @example
 * const at = (D) => 18060 / D ** 0.4965 + quantizationLoss({ N: 1e9, D, bits: 4 });
 * const D = criticalTokens({ N: 1e9, bits: 4, B: 18060, beta: 0.4965 });
 * at(D) < at(D / 2) && at(D) < at(D * 2) // => true
 * @see Kumar et al. (2024), arXiv:2411.04330, eq. 13.
 */
export function criticalTokens(
  model: Given<typeof decliningModel>,
  constants: QuantizationConstants = DEFAULT_QUANTIZATION,
): number {
  const { N, bits, B, beta } = check(decliningModel, model);
  const { CT, gammaD, gammaN, gammaPost } = check(quantizationConstants, constants, 'constants');
  const log = Math.log((beta * B) / (gammaD * CT)) + gammaN * Math.log(N) + bits / gammaPost;
  return Math.exp(log / (gammaD + beta));
}
