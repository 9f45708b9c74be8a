import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { plan } from '../../src/plan/plan.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { intervals } from '../../src/uncertainty/intervals.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

describe('an uncertain law', () => {
  const runs = simulateRuns({ law, design: { kind: 'sardana' }, seed: 3 });
  const boot = bootstrap(fitScalingLaw(runs), runs, { replicates: 60, seed: 1 });

  it('gives intervals of the decision, those of inferenceOptimal over the replicates', () => {
    const loss = computeOptimal(boot, { N: 2e9 }).loss;
    const found = plan({ law: boot, goal: { kind: 'loss', loss }, demand: { tokens: 1e11 } }).intervals!;
    const expected = intervals(boot, (one) => inferenceOptimal(one, { loss, Dinf: 1e11 }).N);
    for (const end of ['estimate', 'lower', 'upper', 'standardError'] as const) {
      expect(found.N[end] / expected[end]).toBeCloseTo(1, 9);
    }
    const saving = intervals(boot, (one) => 1 - inferenceOptimal(one, { loss, Dinf: 1e11 }).ratios.totalFlops);
    expect(found.saving.upper).toBeCloseTo(saving.upper, 9);
  });

  it('at a level', () => {
    const wide = plan({ law: boot, goal: { kind: 'match', N: 2e9, D: 4e10 }, level: 0.95 }).intervals!;
    const narrow = plan({ law: boot, goal: { kind: 'match', N: 2e9, D: 4e10 }, level: 0.5 }).intervals!;
    expect(narrow.N.lower).toBeGreaterThan(wide.N.lower);
    expect(narrow.N.upper).toBeLessThan(wide.N.upper);
  });

  it('under constraints too', () => {
    const found = plan({
      ...ROOFLINE,
      law: boot,
      goal: { kind: 'match', N: 2e9, D: 4e10 },
      constraints: [{ kind: 'size', max: 1e9 }],
    });
    expect(found.intervals!.N.upper).toBeLessThanOrEqual(1e9 * (1 + 1e-9));
  });
});

describe('an uncertain demand', () => {
  const demand = { tokens: { kind: 'scenarios', values: [1e11, 1e13], probabilities: [0.8, 0.2] } } as const;
  const goal = { kind: 'loss', loss: 1.947 } as const;

  it('of two scenarios: expected costs and regrets by hand', () => {
    const found = plan({ law, goal, demand });
    const risk = found.demandRisk!;
    // Costs are proportional to demand: the plan is the one for the mean, .8 x 1e11 + .2 x 1e13 = 2.08e12.
    const best = inferenceOptimal(law, { loss: 1.947, Dinf: 2.08e12 });
    expect(found.N / best.N).toBeCloseTo(1, 9);
    const cost = ({ N, D }: { N: number; D: number }, tokens: number): number => 6 * N * D + 2 * N * tokens;
    const least = [1e11, 1e13].map((Dinf) => inferenceOptimal(law, { loss: 1.947, Dinf }));
    for (const one of risk.alternatives) {
      const regret = [1e11, 1e13].map((tokens, i) => cost(one, tokens) - cost(least[i]!, tokens));
      expect(one.expectedCost / (0.8 * cost(one, 1e11) + 0.2 * cost(one, 1e13))).toBeCloseTo(1, 9);
      expect(one.expectedRegret / (0.8 * regret[0]! + 0.2 * regret[1]!)).toBeCloseTo(1, 6);
      expect(one.worstRegret / Math.max(...regret)).toBeCloseTo(1, 6);
    }
    expect(risk.valueOfKnowing).toBe(risk.alternatives[0]!.expectedRegret);
    expect(risk.demand).toEqual({ p10: 1e11, median: 1e11, p90: 1e13 });
  });

  it('no alternative has a lower expected cost than the plan, or a lower worst regret than the one chosen for that', () => {
    for (const problem of [DOLLARS, ROOFLINE]) {
      const { alternatives } = plan({ ...problem, demand: { tokens: { kind: 'log-normal', median: 1e12, p90: 1e13 } } })
        .demandRisk!;
      const [best] = alternatives;
      const worst = alternatives.find(({ name }) => name === 'least-worst-regret')!;
      for (const other of alternatives) {
        expect(other.expectedCost).toBeGreaterThanOrEqual(best!.expectedCost * (1 - 1e-9));
        expect(other.expectedRegret).toBeGreaterThanOrEqual(best!.expectedRegret * (1 - 1e-9));
        expect(other.worstRegret).toBeGreaterThanOrEqual(worst.worstRegret * (1 - 1e-4));
      }
    }
  });

  it('is no risk where it is certain, or a budget is the goal', () => {
    expect(plan({ law, goal, demand: { tokens: 1e12 } }).demandRisk).toBeNull();
    expect(plan({ law, goal: { kind: 'lifetime-budget', budget: 1e24 }, demand }).demandRisk).toBeNull();
  });
});
