/** `scaling-laws/hold-out`: errors on rows that a fit has not seen. */

export { type LeaveOutOptions, type LeaveOutResult, type LeftOut, leaveOut } from './hold-out/leave-out.ts';
export { type RelativeErrors, relativeErrors } from './hold-out/relative-error.ts';
export { type RollOutOptions, type RollOutResult, type RollOutStep, rollOut } from './hold-out/roll-out.ts';
export type { HoldOut, Split } from './hold-out/split.ts';
export { defaultHoldOut, splitRuns } from './hold-out/split.ts';
export type { CoefficientOf } from './laws/registry.ts';
