import { describe, expect, it } from 'vitest';
import { AllocationError, LawError } from '../../src/errors.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

function errorOf(problem: PlanProblem): AllocationError {
  try {
    plan(problem);
  } catch (error) {
    expect(error).toBeInstanceOf(AllocationError);
    return error as AllocationError;
  }
  throw new Error('planned');
}

describe('what cannot be', () => {
  it('a constraint that nothing keeps is named, with by how much it is missed', () => {
    // 10 GB/s of memory: even the smallest model that reaches the loss, (406.4 / (1.947 - 1.69))^(1 / .336) = 3.318e9, takes .66 s.
    const slow = { name: 'slow', peakFlops: { bf16: 1e15 }, bandwidth: 1e10, source: 'made up', pricePerHour: 1 };
    const error = errorOf({
      ...ROOFLINE,
      serving: { gpu: slow, view: { kind: 'roofline', derates: { bandwidth: 1 } } },
      constraints: [{ kind: 'latency', seconds: 0.1 }],
    });
    expect(error.code).toBe('E_INFEASIBLE');
    expect(error.message).toMatch(
      /^constraint latency must be at most 0\.1 seconds per token, got 0\.6\d+ at best: missed by 5\d\d(\.\d)? %$/,
    );
    const least = (406.4 / (1.947 - 1.69)) ** (1 / 0.336);
    expect((error.details as { best: number }).best).toBeGreaterThan((2 * least) / 1e10);
    expect((error.details as { best: number }).best).toBeLessThan((2.2 * least) / 1e10);
  });

  it('two constraints that exclude each other are named together', () => {
    const error = errorOf({ ...DOLLARS, data: { unique: 1e12 }, constraints: [{ kind: 'size', max: 3e10 }] });
    expect(error.code).toBe('E_INFEASIBLE');
    expect(error.message).toContain('unique-tokens');
    expect(error.message).toContain('largest-size');
    expect((error.details as { missedBy: number }).missedBy).toBeGreaterThan(0);
  });

  it('a menu of sizes that are all too small, or all too slow', () => {
    const small = errorOf({ ...DOLLARS, constraints: [{ kind: 'menu', sizes: [1e9, 2e9] }] });
    expect(small.code).toBe('E_INFEASIBLE');
    expect(small.message).toBe(
      'menu must have a size that reaches the goal, got 1000000000, 2000000000: with 2000000000 parameters no number of tokens does',
    );
    const slow = errorOf({
      ...ROOFLINE,
      constraints: [
        { kind: 'menu', sizes: [3e10, 7e10] },
        { kind: 'latency', seconds: 0.003 },
      ],
    });
    expect(slow.message).toMatch(/30000000000 comes nearest and misses latency by \d+/);
  });

  it('a budget that serving alone eats up', () => {
    const error = errorOf({ law, goal: { kind: 'lifetime-budget', budget: 1e6 }, demand: { tokens: 1e12 } });
    expect(error.code).toBe('E_INFEASIBLE');
    expect(error.message).toBe('budget must pay for serving and some training, got 1000000');
  });

  it('a loss at or below E', () => {
    expect(errorOf({ law, goal: { kind: 'loss', loss: 1.69 } }).code).toBe('E_LOSS_UNREACHABLE');
    expect(errorOf({ ...ROOFLINE, goal: { kind: 'loss', loss: 1.5 }, constraints: [{ kind: 'memory' }] }).code).toBe(
      'E_LOSS_UNREACHABLE',
    );
  });

  it('an optimum of a law that reads compute alone', () => {
    const error = errorOf({
      law: { law: 'power-law-c', coefficients: { E: 0.5066, A: 47.7, alpha: 0.0737 } },
      goal: { kind: 'loss', loss: 2 },
    });
    expect(error.code).toBe('E_NO_OPTIMUM');
  });
});

describe('bad problems', () => {
  it.each<[string, object, string]>([
    ['field', { goals: 1 }, 'problem must be among law, given, goal'],
    [
      'goal',
      { goal: { kind: 'win' } },
      'goal.kind must be one of loss, match, lifetime-budget, training-budget, got win',
    ],
    [
      'loss',
      { goal: { kind: 'loss', loss: -1 } },
      'goal.loss must be a positive finite number of nats per token, got -1',
    ],
    ['match', { goal: { kind: 'match', N: 1e9 } }, 'goal.D must be a positive finite number of tokens, got undefined'],
    ['payment', { pay: 'shells' }, 'pay must be one of flops, gpu-hours, dollars, energy, got shells'],
    ['hardware', { training: undefined }, 'training must be given where dollars are paid, got undefined'],
    [
      'serving',
      { serving: undefined },
      'serving must be given where dollars are paid and there is demand, got undefined',
    ],
    ['gpu', { training: { gpu: 'H10' } }, 'gpu must be one of '],
    [
      'price',
      { training: { gpu: 'H100', pricePerHour: 0 } },
      'training.pricePerHour must be a positive finite number of $, got 0',
    ],
    ['pue', { energy: { pue: 0.9 } }, 'energy.pue must be a finite number >= 1, got 0.9'],
    ['constraint', { constraints: [{ kind: 'speed' }] }, 'constraint.kind must be one of memory, latency'],
    [
      'limit',
      { constraints: [{ kind: 'latency', seconds: 0 }] },
      'constraint latency: seconds must be a positive finite number of seconds, got 0',
    ],
    ['option', { constraints: [{ kind: 'latency', ms: 3 }] }, 'constraint latency must be among kind, seconds, got ms'],
    ['size', { constraints: [{ kind: 'size' }] }, 'constraint size must be with min, max or both, got neither'],
    ['menu', { constraints: [{ kind: 'menu', sizes: [] }] }, 'constraint menu: sizes must be a list of sizes, got '],
    ['data', { data: { unique: 0 } }, 'data.unique must be a positive finite number of tokens, got 0'],
  ])('%s', (_, part, message) => {
    expect(() => plan({ ...DOLLARS, ...part } as PlanProblem)).toThrow(message);
  });

  it('latency without serving hardware', () => {
    expect(() =>
      plan({ law, goal: { kind: 'loss', loss: 2 }, constraints: [{ kind: 'latency', seconds: 1 }] }),
    ).toThrow('constraint latency must be beside `serving`');
  });

  it('a law that reads what is not given', () => {
    const muennighoff = {
      law: 'muennighoff',
      coefficients: { ...law.coefficients, RD: 15.387756, RN: 5.309743 },
    };
    expect(() => plan({ law: muennighoff, goal: { kind: 'loss', loss: 2.2 } })).toThrow(LawError);
    expect(() => plan({ law: muennighoff, goal: { kind: 'loss', loss: 2.2 } })).toThrow(
      'muennighoff reads U: it must be given, a positive finite number, got undefined',
    );
  });
});
