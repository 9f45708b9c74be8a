/**
 * What it takes to serve a model: GPU-seconds of a token read and written, latency, throughput, memory.
 *
 *     GPU-seconds of a token written   n step / (b occupancy)
 *     GPU-seconds of a token read      n forward / (tokens occupancy)             step, forward: timing.ts
 */

import { refusal } from '../errors.ts';
import {
  completed,
  type FullShape,
  fullShape,
  parameterCounts,
  type Shape,
  shapeRule,
  usualShape,
} from '../flops/shape.ts';
import { deepFreeze } from '../freeze.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type CheckedDeployment, type Deployment, deployment as deploymentField } from './deployment.ts';
import { type Dtype, knownGpu } from './hardware.ts';
import { cacheBytes, layerElements, type MemoryBytes } from './memory.ts';
import { limitOf, type ServingLimit } from './roofline.ts';
import { loadOf, timingOf } from './timing.ts';

/** A model: its active parameters, or its shape. */
export type Model = number | Shape;

/** A deployment as functions of the model, cheap and continuous in N. They trust their input. */
export interface CompiledDeployment {
  /** GPU-seconds paid for a token read. */
  readonly prefillGpuSecondsPerToken: (model: Model) => number;
  /** GPU-seconds paid for a token written. */
  readonly decodeGpuSecondsPerToken: (model: Model) => number;
  /** Seconds between one token written and the next. */
  readonly secondsPerOutputToken: (model: Model) => number;
  /** Seconds to read a prompt of so many tokens, alone; the first token comes with it. */
  readonly secondsToFirstToken: (model: Model, inputTokens: number) => number;
  /** Tokens written per second by the whole deployment while it is busy. */
  readonly tokensPerSecond: (model: Model) => number;
  readonly limitedBy: (model: Model) => ServingLimit;
  /** Tokens of a prompt. */
  readonly promptTokens: number;
  /** Format in which weights are multiplied: bf16 where the GPU does not compute in theirs. */
  readonly arithmetic: Dtype;
  readonly memory: (model: Model) => MemoryBytes;
  /** Bytes that the model takes on all GPUs. */
  readonly memoryTotal: (model: Model) => number;
  /** Bytes that all GPUs have; `NaN` if the GPU's memory is not known. */
  readonly memoryAvailable: number;
  /** Bytes that one GPU has; `NaN` if not known. */
  readonly memoryPerDevice: number;
}

/** A model as served. */
export interface Served {
  /** GPU-seconds paid for a token read. */
  readonly prefillGpuSecondsPerToken: number;
  /** GPU-seconds paid for a token written. */
  readonly decodeGpuSecondsPerToken: number;
  /** Seconds between one token written and the next. */
  readonly secondsPerOutputToken: number;
  /** Tokens written per second by the whole deployment while it is busy. */
  readonly tokensPerSecond: number;
  /** Bytes on the GPUs, by use. */
  readonly memoryBytes: MemoryBytes;
  /** Bytes that all GPUs have; `undefined` if the GPU's memory is not known. */
  readonly memoryAvailable: number | undefined;
  /** Whether the model fits; `undefined` if the GPU's memory is not known. */
  readonly fits: boolean | undefined;
  /** What a step waits for longest. */
  readonly limitedBy: ServingLimit;
  /** Format in which weights are multiplied: bf16 where the GPU does not compute in theirs. Then their format saves bytes and no arithmetic. */
  readonly arithmetic: Dtype;
  /** Seconds to read a prompt of so many tokens; the first token comes with it. */
  readonly secondsToFirstToken: (inputTokens: number) => number;
}

/**
 * Checks a deployment once, and makes functions of it that can be called thousands of times.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 * @example
 * compileDeployment({ gpu: 'H100', view: { kind: 'flops', decodeMfu: 0.1 } }).decodeGpuSecondsPerToken(8e9) // => 1.618e-4
 */
