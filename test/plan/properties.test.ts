/** What holds for every plan. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { compileDeployment } from '../../src/inference/serving.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { plan } from '../../src/plan/plan.ts';
import type { Constraint, PlanProblem } from '../../src/plan/problem.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { magnitude, someLaw } from '../some-law.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

/** Goals that laws can reach with models that can be: losses of compute-optimal ones that see a token at least. */
const somePlan = (problem: (loss: number) => PlanProblem) =>
  fc
    .tuple(someLaw, magnitude(1e8, 1e11))
    .filter(([some, N]) => computeOptimal(some, { N }).D > 2)
    .map(([some, N]) => {
      const { loss } = computeOptimal(some, { N });
      return { ...problem(loss), law: some };
    });

describe('demand', () => {
  it('none: the compute-optimal model', () => {
    fc.assert(
      fc.property(
        somePlan((loss) => ({ law, goal: { kind: 'loss', loss }, demand: { tokens: 0 } })),
        (problem) => {
          const { loss } = problem.goal as { loss: number };
          expect(plan(problem).N / computeOptimal(problem.law, { loss }).N).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ['FLOPs', { ...DOLLARS, pay: 'flops' }],
    ['dollars', DOLLARS],
    ['dollars by the roofline', ROOFLINE],
  ] as const)('N falls and D rises with it, in %s', (_, problem) => {
    let last = plan({ ...problem, demand: { tokens: 1e8 } });
    for (let tokens = 1e9; tokens < 1e15; tokens *= 10) {
      const next = plan({ ...problem, demand: { tokens } });
      expect(next.N).toBeLessThan(last.N);
      expect(next.D).toBeGreaterThan(last.D);
      last = next;
    }
  });
});

describe('the optimum', () => {
  const constraints: readonly Constraint[] = [
    { kind: 'latency', seconds: 0.008 },
    { kind: 'training-days', days: 60, gpus: 4096 },
    { kind: 'memory' },
  ];

  it.each([
    ['in dollars', DOLLARS, []],
    ['by the roofline', ROOFLINE, []],
    ['under constraints', ROOFLINE, constraints],
  ] as const)('beats 10,000 random feasible plans %s', (_, problem, held) => {
    const { loss } = problem.goal as { loss: number };
    const found = plan({ ...problem, constraints: held });
    const random = seededRandom(7);
    const { tokensFor } = predictor(law);
    const { secondsPerOutputToken, memoryTotal, memoryAvailable, ...serving } = compileDeployment(
      (({ pricePerHour: _price, ...deployment }) => deployment)(problem.serving!),
    );
    const price = { training: problem.training!.pricePerHour ?? 2, serving: problem.serving!.pricePerHour ?? 2 };
    const peak = problem.training!.gpu === 'H100' ? 989e12 : 312e12;
    let feasible = 0;
    for (let i = 0; feasible < 10_000; i++) {
      expect(i).toBeLessThan(400_000);
      // Half of them anywhere, half of them near.
      const N = i % 2 ? 1.2e10 * 20 ** random.uniform() : found.N * 1.05 ** random.normal();
      let D: number;
      try {
        ({ D } = tokensFor({ loss, N }));
      } catch {
        continue;
      }
      const days = (6 * N * D) / (peak * 0.5 * 4096 * 86_400);
      if (held.length > 0 && (secondsPerOutputToken(N) > 0.008 || days > 60 || memoryTotal(N) > memoryAvailable))
        continue;
      feasible++;
      const cost =
        ((6 * N * D) / (peak * 0.5) / 3600) * price.training +
        ((serving.prefillGpuSecondsPerToken(N) * 1e13 + serving.decodeGpuSecondsPerToken(N) * 2.5e12) / 3600) *
          price.serving;
      expect(cost).toBeGreaterThanOrEqual(found.cost.total * (1 - 1e-9));
    }
  });

  it('is no dearer than the next sizes of a fine menu', () => {
    const free = plan(ROOFLINE);
    const sizes = Array.from({ length: 41 }, (_, i) => free.N * 1.01 ** (i - 20));
    const chosen = plan({ ...ROOFLINE, constraints: [{ kind: 'menu', sizes }] });
    expect(chosen.N).toBe(free.N);
  });
});

describe('prices', () => {
  it('scale the cost, and move nothing if they scale alike', () => {
    fc.assert(
      fc.property(magnitude(0.01, 100), (factor) => {
        const one = plan(DOLLARS);
        const other = plan({
          ...DOLLARS,
          training: { ...DOLLARS.training!, pricePerHour: 1.4 * factor },
          serving: { ...DOLLARS.serving!, pricePerHour: 0.6 * factor },
        });
        expect(other.cost.total / one.cost.total / factor).toBeCloseTo(1, 10);
        expect(other.N / one.N).toBeCloseTo(1, 10);
      }),
      { numRuns: 20 },
    );
  });

  it('of serving alone: a smaller model', () => {
    const dear = plan({ ...DOLLARS, serving: { ...DOLLARS.serving!, pricePerHour: 1.2 } });
    expect(dear.N).toBeLessThan(plan(DOLLARS).N);
  });
});

describe('budgets', () => {
  it('for life: the inverse of a loss', () => {
    fc.assert(
      fc.property(
        magnitude(1e9, 1e11),
        magnitude(1e10, 1e14),
        fc.constantFrom(DOLLARS, ROOFLINE),
        (quality, tokens, base) => {
          const { loss } = computeOptimal(law, { N: quality });
          const problem = { ...base, demand: { tokens }, goal: { kind: 'loss', loss } } as const;
          const { cost, N } = plan(problem);
          const back = plan({ ...problem, goal: { kind: 'lifetime-budget', budget: cost.total } });
          expect(back.loss).toBeCloseTo(loss, 9);
          expect(back.N / N).toBeCloseTo(1, 4);
          expect(back.cost.total / cost.total).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('for training: spent on training, serving on top', () => {
    const { cost, N, D } = plan({ ...DOLLARS, goal: { kind: 'training-budget', budget: 1e6 } });
    expect(cost.training).toBeCloseTo(1e6, 3);
    expect(cost.total).toBeGreaterThan(1e6);
    // Serving has no say: the compute-optimal model.
    expect(N / computeOptimal(law, { C: 6 * N * D }).N).toBeCloseTo(1, 5);
  });

  it('under a limit on tokens: what is left is not spent', () => {
    const found = plan({ law, goal: { kind: 'training-budget', budget: 1e24 }, data: { unique: 1e12 } });
    expect(found.D / 1e12).toBeCloseTo(1, 6);
    expect(found.binding).toMatchObject([{ constraint: 'unique-tokens', spares: 'loss' }]);
    expect(found.binding[0]!.shadowPrice).toBeGreaterThan(0);
  });
});

describe('the flat region', () => {
  it('ends where the same loss costs 1% and 5% more', () => {
    const found = plan(ROOFLINE);
    for (const [span, share] of [
      [found.flat.within1Percent, 0.01],
      [found.flat.within5Percent, 0.05],
    ] as const) {
      for (const N of span) {
        const there = plan({ ...ROOFLINE, constraints: [{ kind: 'menu', sizes: [N] }] });
        expect(there.cost.total / found.cost.total - 1).toBeCloseTo(share, 6);
      }
      expect(span[0]).toBeLessThan(found.N);
      expect(span[1]).toBeGreaterThan(found.N);
    }
  });
});

describe('ways to serve', () => {
  const serving = { gpu: 'A100-80', count: 8, batch: 16, weights: 'int8' } as const;

  it.each([
    ['offload', { ...serving, view: { kind: 'offload', link: 'host' } }],
    [
      'swarm',
      { ...serving, count: 1, view: { kind: 'swarm', servers: 4, delaySeconds: 0.005, bytesPerSecond: 1.25e8 } },
    ],
    ['mixture of experts', { ...serving, view: { kind: 'roofline' }, shape: { experts: { count: 16, active: 2 } } }],
  ] as const)('%s: dearer than the roofline of a dense model, and so a smaller one', (_, other) => {
    const dense = plan({ ...ROOFLINE, serving: { ...serving, view: { kind: 'roofline' } } });
    const found = plan({ ...ROOFLINE, serving: other });
    expect(found.N).toBeLessThan(dense.N);
    expect(found.cost.total).toBeGreaterThan(dense.cost.total);
  });

  it('experts that no token passes through take memory too', () => {
    const shape = { experts: { count: 40, active: 2 } };
    const held = plan({
      ...ROOFLINE,
      serving: { ...serving, count: 1, view: { kind: 'roofline' }, shape },
      constraints: [{ kind: 'memory' }],
    });
    expect(held.binding.map(({ constraint }) => constraint)).toEqual(['memory']);
    expect(held.N).toBeLessThan(80e9 / 10);
  });
});

describe('what is paid', () => {
  it('energy: GPU-hours times watts times PUE; carbon by its intensity', () => {
    const { accounts } = plan({ ...ROOFLINE, energy: { pue: 1.5, carbonIntensity: 400 } });
    const { gpuHours, energy, carbon, dollars } = accounts;
    for (const phase of ['training', 'prefill', 'decode', 'total'] as const) {
      // An H100 draws 700 W and costs $2.
      expect(energy![phase] / gpuHours![phase]).toBeCloseTo(0.7 * 1.5, 9);
      expect(carbon![phase] / energy![phase]).toBeCloseTo(400, 9);
      expect(dollars![phase] / gpuHours![phase]).toBeCloseTo(2, 9);
    }
  });

  it('one kind of GPU at one price: dollars, GPU-hours and energy agree on the model', () => {
    const sizes = (['dollars', 'gpu-hours', 'energy'] as const).map((pay) => plan({ ...ROOFLINE, pay }).N);
    expect(sizes[1]! / sizes[0]!).toBeCloseTo(1, 6);
    expect(sizes[2]! / sizes[0]!).toBeCloseTo(1, 6);
  });
});
