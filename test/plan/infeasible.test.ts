import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { laws } from '../../src/laws/registry.ts';
import { breakEven } from '../../src/plan/break-even.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';
import { sweep } from '../../src/plan/sweep.ts';
import { DOLLARS, law, ROOFLINE } from './problems.ts';

function errorOf(problem: PlanProblem): ScalingLawsError {
  try {
    plan(problem);
  } catch (error) {
    expect(error).toBeInstanceOf(ScalingLawsError);
    return error as ScalingLawsError;
  }
  throw new Error('planned');
}

describe('what cannot be', () => {
  it('a constraint that nothing keeps is named, with by how much it is missed', () => {
    // 10 GB/s of memory: even the smallest model that reaches the loss, (406.4 / (1.947 - 1.69))^(1 / 0.336) = 3.318e9, takes 0.66 s.
    const slow = { name: 'slow', peakFlops: { bf16: 1e15 }, bandwidth: 1e10, source: 'made up', pricePerHour: 1 };
    const error = errorOf({
      ...ROOFLINE,
      serving: { gpu: slow, view: { kind: 'roofline', derates: { bandwidth: 1 } } },
      constraints: [{ kind: 'latency', seconds: 0.1 }],
    });
    expect(error.code).toBe('E_INFEASIBLE');
    expect(error.message).toMatch(
      /^constraint latency must be at most 0\.1 seconds per token, got 0\.6\d+ at best: missed by 5\d\d(\.\d)?%$/,
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
      'menu must have a size that reaches the goal, got 1e9, 2e9 where endless tokens need 3.32e9 parameters: missed by 65.91%',
    );
    // (A / (loss - E))^(1 / alpha), to what 1e30 tokens, as good as endless, leave of the loss.
    const least = (406.4 / (1.947 - 1.69)) ** (1 / 0.336);
    const details = small.details as { constraint: string; least: number; missedBy: number };
    expect(details.constraint).toBe('menu');
    expect(details.least / least).toBeCloseTo(1, 4);
    expect(details.missedBy).toBeCloseTo(least / 2e9 - 1, 4);
    const slow = errorOf({
      ...ROOFLINE,
      constraints: [
        { kind: 'menu', sizes: [3e10, 7e10] },
        { kind: 'latency', seconds: 0.003 },
      ],
    });
    expect(slow.message).toMatch(/3e10 comes nearest and misses latency by \d+/);
  });

  it('a budget that serving alone eats up', () => {
    const budget = { law, goal: { kind: 'lifetime-budget', budget: 1e6 }, demand: { tokens: 1e12 } } as const;
    const error = errorOf(budget);
    expect(error.code).toBe('E_INFEASIBLE');
    expect(error.message).toBe(
      'budget must pay for serving and some training, got 1e6 where 1 parameters take 2e12 FLOPs: missed by 2e8%',
    );
    // One parameter on one token, 6 FLOPs, and 2e12 tokens served at 2.
    expect(error.details).toMatchObject({ constraint: 'budget', limit: 1e6, best: 2e12 + 6 });
    expect((error.details as { missedBy: number }).missedBy).toBeCloseTo((2e12 + 6) / 1e6 - 1, 6);
    const menu = errorOf({ ...budget, constraints: [{ kind: 'menu', sizes: [1e9, 2e9] }] });
    expect(menu.details).toMatchObject({ constraint: 'budget', best: 2e21 + 6e9 });
  });

  it('a limit on tokens that leaves none, under a budget', () => {
    const training = { gpu: 'H100' };
    const error = errorOf({
      law,
      training,
      goal: { kind: 'training-budget', budget: 1e22 },
      constraints: [{ kind: 'training-days', days: 1e-30, gpus: 1 }],
    });
    expect(error.message).toMatch(/^constraint training-days must be at most 1e-30 days, got \S+ at best/);
    expect(error.details).toMatchObject({ constraint: 'training-days' });
  });

  it('menus without a common size', () => {
    const menu = (size: number) => ({ kind: 'menu', sizes: [size] }) as const;
    const error = errorOf({ ...DOLLARS, constraints: [menu(7e9), menu(1.4e10)] });
    expect(error.code).toBe('E_INFEASIBLE');
    expect(error.details).toMatchObject({ constraint: 'menu', missedBy: 1 });
  });

  it.each([
    // N = 4.8e20: even 1e16 parameters leave 1.6917.
    [1.6901, 'E_LOSS_UNREACHABLE'],
    // N = 7.5e16.
    [1.6919, 'E_NO_OPTIMUM'],
    // N = 8e-10.
    [1e6, 'E_NO_OPTIMUM'],
  ])('a loss of %s, whose optimum is beyond all models, with or without constraints', (loss, code) => {
    const problem = { law, goal: { kind: 'loss', loss } } as const;
    expect(errorOf(problem).code).toBe(code);
    expect(errorOf({ ...problem, constraints: [{ kind: 'size', min: 1 }] }).code).toBe(code);
    expect(sweep(problem, { x: { of: 'demand', values: [1] } }).failures).toEqual({ [code]: 1 });
  });

  it('a loss at or below E', () => {
    expect(errorOf({ law, goal: { kind: 'loss', loss: 1.69 } }).code).toBe('E_LOSS_UNREACHABLE');
    expect(errorOf({ ...ROOFLINE, goal: { kind: 'loss', loss: 1.5 }, constraints: [{ kind: 'memory' }] }).code).toBe(
      'E_LOSS_UNREACHABLE',
    );
  });

  it('an optimum of a law that reads compute alone', () => {
    const error = errorOf({
      law: { law: laws['power-law-c'], coefficients: { E: 0.5066, A: 47.7, alpha: 0.0737 } },
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
    ['match', { goal: { kind: 'match', N: 1e9 } }, 'goal.D must be a positive finite number of tokens, got nothing'],
    ['payment', { pay: 'shells' }, 'pay must be one of flops, gpu-hours, dollars, energy, got shells'],
    ['hardware', { training: undefined }, 'training must be given where dollars are paid, got nothing'],
    [
      'serving',
      { serving: undefined },
      'serving must be given where dollars are paid and there is demand, got nothing',
    ],
    ['gpu', { training: { gpu: 'H10' } }, 'gpu must be one of '],
    [
      'price',
      { training: { gpu: 'H100', pricePerHour: 0 } },
      'training.pricePerHour must be a positive finite number of $, got 0',
    ],
    ['pue', { energy: { pue: 0.9 } }, 'energy.pue must be a finite number, 1 or more, got 0.9'],
    ['constraint', { constraints: [{ kind: 'speed' }] }, 'constraints[0].kind must be one of memory, latency'],
    [
      'limit',
      { constraints: [{ kind: 'latency', seconds: 0 }] },
      'constraints[0].seconds must be a positive finite number of seconds, got 0',
    ],
    ['option', { constraints: [{ kind: 'latency', ms: 3 }] }, 'constraints[0] must be among kind, seconds, got ms'],
    ['size', { constraints: [{ kind: 'size' }] }, 'constraints[0] must have min, max or both, got'],
    ['menu', { constraints: [{ kind: 'menu', sizes: [] }] }, 'constraints[0].sizes must be a list of 1 or more, got '],
    ['data', { data: { unique: 0 } }, 'data.unique must be a positive finite number of tokens, got 0'],
    ['misspelt data', { data: { unique: 1e12, repeats: true } }, 'data must be among unique, repeat, got repeats'],
    ['repeat', { data: { unique: 1e12, repeat: 'no' } }, 'data.repeat must be true or false, got no'],
    ['text for pue', { energy: { pue: '1.2' } }, 'energy.pue must be a finite number, 1 or more, got 1.2'],
    [
      'energy that nothing asks for',
      { pay: 'flops', training: undefined, energy: { pues: 1 } },
      'energy must be among pue',
    ],
    ['level', { level: 2 }, 'level must be a number above 0 and below 1, got 2'],
    ['no level', { level: Number.NaN }, 'level must be a number above 0 and below 1, got NaN'],
    ['sizes', { constraints: [{ kind: 'size', min: 2, max: 1 }] }, 'constraints[0].max must be at least min, 2, got 1'],
    [
      'demand',
      { demand: { tokens: 1e300 } },
      'demand must be at most 1e+24 tokens over the life, on average, got 1e+300',
    ],
  ])('%s', (_, part, message) => {
    expect(() => plan({ ...DOLLARS, ...part } as PlanProblem)).toThrow(message);
  });

  it('latency without serving hardware', () => {
    expect(() =>
      plan({ law, goal: { kind: 'loss', loss: 2 }, constraints: [{ kind: 'latency', seconds: 1 }] }),
    ).toThrow('constraints[0] must be beside serving, which the constraint on latency is about, got nothing');
  });

  it('a law that reads what is not given', () => {
    const precision = { law: laws.precision, coefficients: { ...law.coefficients, gamma: 2.7 } };
    const problem = { law: precision, goal: { kind: 'loss', loss: 2.2 } } as const;
    expect(() => plan(problem)).toThrow(ScalingLawsError);
    expect(() => plan(problem)).toThrow('precision reads P: it must be given, a positive finite number, got nothing');
  });

  const problem = { law, goal: { kind: 'loss', loss: 2 } } as const;
  const x = { of: 'demand', values: [1] } as const;
  it.each<[string, () => unknown, string]>([
    ...[null, undefined, [], 7].map((bad): [string, () => unknown, string] => [
      `plan(${JSON.stringify(bad)})`,
      () => plan(bad as never),
      `problem must be an object, got ${Array.isArray(bad) ? 'a list' : (bad ?? (bad === null ? null : 'nothing'))}`,
    ]),
    ...(['goal', 'given', 'demand', 'training', 'serving', 'energy', 'data'] as const).flatMap((part) =>
      [null, 7, '2T'].map((bad): [string, () => unknown, string] => [
        `${part} of ${bad}`,
        () => plan({ ...problem, [part]: bad } as never),
        `${part} must be an object, got ${bad}`,
      ]),
    ),
    ...[null, 7, '2T', { law: 'chinchilla' }].map((bad): [string, () => unknown, string] => [
      `law of ${JSON.stringify(bad)}`,
      () => plan({ ...problem, law: bad } as never),
      'law must be a fit, a published law or { law, coefficients }, got ',
    ]),
    ['constraints of null', () => plan({ ...problem, constraints: null } as never), 'constraints must be a list'],
    ['constraints of {}', () => plan({ ...problem, constraints: {} } as never), 'constraints must be a list'],
    ['[null]', () => plan({ ...problem, constraints: [null] } as never), 'constraints[0] must be an object, got null'],
    ['sweep(null)', () => sweep(null as never, { x }), 'problem must be an object, got null'],
    ['axes of null', () => sweep(problem, null as never), 'axes must be an object, got null'],
    ['no axes', () => sweep(problem, {} as never), 'x must be an object, got nothing'],
    ['x of null', () => sweep(problem, { x: null } as never), 'x must be an object, got null'],
    ['y of null', () => sweep(problem, { x, y: null } as never), 'y must be an object, got null'],
    ['breakEven(null)', () => breakEven(null as never, { qualities: [] }), 'problem must be an object, got null'],
    ['no options', () => breakEven(problem, null as never), 'options must be an object, got null'],
    ['7B', () => breakEven(problem, { qualities: '7B' } as never), 'qualities must be a list, got 7B'],
  ])('%s', (_, ask, message) => {
    expect(ask).toThrow(ScalingLawsError);
    expect(ask).toThrow(message);
  });
});
