/**
 * What is to be trained and served, as plain data: a law, a goal, a demand, what is paid, hardware, constraints. `plan` answers it, `sweep`
 * answers it many times over. Everything here survives `JSON.stringify`.
 */

import type { Demand } from '../inference/demand.ts';
import type { Deployment } from '../inference/deployment.ts';
import type { Dtype, Gpu } from '../inference/hardware.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Given } from '../predict/surface.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';

/** What to reach. */
export type Goal =
  /** A loss, nats per token, for the least cost. */
  | { readonly kind: 'loss'; readonly loss: number }
  /** The loss of a model of N parameters on D tokens, for the least cost. */
  | { readonly kind: 'match'; readonly N: number; readonly D: number }
  /** The least loss, where training and serving together cost at most `budget`, in the unit that is paid. */
  | { readonly kind: 'lifetime-budget'; readonly budget: number }
  /** The least loss, where training alone costs at most `budget`; what serving will cost is reported. */
  | { readonly kind: 'training-budget'; readonly budget: number };

/** What is counted: FLOPs; GPU-hours; dollars, GPU-hours at their price; energy, kWh drawn from the grid. */
export type Payment = 'flops' | 'gpu-hours' | 'dollars' | 'energy';

/** What training runs on. */
export interface TrainingHardware {
  readonly gpu: string | Gpu;
  /** Number format; default bf16. */
  readonly dtype?: Dtype;
  /** Share of the peak that is reached, in (0, 1]; default `DEFAULT_MFU.training`. */
  readonly mfu?: number;
  /** $ per GPU-hour; default the GPU's own. */
  readonly pricePerHour?: number;
}

/** What serving runs on, and how. */
export type ServingHardware = Deployment & {
  /** $ per GPU-hour; default the GPU's own. */
  readonly pricePerHour?: number;
};

/** What a GPU-hour draws from the grid. */
export interface Energy {
  /** Power usage effectiveness: energy of the whole building over that of the machines, >= 1; default {@link DEFAULT_PUE}. */
  readonly pue?: number;
  /** Grams of CO2 equivalent per kWh, >= 0; carbon is reported where it is given. */
  readonly carbonIntensity?: number;
}

/** A typical large data center of 2024 (Uptime Institute's survey averages 1.56 over all, the largest operators report 1.1). Unverified. */
export const DEFAULT_PUE = 1.2;

/** Training data that may run out. */
export interface TrainingData {
  /** Unique tokens that there are. */
  readonly unique: number;
  /**
   * Whether they may be trained on again. Then the law of repeated data holds (Muennighoff et al. 2023); a Chinchilla law takes its
   * constants R_D*, R_N* as published, another law must read `U` itself or is refused. Default: no, so that D <= unique.
   */
  readonly repeat?: boolean;
}

/** What the plan must keep to. */
export type Constraint =
  /** Weights, KV cache and activations fit into the memory of the deployment, or of `devices` of its GPUs. */
  | { readonly kind: 'memory'; readonly devices?: number }
  /** Seconds between one token written and the next, at most. */
  | { readonly kind: 'latency'; readonly seconds: number }
  /** Seconds from the request to the first token written, at most, for a prompt of `inputTokens`; default the prompt that is served. */
  | { readonly kind: 'first-token'; readonly seconds: number; readonly inputTokens?: number }
  /** Tokens written per second by the deployment, at least. */
  | { readonly kind: 'throughput'; readonly tokensPerSecond: number }
  /** Days of training on `gpus` GPUs of the training hardware, at most. */
  | { readonly kind: 'training-days'; readonly days: number; readonly gpus: number }
  /** Parameters from `min` to `max`. */
  | { readonly kind: 'size'; readonly min?: number; readonly max?: number }
  /** One of these sizes, parameters. */
  | { readonly kind: 'menu'; readonly sizes: readonly number[] };

/** A problem for `plan`. */
export interface PlanProblem {
  /** A fit, a published law, coefficients of your own; or a bootstrap, whose replicates give intervals. */
  readonly law: FittedLaw<string> | Bootstrap<string>;
  /** What the law reads beside N, D, C, e.g. `{ P: 8 }`. Unique tokens belong to `data`. */
  readonly given?: Given;
  readonly goal: Goal;
  /** Default: none, training alone. */
  readonly demand?: Demand;
  /** Default {@link DEFAULT_PAYMENT}. */
  readonly pay?: Payment;
  /** Needed unless FLOPs are paid. */
  readonly training?: TrainingHardware;
  /** Needed for demand unless FLOPs are paid, and by the constraints that are about serving. */
  readonly serving?: ServingHardware;
  readonly energy?: Energy;
  readonly data?: TrainingData;
  readonly constraints?: readonly Constraint[];
  /** Nominal coverage of the intervals in (0, 1); default 0.95. */
  readonly level?: number;
}

/** What a plan counts unless told otherwise. */
export const DEFAULT_PAYMENT: Payment = 'flops';

/** Names of {@link PlanProblem}. */
export const PROBLEM_FIELDS: readonly (keyof PlanProblem)[] = [
  'law',
  'given',
  'goal',
  'demand',
  'pay',
  'training',
  'serving',
  'energy',
  'data',
  'constraints',
  'level',
];

/** Units of what is paid, as results name them. */
export const PAYMENT_UNITS: Readonly<Record<Payment, string>> = {
  flops: 'FLOPs',
  'gpu-hours': 'GPU-hours',
  dollars: '$',
  energy: 'kWh',
};
