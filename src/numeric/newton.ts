/**
 * Minimises a twice differentiable function inside a box, by Newton's method with Levenberg damping and projection on the box.
 *
 *     step = -(H + lambda diag|H|)^-1 g   on the coordinates that no bound holds
 *
 * The damping grows until the matrix is positive definite and the step lowers the function, and shrinks after every success.
 * Nocedal & Wright 2006, "Numerical Optimization", chapters 3 and 16.
 */

import { dampedSolver } from './cholesky.ts';

/** Function of `dimension` coordinates, with bounds. */
export interface Problem {
  readonly dimension: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  value(theta: Float64Array): number;
  /** Gradient (n) and Hessian (n x n, row-major) at the `theta` of the last call of `value`, into the arrays given. */
  derivatives(gradient: Float64Array, hessian: Float64Array): void;
}

/** When to stop. */
export interface NewtonOptions {
  /** Steps at most. */
  readonly iterations: number;
  /** Stop when a step lowers the value by less than this share of it. */
  readonly tolerance: number;
  /** Stop where the next step leads to one of these minima, as far as the parabola of that step can tell. */
  readonly known?: readonly Float64Array[] | undefined;
}

/** What a minimisation ended with. The minimiser itself is written into the `theta` handed in. */
export interface NewtonResult {
  readonly value: number;
  readonly iterations: number;
  /** True when no further step promises more than `PROMISE` of the value: a local minimum, to rounding. */
  readonly converged: boolean;
  /** Which of the known minima it was on its way to, when it stopped. */
  readonly met?: Float64Array | undefined;
}

/** A Newton step that promises less than this share of the value is not worth taking: rounding of a sum of some hundred terms. */
const PROMISE = 1e-13;
/** Loosest promise at which the last iterate is still called converged. */
const CONVERGED = 1e-8;
const FIRST_DAMPING = 1e-3;
const LEAST_DAMPING = 1e-14;
const MOST_TRIES = 40;
/** A step leads to a known minimum if it ends this near to it, as a share of the distance, in the metric of the Hessian. */
const MEETS = 1e-3;

/** A minimiser with its work space, for functions of one dimension; not re-entrant. */
export type Minimiser = (problem: Problem, theta: Float64Array, options: NewtonOptions) => NewtonResult;

/** Makes a {@link Minimiser} for functions of `n` coordinates. */
export function newtonMinimiser(n: number): Minimiser {
  const solver = dampedSolver(n);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const scale = new Float64Array(n);
  const step = new Float64Array(n);
  const trial = new Float64Array(n);
  const free = new Uint8Array(n);

  /** v'Hv of v = from - to. */
  const squaredDistance = (from: Float64Array, to: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let row = 0;
      for (let j = 0; j < n; j++) row += hessian[i * n + j]! * (from[j]! - to[j]!);
      sum += row * (from[i]! - to[i]!);
    }
    return sum;
  };
  const meets = (theta: Float64Array, known: Float64Array): boolean =>
    squaredDistance(trial, known) <= MEETS ** 2 * squaredDistance(theta, known);

  return (problem, theta, { iterations, tolerance, known }) => {
    const { lower, upper } = problem;
    let damping = FIRST_DAMPING;
    let value = problem.value(theta);
    problem.derivatives(gradient, hessian);
    let promise = Number.POSITIVE_INFINITY;
    let iteration = 0;
    for (; iteration < iterations; iteration++) {
      for (let i = 0; i < n; i++) {
        const held = (theta[i]! <= lower[i]! && gradient[i]! > 0) || (theta[i]! >= upper[i]! && gradient[i]! < 0);
        free[i] = held ? 0 : 1;
        scale[i] = Math.max(Math.abs(hessian[i * n + i]!), 1e-12 * value, Number.MIN_VALUE);
      }
      let next = value;
      let lowered = false;
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        if (!solver.solve(hessian, damping, scale, free, gradient, step)) {
          damping = Math.max(damping * 10, 1e-8);
          continue;
        }
        promise = 0;
        let cut = false;
        for (let i = 0; i < n; i++) {
          const to = theta[i]! + step[i]!;
          trial[i] = Math.min(Math.max(to, lower[i]!), upper[i]!);
          cut ||= trial[i] !== to;
          promise -= gradient[i]! * (trial[i]! - theta[i]!);
        }
        // A step that the box cuts may lead uphill; a shorter one does not.
        if (known && damping <= FIRST_DAMPING) {
          const met = known.find((minimum) => meets(theta, minimum));
          if (met) return { value, iterations: iteration, converged: true, met };
        }
        const idle = promise <= PROMISE * value && !cut;
        if (idle && damping <= FIRST_DAMPING) {
          // What the step gains is less than the value's rounding, but it brings the point nearer: taken on trust.
          theta.set(trial);
          break;
        }
        next = problem.value(trial);
        if (next < value) {
          lowered = true;
          break;
        }
        if (idle) break;
        damping = Math.max(damping * 6, 1e-8);
      }
      if (!lowered) break;
      theta.set(trial);
      damping = Math.max(damping / 8, LEAST_DAMPING);
      const drop = value - next;
      value = next;
      if (drop <= tolerance * value) break;
      problem.derivatives(gradient, hessian);
    }
    return { value, iterations: iteration, converged: promise <= CONVERGED * value };
  };
}
