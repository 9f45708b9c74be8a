/** What serves a model, as plain data: GPUs, formats, load, and a view of how time passes on them. */

import { notNegative, onlyKnown, positive, share } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { checkedFormat, type Dtype, type Gpu } from './hardware.ts';
import type { WeightLink } from './offload.ts';
import { checkShapeRule, type ShapeRule } from './shape.ts';
import { type Chain, checkNetwork } from './swarm.ts';

/** Options of every view that reckons with memory and arithmetic apart. */
export interface Roofline {
  /** Share of the peak reached in reading prompts, in (0, 1]; default `DEFAULT_MFU.prefill`. */
  readonly prefillMfu?: number;
  /** Shares of the peaks that last in writing, in (0, 1]; default {@link DEFAULT_DERATES}. */
  readonly derates?: { readonly flops?: number; readonly bandwidth?: number };
}

/** How time passes. */
export type ServingView =
  /** FLOPs over a share of the peak, the same for every model and batch: the view of Sardana et al. 2024. */
  | {
      readonly kind: 'flops';
      /** Share of the peak reached in reading prompts, in (0, 1]; default `DEFAULT_MFU.prefill`. */
      readonly prefillMfu?: number;
      /** Share of the peak reached in writing, in (0, 1]; default `DEFAULT_MFU.decode`. */
      readonly decodeMfu?: number;
    }
  /** Bytes, FLOPs and network of a step in the GPU's memory. */
  | (Roofline & { readonly kind: 'roofline' })
  /** The same, with weights that pass over a link in every step. */
  | (Roofline & { readonly kind: 'offload'; readonly link: WeightLink })
  /** The same, on servers in a chain over a network; unverified. */
  | (Roofline & Chain & { readonly kind: 'swarm' });

/** What serves a model. Numbers need not be whole. */
export interface Deployment {
  readonly gpu: string | Gpu;
  /** GPUs that share each matrix (tensor parallelism); in a swarm, of each server. Default 1. */
  readonly count?: number;
  /** Nodes that these GPUs are in; default 1. */
  readonly nodes?: number;
  /** Sequences written at once, >= 1; default 1. */
  readonly batch?: number;
  /** Tokens of a sequence in the cache while writing, on average; default {@link DEFAULT_CONTEXT_TOKENS}. */
  readonly contextTokens?: number;
  /** Tokens of a prompt; default `contextTokens`. */
  readonly promptTokens?: number;
  /**
   * Format of the weights; default bf16. Arithmetic runs in it where the GPU can, otherwise in bf16; the `flops` view, which knows arithmetic
   * alone, takes only formats in which the GPU computes.
   */
  readonly weights?: Dtype;
  /** Format of the KV cache; default bf16. */
  readonly kv?: Dtype;
  /** Format of activations, in memory and on the way; default bf16. */
  readonly activations?: Dtype;
  readonly view: ServingView;
  /** How a model's shape follows from N. */
  readonly shape?: ShapeRule;
  /** Share of paid time in which the servers are busy, in (0, 1]; default 1. What is idle is paid for by the tokens that are served. */
  readonly occupancy?: number;
}

/** The longer of the two lengths of Borzunov et al. 2023, arXiv:2209.01188, table 3; the context of GPT-3 and BLOOM. */
export const DEFAULT_CONTEXT_TOKENS = 2048;

const FIELDS = [
  'gpu',
  'count',
  'nodes',
  'batch',
  'contextTokens',
  'promptTokens',
  'weights',
  'kv',
  'activations',
  'view',
  'shape',
  'occupancy',
];
const ROOFLINE = ['kind', 'prefillMfu', 'derates'];
const VIEW_FIELDS: Readonly<Record<ServingView['kind'], readonly string[]>> = {
  flops: ['kind', 'prefillMfu', 'decodeMfu'],
  roofline: ROOFLINE,
  offload: [...ROOFLINE, 'link'],
  swarm: [...ROOFLINE, 'servers', 'delaySeconds', 'bytesPerSecond'],
};

/** Throws unless `deployment` is one; its GPU and links are checked where they are looked up. */
export function checkDeployment(deployment: Deployment): void {
  onlyKnown('deployment', deployment, FIELDS);
  const {
    count = 1,
    nodes = 1,
    batch = 1,
    contextTokens = 0,
    promptTokens = 0,
    occupancy = 1,
    view,
    shape,
  } = deployment;
  atLeastOne('count', 'GPUs', count);
  atLeastOne('nodes', 'nodes', nodes);
  if (nodes > count) throw refusal('deployment.nodes', `be at most deployment.count, ${count}`, nodes);
  atLeastOne('batch', 'sequences', batch);
  notNegative('deployment.contextTokens', 'tokens', contextTokens);
  notNegative('deployment.promptTokens', 'tokens', promptTokens);
  share('deployment.occupancy', occupancy);
  for (const name of ['weights', 'kv', 'activations'] as const) {
    const format = deployment[name];
    if (format !== undefined) checkedFormat(`deployment.${name}`, format);
  }
  if (shape !== undefined) checkShapeRule('deployment.shape', shape);
  checkView(view);
}

function checkView(view: ServingView): void {
  if (typeof view !== 'object' || view === null || !Object.hasOwn(VIEW_FIELDS, view.kind)) {
    throw refusal('deployment.view.kind', `be one of ${Object.keys(VIEW_FIELDS).join(', ')}`, view?.kind);
  }
  onlyKnown('deployment.view', view, VIEW_FIELDS[view.kind]);
  const optionalShare = (name: string, value: number | undefined): void => {
    if (value !== undefined) share(`deployment.view.${name}`, value);
  };
  optionalShare('prefillMfu', view.prefillMfu);
  if (view.kind === 'flops') {
    optionalShare('decodeMfu', view.decodeMfu);
    return;
  }
  const { derates = {} } = view;
  onlyKnown('deployment.view.derates', derates, ['flops', 'bandwidth']);
  optionalShare('derates.flops', derates.flops);
  optionalShare('derates.bandwidth', derates.bandwidth);
  if (view.kind === 'swarm') {
    atLeastOne('view.servers', 'servers', view.servers);
    checkNetwork(view);
  }
}

function atLeastOne(name: string, unit: string, value: number): void {
  if (positive(`deployment.${name}`, unit, value) < 1) {
    throw refusal(`deployment.${name}`, 'be 1 or more', value);
  }
}
