import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import type { Demand } from '../../src/inference/demand.ts';
import { laws } from '../../src/laws/registry.ts';
import { breakEven } from '../../src/plan/break-even.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';
import { type Axis, type AxisName, sweep } from '../../src/plan/sweep.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

/** The problem of one cell, said as `plan` takes it. */
const SAID: { readonly [K in AxisName]: (problem: PlanProblem, value: number) => PlanProblem } = {
  loss: (problem, loss) => ({ ...problem, goal: { kind: 'loss', loss } }),
  quality: (problem, N) => ({ ...problem, goal: { kind: 'loss', loss: qualityOf(problem, N) } }),
  budget: (problem, budget) => ({ ...problem, goal: { kind: 'lifetime-budget', budget } }),
  // The requests of the problems read 1000 tokens and write 250.
  demand: (problem, tokens) => ({ ...problem, demand: { tokens, inputShare: 0.8 } }),
  'training-price': (problem, pricePerHour) => ({ ...problem, training: { ...problem.training!, pricePerHour } }),
  'serving-price': (problem, pricePerHour) => ({ ...problem, serving: { ...problem.serving!, pricePerHour } }),
  'unique-tokens': (problem, unique) => ({ ...problem, data: { ...problem.data, unique } }),
};

/** Loss of the compute-optimal model of N parameters; the constants of repetition are those of the authors' code. */
function qualityOf({ data }: PlanProblem, N: number): number {
  if (!data?.repeat) return computeOptimal(law, { N }).loss;
  const coefficients = { ...law.coefficients, RD: 15.387756, RN: 5.309743 };
  return computeOptimal({ law: laws.muennighoff, coefficients }, { N }, { U: data.unique }).loss;
}

/** Compares every cell of a sweep with the plan of the same problem. */
function expectPlans(problem: PlanProblem, x: Axis, y?: Axis): void {
  const map = sweep(problem, y ? { x, y } : { x });
  expect(map.failures).toEqual({});
  (y?.values ?? [Number.NaN]).forEach((valueY, j) => {
    x.values.forEach((valueX, i) => {
      const settings: [Axis, number][] = [[x, valueX], ...(y ? [[y, valueY] as [Axis, number]] : [])];
      // How much unique data there is comes first: a quality means a loss only then.
      settings.sort(([one], [two]) => Number(two.of === 'unique-tokens') - Number(one.of === 'unique-tokens'));
      const one = plan(settings.reduce((said, [{ of }, value]) => SAID[of](said, value), problem));
      const at = j * x.values.length + i;
      // Minima of smooth functions, found twice: N to the square root of the precision, costs to all of it.
      expect(map.N[at]! / one.N).toBeCloseTo(1, 6);
      expect(map.loss[at]! / one.loss).toBeCloseTo(1, 9);
      expect(map.cost[at]! / one.cost.total).toBeCloseTo(1, 9);
      expect(map.ratios.cost[at]!).toBeCloseTo(one.ratios.cost, 8);
      expect(map.ratios.N[at]!).toBeCloseTo(one.ratios.N, 5);
    });
  });
}

