/** `scaling-laws/approaches`: the allocations of Hoffmann et al. beside the parametric fit, and what they disagree about. */

export { type Approach1, approach1 } from './approaches/approach1.ts';
export {
  type Approach2,
  type Approach2Options,
  approach2,
  type IsoFlopBudget,
  type IsoFlopCurve,
} from './approaches/approach2.ts';
export type { BudgetOptions } from './approaches/budgets.ts';
export { type Flag, type FlagOptions, type FlagReason, flagIsoFlops } from './approaches/flags.ts';
export { type Frontier, frontierAt, type Optimum, type PowerLaw, powerLawAt } from './approaches/power-law.ts';
export { type PublishedAllocation, publishedAllocations } from './approaches/published-allocations.ts';
export type { Approach1Options, EnvelopePoint } from './approaches/training-curves.ts';
export {
  type VariableProjection,
  type VariableProjectionOptions,
  variableProjection,
} from './approaches/variable-projection.ts';
export {
  type ApproachAnswer,
  type ApproachComparison,
  type CompareApproachesOptions,
  compareApproaches,
} from './compare-approaches/compare-approaches.ts';
export type { IsoFlopBiasOptions } from './compare-approaches/iso-flop-bias.ts';
export { type IsoFlopBias, isoFlopBias } from './compare-approaches/iso-flop-bias.ts';
