import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { type DesignPlan, designRuns } from '../../src/design/design-runs.ts';
import type { DesignGoal } from '../../src/design/goal.ts';
import { designSpread } from '../../src/design/spread.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const law = publishedLaws.hoffmann2022;
const ladder = [3e7, 7e7, 1.7e8, 4e8, 1e9];
const grid = (sizes: readonly number[], ratios: readonly number[]) =>
  sizes.flatMap((N) => ratios.map((ratio) => ({ N, D: ratio * N })));
const candidates = grid(ladder, [2, 5, 20, 80, 320]);
const atScale: DesignGoal = { kind: 'loss', N: 1e10, D: 2e11 };
const flopsOf = (runs: readonly { N: number; D: number }[]): number =>
  runs.reduce((sum, { N, D }) => sum + 6 * N * D, 0);
/** Standard error of exactly these runs. */
const errorOf = (points: DesignPlan['candidates'], goal: DesignGoal, of: FittedLaw = law): number | null =>
  designRuns({ law: of, goal, candidates: points, budget: flopsOf(points) * 1.001 }).standardError;

describe('the standard error', () => {
  const goals: readonly [DesignGoal, (fitted: FittedLaw) => number][] = [
    [atScale, (fitted) => predictor(fitted).loss({ N: 1e10, D: 2e11 })],
    [{ kind: 'coefficient', name: 'alpha' }, (fitted) => fitted.coefficients.alpha],
    [{ kind: 'decision', C: 1e22 }, (fitted) => Math.log(computeOptimal(fitted, { C: 1e22 }).N)],
  ];

  it('is that of 200 simulated fits, within 15%', () => {
    // Noise small enough for the delta method: its error falls with the noise, that of 200 fits is 5%.
    const noise = 0.001;
    const plan = designRuns({ law, budget: 1e20, candidates, goal: atScale, noise, repeats: 3 });
    const points = plan.runs.flatMap(({ N, D, count }) => Array.from({ length: count }, () => ({ N, D })));
    const fits = Array.from({ length: 200 }, (_, k) =>
      fitScalingLaw(simulateRuns({ law, layout: { kind: 'points', points }, noise, seed: k + 1 }), {
        penalty: { kind: 'squared' },
        search: { starts: 3, hops: 0 },
      }),
    );
    for (const [goal, value] of goals) {
      const values = fits.map(value);
      const mean = values.reduce((sum, x) => sum + x, 0) / 200;
      const empirical = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 199);
      const predicted = designRuns({ law, budget: flopsOf(points) * 1.001, candidates: points, goal, noise });
      expect(predicted.runs.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
      expect(empirical / predicted.standardError!).toBeGreaterThan(0.85);
      expect(empirical / predicted.standardError!).toBeLessThan(1.15);
    }
  });

  it('at a point that was trained n times, and nowhere else, is noise x loss / sqrt(n)', () => {
    const point = { N: 1e9, D: 2e10 };
    const only = { law, candidates: [point], budget: 1e30, noise: 0.01, repeats: 4 };
    const loss = predictor(law).loss(point);
    expect(designRuns({ ...only, goal: { kind: 'loss', ...point } }).standardError).toBeCloseTo((0.01 * loss) / 2, 8);
    expect(designRuns({ ...only, goal: { kind: 'loss', N: 2e9, D: 2e10 } }).standardError).toBeNull();
  });

  it('is proportional to the noise, and falls as one over the root of the repeats', () => {
    const error = (noise: number, repeats: number): number =>
      designRuns({ law, budget: 1e30, candidates, goal: atScale, noise, repeats }).standardError!;
    expect(error(0.02, 1) / error(0.01, 1)).toBeCloseTo(2, 8);
    expect(error(0.01, 1) / error(0.01, 4)).toBeCloseTo(2, 5);
  });

  it('takes the given runs into account', () => {
    const given = simulateRuns({ law, layout: { kind: 'points', points: candidates.slice(0, 10) }, seed: 1 });
    const more = designRuns({ law, budget: 1e19, candidates, goal: atScale, given });
    const fewer = designRuns({ law, budget: 1e19, candidates, goal: atScale });
    expect(fewer.before).toBeNull();
    expect(more.standardError).toBeLessThan(fewer.standardError!);
    // Two sizes do not show how loss falls with size.
    expect(more.before).toBeNull();
    const enough = simulateRuns({ law, layout: { kind: 'points', points: candidates.slice(0, 15) }, seed: 1 });
    const { before, curve } = designRuns({ law, budget: 1e19, candidates, goal: atScale, given: enough });
    expect(before).toBeCloseTo(errorOf(candidates.slice(0, 15), atScale)!, 8);
    expect(curve[0]!.standardError).toBeLessThan(before!);
  });
});

