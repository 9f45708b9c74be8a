/** What serves a model, as plain data: GPUs, formats, load, and a view of how time passes on them. */

import { shapeRule } from '../flops/shape.ts';
import { atLeast, choice, either, notNegative, positive, share } from '../schema/fields.ts';
import { type Checked, type Given, object, optional, orKind, type Rule, variants, where } from '../schema/objects.ts';
import { dtype, gpu } from './hardware.ts';

/** Share of the peak reached in training, reading and writing tokens (Sardana et al. 2024, arXiv:2401.00448, section 3). */
export const DEFAULT_MFU: { readonly training: number; readonly prefill: number; readonly decode: number } =
  Object.freeze({ training: 0.5, prefill: 0.5, decode: 0.01 });

/** Sustained fractions of the peaks: FLOP/s and memory bandwidth. Erdil 2025, arXiv:2506.04645, section 3. */
export const DEFAULT_DERATES: { readonly flops: number; readonly bandwidth: number } = Object.freeze({
  flops: 0.7,
  bandwidth: 0.75,
});

/** The longer of the two lengths of Borzunov et al. 2023, arXiv:2209.01188, table 3; the context of GPT-3 and BLOOM. */
export const DEFAULT_CONTEXT_TOKENS = 2048;

const prefillMfu = optional(
  share({ help: 'Sustained fraction of peak FLOP/s in reading prompts.', placeholder: 'share' }),
  DEFAULT_MFU.prefill,
);
const roofline = {
  prefillMfu,
  derates: optional(
    object('derates', {
      flops: optional(
        share({ help: 'Sustained fraction of peak FLOP/s in writing.', flag: null }),
        DEFAULT_DERATES.flops,
      ),
      bandwidth: optional(
        share({ help: 'Sustained fraction of memory bandwidth.', flag: null }),
        DEFAULT_DERATES.bandwidth,
      ),
    }),
    {},
  ),
};

/** How time passes on what serves. */
const view = variants(
  'view',
  {
    // FLOPs over a share of the peak, the same for every model and batch: the view of Sardana et al. 2024.
    flops: {
      prefillMfu,
      decodeMfu: optional(
        share({ help: 'Sustained fraction of peak FLOP/s in writing.', placeholder: 'share' }),
        DEFAULT_MFU.decode,
      ),
    },
    // Bytes, FLOPs and network of a step in the GPU's memory.
    roofline,
    // The same, with weights that pass over a link in every step.
    offload: {
      ...roofline,
      link: either('be host, ssd or a positive number of bytes/s', [choice(['host', 'ssd']), positive('bytes/s')]),
    },
    // The same, on servers in a chain over a network; unverified.
    swarm: {
      ...roofline,
      servers: atLeast(1, { help: 'Servers in the chain, each with its own GPUs.', flag: null }),
      delaySeconds: notNegative('seconds', { help: 'One-way delay between neighbours.', flag: null }),
      bytesPerSecond: positive('bytes/s', { help: 'Link between neighbours.', flag: null }),
    },
  },
  {
    help: 'How time passes: by FLOPs, by the roofline, with weights behind a link, or over a chain of servers.',
    flag: null,
  },
);

/** The fields of a deployment. Numbers need not be whole. */
export const deploymentFields = {
  gpu: gpu({ help: 'GPU to serve on.', flag: 'inference-gpu' }),
  count: optional(
    atLeast(1, {
      help: 'GPUs that serve one copy of the model; in a swarm, of each server.',
      flag: 'inference-gpus',
      placeholder: 'n',
    }),
    1,
  ),
  nodes: optional(atLeast(1, { help: 'Nodes that these GPUs are in.', flag: null }), 1),
  batch: optional(atLeast(1, { help: 'Sequences written at once.', placeholder: 'n' }), 1),
  contextTokens: optional(
    notNegative('tokens', {
      help: 'Tokens of a sequence in the cache.',
      otherwise: `those of a request, or ${DEFAULT_CONTEXT_TOKENS}`,
      flag: 'context',
    }),
  ),
  promptTokens: optional(
    notNegative('tokens', { help: 'Tokens of a prompt.', otherwise: 'contextTokens', flag: null }),
  ),
  weights: optional(
    dtype({ help: 'Number format of the weights.', flag: 'inference-dtype', placeholder: 'type' }),
    'bf16',
  ),
  kv: optional(dtype({ help: 'Number format of the KV cache.', flag: 'kv-dtype', placeholder: 'type' }), 'bf16'),
  activations: optional(dtype({ help: 'Number format of activations.', flag: null }), 'bf16'),
  view: orKind(view),
  shape: optional(shapeRule),
  occupancy: optional(
    share({ help: 'Share of paid time in which the servers are busy.', flag: null, placeholder: 'share' }),
    1,
  ),
};

/** A deployment's nodes hold its GPUs. */
export const NODES: Rule<{ readonly count: number; readonly nodes: number }> = [
  ({ count }) => `be at most count, ${count}`,
  ({ count, nodes }) => nodes <= count,
  'nodes',
];

/** What serves a model. */
export const deployment = where(object('deployment', deploymentFields), NODES);

/** What serves a model. */
export type Deployment = Given<typeof deployment>;
/** A deployment with every default filled in. */
export type CheckedDeployment = Checked<typeof deployment>;
/** How time passes. */
export type ServingView = Given<typeof view>;
/** A view with every default filled in. */
type CheckedView = Checked<typeof view>;
/** A view that reckons with memory and arithmetic apart. */
export type Roofline = Exclude<CheckedView, { readonly kind: 'flops' }>;
/** Servers in a chain over a network. */
export type Chain = Extract<CheckedView, { readonly kind: 'swarm' }>;
/** Where the weights lie: in the host's memory, on the one SSD of a node, or behind a link of so many bytes/s for each GPU. */
export type WeightLink = Extract<CheckedView, { readonly kind: 'offload' }>['link'];
