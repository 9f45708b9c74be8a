/**
 * What to redraw for intervals of approach 2: rows within each budget, or whole budgets: how often nominal 95% intervals of the exponent
 * hold what noiseless losses of the same grid give. The first are careful, the second too narrow; the figures are in docs/approaches.md.
 */

import { expect, it } from 'vitest';
import { approach2, FEWEST_REDRAWN, frontierOf, isoFlopRows, minimumOf } from '../../src/approaches/approach2.ts';
import type { Budget } from '../../src/approaches/budgets.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { type Random, seededRandom } from '../../src/numeric/random.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const LAW = publishedLaws.hoffmann2022;
const EXPERIMENTS = 200;
const REPLICATES = 200;
const DESIGNS = {
  '9 budgets of 10 sizes': {
    C: [6e18, 1e19, 3e19, 6e19, 1e20, 3e20, 6e20, 1e21, 3e21],
    N: [1e8, 1.5e8, 2e8, 3e8, 4.5e8, 7e8, 1e9, 1.5e9, 2.2e9, 3.2e9],
  },
  '3 budgets of 6 sizes': { C: [1e19, 1e20, 1e21], N: [2e8, 4e8, 8e8, 1.6e9, 3.2e9, 6.4e9] },
};

const redrawRows = (budgets: readonly Budget[], random: Random): Budget[] =>
  budgets.map(({ C, rows }) => {
    const drawn = rows.map(() => random.integer(rows.length)).sort((one, two) => one - two);
    return { C, rows: drawn.map((k) => rows[k]!) };
  });
const redrawBudgets = (budgets: readonly Budget[], random: Random): Budget[] =>
  budgets.map(() => budgets[random.integer(budgets.length)]!);

it.each(Object.entries(DESIGNS))('%s', (_, { C, N }) => {
  const layout = { kind: 'isoflop', C, N } as const;
  const truth = approach2(simulateRuns({ law: LAW, layout, noise: 0, seed: 1 })).frontier.N.exponent;
  const coverage = [redrawRows, redrawBudgets].map((redraw) => {
    let held = 0;
    for (let seed = 1; seed <= EXPERIMENTS; seed++) {
      const runs = simulateRuns({ law: LAW, layout, noise: 0.005, seed });
      const budgets = isoFlopRows(runs, { tolerance: 0.1 }, []);
      const random = seededRandom(seed);
      const exponents = Array.from({ length: REPLICATES }, () =>
        frontierOf(redraw(budgets, random).map((one) => minimumOf(runs, one, 'parabola', FEWEST_REDRAWN))),
      )
        .flatMap((frontier) => (frontier ? [frontier.N.exponent] : []))
        .sort((one, two) => one - two);
      const low = exponents[Math.floor(0.025 * exponents.length)]!;
      const high = exponents[Math.ceil(0.975 * exponents.length) - 1]!;
      if (low <= truth && truth <= high) held++;
    }
    return held / EXPERIMENTS;
  });
  expect(coverage[0]).toBeGreaterThanOrEqual(0.95);
  expect(coverage[1]).toBeLessThan(0.95);
});
