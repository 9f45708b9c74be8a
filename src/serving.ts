/** `scaling-laws/serving`: what it takes to serve a model: GPUs, rooflines, demand over a life, dollars. */

export type { Cost } from './allocate/cost.ts';
export type { Shape } from './flops/shape.ts';
export { type LifeDemand, lifeDemand, MOST_DEMAND } from './inference/demand.ts';
export type { ServingView, WeightLink } from './inference/deployment.ts';
export { gpus } from './inference/gpus.ts';
export { type Gpu, gpuNamed } from './inference/hardware.ts';
export type { Size } from './inference/lifetime.ts';
export { type LifetimeFlops, lifetimeFlops } from './inference/lifetime.ts';
export { type CachedShape, kvBytesPerToken, type MemoryBytes } from './inference/memory.ts';
export { criticalBatch, fastestParallelism, leastStepSeconds, type ServingLimit } from './inference/roofline.ts';
export { type CompiledDeployment, compileDeployment, type Model, type Served, servingOf } from './inference/serving.ts';
export type { TrainingHardware } from './inference/training-hardware.ts';
export { lifetimeCost } from './plan/cost-optimal.ts';
