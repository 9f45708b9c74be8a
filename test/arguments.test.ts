import { describe, expect, it } from 'vitest';
import { notNegative, positive, share } from '../src/arguments.ts';

const BAD = [-1, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, '7', 7n] as const;

it('lets good numbers through unchanged', () => {
  expect(positive('N', 'parameters', 7e10)).toBe(7e10);
  expect(positive('N', 'parameters', Number.MIN_VALUE)).toBe(Number.MIN_VALUE);
  expect(notNegative('Dinf', 'tokens', 0)).toBe(0);
  expect(notNegative('Dinf', 'tokens', 2e12)).toBe(2e12);
  expect([0.01, 1].map((value) => share('mfu', value))).toEqual([0.01, 1]);
});

describe.each([
  ['positive', (v: number) => positive('x', 'things', v), 'a positive finite number of things', 0],
  ['notNegative', (v: number) => notNegative('x', 'things', v), 'a finite number of things, 0 or more', -2],
  ['share', (v: number) => share('x', v), 'above 0 and at most 1', 1.5],
] as const)('%s', (_, check, rule, own) => {
  it.each([...BAD, own])('refuses %s by name, rule and value', (value) => {
    expect(() => check(value as number)).toThrow(
      expect.objectContaining({
        name: 'ScalingLawsError',
        code: 'E_ARGUMENT',
        message: `x must be ${rule}, got ${value === undefined ? 'nothing' : String(value)}`,
        argument: 'x',
        rule: `be ${rule}`,
        got: value,
      }),
    );
  });
});
