/** `scaling-laws/flops`: FLOPs and parameters of a training run, by convention and by shape of the model. */

export { type FlopConvention, type FlopConventionInfo, flopConventions } from './flops/conventions.ts';
export { countParameters, type ModelShape, type ParameterCount } from './flops/shape.ts';
export { flopsPerToken, trainingFlops } from './flops/training-flops.ts';
export {
  type Experts,
  type ParameterCounts,
  parametersOf,
  type Shape,
  type ShapeRule,
  shapeFor,
} from './inference/shape.ts';
