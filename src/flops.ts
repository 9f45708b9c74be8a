/** `scaling-laws/flops`: FLOPs and parameters of a training run, by convention and by shape of the model. */

export {
  type FlopConvention,
  type FlopConventionInfo,
  flopConventions,
  flopsPerToken,
  type ModelShape,
  trainingFlops,
} from './flops/conventions.ts';
export type { FullShape } from './flops/shape.ts';
export {
  type Experts,
  type ParameterCounts,
  parametersOf,
  type Shape,
  type ShapeRule,
  shapeFor,
} from './flops/shape.ts';