export function compileDeployment(deployment: Deployment): CompiledDeployment {
  return compiledDeployment(check(deploymentField, deployment, 'deployment'));
}

/** {@link compileDeployment} of a checked deployment. */
export function compiledDeployment(deployment: CheckedDeployment, at = 'deployment'): CompiledDeployment {
  const gpu = knownGpu(deployment.gpu, `${at}.gpu`);
  const load = loadOf(deployment);
  const { batch, context, bytes } = load;
  const { gpus, arithmetic, step, forward, resident } = timingOf(deployment, gpu, load, at);
  const { occupancy, shape: rule = check(shapeRule, {}), promptTokens = context } = deployment;
  const prompt = Math.max(1, promptTokens);
  const asShape = (model: Model): FullShape => (typeof model === 'number' ? usualShape(model, rule) : completed(model));
  const memory = (model: Model): MemoryBytes => {
    const shape = asShape(model);
    const weights = parameterCounts(shape).total * bytes.weights * resident(shape);
    const kv = cacheBytes(shape, bytes.kv) * context * batch;
    const activations = layerElements(shape) * bytes.activations * Math.max(batch, prompt);
    return { weights, kv, activations, total: weights + kv + activations };
  };
  const seconds = (model: Model): number => step(asShape(model)).seconds;
  const memoryPerDevice = gpu.memoryBytes ?? Number.NaN;
  return Object.freeze({
    prefillGpuSecondsPerToken: (model: Model) =>
      (gpus * forward(asShape(model), prompt, batch)) / (prompt * batch * occupancy),
    decodeGpuSecondsPerToken: (model: Model) => (gpus * seconds(model)) / (batch * occupancy),
    secondsPerOutputToken: seconds,
    secondsToFirstToken: (model: Model, inputTokens: number) => forward(asShape(model), inputTokens, 1),
    tokensPerSecond: (model: Model) => batch / seconds(model),
    limitedBy: (model: Model) => limitOf(step(asShape(model))),
    promptTokens: prompt,
    arithmetic,
    memory,
    memoryTotal: (model: Model) => memory(model).total,
    memoryAvailable: gpus * memoryPerDevice,
    memoryPerDevice,
  });
}

/**
 * What it takes to serve one model.
 *
 * @param model - Active parameters (the shape follows by `deployment.shape`), or a {@link Shape}.
 * @param deployment - GPUs, formats, load, view.
 * @returns GPU-seconds, latency, throughput, memory, and what limits the speed.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 * @example
 * const { fits, limitedBy } = servingOf(70e9, { gpu: 'H100', count: 4, batch: 16, view: { kind: 'roofline' } });
 * [fits, limitedBy] // => [true, 'bandwidth']
 * @see Erdil (2025), arXiv:2506.04645.
 */
export function servingOf(model: Model, deployment: Deployment): Served {
  const compiled = compileDeployment(deployment);
  if (typeof model !== 'object') check(positive('parameters'), model, 'model');
  else if (deployment.shape)
    throw refusal('deployment.shape', 'be absent where the model has a shape', deployment.shape);
  else fullShape(model, 'model');
  const memoryBytes = compiled.memory(model);
  const known = !Number.isNaN(compiled.memoryAvailable);
  return deepFreeze({
    prefillGpuSecondsPerToken: compiled.prefillGpuSecondsPerToken(model),
    decodeGpuSecondsPerToken: compiled.decodeGpuSecondsPerToken(model),
    secondsPerOutputToken: compiled.secondsPerOutputToken(model),
    tokensPerSecond: compiled.tokensPerSecond(model),
    memoryBytes,
    memoryAvailable: known ? compiled.memoryAvailable : undefined,
    fits: known ? memoryBytes.total <= compiled.memoryAvailable : undefined,
    limitedBy: compiled.limitedBy(model),
    arithmetic: compiled.arithmetic,
    secondsToFirstToken: (inputTokens: number) =>
      compiled.secondsToFirstToken(model, check(positive('tokens'), inputTokens, 'inputTokens')),
  });
}
