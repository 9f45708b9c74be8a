/** What needs Node: runs and saved fits from files, pictures, threads. Everything else is in the core entry and runs in a browser too. */

export type { Ablation } from './ablate/ablation.ts';
export type { AblationCoefficient } from './ablate/plan.ts';
export type { FamilyError, FamilyFits, FitEachOptions, OneFamily } from './families/each.ts';
export type { Hitchhike, HitchhikeOptions } from './families/hitchhike-plan.ts';
export type { Fit } from './fit/fit.ts';
export type { Law } from './laws/law.ts';
export type { CoefficientOf } from './laws/registry.ts';
export type { ReadRunsFileOptions } from './node/file-options.ts';
export { loadLawFile } from './node/law-file.ts';
export { plotDocument, pngOfSvg } from './node/pictures.ts';
export { ablateParallel, bootstrapParallel, fitEachParallel, hitchhikeParallel } from './node/pool.ts';
export { readFitFile } from './node/read-fit-file.ts';
export { readRunsFile } from './node/read-runs-file.ts';
export type { PoolOption } from './node/workers.ts';
export type { Runs } from './runs/runs.ts';
export type { Bootstrap } from './uncertainty/bootstrap.ts';
