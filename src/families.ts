/** `scaling-laws/families`: several families of models at once, and laws that lean on another family. */

export { type Borrowed, type BorrowOptions, borrow } from './families/borrow.ts';
export {
  type FamilyError,
  type FamilyFits,
  type FitEachOptions,
  fitEach,
  type OneFamily,
} from './families/each.ts';
export { type FamiliesFit, type FamilyFit, type FitFamiliesOptions, fitFamilies } from './families/fit-families.ts';
export { hitchhike } from './families/hitchhike.ts';
export type {
  CheapestCell,
  Hitchhike,
  HitchhikeCell,
  HitchhikeFamily,
  HitchhikeMean,
  HitchhikeOptions,
} from './families/hitchhike-plan.ts';
export { predictRunEnd, type RunEnd, type RunEndOptions } from './families/predict-run-end.ts';
export { choshenPrior, type FamilyPrior, familyPrior } from './families/prior.ts';
export type { Prior } from './fit/prior.ts';
export type { CoefficientOf } from './laws/registry.ts';
