/** `scaling-laws/design`: which runs to train next. */

export {
  type DesignCurvePoint,
  type DesignedRun,
  type DesignedRuns,
  type DesignPlan,
  designRuns,
} from './design/design-runs.ts';
export type { DesignGoal } from './design/goal.ts';
export { designSpread } from './design/spread.ts';
