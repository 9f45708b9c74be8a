/** Newton in a box: problems with certified or closed-form minima, and the conditions that any minimum in a box meets. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newtonMinimiser, type Problem } from '../../src/numeric/newton.ts';
import { NIST_PROBLEMS, type NistProblem } from './nist.ts';

const OPTIONS = { iterations: 1000, tolerance: 1e-16 };
const unbounded = (n: number): Pick<Problem, 'dimension' | 'lower' | 'upper'> => ({
  dimension: n,
  lower: new Float64Array(n).fill(Number.NEGATIVE_INFINITY),
  upper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
});

type Functions = Pick<Problem, 'value' | 'derivatives'>;

/** A function and its derivatives, each of any point, as a problem whose derivatives are those at the point of the last value. */
function remembering(
  value: (theta: Float64Array) => number,
  derivatives: (theta: Float64Array, gradient: Float64Array, hessian: Float64Array) => void,
): Functions {
  let last = new Float64Array();
  return {
    value(theta) {
      last = Float64Array.from(theta);
      return value(last);
    },
    derivatives: (gradient, hessian) => derivatives(last, gradient, hessian),
  };
}

/** Half the sum of squared residuals; second derivatives of the model by central differences of its first. */
function leastSquares({ model, partials, x, y, certified }: NistProblem): Problem {
  const n = certified.length;
  const value = (b: Float64Array): number => 0.5 * x.reduce((sum, xi, i) => sum + (model(b, xi) - y[i]!) ** 2, 0);
  return {
    ...unbounded(n),
    ...remembering(value, (b, gradient, hessian) => {
      gradient.fill(0);
      hessian.fill(0);
      x.forEach((xi, i) => {
        const r = model(b, xi) - y[i]!;
        const p = partials(b, xi);
        for (let j = 0; j < n; j++) {
          gradient[j] = gradient[j]! + r * p[j]!;
          const h = 1e-6 * Math.abs(b[j]!) + 1e-12;
          const [up, down] = [partials(b.with(j, b[j]! + h), xi), partials(b.with(j, b[j]! - h), xi)];
          for (let k = 0; k < n; k++) {
            hessian[j * n + k] = hessian[j * n + k]! + p[j]! * p[k]! + (r * (up[k]! - down[k]!)) / (2 * h);
          }
        }
      });
    }),
  };
}

describe.each(NIST_PROBLEMS)('NIST $name', (nist) => {
  const problem = leastSquares(nist);

  it('is written down as NIST has it: the certified coefficients give the certified sum of squares', () => {
    expect((2 * problem.value(Float64Array.from(nist.certified))) / nist.sumOfSquares).toBeCloseTo(1, 9);
  });

  it.each([0, 1])('is solved from start %d', (start) => {
    const b = Float64Array.from(nist.starts[start]!);
    const { value, converged } = newtonMinimiser(b.length)(problem, b, OPTIONS);
    expect(converged).toBe(true);
    expect((2 * value) / nist.sumOfSquares).toBeCloseTo(1, 9);
    // Half the digits of the objective is what an optimiser can promise of the coefficients; NIST's own criterion is 4.
    for (const [j, certified] of nist.certified.entries()) expect(b[j]! / certified).toBeCloseTo(1, 5);
  });
});

const rosenbrock = (lower = [-9, -9], upper = [9, 9]): Problem => ({
  dimension: 2,
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
  ...remembering(
    (t) => 100 * (t[1]! - t[0]! ** 2) ** 2 + (1 - t[0]!) ** 2,
    (t, gradient, hessian) => {
      const [x, y] = [t[0]!, t[1]!];
      gradient.set([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]);
      hessian.set([1200 * x * x - 400 * y + 2, -400 * x, -400 * x, 200]);
    },
  ),
});

describe('Rosenbrock', () => {
  it.each([
    [-1.2, 1],
    [0, 0],
    [8, -8],
    [-5, 5],
  ])('from (%d, %d) ends at (1, 1)', (x, y) => {
    const theta = Float64Array.of(x, y);
    const { value, iterations } = newtonMinimiser(2)(rosenbrock(), theta, OPTIONS);
    expect(value).toBeLessThan(1e-20);
    expect(theta[0]).toBeCloseTo(1, 9);
    expect(theta[1]).toBeCloseTo(1, 9);
    expect(iterations).toBeLessThan(100);
  });

  it('with x <= 1/2 ends at (1/2, 1/4): along x = 1/2 the first term vanishes at y = x^2', () => {
    const theta = Float64Array.of(-1.2, 1);
    const { value, converged } = newtonMinimiser(2)(rosenbrock([-9, -9], [0.5, 9]), theta, OPTIONS);
    expect(converged).toBe(true);
    expect(theta[0]).toBe(0.5);
    expect(theta[1]).toBeCloseTo(0.25, 9);
    expect(value).toBeCloseTo(0.25, 12);
  });

  it('leaves a bound that it stands on when the function falls inwards', () => {
    const theta = Float64Array.of(9, -9);
    newtonMinimiser(2)(rosenbrock(), theta, OPTIONS);
    expect(theta[0]).toBeCloseTo(1, 9);
  });

  it('makes no more steps than it may', () => {
    const theta = Float64Array.of(-1.2, 1);
    expect(newtonMinimiser(2)(rosenbrock(), theta, { iterations: 3, tolerance: 0 })).toMatchObject({
      iterations: 3,
      converged: false,
    });
  });
});

