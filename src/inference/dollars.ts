/**
 * What a model costs over its life in dollars.
 *
 *     6 N D C_tr / U_tr  +  2 N C_i (T_in / U_in + T_out / U_out),     C = price per hour / (3600 x peak FLOP/s)
 *
 * U is the share of the peak that is reached (model FLOPs utilisation). Sardana et al. 2024, arXiv:2401.00448, equations 5 and 6.
 */

import { notNegative, onlyKnown, positive, recordOf, share } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import type { GpuName } from './gpus.ts';
import { type Dtype, type Gpu, gpuNamed, peakOf, priceOf } from './hardware.ts';

/** Model FLOPs utilisation in training, reading and writing tokens (Sardana et al. 2024, section 3). */
export const DEFAULT_MFU: { readonly training: number; readonly prefill: number; readonly decode: number } =
  Object.freeze({ training: 0.5, prefill: 0.5, decode: 0.01 });

/** A GPU as rented: price and peak. */
export interface Rental {
  readonly gpu: GpuName | Gpu;
  /** Number format; default bf16. */
  readonly dtype?: Dtype;
  /** $ per GPU-hour; default the GPU's own, where it has one. */
  readonly pricePerHour?: number;
}

/** Prices and demand of a model's life. */
export interface Serving {
  readonly training: Rental & {
    /** Share of the peak reached in training, in (0, 1]. */
    readonly mfu?: number;
  };
  readonly inference: Rental & {
    /** Share of the peak reached while reading the prompt, in (0, 1]. */
    readonly prefillMfu?: number;
    /** Share of the peak reached while writing, in (0, 1]. */
    readonly decodeMfu?: number;
  };
  /** Requests over the model's life, >= 0. */
  readonly requests: number;
  /** Tokens read in a request, >= 0. */
  readonly inputTokens: number;
  /** Tokens written in a request, >= 0. */
  readonly outputTokens: number;
}

/** Unit costs that follow from prices and demand. */
export interface UnitCosts {
  /** $ for one parameter to see one training token. */
  readonly perTrainingToken: number;
  /** $ for one parameter to read all prompts of the model's life. */
  readonly perPrefill: number;
  /** $ for one parameter to write all answers of the model's life. */
  readonly perDecode: number;
  /** Tokens processed at inference over the model's life. */
  readonly Dinf: number;
}

/** Dollars of a model's life. */
export interface LifetimeCost {
  readonly training: number;
  readonly prefill: number;
  readonly decode: number;
  readonly total: number;
}

const RENTAL = ['gpu', 'dtype', 'pricePerHour'];
/** A loss too: the target of an optimum is a {@link Serving}. */
const FIELDS = ['training', 'inference', 'requests', 'inputTokens', 'outputTokens', 'loss'];

/**
 * Checks `serving` and works out what each parameter costs.
 *
 * @param where - Its name in messages.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 */
export function unitCosts(where: string, serving: Serving): UnitCosts {
  onlyKnown(where, serving, FIELDS);
  const { training, inference, requests, inputTokens, outputTokens } = serving;
  onlyKnown('inference', inference, [...RENTAL, 'prefillMfu', 'decodeMfu']);
  notNegative('requests', 'requests', requests);
  notNegative('inputTokens', 'tokens a request', inputTokens);
  notNegative('outputTokens', 'tokens a request', outputTokens);
  const peak = peakOf('inference.dtype', gpuNamed(inference.gpu), inference.dtype ?? 'bf16');
  const served = (name: string, tokens: number, mfu: number): number =>
    (DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * requests * tokens * dollarsPerSecond('inference', inference)) /
    (peak * share(name, mfu));
  const trainingRate = sustainedRate(training);
  return {
    perTrainingToken: (DEFAULT_FLOPS_PER_PARAM_TOKEN * dollarsPerSecond('training', training)) / trainingRate,
    perPrefill: served('inference.prefillMfu', inputTokens, inference.prefillMfu ?? DEFAULT_MFU.prefill),
    perDecode: served('inference.decodeMfu', outputTokens, inference.decodeMfu ?? DEFAULT_MFU.decode),
    Dinf: requests * (inputTokens + outputTokens),
  };
}

/**
 * FLOP/s that a GPU sustains in training: peak x mfu.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 */
export function sustainedRate(training: Omit<Serving['training'], 'gpu'> & { readonly gpu: string | Gpu }): number {
  onlyKnown('training', training, [...RENTAL, 'mfu']);
  const { gpu, dtype = 'bf16', mfu = DEFAULT_MFU.training } = training;
  return peakOf('training.dtype', gpuNamed(gpu), dtype) * share('training.mfu', mfu);
}

function dollarsPerSecond(where: string, { gpu, pricePerHour }: Rental): number {
  return priceOf(where, gpuNamed(gpu), pricePerHour) / 3600;
}

/** Dollars of the life of N parameters trained on D tokens. Trusts its input. */
export function costAt({ N, D }: { readonly N: number; readonly D: number }, unit: UnitCosts): LifetimeCost {
  const training = N * D * unit.perTrainingToken;
  const prefill = N * unit.perPrefill;
  const decode = N * unit.perDecode;
  return { training, prefill, decode, total: training + prefill + decode };
}

/**
 * What a given model costs over its life in dollars.
 *
 * @param size - `N` parameters and `D` training tokens.
 * @param serving - GPUs, prices, utilisation and demand.
 * @returns Dollars for training, reading prompts and writing answers, and their sum.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 * @example
 * lifetimeCost({ N: 30e9, D: 1.556e12 }, {
 *   training: { gpu: 'H100' },
 *   inference: { gpu: 'A100-40', dtype: 'int8' },
 *   requests: 1e9, inputTokens: 500, outputTokens: 100,
 * }).total // => 6.378e5
 * @see Sardana et al. (2024), arXiv:2401.00448, eq. 5.
 */
export function lifetimeCost(size: { readonly N: number; readonly D: number }, serving: Serving): LifetimeCost {
  recordOf('size', size);
  positive('N', 'parameters', size.N);
  positive('D', 'tokens', size.D);
  return Object.freeze(costAt(size, unitCosts('serving', serving)));
}
