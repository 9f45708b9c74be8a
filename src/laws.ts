/** `scaling-laws/laws`: single laws, the names of their coefficients, and what a law is made of. */

export { type BreakCoefficient, type BrokenPowerLawCoefficient, brokenPowerLaw } from './laws/broken-power-law.ts';
export type { LawDefinition, VariableRecord } from './laws/built-in.ts';
export { chinchilla } from './laws/chinchilla.ts';
export type { FarseerCoefficient } from './laws/farseer.ts';
export { lawFromJson, type OwnLaws } from './laws/from-json.ts';
export type { GadreCoefficient } from './laws/gadre.ts';
export type { KaplanCoefficient } from './laws/kaplan.ts';
export type { Coordinate, Kernel, KernelColumns, KernelOptions, Law, SolverRule } from './laws/law.ts';
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
export {
  criticalTokens,
  type QuantizationConstants,
  quantizationLoss,
  type RoundedModel,
} from './laws/quantization.ts';
export type { SkalingCoefficient } from './laws/skaling.ts';
export { type AccuracySpread, passAtK, type TestTimeCoefficient } from './laws/test-time.ts';
