/** Every figure, from simulated runs and published laws. */

import { ablate } from '../../src/ablate/ablate.ts';
import { hitchhike } from '../../src/families/hitchhike.ts';
import type { Fit } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';
import { sweep } from '../../src/plan/sweep.ts';
import {
  ablationForest,
  ablationMap,
  bootstrapMarginals,
  bootstrapPairs,
  constrainedFrontier,
  costBySize,
  type Figure,
  hitchhikeMap,
  isoFlopProfiles,
  lossByCompute,
  lossSurface,
  predictedByObserved,
  ratioMaps,
  residualsAgainst,
} from '../../src/plot.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';

const law = publishedLaws.sardana2024;
export const runs: Runs = simulateRuns({ law, layout: { kind: 'sardana' }, seed: 1 });
export const fit: Fit = fitScalingLaw(runs, { filters: [{ kind: 'drop-top-loss', count: 2 }] });
const boot = bootstrap(fit, runs, { replicates: 120, seed: 1 });
const problem: PlanProblem = { law, goal: { kind: 'match', N: 13e9, D: 576.5e9 }, demand: { tokens: 2e12 } };
const constrained: PlanProblem = {
  ...problem,
  pay: 'dollars',
  training: { gpu: 'H100' },
  serving: { gpu: 'H100', batch: 16, view: { kind: 'roofline' } },
  constraints: [{ kind: 'latency', seconds: 0.008 }],
};
const checkpoints = simulateRuns({
  law,
  layout: { kind: 'grid', N: [1e8, 4e8, 1.6e9], D: [4e10] },
  checkpoints: 12,
  seed: 1,
});

const families = ['one', 'other'].flatMap((family, k) => {
  const layout = { kind: 'grid', N: [1e8, 2e8, 4e8, 8e8, 1.6e9].slice(k), D: [2e11] } as const;
  const { N, D, loss } = simulateRuns({ law, layout, checkpoints: 10, noise: 0.01, seed: k + 1 });
  return Array.from(N, (size, i) => ({ family, run: `${family} ${size}`, N: size, D: D[i]!, loss: loss[i]! }));
});
const experiment = hitchhike(readRuns(families), { penalty: 'squared', shares: [0.4, 0.6, 0.8, 1] });

/** Figures by name. */
export const FIGURES: Readonly<Record<string, () => Figure>> = {
  'loss-by-compute': () => lossByCompute(fit, runs),
  'loss-by-compute-of-a-published-law': () => lossByCompute(publishedLaws.hoffmann2022),
  'iso-flop-profiles': () =>
    isoFlopProfiles(
      simulateRuns({
        law: publishedLaws.hoffmann2022,
        layout: { kind: 'isoflop', C: [1e19, 1e20, 1e21], N: [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9, 6.4e9, 1.28e10] },
        noise: 0.001,
        seed: 1,
      }),
      { law: publishedLaws.hoffmann2022 },
    ),
  'loss-surface': () => lossSurface(fit, { runs, optimum: { N: 3e9, D: 2e11 } }),
  'predicted-by-observed': () => predictedByObserved(fit, runs),
  'residuals-against-N': () => residualsAgainst(fit, runs, 'N'),
  'residuals-against-D': () => residualsAgainst(fit, runs, 'D'),
  'residuals-against-fraction': () => residualsAgainst(fitScalingLaw(checkpoints), checkpoints, 'fraction'),
  'bootstrap-marginals': () => bootstrapMarginals(boot),
  'bootstrap-pairs': () => bootstrapPairs(boot),
  'ablation-forest': () =>
    ablationForest(
      ablate(runs, {
        filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, 500, Infinity] }],
        optimumAt: [{ C: 1e22 }],
        bootstrap: { replicates: 20 },
      }),
    ),
  'ablation-map': () =>
    ablationMap(
      ablate(runs, {
        filters: [
          { kind: 'range', of: 'tokensPerParam', max: [100, 500, 1000] },
          { kind: 'range', of: 'N', max: [8e8, 2e9] },
        ],
        penalty: 'squared',
      }),
    ),
  'hitchhike-map': () => hitchhikeMap(experiment),
  'hitchhike-map-of-one-family': () =>
    hitchhikeMap({ ...experiment, families: experiment.families.slice(0, 1) }, { facet: true }),
  'hitchhike-map-by-family': () => hitchhikeMap(experiment, { facet: true }),
  'ratio-maps': () =>
    ratioMaps(
      sweep(problem, {
        x: { of: 'demand', values: [1e11, 1e12, 1e13] },
        y: { of: 'quality', values: [1e9, 7e9, 3e10] },
      }),
    ),
  'cost-by-size': () => costBySize(problem),
  'constrained-frontier': () => constrainedFrontier(constrained),
};
