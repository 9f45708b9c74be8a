/** `scaling-laws`: everything that runs anywhere JavaScript runs. Files and processes are in `scaling-laws/node`. */

export { type ComputeOptimum, type ComputeTarget, computeOptimal } from './allocate/compute-optimal.ts';
export { type CostOptimum, type CostTarget, costOptimal } from './allocate/cost-optimal.ts';
export type { Size } from './allocate/frontier.ts';
export { type InferenceOptimum, type InferenceTarget, inferenceOptimal } from './allocate/inference-optimal.ts';
export { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN, VERSION } from './constants.ts';
export {
  type DesignCurvePoint,
  type DesignedRun,
  type DesignedRuns,
  type DesignPlan,
  designRuns,
} from './design/design-runs.ts';
export type { DesignGoal } from './design/goal.ts';
export { designSpread } from './design/spread.ts';
export { type Diagnosis, diagnose } from './diagnose/diagnose.ts';
export type { Evidence, Finding } from './diagnose/finding.ts';
export {
  AllocationError,
  type ErrorCode,
  type ErrorDetails,
  FilterError,
  FitError,
  LawError,
  PredictionError,
  RunsError,
  ScalingLawsError,
  type Warning,
} from './errors.ts';
export { applyFilters, type DroppedByFilter, type Filtered } from './filters/apply.ts';
export {
  type DropTopLoss,
  describeFilter,
  EARLY_PRESETS,
  type EarlyCuts,
  type EarlyPreset,
  type Equals,
  type EqualsValue,
  type EveryKth,
  type Filter,
  type FinalOnly,
  type LowestLoss,
  type Measure,
  type Predicate,
  type Range,
  type RecordedFilter,
} from './filters/filter.ts';
export type { RunRow } from './filters/row.ts';
export { type Weighting, weighRuns } from './filters/weigh.ts';
export { DEFAULT_ENGINE, type EngineName } from './fit/engine.ts';
export {
  type DroppedRows,
  FIT_SCHEMA,
  type Fit,
  type FitQuality,
  fitFromJson,
  type ResidualSummary,
} from './fit/fit.ts';
export { fitScalingLaw } from './fit/fit-scaling-law.ts';
export type { FitOptions, FitSettings } from './fit/options.ts';
export { DEFAULT_SEARCH, type SearchOptions, type StartCounts } from './fit/search.ts';
export { DEFAULT_EXPONENT_GRID } from './fit/starts.ts';
export type { BoundHit, FitStatus } from './fit/status.ts';
export { DEFAULT_MFU, type LifetimeCost, lifetimeCost, type Rental, type Serving } from './inference/dollars.ts';
export { type Dtype, type Gpu, type GpuName, gpus } from './inference/hardware.ts';
export { type LifetimeFlops, lifetimeFlops } from './inference/lifetime.ts';
export { type ChinchillaCoefficient, chinchilla } from './laws/chinchilla.ts';
export type { FittedLaw, FittedRange } from './laws/fitted-law.ts';
export type { Coefficients, Law, Point, Variable } from './laws/law.ts';
export { type PublishedLaw, publishedLaws } from './laws/published.ts';
export { DEFAULT_LAW, type LawName, laws } from './laws/registry.ts';
export type { Span } from './numeric/span.ts';
export type { Matrix } from './numeric/symmetric.ts';
export { DEFAULT_PENALTY, DEFAULT_SPACE, type Penalty, type Space } from './objective/penalty.ts';
export { ablateAsync, bootstrapAsync, type WorkerLike, type WorkersOption } from './parallel/web-workers.ts';
export type { Extrapolation, RangeName } from './predict/extrapolation.ts';
export {
  DEFAULT_ISO_LOSS_POINTS,
  type IsoLoss,
  type PlanePoint,
  type Prediction,
  type Predictor,
  predictor,
} from './predict/predictor.ts';
export type { ColumnChoice } from './runs/columns.ts';
export { digestRuns } from './runs/digest.ts';
export { type ReadRunsOptions, readRuns } from './runs/read-runs.ts';
export type { TableFormat } from './runs/read-table.ts';
export type { Cell, Runs } from './runs/runs.ts';
export { type RunsSummary, summarizeRuns } from './runs/summary.ts';
export { runsToCsv } from './runs/write-runs.ts';
export type { Design } from './simulate/design.ts';
export type { Noise } from './simulate/noise.ts';
export { DEFAULT_ANNEALING, DEFAULT_SCHEDULE, type Schedule } from './simulate/schedule.ts';
export { DEFAULT_NOISE, type Simulation, simulateRuns } from './simulate/simulate-runs.ts';
export {
  BOOTSTRAP_SCHEMA,
  type Bootstrap,
  type BootstrapOptions,
  bootstrap,
  DEFAULT_REPLICATES,
} from './uncertainty/bootstrap.ts';
export {
  bootstrapCovariance,
  type ChiSquaredTest,
  type Covariance,
  chiSquaredTest,
  curvatureCovariance,
} from './uncertainty/covariance.ts';
export {
  coefficientIntervals,
  DEFAULT_LEVEL,
  type Interval,
  type IntervalMethod,
  type IntervalOptions,
  intervals,
} from './uncertainty/intervals.ts';
export { type LikelihoodRatioTest, likelihoodRatioTest, logLikelihood } from './uncertainty/likelihood.ts';
export { type ProfileInterval, type ProfilePoint, profile, profileInterval } from './uncertainty/profile.ts';
export type { Resample } from './uncertainty/resample.ts';
export { type Ablation, type AblationChoice, type AblationPlan, type AblationRow, ablate } from './validate/ablate.ts';
export type { Answers, OptimumAnswer, OptimumTarget, PredictedLoss, Questions } from './validate/answers.ts';
export {
  type Alternative,
  type ComparedLaw,
  type CompareOptions,
  compareLaws,
  type ErrorDifference,
  type LawComparison,
} from './validate/compare-laws.ts';
export { type AblationFormat, formatAblation } from './validate/format-ablation.ts';
export { type HeldOutRow, type HoldOutResult, holdOut } from './validate/hold-out.ts';
export { type InformationCriteria, informationCriteria } from './validate/information-criteria.ts';
export type { JudgedFit } from './validate/judged-fit.ts';
export { type LeaveOutOptions, type LeaveOutResult, type LeftOut, leaveOut } from './validate/leave-out.ts';
export { type RelativeErrors, relativeErrors } from './validate/relative-error.ts';
export {
  DEFAULT_ROLL_OUT_STEPS,
  type RollOutOptions,
  type RollOutResult,
  type RollOutStep,
  rollOut,
} from './validate/roll-out.ts';
export { DEFAULT_LAST_SHARE, type HoldOut, type RecordedHoldOut, type Split, splitRuns } from './validate/split.ts';
export type { OneOrMore, Varied } from './validate/vary.ts';
