/** The figures of the pages, `![…](/figures/NAME.svg)`: made by the library when the site is built, so that none can go stale. */

import { hitchhike } from '../../src/families.ts';
import {
  ablate,
  applyFilters,
  bootstrap,
  fitScalingLaw,
  type PlanProblem,
  publishedLaws,
  type Runs,
  sweep,
} from '../../src/index.ts';
import { readRunsFile } from '../../src/node.ts';
import {
  ablationForest,
  bootstrapMarginals,
  costBySize,
  type Figure,
  hitchhikeMap,
  isoFlopProfiles,
  lossByCompute,
  lossSurface,
  ratioMaps,
  residualsAgainst,
} from '../../src/plot.ts';
import { simulateRuns } from '../../src/simulate.ts';

/** A figure by name. */
export interface NamedFigure {
  readonly name: string;
  readonly make: () => Figure | Promise<Figure>;
}

const law = publishedLaws.sardana2024;
const problem: PlanProblem = { law, goal: { kind: 'match', N: 13e9, D: 576.5e9 }, demand: { tokens: 2e12 } };

/** Values of 1, 2 and 5 in every power of ten. */
const steps = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => [1, 2, 5].map((digit) => digit * 10 ** (from + i))).flat();

const bundled = (): Promise<Runs> => readRunsFile('examples/data/simulated-runs.csv');

export const figures: readonly NamedFigure[] = [
  {
    name: 'loss-by-compute',
    make: async () => {
      const { kept } = applyFilters(await bundled(), [{ kind: 'final-only' }]);
      return lossByCompute(fitScalingLaw(kept), kept);
    },
  },
  { name: 'loss-surface', make: () => lossSurface(law) },
  {
    name: 'early-checkpoints',
    make: async () => {
      const runs = await bundled();
      return residualsAgainst(fitScalingLaw(runs), runs, 'fraction');
    },
  },
  {
    name: 'ablation',
    make: async () =>
      ablationForest(
        ablate(await bundled(), {
          filters: [
            { kind: 'final-only' },
            { kind: 'range', of: 'tokensPerParam', max: [100, 250, 500, 1000, Infinity] },
          ],
          optimumAt: [{ C: 1e22 }],
          bootstrap: { replicates: 100 },
        }),
      ),
  },
  {
    name: 'bootstrap',
    make: () => {
      const runs = simulateRuns({ law, layout: { kind: 'sardana' }, seed: 1 });
      return bootstrapMarginals(bootstrap(fitScalingLaw(runs), runs, { replicates: 400 }));
    },
  },
  {
    name: 'iso-flop-profiles',
    make: () => {
      const N = [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9, 6.4e9, 1.28e10];
      const layout = { kind: 'isoflop', C: [1e19, 1e20, 1e21], N } as const;
      return isoFlopProfiles(simulateRuns({ law: publishedLaws.hoffmann2022, layout, noise: 0.001, seed: 1 }));
    },
  },
  {
    name: 'hitchhike-map',
    make: async () => hitchhikeMap(hitchhike(await readRunsFile('examples/data/families.csv')), { facet: true }),
  },
  { name: 'cost-by-size', make: () => costBySize(problem) },
  {
    name: 'ratio-maps',
    make: () =>
      ratioMaps(
        sweep(problem, {
          x: { of: 'demand', values: steps(10, 14) },
          y: { of: 'quality', values: [1e9, 3e9, 7e9, 13e9, 30e9, 70e9] },
        }),
      ),
  },
];
