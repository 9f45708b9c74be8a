import { describe, expect, it } from 'vitest';
import { amplitude, exponent, floor } from '../../src/laws/coefficient.ts';
import { defineLaw } from '../../src/laws/define-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { plan } from '../../src/plan/plan.ts';
import type { Constraint, PlanProblem } from '../../src/plan/problem.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

describe('constraints', () => {
  const CONSTRAINTS: readonly (readonly [string, Constraint])[] = [
    ['latency', { kind: 'latency', seconds: 0.003 }],
    ['first token', { kind: 'first-token', seconds: 0.004, inputTokens: 1000 }],
    ['throughput', { kind: 'throughput', tokensPerSecond: 10_000 }],
    ['memory', { kind: 'memory', devices: 0.3 }],
    ['days', { kind: 'training-days', days: 1.2, gpus: 10_000 }],
    ['size', { kind: 'size', min: 3e10 }],
    ['menu', { kind: 'menu', sizes: [1.5e10, 7e10] }],
  ];

  it.each(CONSTRAINTS)('%s: never lowers the cost', (_, constraint) => {
    const free = plan(ROOFLINE);
    const held = plan({ ...ROOFLINE, constraints: [constraint] });
    expect(held.cost.total).toBeGreaterThanOrEqual(free.cost.total * (1 - 1e-9));
    expect(held.unconstrained!.N / free.N).toBeCloseTo(1, 9);
    expect(held.breaks).toEqual([]);
    if (constraint.kind !== 'menu') {
      expect(held.binding).toHaveLength(1);
      expect(held.binding[0]!.shadowPrice).toBeGreaterThan(0);
      expect(held.unconstrained!.breaks).toEqual([held.binding[0]!.constraint]);
    }
  });

  it('that do not bind change nothing and have no price', () => {
    const held = plan({ ...ROOFLINE, constraints: [{ kind: 'latency', seconds: 10 }] });
    expect(held.N / plan(ROOFLINE).N).toBeCloseTo(1, 7);
    expect(held.binding).toEqual([]);
    expect(held.constraints).toMatchObject([{ constraint: 'latency', limit: 10 }]);
  });

  it('that bind have the price that a looser limit shows', () => {
    const at = (seconds: number): number =>
      plan({ ...ROOFLINE, constraints: [{ kind: 'latency', seconds }] }).cost.total;
    const { binding } = plan({ ...ROOFLINE, constraints: [{ kind: 'latency', seconds: 0.003 }] });
    expect(binding).toMatchObject([{ constraint: 'latency', limit: 0.003, spares: 'cost' }]);
    // The slope at the limit itself, by Richardson's extrapolation of two central differences.
    const slope = (h: number): number => (at(0.003 * (1 - h)) - at(0.003 * (1 + h))) / (0.006 * h);
    const exact = (4 * slope(0.002) - slope(0.004)) / 3;
    expect(Math.abs(binding[0]!.shadowPrice / exact - 1)).toBeLessThan(3e-4);
    expect(binding[0]!.perPercent).toBeCloseTo(at(0.003) - at(0.00303), 2);
  });

  it('have the price of the loose side where the tight one leaves nothing', () => {
    // Two limits on one number, a hair apart: no size is left below the one, or above the other.
    const { N } = plan(ROOFLINE);
    const { binding } = plan({ ...ROOFLINE, constraints: [{ kind: 'size', min: 2 * N, max: 2.0001 * N }] });
    expect(binding.map(({ constraint }) => constraint)).toEqual(['smallest-size']);
    const at = (min: number): number => plan({ ...ROOFLINE, constraints: [{ kind: 'size', min }] }).cost.total;
    expect(binding[0]!.shadowPrice / ((at(2 * N) - at(1.998 * N)) / (0.002 * N))).toBeCloseTo(1, 4);
  });

  it('of size, from and to the same: that size', () => {
    const found = plan({ ...ROOFLINE, constraints: [{ kind: 'size', min: 2e10, max: 2e10 }] });
    expect(found.N).toBe(2e10);
    expect(found.cost.total).toBe(plan({ ...ROOFLINE, constraints: [{ kind: 'menu', sizes: [2e10] }] }).cost.total);
  });

  it('of two menus: a size on both', () => {
    const menus = [
      { kind: 'menu', sizes: [7e9, 1.3e10, 3e10] },
      { kind: 'menu', sizes: [3e10, 7e9, 2e10] },
    ] as const;
    // 2e10 is the best of the second, 1.3e10 or 2e10 of all.
    expect([7e9, 3e10]).toContain(plan({ ...ROOFLINE, constraints: menus }).N);
    expect(plan({ ...ROOFLINE, constraints: [...menus].reverse() }).N).toBe(
      plan({ ...ROOFLINE, constraints: [{ kind: 'menu', sizes: [7e9, 3e10] }] }).N,
    );
  });

  it('unique tokens: D stops at them, and N makes up for it', () => {
    const { N, D, epochs, binding, loss } = plan({ ...DOLLARS, data: { unique: 1e12 } });
    expect(D / 1e12).toBeCloseTo(1, 9);
    expect(epochs).toBeCloseTo(1, 9);
    expect(binding.map(({ constraint }) => constraint)).toEqual(['unique-tokens']);
    expect(predictor(law).loss({ N, D })).toBeCloseTo(loss, 10);
  });
});

