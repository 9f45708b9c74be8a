/** `scaling-laws/serving`: what it takes to serve a model: GPUs, rooflines, demand over a life, dollars. */

export { type Growth, type LifeDemand, lifeDemand, MOST_DEMAND } from './inference/demand.ts';
export type { Roofline, ServingView } from './inference/deployment.ts';
export { type LifetimeCost, lifetimeCost, type Rental, type Serving } from './inference/dollars.ts';
export { gpus } from './inference/gpus.ts';
export { type Gpu, gpuNamed } from './inference/hardware.ts';
export { type LifetimeFlops, lifetimeFlops } from './inference/lifetime.ts';
export { type CachedShape, kvBytesPerToken, type MemoryBytes } from './inference/memory.ts';
export type { WeightLink } from './inference/offload.ts';
export { criticalBatch, fastestParallelism, leastStepSeconds, type ServingLimit } from './inference/roofline.ts';
export { type CompiledDeployment, compileDeployment, type Model, type Served, servingOf } from './inference/serving.ts';
export type { Shape } from './inference/shape.ts';
export type { Chain } from './inference/swarm.ts';
