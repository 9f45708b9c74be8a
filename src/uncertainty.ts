/** `scaling-laws/uncertainty`: covariances, profiles and tests of a fit. */

export { type InformationCriteria, informationCriteria } from './choose/information-criteria.ts';
export { noiseOf } from './fit/noise.ts';
export type { NoiseModel } from './noise/noise-model.ts';
export {
  bootstrapCovariance,
  type ChiSquaredTest,
  type Covariance,
  chiSquaredTest,
  curvatureCovariance,
} from './uncertainty/covariance.ts';
export {
  type LikelihoodRatioOptions,
  type LikelihoodRatioTest,
  likelihoodRatioTest,
  logLikelihood,
} from './uncertainty/likelihood.ts';
export { type ProfileInterval, type ProfilePoint, profile, profileInterval } from './uncertainty/profile.ts';
