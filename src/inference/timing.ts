/**
 * Time as each view tells it: of a step of writing, and of a forward pass over prompts.
 *
 *     forward  = max((2 N_active T + 2 layers heads headSize T^2) prompts / (n peak mfu), weight bytes / (n BW))
 *     step     = flops      2 N_active b / (n peak mfu)
 *                roofline   roofline.ts, equation 1
 *                offload    offload.ts, of the roofline's
 *                swarm      swarm.ts, of the roofline's
 *
 * Pope et al. 2022, arXiv:2211.05102; Erdil 2025, arXiv:2506.04645; Sardana et al. 2024, arXiv:2401.00448.
 */

import { DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal } from '../errors.ts';
import { type FullShape, parameterCounts } from '../flops/shape.ts';
import { type CheckedDeployment, DEFAULT_CONTEXT_TOKENS, type Roofline } from './deployment.ts';
import { arithmeticOf, BYTES, type Dtype, figureOf, type Gpu, peakOf } from './hardware.ts';
import { RESIDENT_LAYERS, streamed, weightRate } from './offload.ts';
import { type Load, type Machine, parametersRead, type StepTime, stepTime } from './roofline.ts';
import { chained, travelSeconds } from './swarm.ts';

/** A view, ready to be asked. */
export interface Timing {
  /** GPUs that are paid. */
  readonly gpus: number;
  /** Format in which weights are multiplied. */
  readonly arithmetic: Dtype;
  readonly step: (shape: FullShape) => StepTime;
  /** Seconds to read so many prompts of T tokens at once. */
  readonly forward: (shape: FullShape, T: number, prompts: number) => number;
  /** Share of the weights that is on the GPUs. */
  readonly resident: (shape: FullShape) => number;
}

/** What a step of a deployment carries. */
export function loadOf({ batch, contextTokens, weights, kv, activations }: CheckedDeployment): Load {
  return {
    batch,
    context: contextTokens ?? DEFAULT_CONTEXT_TOKENS,
    bytes: { weights: BYTES[weights], kv: BYTES[kv], activations: BYTES[activations] },
  };
}

/**
 * The view of a checked deployment.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` if the GPU lacks a figure that the view needs; in the `flops` view also a peak in the weights' format.
 */
export function timingOf(deployment: CheckedDeployment, gpu: Gpu, load: Load, at: string): Timing {
  const { view, count, nodes, weights } = deployment;
  const arithmetic = view.kind === 'flops' ? weights : arithmeticOf(gpu, weights);
  const peak = count * peakOf(`${at}.weights`, gpu, arithmetic);
  if (view.kind === 'flops') {
    const { prefillMfu, decodeMfu } = view;
    const seconds = (shape: FullShape, tokens: number, mfu: number): number =>
      (DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * parameterCounts(shape).active * tokens) / (peak * mfu);
    return {
      gpus: count,
      arithmetic,
      step: (shape) => {
        const compute = seconds(shape, load.batch, decodeMfu);
        return { seconds: compute, compute, bandwidth: 0, network: 0, kernels: 0 };
      },
      forward: (shape, T, prompts) => seconds(shape, T * prompts, prefillMfu),
      resident: () => 1,
    };
  }
  const machine = machineOf(deployment, gpu, peak, view);
  const { gpus, step, forward, resident } = rooflineTiming(machine, load, peak, view);
  switch (view.kind) {
    case 'roofline':
      return { gpus, arithmetic, step, forward, resident };
    case 'offload': {
      const rate = weightRate(view.link, gpu, count, nodes);
      const arriving = (shape: FullShape, tokens: number): number =>
        load.bytes.weights * parametersRead(parameterCounts(shape), tokens);
      return {
        gpus,
        arithmetic,
        step: (shape) => streamed(step(shape), arriving(shape, load.batch), rate),
        forward: (shape, T, prompts) => Math.max(arriving(shape, T * prompts) / rate, forward(shape, T, prompts)),
        resident: ({ layers }) => Math.min(1, RESIDENT_LAYERS / layers),
      };
    }
    case 'swarm': {
      const travel = ({ dModel }: FullShape, tokens: number): number =>
        travelSeconds(view, tokens * dModel * load.bytes.activations);
      return {
        gpus: gpus * view.servers,
        arithmetic,
        step: (shape) => chained(step(shape), travel(shape, load.batch)),
        forward: (shape, T, prompts) => forward(shape, T, prompts) + travel(shape, T * prompts),
        resident,
      };
    }
    default:
      return view satisfies never;
  }
}

/** Weights in the GPUs' memory. What starts kernels and sums over GPUs in a forward pass is part of its `mfu`. */
function rooflineTiming(
  machine: Machine,
  load: Load,
  peak: number,
  { prefillMfu }: Roofline,
): Omit<Timing, 'arithmetic'> {
  return {
    gpus: machine.gpus,
    step: (shape) => stepTime(shape, machine, load),
    forward: (shape, T, prompts) => {
      const { layers, heads, headSize } = shape;
      const parameters = parameterCounts(shape);
      // A token attends to half of the prompt on average.
      const flops =
        prompts * T * (DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * parameters.active + 2 * layers * heads * headSize * T);
      const bytes = load.bytes.weights * parametersRead(parameters, T * prompts);
      return Math.max(flops / (peak * prefillMfu), bytes / machine.bandwidth);
    },
    resident: () => 1,
  };
}

function machineOf({ count, nodes }: CheckedDeployment, gpu: Gpu, peak: number, { derates }: Roofline): Machine {
  const { flops, bandwidth } = derates;
  const link = count > 1 ? linkOf(gpu, nodes) : Number.POSITIVE_INFINITY;
  return { gpus: count, nodes, flops: peak * flops, bandwidth: count * figureOf(gpu, 'bandwidth') * bandwidth, link };
}

/** Bytes/s at which one GPU talks to others: the slowest link on the way. */
function linkOf(gpu: Gpu, nodes: number): number {
  if (nodes === 1) return gpu.link?.bytesPerSecond ?? figureOf(gpu, 'hostLink');
  if (gpu.link?.betweenNodes !== undefined) return gpu.link.betweenNodes;
  throw refusal(`link.betweenNodes of ${gpu.name}`, `be given for ${nodes} nodes`, undefined);
}