describe('data', () => {
  const muennighoff = { law: laws.muennighoff, coefficients: { ...law.coefficients, RD: 15.387756, RN: 5.309743 } };
  const goal = { kind: 'loss', loss: 2.1 } as const;

  it('endless under the law of repeated data: the Chinchilla law with its coefficients', () => {
    const demand = { tokens: 1e12 };
    const [one, other] = [muennighoff, law].map((some) => plan({ law: some, goal, demand }));
    expect(one!.N / other!.N).toBeCloseTo(1, 6);
    expect(one!.cost.total / other!.cost.total).toBeCloseTo(1, 9);
  });

  it('that must not repeat: no more than there are, whether the law reads U or not', () => {
    const data = { unique: 4e11 };
    const [one, other] = [muennighoff, law].map((some) => plan({ law: some, goal, data, demand: { tokens: 1e12 } }));
    expect(one!.D).toBeLessThanOrEqual(4e11 * (1 + 1e-9));
    expect(other!.D / 4e11).toBeCloseTo(1, 9);
    expect(one!.epochs).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('that repeat: the law of repeated data and the Chinchilla law with the published constants agree', () => {
    const data = { unique: 1e11, repeat: true };
    const [one, other] = [muennighoff, law].map((some) => plan({ law: some, goal, data }));
    expect(one!.N / other!.N).toBeCloseTo(1, 9);
    expect(one!.epochs).toBeGreaterThan(1);
  });

  it('that repeat are refused under a law that cannot tell, and so is U said twice', () => {
    expect(() => plan({ law: publishedLaws.kaplan2020, goal, data: { unique: 1e10, repeat: true } })).toThrow(
      'data.repeat must be absent or false where the law, kaplan, does not read U',
    );
    expect(() => plan({ law: muennighoff, goal, given: { U: 1e11 }, data: { unique: 1e11 } })).toThrow(
      'given.U must be absent beside data.unique, got 100000000000',
    );
  });
});

describe('variables of the law that costs do not know', () => {
  const { ludziejewski2025 } = publishedLaws;
  const moe = { ...ROOFLINE, law: ludziejewski2025, goal: { kind: 'match', N: 3e9, D: 6e10 } } as const;
  const codes = (problem: PlanProblem): string[] =>
    plan(problem).warnings.flatMap(({ code, message }) => (code === 'W_VARIABLE_NOT_PAID' ? [message] : []));
  const coefficients = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283 };

  it('experts: a warning unless serving has as many', () => {
    expect(codes({ ...moe, given: { experts: 8 } })).toEqual([
      'The law is asked for experts = 8, but the costs are those of experts = 1: serving.shape.experts.count.',
    ]);
    const shape = { experts: { count: 8, active: 1 } };
    expect(codes({ ...moe, given: { experts: 8 }, serving: { ...moe.serving!, shape } })).toEqual([]);
    // In FLOPs, active parameters are all there is to pay.
    expect(codes({ law: moe.law, goal: moe.goal, given: { experts: 8 } })).toEqual([]);
  });

  it('bits and samples', () => {
    const goal = { kind: 'match', N: 3e9, D: 6e10 } as const;
    const precision = { law: laws.precision, coefficients: { ...coefficients, gamma: 2.7 } };
    expect(codes({ law: precision, goal, given: { P: 8 } })).toHaveLength(1);
    expect(codes({ law: precision, goal, given: { P: 16 } })).toEqual([]);
    const eight = {
      training: { gpu: 'H100', dtype: 'fp8' },
      serving: { ...ROOFLINE.serving!, weights: 'fp8' },
    } as const;
    expect(codes({ law: precision, goal, given: { P: 8 }, ...eight })).toEqual([]);
    const testTime = { law: laws['test-time'], coefficients: { ...coefficients, G: 0.3, gamma: 0.5 } };
    expect(codes({ law: testTime, goal, given: { k: 8 } })).toHaveLength(1);
    expect(codes({ law: testTime, goal, given: { k: 1 } })).toEqual([]);
  });

  it('a letter says nothing: a law whose P counts parallel streams is not asked about bits', () => {
    const streams = defineLaw({
      kind: 'streams',
      variables: ['N', 'D', 'P'],
      coefficients: {
        E: floor(),
        A: amplitude('N', 'alpha'),
        B: amplitude('D', 'beta'),
        alpha: exponent(),
        beta: exponent(),
      },
      equation: 'L(N, D, P) = E + A / (N P)^alpha + B / D^beta',
      source: 'this test',
      value: ({ E, A, B, alpha, beta }, { N, D, P }) => E + A * (N * P) ** -alpha + B * D ** -beta,
    });
    const goal = { kind: 'match', N: 3e9, D: 6e10 } as const;
    const training = { gpu: 'H100', dtype: 'fp8' } as const;
    expect(codes({ law: { law: streams, coefficients }, goal, given: { P: 4 }, training })).toEqual([]);
  });
});
