/** `scaling-laws/plot`: figures as options of Observable Plot, and SVG that stands alone. */

export type { Hitchhike } from './families/hitchhike-plan.ts';
export { ablationForest } from './plot/ablation-forest.ts';
export { ablationMap } from './plot/ablation-map.ts';
export { bootstrapMarginals, bootstrapPairs } from './plot/bootstrap-figures.ts';
export { constrainedFrontier } from './plot/constrained-frontier.ts';
export { costBySize } from './plot/cost-by-size.ts';
export type { Figure } from './plot/figure.ts';
export { hitchhikeMap } from './plot/hitchhike-map.ts';
export { type IsoFlopProfileOptions, isoFlopProfiles } from './plot/iso-flop-profiles.ts';
export { lossByCompute } from './plot/loss-by-compute.ts';
export { type LossSurfaceOptions, lossSurface } from './plot/loss-surface.ts';
export type { AblationForestOptions, ErrorMapOptions } from './plot/options.ts';
export { ratioMaps } from './plot/ratio-maps.ts';
export { renderSvg, type SvgOptions, type Theme } from './plot/render-svg.ts';
export { predictedByObserved, type ResidualsOf, residualsAgainst } from './plot/residuals.ts';