describe('a sweep', () => {
  const VALUES: { readonly [K in AxisName]: readonly number[] } = {
    loss: [1.95, 2.2],
    quality: [7e9, 3e10],
    budget: [3e5, 1e7],
    demand: [1e11, 1e13],
    'training-price': [0.7, 2.8],
    'serving-price': [0.3, 1.2],
    'unique-tokens': [3e12, 1e13],
  };
  const axis = (of: AxisName, values = VALUES[of]): Axis => ({ of, values });
  const GOALS: readonly AxisName[] = ['loss', 'quality', 'budget'];
  const pairs = (Object.keys(VALUES) as AxisName[]).flatMap((x, _, all) =>
    all.filter((y) => y !== x && !(GOALS.includes(x) && GOALS.includes(y))).map((y) => [x, y] as const),
  );
  const isBudget = (...axes: AxisName[]): boolean => axes.includes('budget');

  it.each(pairs)('answers every cell as plan does, over %s and %s', (x, y) => {
    const goal = isBudget(x, y) ? ({ kind: 'lifetime-budget', budget: 1e6 } as const) : DOLLARS.goal;
    expectPlans({ ...DOLLARS, goal, data: { unique: 1e13 } }, axis(x), axis(y));
  });

  it.each(Object.keys(VALUES).map((of) => of as AxisName))('over %s alone', (x) => {
    const goal = isBudget(x) ? ({ kind: 'lifetime-budget', budget: 1e6 } as const) : DOLLARS.goal;
    expectPlans({ ...DOLLARS, goal, data: { unique: 1e13 } }, axis(x));
  });

  it('by the roofline, under a constraint', () =>
    expectPlans(
      { ...ROOFLINE, constraints: [{ kind: 'latency', seconds: 0.004 }] },
      axis('demand'),
      axis('loss', [2, 2.2]),
    ));

  it.each<[AxisName, readonly number[]]>([
    ['quality', [1e10, 3e10]],
    ['loss', [2.1, 2.3]],
    ['demand', [1e11, 1e13]],
    ['serving-price', [0.3, 1.2]],
  ])('over data that repeat, and %s, both ways', (of, values) => {
    const problem = { ...DOLLARS, goal: { kind: 'loss', loss: 2.2 }, data: { unique: 5e11, repeat: true } } as const;
    const unique = axis('unique-tokens', [1e11, 1e12]);
    expectPlans(problem, unique, { of, values });
    expectPlans(problem, { of, values }, unique);
  });

  it.each([
    ['once', { unique: 5e12 }],
    ['again', { unique: 5e11, repeat: true }],
  ] as const)('over data to train on %s, to match a model: its loss depends on them', (_, data) => {
    const problem = { ...DOLLARS, goal: { kind: 'match', N: 7e9, D: 1.4e12 }, data } as const;
    expectPlans(problem, axis('unique-tokens', [1e11 * (data.unique / 5e11), 1e13]), axis('demand'));
  });

  it('over budgets, and over data that may be repeated', () => {
    const budget = { law, goal: { kind: 'lifetime-budget', budget: 1 }, demand: { tokens: 1e12 } } as const;
    const map = sweep(budget, { x: { of: 'budget', values: [1e22, 1e24] } });
    expect(map.loss[1]!).toBeLessThan(map.loss[0]!);
    expect(map.loss[1]!).toBeCloseTo(plan({ ...budget, goal: { kind: 'lifetime-budget', budget: 1e24 } }).loss, 9);
    const scarce = { law, goal: { kind: 'loss', loss: 2.1 }, data: { unique: 1, repeat: true } } as const;
    const repeats = sweep(scarce, { x: { of: 'unique-tokens', values: [1e11, 1e12] } });
    expect(repeats.cost[0]!).toBeGreaterThan(repeats.cost[1]!);
  });

  it('has null where there is no plan, and counts why', () => {
    const map = sweep(DOLLARS, { x: { of: 'loss', values: [1.5, 2] } });
    expect(map.N[0]).toBeNull();
    expect(map.N[1]).not.toBeNull();
    expect(map.failures).toEqual({ E_LOSS_UNREACHABLE: 1 });
    expect(JSON.parse(JSON.stringify(map))).toEqual(map);
  });

  it.each<[Axis, string]>([
    [{ of: 'colour' as 'loss', values: [1] }, 'x.of must be one of loss, quality'],
    [{ of: 'loss', values: [] }, 'x.values must be a list of 1 or more'],
    [{ of: 'loss', values: [-1] }, 'x.values[0] must be a positive finite number, got -1'],
    [{ of: 'budget', values: [1] }, 'x.of must be something else where the goal is no budget, got budget'],
    [{ of: 'training-price', values: [1] }, 'x.of must be something else where no such price is paid'],
    [{ of: 'unique-tokens', values: [1] }, 'x.of must be something else where the problem has no data'],
    [{ of: 'loss', values: '12' as never }, 'x.values must be a list of 1 or more, got 12'],
  ])('refuses %j', (x, message) => {
    expect(() => sweep({ law, goal: { kind: 'loss', loss: 2 } }, { x })).toThrow(message);
  });

  it.each<[AxisName, AxisName]>([
    ['demand', 'demand'],
    ['loss', 'quality'],
    ['quality', 'loss'],
    ['budget', 'loss'],
    ['serving-price', 'serving-price'],
    ['unique-tokens', 'unique-tokens'],
  ])('refuses %s beside %s: both set one thing', (x, y) => {
    const goal = { kind: 'lifetime-budget', budget: 1e6 } as const;
    expect(() => sweep({ ...DOLLARS, goal, data: { unique: 1e13 } }, { x: axis(x), y: axis(y) })).toThrow(
      expect.objectContaining({
        code: 'E_ARGUMENT',
        message: `y.of must be about something else than x.of, ${x}, got ${y}`,
      }),
    );
  });

  it('an axis that asks for what is not there leaves its cells empty, not the others', () => {
    // No quality of 1e30 parameters can be found under the law of repeated data.
    const problem = { law, goal: { kind: 'loss', loss: 2.2 }, data: { unique: 5e11, repeat: true } } as const;
    const map = sweep(problem, { x: axis('demand', [1e11]), y: axis('quality', [1e10, 1e30]) });
    expect(map.N[0]).not.toBeNull();
    expect(map.N[1]).toBeNull();
  });
});