/** theta' G theta / 2 - h' theta + c with G = L L' + 0.1 I, in a box. */
const boxedQuadratic = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const numbers = (count: number) => fc.array(number, { minLength: count, maxLength: count });
    return fc.record({ L: numbers(n * n), h: numbers(n), low: numbers(n), width: numbers(n), from: numbers(n) });
  })
  .map(({ L, h, low, width, from }) => {
    const n = h.length;
    const G = Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let sum = i === j ? 0.1 : 0;
      for (let k = 0; k < n; k++) sum += L[i * n + k]! * L[j * n + k]!;
      return sum;
    });
    const slopes = (t: Float64Array): number[] =>
      h.map((right, i) => t.reduce((sum, value, j) => sum + G[i * n + j]! * value, -right));
    // The constant keeps the value positive, as every sum of penalties is.
    const value = (t: Float64Array): number => t.reduce((sum, v, i) => sum + 0.5 * v * (slopes(t)[i]! - h[i]!), 1000);
    const problem: Problem = {
      dimension: n,
      lower: Float64Array.from(low),
      upper: Float64Array.from(low, (v, i) => v + Math.abs(width[i]!)),
      ...remembering(value, (t, gradient, hessian) => {
        gradient.set(slopes(t));
        hessian.set(G);
      }),
    };
    const start = Float64Array.from(from, (v, i) => Math.min(Math.max(v, problem.lower[i]!), problem.upper[i]!));
    return { problem, slopes, start };
  });

describe('a convex quadratic in a box', () => {
  it('ends where no admissible direction falls (Karush, Kuhn, Tucker)', () => {
    fc.assert(
      fc.property(boxedQuadratic, ({ problem, slopes, start }) => {
        const n = problem.dimension;
        const { converged } = newtonMinimiser(n)(problem, start, OPTIONS);
        expect(converged).toBe(true);
        slopes(start).forEach((slope, i) => {
          const [t, low, high] = [start[i]!, problem.lower[i]!, problem.upper[i]!];
          expect(t).toBeGreaterThanOrEqual(low);
          expect(t).toBeLessThanOrEqual(high);
          // One step downhill, clipped to the box, leads nowhere. Values of about 1000 are known to 1e-13, hence slopes to about 1e-5.
          expect(Math.abs(Math.min(Math.max(t - slope, low), high) - t)).toBeLessThan(1e-4);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a descent that knows where others have ended', () => {
  it('stops on its way to a known minimum, a step or two before, and says which', () => {
    const known = [Float64Array.of(-3, 9), Float64Array.of(1, 1)];
    const theta = Float64Array.of(-1.2, 1);
    const alone = newtonMinimiser(2)(rosenbrock(), Float64Array.from(theta), OPTIONS);
    const { met, converged, iterations, value } = newtonMinimiser(2)(rosenbrock(), theta, { ...OPTIONS, known });
    expect(met).toBe(known[1]);
    expect(converged).toBe(true);
    expect(iterations).toBeLessThan(alone.iterations);
    expect(value).toBeLessThan(1e-3);
  });

  it('passes what is no minimum, however near', () => {
    const theta = Float64Array.of(-1.2, 1);
    const known = [Float64Array.of(1.001, 1.001), Float64Array.of(0.9, 0.81)];
    const { met, value } = newtonMinimiser(2)(rosenbrock(), theta, { ...OPTIONS, known });
    expect(met).toBeUndefined();
    expect(value).toBeLessThan(1e-20);
  });
});

it('goes on where the box cuts a step of coupled coordinates so that it leads uphill', () => {
  // A parabola whose own minimum lies far outside, at x = -9. Cut at x = 0, the step to it takes y the wrong way.
  const [from, g, h] = [Float64Array.of(0.001, 0.42), [3.22e-5, 3.305e-4], [3.37e-6, 4.96e-5, 4.96e-5, 0.007]] as const;
  const slopes = (x: Float64Array): number[] => {
    const [dx, dy] = [x[0]! - from[0]!, x[1]! - from[1]!];
    return [g[0] + h[0] * dx + h[1] * dy, g[1] + h[2] * dx + h[3] * dy];
  };
  const value = (x: Float64Array): number =>
    slopes(x).reduce((sum, slope, i) => sum + ((slope + g[i]!) * (x[i]! - from[i]!)) / 2, 0.0022);
  const problem: Problem = {
    dimension: 2,
    lower: Float64Array.of(0, 0),
    upper: Float64Array.of(10, 10),
    ...remembering(value, (x, gradient, hessian) => {
      gradient.set(slopes(x));
      hessian.set(h);
    }),
  };
  const theta = Float64Array.from(from);
  expect(newtonMinimiser(2)(problem, theta, OPTIONS).converged).toBe(true);
  expect(theta[0]).toBe(0);
  expect(theta[1]).toBeCloseTo(0.42 - (3.305e-4 - 0.001 * 4.96e-5) / 0.007, 6);
});
