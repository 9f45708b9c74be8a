import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { breakEven } from '../../src/plan/break-even.ts';
import { plan } from '../../src/plan/plan.ts';
import { type Axis, sweep } from '../../src/plan/sweep.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

describe('a sweep', () => {
  it('answers every cell as plan does', () => {
    const x: Axis = { of: 'demand', values: [1e11, 1e13] };
    const y: Axis = { of: 'loss', values: [1.9, 2.1, 2.4] };
    const map = sweep(ROOFLINE, { x, y });
    y.values.forEach((loss, j) => {
      x.values.forEach((tokens, i) => {
        // ROOFLINE's requests read 1000 tokens and write 250.
        const one = plan({ ...ROOFLINE, goal: { kind: 'loss', loss }, demand: { tokens, inputShare: 0.8 } });
        const at = j * 2 + i;
        expect(map.N[at]! / one.N).toBeCloseTo(1, 7);
        expect(map.cost[at]! / one.cost.total).toBeCloseTo(1, 9);
        expect(map.ratios.cost[at]!).toBeCloseTo(one.ratios.cost, 9);
      });
    });
  });

  it.each<[Axis, (value: number) => object]>([
    [
      { of: 'training-price', values: [0.7, 2.8] },
      (price) => ({ training: { ...DOLLARS.training, pricePerHour: price } }),
    ],
    [
      { of: 'serving-price', values: [0.3, 1.2] },
      (price) => ({ serving: { ...DOLLARS.serving, pricePerHour: price } }),
    ],
    [{ of: 'unique-tokens', values: [1e12, 2e12] }, (unique) => ({ data: { unique } })],
    [
      { of: 'quality', values: [7e9, 3e10] },
      (N) => ({ goal: { kind: 'loss', loss: computeOptimal(law, { N }).loss } }),
    ],
  ])('over $of', (x, part) => {
    const map = sweep({ ...DOLLARS, ...(x.of === 'unique-tokens' && { data: { unique: 1e13 } }) }, { x });
    x.values.forEach((value, i) => {
      const one = plan({ ...DOLLARS, ...part(value) });
      expect(map.N[i]! / one.N).toBeCloseTo(1, 6);
      expect(map.cost[i]! / one.cost.total).toBeCloseTo(1, 8);
    });
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
    [{ of: 'loss', values: [] }, 'x.values must be a list of numbers'],
    [{ of: 'loss', values: [-1] }, 'x.values[0] must be a positive finite number of loss, got -1'],
    [{ of: 'budget', values: [1] }, 'x.of must be something else where the goal is no budget, got budget'],
    [{ of: 'training-price', values: [1] }, 'x.of must be something else where no such price is paid'],
    [{ of: 'unique-tokens', values: [1] }, 'x.of must be something else where the problem has no data'],
  ])('refuses %j', (x, message) => {
    expect(() => sweep({ law, goal: { kind: 'loss', loss: 2 } }, { x })).toThrow(message);
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

  it('leaves out sizes that never reach the loss, and refuses shares outside (0, 1)', () => {
    expect(
      breakEven({ law, goal: { kind: 'loss', loss: 2 } }, { qualities: [13e9], shares: [0.01] })[0]!.points,
    ).toEqual([]);
    expect(() => breakEven({ law, goal: { kind: 'loss', loss: 2 } }, { qualities: [13e9], shares: [1] })).toThrow(
      'shares[0] must be between 0 and 1, got 1',
    );
  });
});