describe('break-even', () => {
  it('is where both models cost the same', () => {
    const curves = breakEven(ROOFLINE, { qualities: [7e9, 30e9] });
    for (const { share, points } of curves) {
      for (const { N, D, chinchilla, demand, loss } of points) {
        expect(N / chinchilla.N).toBeCloseTo(share, 9);
        const at = (size: number): number =>
          plan({
            ...ROOFLINE,
            goal: { kind: 'loss', loss },
            demand: { tokens: demand!, inputShare: 0.8 },
            constraints: [{ kind: 'menu', sizes: [size] }],
          }).cost.total;
        expect(D).toBeGreaterThan(chinchilla.D);
        expect(at(N) / at(chinchilla.N)).toBeCloseTo(1, 8);
      }
    }
  });

  it('in FLOPs has a closed form: 3 (N D - N_ch D_ch) / (N_ch - N)', () => {
    const [{ points }] = breakEven(
      { law, goal: { kind: 'loss', loss: 2 } },
      { qualities: [13e9], shares: [0.5] },
    ) as never as [
      { points: readonly { N: number; D: number; demand: number; chinchilla: { N: number; D: number } }[] },
    ];
    const { N, D, chinchilla: other, demand } = points[0]!;
    expect(demand / ((3 * (N * D - other.N * other.D)) / (other.N - N))).toBeCloseTo(1, 10);
  });

  it('asks of the demand only how it is split: none is one like another', () => {
    const at = (demand: Demand): number | null =>
      breakEven({ ...ROOFLINE, demand }, { qualities: [7e9], shares: [0.5] })[0]!.points[0]!.demand;
    expect(at({ tokens: 1e13, inputShare: 0.8 })).toBeGreaterThan(0);
    expect(at({ tokens: 0, inputShare: 0.8 })! / at({ tokens: 1e13, inputShare: 0.8 })!).toBeCloseTo(1, 10);
    expect(at({ requests: 0, inputTokens: 800, outputTokens: 200 })! / at({ tokens: 1, inputShare: 0.8 })!).toBeCloseTo(
      1,
      10,
    );
    expect(() => at({ requests: 1, inputTokens: 0, outputTokens: 0 })).toThrow('demand must be of requests that read');
    expect(() => at({ tokens: -1 })).toThrow('demand.tokens must be');
  });

  it('leaves out sizes that never reach the loss, and refuses shares outside (0, 1)', () => {
    expect(
      breakEven({ law, goal: { kind: 'loss', loss: 2 } }, { qualities: [13e9], shares: [0.01] })[0]!.points,
    ).toEqual([]);
    expect(() => breakEven({ law, goal: { kind: 'loss', loss: 2 } }, { qualities: [13e9], shares: [1] })).toThrow(
      'shares[0] must be a number above 0 and below 1, got 1',
    );
  });
});
