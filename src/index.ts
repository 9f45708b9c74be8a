/**
 * `scaling-laws`: everything that runs anywhere JavaScript runs. Files and processes are in `scaling-laws/node`.
 *
 * One list of all public names, long because there is one of it: nothing is defined here.
 */

export {
  type Ablation,
  type AblationChoice,
  type AblationCoefficient,
  type AblationPlan,
  type AblationRow,
  ablate,
} from './ablate/ablate.ts';
export type { Answers, OptimumAnswer, OptimumTarget, PredictedLoss, Questions } from './ablate/answers.ts';
export { type AblationFormat, formatAblation } from './ablate/format-ablation.ts';
export type { OneOrMore, Varied } from './ablate/vary.ts';
export { type ComputeOptimum, type ComputeTarget, computeOptimal } from './allocate/compute-optimal.ts';
export type { Cost } from './allocate/cost.ts';
export type { Size } from './allocate/frontier.ts';
export { type InferenceOptimum, type InferenceTarget, inferenceOptimal } from './allocate/inference-optimal.ts';
export type { LimitName } from './allocate/limit.ts';
export { type Approach1, approach1 } from './approaches/approach1.ts';
export {
  type Approach2,
  type Approach2Options,
  approach2,
  DEFAULT_ISO_FLOP_CURVE,
  type IsoFlopBudget,
  type IsoFlopCurve,
} from './approaches/approach2.ts';
export { type BudgetOptions, DEFAULT_BUDGET_TOLERANCE } from './approaches/budgets.ts';
export { DEFAULT_MAX_Z, type Flag, type FlagOptions, type FlagReason, flagIsoFlops } from './approaches/flags.ts';
export { type Frontier, frontierAt, type Optimum, type PowerLaw, powerLawAt } from './approaches/power-law.ts';
export { type PublishedAllocation, publishedAllocations } from './approaches/published-allocations.ts';
export { type Approach1Options, DEFAULT_ENVELOPE_BUDGETS, type EnvelopePoint } from './approaches/training-curves.ts';
export {
  DEFAULT_PROJECTION_GRID,
  type VariableProjection,
  type VariableProjectionOptions,
  variableProjection,
} from './approaches/variable-projection.ts';
export {
  type Alternative,
  type Candidate,
  type ChooseOptions,
  type ComparedLaw,
  chooseLaw,
  type LawChoice,
  type UnfitLaw,
} from './choose/choose-law.ts';
export type { ErrorDifference } from './choose/differences.ts';
export { type InformationCriteria, informationCriteria } from './choose/information-criteria.ts';
export {
  type ApproachAnswer,
  type ApproachComparison,
  type CompareApproachesOptions,
  compareApproaches,
  DEFAULT_APPROACH_REPLICATES,
} from './compare-approaches/compare-approaches.ts';
export { type IsoFlopBias, isoFlopBias } from './compare-approaches/iso-flop-bias.ts';
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
export { type ErrorCode, type ErrorDetails, ScalingLawsError } from './errors.ts';
export { type Borrowed, type BorrowOptions, borrow } from './families/borrow.ts';
export { type FamiliesFit, type FamilyFit, type FitFamiliesOptions, fitFamilies } from './families/fit-families.ts';
export {
  DEFAULT_MINIMUM_SHARE,
  predictRunEnd,
  type RunEnd,
  type RunEndOptions,
} from './families/predict-run-end.ts';
export { choshenPrior, type FamilyPrior, familyPrior } from './families/prior.ts';
export { applyFilters, type DroppedByFilter, type Filtered } from './filters/apply.ts';
export {
  describeFilter,
  EARLY_PRESETS,
  type EqualsValue,
  type Filter,
  type FilterOf,
  type Measure,
  type RecordedFilter,
} from './filters/filter.ts';
export type { RunRow } from './filters/row.ts';
export { type Weighting, weighRuns } from './filters/weigh.ts';
export { type Evidence, type Finding, findingInWords, type Severity } from './finding.ts';
export { type Diagnosis, diagnose } from './fit/diagnose.ts';
export {
  type Downstream,
  downstream,
  type FittedLink,
  fitLink,
  type LinkKind,
} from './fit/downstream.ts';
export type { Engine, EngineChoice } from './fit/engine.ts';
export {
  type DroppedRows,
  type Fit,
  type FitQuality,
  fitFromJson,
  type ResidualSummary,
} from './fit/fit.ts';
export { fitScalingLaw } from './fit/fit-scaling-law.ts';
export type { FitOptions, FitSettings } from './fit/options.ts';
export { DEFAULT_STRENGTH, type Prior, type PriorLine } from './fit/prior.ts';
export { rowsOf } from './fit/rows-of.ts';
export { FIT_SCHEMA, fitSchema } from './fit/saved-fit.ts';
export { DEFAULT_SEARCH, type SearchOptions } from './fit/search.ts';
export { DEFAULT_EXPONENT_GRID } from './fit/starts.ts';
export {
  type FlopConvention,
  type FlopConventionInfo,
  flopConventions,
  flopsPerToken,
  type ModelShape,
  trainingFlops,
} from './flops/conventions.ts';
export {
  DEFAULT_SHAPE_RULE,
  DEFAULT_TRAINING_BITS,
  type Experts,
  type ParameterCounts,
  parametersOf,
  type Shape,
  type ShapeRule,
  shapeFor,
} from './flops/shape.ts';
export { type HeldOutRow, type HoldOutResult, holdOut } from './hold-out/hold-out.ts';
export type { JudgedFit } from './hold-out/judged-fit.ts';
export { type LeaveOutOptions, type LeaveOutResult, type LeftOut, leaveOut } from './hold-out/leave-out.ts';
export { type RelativeErrors, relativeErrors } from './hold-out/relative-error.ts';
export {
  DEFAULT_ROLL_OUT_STEPS,
  type RollOutOptions,
  type RollOutResult,
  type RollOutStep,
  rollOut,
} from './hold-out/roll-out.ts';
export {
  DEFAULT_LAST_SHARE,
  defaultHoldOut,
  type HoldOut,
  type RecordedHoldOut,
  type Split,
  splitRuns,
} from './hold-out/split.ts';
export type { Amount } from './inference/amount.ts';
export {
  DEFAULT_INPUT_SHARE,
  type Demand,
  type LifeDemand,
  lifeDemand,
  MOST_DEMAND,
} from './inference/demand.ts';
export {
  DEFAULT_CONTEXT_TOKENS,
  DEFAULT_DERATES,
  DEFAULT_MFU,
  type Deployment,
  type ServingView,
  type WeightLink,
} from './inference/deployment.ts';
export { type GpuName, gpus } from './inference/gpus.ts';
export { type Dtype, type Gpu, gpuNamed } from './inference/hardware.ts';
export { type LifetimeFlops, lifetimeFlops } from './inference/lifetime.ts';
export { type CachedShape, kvBytesPerToken, type MemoryBytes } from './inference/memory.ts';
export { DEFAULT_SSD_BYTES_PER_SECOND } from './inference/offload.ts';
export {
  criticalBatch,
  DEFAULT_HOP_SECONDS,
  fastestParallelism,
  leastStepSeconds,
  type ServingLimit,
} from './inference/roofline.ts';
export { type CompiledDeployment, compileDeployment, type Model, type Served, servingOf } from './inference/serving.ts';
export type { TrainingHardware } from './inference/training-hardware.ts';
export type { StartCounts } from './judge/case.ts';
export type { Extrapolation, RangeName } from './judge/extrapolation.ts';
export type { RivalOptimum } from './judge/rivals.ts';
export type { BoundHit, FitStatus } from './judge/status.ts';
export { type BreakCoefficient, type BrokenPowerLawCoefficient, brokenPowerLaw } from './laws/broken-power-law.ts';
export type { LawDefinition, VariableRecord } from './laws/built-in.ts';
export { type ChinchillaCoefficient, chinchilla } from './laws/chinchilla.ts';
export {
  amplitude,
  type Coefficient,
  type CoefficientOptions,
  exponent,
  floor,
  type OfPoint,
  scale,
} from './laws/coefficient.ts';
export { defineLaw } from './laws/define-law.ts';
export type { FarseerCoefficient } from './laws/farseer.ts';
export type { FittedLaw, FittedRange } from './laws/fitted-law.ts';
export { lawFromJson, type OwnLaws } from './laws/from-json.ts';
export type { GadreCoefficient } from './laws/gadre.ts';
export type { KaplanCoefficient } from './laws/kaplan.ts';
export type {
  Coefficients,
  Coordinate,
  Kernel,
  KernelColumns,
  KernelOptions,
  Law,
  LawForm,
  Point,
  SolverRule,
  Variable,
} from './laws/law.ts';
export type { ExponentialLinkCoefficient, SigmoidLinkCoefficient } from './laws/links.ts';
export { atExperts, type MixtureOfExpertsCoefficient } from './laws/mixture-of-experts.ts';
export type { ModelShapeCoefficient, ModelShapeOwnCoefficient } from './laws/model-shape.ts';
export { type MuennighoffCoefficient, REPEATED_DATA } from './laws/muennighoff.ts';
export type { PowerLawCoefficient } from './laws/power-law.ts';
export {
  effectiveShare,
  type PrecisionBaseCoefficient,
  type PrecisionCoefficient,
  type PrecisionPartsCoefficient,
} from './laws/precision.ts';
export type { PrecisionPostCoefficient } from './laws/precision-post.ts';
export { type PublishedLaw, publishedLaws } from './laws/published.ts';
export {
  criticalTokens,
  DEFAULT_QUANTIZATION,
  type QuantizationConstants,
  quantizationLoss,
  type RoundedModel,
} from './laws/quantization.ts';
export { type CoefficientOf, DEFAULT_LAW, type LawName, laws } from './laws/registry.ts';
export type { SkalingCoefficient } from './laws/skaling.ts';
export { type AccuracySpread, passAtK, type TestTimeCoefficient } from './laws/test-time.ts';
export type { Span } from './numeric/span.ts';
export type { Matrix } from './numeric/symmetric.ts';
export { DEFAULT_PENALTY, DEFAULT_SPACE, type Penalty, type Space } from './objective/penalty.ts';
export { ablateAsync, bootstrapAsync, type WorkerLike, type WorkersOption } from './parallel/web-workers.ts';
export { type BreakEvenCurve, type BreakEvenPoint, breakEven, DEFAULT_SHARES } from './plan/break-even.ts';
export { type CostOptimum, type CostTarget, costOptimal, type Life, lifetimeCost } from './plan/cost-optimal.ts';
export type { Accounts } from './plan/costs.ts';
export type { DecisionIntervals } from './plan/decision-intervals.ts';
export type { Alternative as DemandAlternative, DemandRisk } from './plan/demand-risk.ts';
export type { FlatRegion } from './plan/flat-region.ts';
export { planFromJson, problemFromJson } from './plan/from-json.ts';
export { type KeptConstraint, PLAN_SCHEMA, type Plan, type PlannedModel, plan } from './plan/plan.ts';
export {
  type Constraint,
  DEFAULT_PAYMENT,
  DEFAULT_PUE,
  type Energy,
  type Goal,
  type Payment,
  type PlanProblem,
  type ServingHardware,
  type TrainingData,
} from './plan/problem.ts';
export type { BindingConstraint } from './plan/shadow-prices.ts';
export { type Axis, type AxisName, SWEEP_SCHEMA, type Sweep, sweep } from './plan/sweep.ts';
export {
  DEFAULT_ISO_LOSS_POINTS,
  type IsoLoss,
  type PlanePoint,
  type Prediction,
  type Predictor,
  predictor,
} from './predict/predictor.ts';
export type { Variables } from './predict/surface.ts';
export type { Convention, ParameterConvention } from './runs/convention.ts';
export { digestRuns } from './runs/digest.ts';
export type { ExportFormat } from './runs/exports.ts';
export type { ColumnChoice, GivenValues, NumberName, ReadColumns, TextName } from './runs/fields.ts';
export { joinRuns } from './runs/join-runs.ts';
export { type ReadRunsOptions, readRuns } from './runs/read-runs.ts';
export type { TableFormat } from './runs/read-table.ts';
export type { Cell, Runs } from './runs/runs.ts';
export { type RunsSummary, summarizeRuns } from './runs/summary.ts';
export { runsToCsv } from './runs/write-runs.ts';
export { type Door, inCode, type Mention, type Sentence } from './sentence.ts';
export type { Layout } from './simulate/layout.ts';
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
