/**
 * `scaling-laws`: the route from rows to a decision. Special rooms have entries of their own: `scaling-laws/serving`, `/approaches`,
 * `/uncertainty`, ...; files and threads are in `scaling-laws/node`. Nothing is defined here.
 */

export { ablate } from './ablate/ablate.ts';
export type { Ablation, AblationChoice, AblationRow } from './ablate/ablation.ts';
export type { Answers, OptimumAnswer, OptimumTarget, PredictedLoss, Questions } from './ablate/answers.ts';
export { type AblationFormat, formatAblation } from './ablate/format-ablation.ts';
export type { AblationCoefficient, AblationPlan } from './ablate/plan.ts';
export type { OneOrMore, Varied } from './ablate/vary.ts';
export { type ComputeOptimum, type ComputeTarget, computeOptimal } from './allocate/compute-optimal.ts';
export type { Cost } from './allocate/cost.ts';
export type { Size as ModelSize } from './allocate/frontier.ts';
export { type InferenceOptimum, type InferenceTarget, inferenceOptimal } from './allocate/inference-optimal.ts';
export type { LimitName } from './allocate/limit.ts';
export type { Alternative as AnswerAlternative } from './answer/alternatives.ts';
export { ANSWER_SCHEMA, type Answer, answer } from './answer/answer.ts';
export type { Budget, Decision } from './answer/decision.ts';
export type { AnswerQuestion } from './answer/question.ts';
export {
  type Alternative as LawAlternative,
  type Candidate,
  type ChooseOptions,
  type ComparedLaw,
  chooseLaw,
  type LawChoice,
  type UnfitLaw,
} from './choose/choose-law.ts';
export type { ErrorDifference } from './choose/differences.ts';
export type { InformationCriteria } from './choose/information-criteria.ts';
export { VERSION } from './constants.ts';
export { defaults } from './defaults.ts';
export { type ErrorCode, type ErrorDetails, ScalingLawsError } from './errors.ts';
export type { ApplyFiltersOptions } from './filters/apply.ts';
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
export type { Engine, EngineChoice } from './fit/engine.ts';
export { type DroppedRows, type Fit, type FitQuality, fitFromJson, type ResidualSummary } from './fit/fit.ts';
export { fitScalingLaw } from './fit/fit-scaling-law.ts';
export type { FitOptions, FitSettings } from './fit/options.ts';
export type { Prior, PriorLine } from './fit/prior.ts';
export { rowsOf } from './fit/rows-of.ts';
export { FIT_SCHEMA } from './fit/saved-fit.ts';
export type { SearchOptions } from './fit/search.ts';
export { type HeldOutRow, type HoldOutResult, holdOut } from './hold-out/hold-out.ts';
export type { JudgedFit } from './hold-out/judged-fit.ts';
export type { HoldOut, RecordedHoldOut, Split } from './hold-out/split.ts';
export type { Amount } from './inference/amount.ts';
export type { Demand } from './inference/demand.ts';
export type { Deployment } from './inference/deployment.ts';
export type { GpuName } from './inference/gpus.ts';
export type { Dtype } from './inference/hardware.ts';
export type { StartCounts } from './judge/case.ts';
export type { Extrapolation, RangeName } from './judge/extrapolation.ts';
export type { RivalOptimum } from './judge/rivals.ts';
export type { BoundHit, FitStatus } from './judge/status.ts';
export type { LawDefinition } from './laws/built-in.ts';
export type { ChinchillaCoefficient } from './laws/chinchilla.ts';
export type { Scanned, ScanRule } from './laws/coefficient.ts';
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
export type { FittedLaw, FittedRange } from './laws/fitted-law.ts';
export type { OwnLaws } from './laws/from-json.ts';
export type { KeptReplicates, RunNoise } from './laws/kept-uncertainty.ts';
export type { Coefficients, Law, LawForm, Point as LawPoint, Variable } from './laws/law.ts';
export { type PublishedLaw, publishedLaws } from './laws/published.ts';
export { type CoefficientOf, type LawName, laws } from './laws/registry.ts';
export type { Span as ValueSpan } from './numeric/span.ts';
export type { Matrix as CovarianceMatrix } from './numeric/symmetric.ts';
export type { Penalty, Space } from './objective/penalty.ts';
export { ablateAsync, bootstrapAsync, type WorkerLike, type WorkersOption } from './parallel/web-workers.ts';
export { type BreakEvenCurve, type BreakEvenPoint, breakEven } from './plan/break-even.ts';
export { type CostOptimum, type CostTarget, costOptimal, type Life } from './plan/cost-optimal.ts';
export type { Accounts } from './plan/costs.ts';
export type { DecisionIntervals } from './plan/decision-intervals.ts';
export type { Alternative as DemandAlternative, DemandRisk } from './plan/demand-risk.ts';
export type { FlatRegion } from './plan/flat-region.ts';
export { planFromJson, problemFromJson } from './plan/from-json.ts';
export { type KeptConstraint, PLAN_SCHEMA, type Plan, type PlannedModel, plan } from './plan/plan.ts';
export type { Constraint, Energy, Goal, Payment, PlanProblem, ServingHardware, TrainingData } from './plan/problem.ts';
export type { BindingConstraint } from './plan/shadow-prices.ts';
export {
  type Axis as SweepAxis,
  type AxisName as SweepAxisName,
  SWEEP_SCHEMA,
  type Sweep,
  sweep,
} from './plan/sweep.ts';
export {
  type InversePrediction,
  type IsoLoss,
  type LossPrediction,
  type PlanePoint,
  type Prediction,
  type Predictor,
  predictor,
} from './predict/predictor.ts';
export type { Variables } from './predict/surface.ts';
export { type SummaryOptions, summary } from './report/summary.ts';
export type { Convention, ParameterConvention } from './runs/convention.ts';
export { digestRuns } from './runs/digest.ts';
export type { ColumnChoice, GivenValues, NumberName, ReadColumns, TextName } from './runs/fields.ts';
export { joinRuns } from './runs/join-runs.ts';
export { type ReadRunsOptions, readRuns } from './runs/read-runs.ts';
export type { Cell as TableCell, Runs } from './runs/runs.ts';
export { type RunsSummary, summarizeRuns } from './runs/summary.ts';
export { runsToCsv } from './runs/write-runs.ts';
export { type Door, inCode, type Mention, type Sentence } from './sentence.ts';
export type { AnswerIntervals, Ends } from './uncertainty/answer-intervals.ts';
export { BOOTSTRAP_SCHEMA, type Bootstrap, type BootstrapOptions, bootstrap } from './uncertainty/bootstrap.ts';
export {
  coefficientIntervals,
  type Interval,
  type IntervalMethod,
  type IntervalOptions,
  intervals,
  type Replicated,
} from './uncertainty/intervals.ts';
export type { Resample } from './uncertainty/resample.ts';
export { bootstrapFromJson } from './uncertainty/saved-bootstrap.ts';
export { withBootstrap } from './uncertainty/with-bootstrap.ts';
