/** A kernel with coordinates fixed or tied is the kernel at the expanded point, with derivatives by the chain rule. */

import { describe, expect, it } from 'vitest';
import { restrict } from '../../src/objective/restrict.ts';
import { gradientOf, relativeGap } from '../laws/differences.ts';
import { COEFFICIENTS, kernelOfPoints, POINTS } from './rows.ts';

// Coordinates are E, ln A, alpha, ln B, beta; A and B uncentred, since they are fixed or tied in some cases.
const kernel = kernelOfPoints('A', 'B');
const at = kernel.coordinates.map(({ name }) => name);
const position = (name: string): number => at.indexOf(name);
const count = POINTS.length;

/** Names fixed and tied, and the full solver coordinates that free ones `z` stand for. */
const CASES: readonly {
  readonly name: string;
  readonly fixed: readonly (readonly [string, number])[];
  readonly follows: readonly (readonly [string, string])[];
  readonly free: readonly string[];
  readonly full: (z: ArrayLike<number>) => number[];
}[] = [
  {
    name: 'E fixed',
    fixed: [['E', 1.5]],
    follows: [],
    free: ['A', 'alpha', 'B', 'beta'],
    full: (z) => [1.5, z[0]!, z[1]!, z[2]!, z[3]!],
  },
  {
    name: 'A fixed',
    fixed: [['A', 6]],
    follows: [],
    free: ['E', 'alpha', 'B', 'beta'],
    full: (z) => [z[0]!, 6, z[1]!, z[2]!, z[3]!],
  },
  {
    name: 'beta follows alpha',
    fixed: [],
    follows: [['beta', 'alpha']],
    free: ['E', 'A', 'alpha', 'B'],
    full: (z) => [z[0]!, z[1]!, z[2]!, z[3]!, z[2]!],
  },
  {
    name: 'alpha follows beta',
    fixed: [],
    follows: [['alpha', 'beta']],
    free: ['E', 'A', 'B', 'beta'],
    full: (z) => [z[0]!, z[1]!, z[3]!, z[2]!, z[3]!],
  },
  {
    name: 'E fixed, both pairs tied',
    fixed: [['E', 0.5]],
    follows: [
      ['beta', 'alpha'],
      ['B', 'A'],
    ],
    free: ['A', 'alpha'],
    full: (z) => [0.5, z[0]!, z[1]!, z[0]!, z[1]!],
  },
  {
    name: 'a pair fixed through its leader',
    fixed: [['alpha', 0.3]],
    follows: [['beta', 'alpha']],
    free: ['E', 'A', 'B'],
    full: (z) => [z[0]!, z[1]!, 0.3, z[2]!, 0.3],
  },
];

describe.each(CASES)('$name', ({ fixed, follows, free, full }) => {
  const restricted = restrict(kernel, {
    fixed: new Map(fixed.map(([name, value]) => [position(name), value])),
    follows: new Map(follows.map(([name, leader]) => [position(name), position(leader)])),
  });
  const n = restricted.dimension;
  const z = Float64Array.from(free, (name) => kernel.fromCoefficients(COEFFICIENTS)[position(name)]!);
  const predict = (which: typeof kernel, theta: Float64Array): Float64Array => {
    const out = new Float64Array(count);
    which.predict(theta, out);
    return out;
  };

  it('leaves the free coordinates, in order', () => {
    expect(restricted.coordinates.map(({ name }) => name)).toEqual(free);
    expect(restricted.fromCoefficients(COEFFICIENTS)).toEqual(z);
  });

  it('predicts, and names coefficients, as the whole kernel at the expanded point', () => {
    expect(predict(restricted, z)).toEqual(predict(kernel, Float64Array.from(full(z))));
    expect(restricted.toCoefficients(z)).toEqual(kernel.toCoefficients(Float64Array.from(full(z))));
  });

  it('has contracted derivatives', () => {
    const partials = new Float64Array(n);
    for (let i = 0; i < count; i++) {
      predict(restricted, z);
      restricted.jacobian(i, partials);
      expect(
        relativeGap(
          partials,
          gradientOf((y) => predict(restricted, y)[i]!, z),
        ),
      ).toBeLessThan(1e-6);
    }
    const derivatives = (y: Float64Array): { gradient: Float64Array; hessian: Float64Array } => {
      const f1 = predict(restricted, y);
      const gradient = new Float64Array(n).fill(Number.NaN);
      const hessian = new Float64Array(n * n).fill(Number.NaN);
      restricted.accumulate(f1, new Float64Array(count).fill(1), gradient, hessian);
      return { gradient, hessian };
    };
    const halfSquares = (y: Float64Array): number => predict(restricted, y).reduce((sum, p) => sum + (p * p) / 2, 0);
    const { gradient, hessian } = derivatives(z);
    expect(relativeGap(gradient, gradientOf(halfSquares, z))).toBeLessThan(1e-6);
    for (let r = 0; r < n; r++) {
      const row = gradientOf((y) => derivatives(y).gradient[r]!, z);
      expect(relativeGap(hessian.subarray(r * n, (r + 1) * n), row)).toBeLessThan(1e-6);
    }
  });
});

describe('restrict', () => {
  it('of nothing is the kernel itself', () => {
    expect(restrict(kernel, { fixed: new Map(), follows: new Map() })).toBe(kernel);
  });

  it('gives a leader the narrowest bounds of its group', () => {
    const wide = {
      ...kernel,
      lower: kernel.lower.with(2, 0.1).with(4, 0.2),
      upper: kernel.upper.with(2, 0.9).with(4, 5),
    };
    const { lower, upper } = restrict(wide, { fixed: new Map(), follows: new Map([[4, 2]]) });
    expect([lower[2], upper[2]]).toEqual([0.2, 0.9]);
  });
});