describe('the choice', () => {
  it.each<DesignGoal>([atScale, { kind: 'coefficient', name: 'beta' }, { kind: 'decision', C: 1e22 }])(
    'beats random designs of the same budget: %o',
    (goal) => {
      const budget = 5e19;
      const plan = designRuns({ law, budget, candidates, goal });
      expect(plan.flops).toBeLessThanOrEqual(budget);
      expect(flopsOf(plan.runs)).toBeCloseTo(plan.flops, -5);
      const random = seededRandom(1);
      for (let k = 0; k < 50; k++) {
        const order = candidates.map((point) => ({ point, at: random.uniform() })).sort((a, b) => a.at - b.at);
        const chosen: { N: number; D: number }[] = [];
        for (const { point } of order) if (flopsOf([...chosen, point]) <= budget) chosen.push(point);
        expect(errorOf(chosen, goal) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(plan.standardError!);
      }
    },
  );

  it('is as good as the best of all designs, on a problem small enough to try them', () => {
    const few = grid([5e7, 2e8, 8e8], [3, 20, 130]);
    const budget = 0.4 * flopsOf(few);
    const plan = designRuns({ law, budget, candidates: few, goal: atScale });
    let best = Number.POSITIVE_INFINITY;
    for (let mask = 0; mask < 2 ** few.length; mask++) {
      const chosen = few.filter((_, j) => mask & (2 ** j));
      if (chosen.length < 5 || flopsOf(chosen) > budget) continue;
      best = Math.min(best, errorOf(chosen, atScale) ?? Number.POSITIVE_INFINITY);
    }
    expect(plan.standardError! / best).toBeLessThan(1 + 1e-6);
  });

  it('never has more of a candidate than repeats allow, and a curve that falls', () => {
    const { runs, curve, budget, standardError } = designRuns({
      law,
      budget: 5e19,
      candidates,
      goal: atScale,
      repeats: 2,
    });
    expect(Math.max(...runs.map(({ count }) => count))).toBe(2);
    expect(curve.map((point) => point.budget)).toEqual([32, 16, 8, 4, 2, 1].map((share) => budget / share));
    for (let k = 1; k < curve.length; k++) {
      expect(curve[k]!.standardError).toBeLessThanOrEqual(curve[k - 1]!.standardError!);
      expect(curve[k]!.flops).toBeLessThanOrEqual(curve[k]!.budget);
    }
    expect(curve.at(-1)!.standardError).toBe(standardError);
  });

  it('is frozen plain data, the same each time', () => {
    const plan = designRuns({ law, budget: 1e19, candidates, goal: atScale });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(Object.isFrozen(plan.runs)).toBe(true);
    expect(designRuns({ law, budget: 1e19, candidates, goal: atScale })).toEqual(plan);
  });
});

describe('rules that fall out as cases', () => {
  it('five models: two determine nothing, up to five the error falls steeply, beyond them little is gained', () => {
    const error = (K: number): number | null => {
      const sizes = Array.from({ length: K }, (_, i) => 3e7 * (1e9 / 3e7) ** (i / Math.max(K - 1, 1)));
      const points = grid(sizes, [5, 20, 80]);
      return designRuns({ law, budget: 1e20, candidates: points, goal: atScale, repeats: 300 }).standardError;
    };
    const [one, two, three, four, five, six, seven] = [1, 2, 3, 4, 5, 6, 7].map(error);
    expect([one, two]).toEqual([null, null]);
    expect(four! / three!).toBeLessThan(0.9);
    expect(five! / four!).toBeLessThan(0.95);
    expect(Math.min(six!, seven!) / five!).toBeGreaterThan(0.93);
  });

  it.each([0.25, 0.3, 0.34, 0.4])(
    'one ray with alpha = beta = %d: no A, no B, no other ratio; but E and the loss along the ray',
    (alpha) => {
      const equal: FittedLaw = { law: laws.chinchilla, coefficients: { ...law.coefficients, alpha, beta: alpha } };
      const ray = grid([3e7, 6e7, 1e8, 2e8, 4e8, 8e8], [20]);
      for (const name of ['A', 'B']) expect(errorOf(ray, { kind: 'coefficient', name }, equal)).toBeNull();
      expect(errorOf(ray, { kind: 'loss', N: 1e10, D: 2e10 }, equal)).toBeNull();
      expect(errorOf(ray, { kind: 'decision', C: 1e22 }, equal)).toBeNull();
      expect(errorOf(ray, { kind: 'coefficient', name: 'E' }, equal)).toBeLessThan(1);
      expect(errorOf(ray, { kind: 'loss', N: 1e10, D: 2e11 }, equal)).toBeLessThan(0.3);
    },
  );

  it('one ray with alpha near beta: the error of A is thousands of times A, and grows as they meet', () => {
    const ray = grid([3e7, 6e7, 1e8, 2e8, 4e8, 8e8], [20]);
    const errors = [0.06, 0.03].map((apart) => {
      const near: FittedLaw = { law: laws.chinchilla, coefficients: { ...law.coefficients, beta: 0.34 - apart } };
      return errorOf(ray, { kind: 'coefficient', name: 'A' }, near)!;
    });
    expect(errors[0]! / law.coefficients.A).toBeGreaterThan(1000);
    expect(errors[1]! / errors[0]!).toBeGreaterThan(2);
  });

  it('V_K: of designs of ten runs, two rays each, that of larger V_K has the smaller error of A', () => {
    const rays = [1.5, 3, 6, 12].map((apart) => [20 / apart, 20 * apart]);
    const errors = rays.map((ratios) => errorOf(grid(ladder, ratios), { kind: 'coefficient', name: 'A' })!);
    const spreads = rays.map((ratios) => designSpread(ratios, law.coefficients.beta));
    for (let k = 1; k < rays.length; k++) {
      expect(spreads[k]).toBeGreaterThan(spreads[k - 1]!);
      expect(errors[k]).toBeLessThan(errors[k - 1]!);
    }
  });
});

describe('designRuns refuses', () => {
  const plan = { law, budget: 1e20, candidates, goal: atScale };
  it.each([
    [{ budget: -1 }, 'E_ARGUMENT', 'budget must be a positive finite number of FLOPs, got -1'],
    [{ noise: 0 }, 'E_ARGUMENT', 'noise must be a positive finite number of log loss, got 0'],
    [{ zzz: 1 }, 'E_OPTION', 'design plan must be among law, budget, candidates, goal, noise, repeats, given, got zzz'],
    [{ repeats: 1.5 }, 'E_ARGUMENT', 'repeats must be an integer >= 1, got 1.5'],
    [{ candidates: [] }, 'E_ARGUMENT', 'candidates must be a list of 1 or more, got a list'],
    [
      { candidates: [{ N: 0, D: 1 }] },
      'E_ARGUMENT',
      'candidates[0].N must be a positive finite number of parameters, got 0',
    ],
    [
      { goal: { kind: 'coefficient', name: 'gamma' } },
      'E_ARGUMENT',
      'goal.name must be one of E, A, B, alpha, beta, got gamma',
    ],
    [{ goal: { kind: 'cost' } }, 'E_ARGUMENT', 'goal.kind must be one of coefficient, loss, decision, got cost'],
    [{ goal: { kind: 'decision', C: 0 } }, 'E_ARGUMENT', 'goal.C must be a positive finite number of FLOPs, got 0'],
  ])('%o', (change, code, message) => {
    expect(() => designRuns({ ...plan, ...change } as never)).toThrow(expect.objectContaining({ code, message }));
  });

  it('nothing affordable: an empty design without an error', () => {
    expect(designRuns({ ...plan, budget: 1 })).toMatchObject({ runs: [], flops: 0, standardError: null });
  });
});
