import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { Deployment } from '../../src/inference/deployment.ts';
import { servingOf } from '../../src/inference/serving.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { plan } from '../../src/plan/plan.ts';
import type { ServingHardware } from '../../src/plan/problem.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { type Bootstrap, bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { intervals } from '../../src/uncertainty/intervals.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

/** The integral of `f` by Simpson's rule. */
function simpson(f: (x: number) => number, from: number, to: number, steps: number): number {
  const h = (to - from) / steps;
  const at = (i: number): number => (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2) * f(from + i * h);
  return (h / 3) * Array.from({ length: steps + 1 }, (_, i) => at(i)).reduce((sum, value) => sum + value, 0);
}

const withoutPrice = ({ pricePerHour: _, ...deployment }: ServingHardware): Deployment => deployment;

describe('an uncertain law', () => {
  const runs = simulateRuns({ law, layout: { kind: 'sardana' }, seed: 3 });
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

describe('a goal that some replicates do not reach', () => {
  it('is told, with their share', () => {
    // E is drawn from 1.59 to 1.79, and in a quarter of the replicates lies above the goal.
    const draws = Object.fromEntries(
      Object.entries(law.coefficients).map(([name, value]) => [
        name,
        Array.from({ length: 40 }, (_, k) => (name === 'E' ? value - 0.1 + 0.2 * (k / 39) : value)),
      ]),
    );
    const boot = {
      ...{
        law: chinchilla,
        coefficients: law.coefficients,
        schema: 'scaling-laws/bootstrap@1',
        resample: 'rows',
        seed: 1,
      },
      ...{ replicates: 40, units: 40, degreesOfFreedom: 35, jumped: 0, failed: 0, draws },
      jackknife: Object.fromEntries(Object.keys(draws).map((name) => [name, []])),
    } as unknown as Bootstrap<string>;
    const { warnings, intervals: found, problem } = plan({ law: boot, goal: { kind: 'loss', loss: 1.74 } });
    // E + 0.0017, what 1e16 parameters leave, is above 1.74 from k = 29 on.
    const lost = draws.E!.filter((E) => !(1.74 > E + 406.4 * 1e16 ** -0.336)).length;
    expect(lost).toBe(11);
    expect(found!.N.undefined).toBe(lost);
    const [warning] = warnings.filter(({ code }) => code === 'W_REPLICATES_WITHOUT_PLAN');
    expect(warning!.message).toMatch(/^11 of 40 replicates of the law have no plan \(27\.5%\)/);
    expect(problem.law).not.toHaveProperty('draws');
    // Forty replicates leave less than one beyond an end.
    const easy = plan({ law: boot, goal: { kind: 'loss', loss: 2 } }).warnings;
    expect(easy.map(({ code }) => code)).toEqual(['W_OPEN_INTERVAL']);
    expect(easy[0]!.message).toMatch(
      /^40 replicates do not determine both ends of N, both ends of D and both ends of cost/,
    );
  });
});

describe('an uncertain demand', () => {
  const demand = { tokens: { kind: 'scenarios', values: [1e11, 1e13], probabilities: [0.8, 0.2] } } as const;
  const goal = { kind: 'loss', loss: 1.947 } as const;

  it('of two scenarios: expected costs and regrets by hand', () => {
    const found = plan({ law, goal, demand });
    const risk = found.demandRisk!;
    // Costs are proportional to demand: the plan is the one for the mean, 0.8 x 1e11 + 0.2 x 1e13 = 2.08e12.
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

  it.each([2, 10, 100])(
    'log-normal with p90 / median = %s: the value of knowing, against Simpson over closed forms',
    (spread) => {
      const median = 1e12;
      const found = plan({ law, goal, demand: { tokens: { kind: 'log-normal', median, p90: spread * median } } });
      const sigma = Math.log(spread) / 1.2815515655446004;
      const mean = median * Math.exp(sigma ** 2 / 2);
      const leastTimesDensity = (z: number): number => {
        const tokens = median * Math.exp(sigma * z);
        const { N, D } = inferenceOptimal(law, { loss: goal.loss, Dinf: tokens });
        return ((6 * N * D + 2 * N * tokens) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
      };
      const best = inferenceOptimal(law, { loss: goal.loss, Dinf: mean });
      const cost = 6 * best.N * best.D + 2 * best.N * mean;
      const expected = cost - simpson(leastTimesDensity, -10, sigma + 10, 4000);
      expect(found.cost.total / cost).toBeCloseTo(1, 9);
      expect(found.demandRisk!.valueOfKnowing / expected).toBeCloseTo(1, 7);
    },
  );

  it('log-normal: the worst regret is that between p1 and p99, and least where it is the same at both', () => {
    const found = plan({ law, goal, demand: { tokens: { kind: 'log-normal', median: 1e12, p90: 1e13 } } }).demandRisk!;
    // The normal deviates of 0.9 and 0.99.
    const ends = [-1, 1].map(
      (side) => 1e12 * Math.exp(((side * Math.log(10)) / 1.2815515655446004) * 2.3263478740408408),
    );
    for (const [i, end] of ends.entries()) expect(found.worstOver[i]! / end).toBeCloseTo(1, 9);
    const regret = ({ N, D }: { N: number; D: number }, tokens: number): number => {
      const least = inferenceOptimal(law, { loss: goal.loss, Dinf: tokens });
      return 6 * N * D + 2 * N * tokens - 6 * least.N * least.D - 2 * least.N * tokens;
    };
    for (const one of found.alternatives) {
      const all = Array.from({ length: 201 }, (_, i) => regret(one, ends[0]! * (ends[1]! / ends[0]!) ** (i / 200)));
      expect(one.worstRegret / Math.max(...all)).toBeCloseTo(1, 8);
    }
    const chosen = found.alternatives.find(({ name }) => name === 'least-worst-regret')!;
    expect(regret(chosen, ends[0]!) / regret(chosen, ends[1]!)).toBeCloseTo(1, 4);
  });

  it('on a menu, under a limit: the least regret of the models that are allowed; another may be below 0', () => {
    const problem = {
      ...ROOFLINE,
      demand,
      constraints: [
        { kind: 'menu', sizes: [5e9, 7e9, 1.3e10, 3e10] },
        { kind: 'latency', seconds: 0.003 },
      ],
    } as const;
    const { alternatives } = plan(problem).demandRisk!;
    const chosen = alternatives.find(({ name }) => name === 'least-worst-regret')!;
    const latency = (N: number): number => servingOf(N, withoutPrice(ROOFLINE.serving!)).secondsPerOutputToken;
    for (const one of alternatives) {
      const isOn = problem.constraints[0].sizes.some((size) => size === one.N);
      expect(one.allowed).toBe(isOn && latency(one.N) <= 0.003);
      if (one.allowed) expect(one.worstRegret).toBeGreaterThanOrEqual(0);
    }
    expect(chosen.allowed).toBe(true);
    // Every allowed size of the menu, one at a time, at both scenarios.
    const costs = [1e11, 1e13].map((tokens) =>
      problem.constraints[0].sizes
        .filter((N) => latency(N) <= 0.003)
        .map((N) => plan({ ...ROOFLINE, demand: { tokens }, constraints: [{ kind: 'menu', sizes: [N] }] }).cost.total),
    );
    const worst = costs[0]!.map((_, k) => Math.max(...costs.map((row) => row[k]! - Math.min(...row))));
    expect(chosen.worstRegret).toBeCloseTo(Math.min(...worst), 3);
  });

  it('of a model that is not allowed, regret may be negative', () => {
    const { alternatives } = plan({ ...ROOFLINE, demand, constraints: [{ kind: 'size', min: 6e10 }] }).demandRisk!;
    const chinchilla = alternatives.find(({ name }) => name === 'chinchilla')!;
    expect(chinchilla.allowed).toBe(false);
    expect(chinchilla.expectedRegret).toBeLessThan(0);
    for (const one of alternatives) if (one.allowed) expect(one.expectedRegret).toBeGreaterThanOrEqual(0);
  });

  it('is no risk where it is certain, or a budget is the goal', () => {
    expect(plan({ law, goal, demand: { tokens: 1e12 } }).demandRisk).toBeNull();
    expect(plan({ law, goal: { kind: 'lifetime-budget', budget: 1e24 }, demand }).demandRisk).toBeNull();
  });
});
