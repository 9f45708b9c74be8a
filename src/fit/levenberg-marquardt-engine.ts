/**
 * The engine over ml-levenberg-marquardt: an independent cross-check of our own, and the tool for least squares.
 *
 * Least squares of f_i = sign(r_i) sqrt(2 w_i rho(r_i) / d) is exactly the sum of Huber penalties (times 2 / d, which only sets the
 * scale of the damping), since f_i^2 = 2 w_i rho(r_i) / d. Measured on version 5.1.0, hence the pin:
 *
 * - `weights` is wrong as soon as a weight is not 1, so weights go into f;
 * - it has no test of convergence and always runs `maxIterations`, so it runs in rounds and we test between them;
 * - J'J gives curvature to rows on Huber's line, which have none, so steps there are short, and many in one direction: the move of
 *   a round is made longer while that lowers the objective. On 47 runs at delta 1e-3, 200 iterations end 3e-9 above the minimum,
 *   4e-7 without;
 * - it clips its steps to the bounds but does not know which bounds hold: a coordinate that a bound holds is hidden from it, by a
 *   derivative of 0, as long as the objective falls outwards there;
 * - where the model is NaN it throws at the start, and ends in silence on the way: the answer is judged by the derivative alone.
 */

import { levenbergMarquardt as minimise } from 'ml-levenberg-marquardt';
import { newtonMinimiser, type Problem } from '../numeric/newton.ts';
import type { Objective } from '../objective/objective.ts';
import type { DescentOptions, Engine, EngineChoice } from './engine.ts';

/** Iterations of the library between two tests of convergence. */
const ROUND = 20;
/** Most that the move of a round is made longer. */
const LONGEST = 1024;

/** The engine over ml-levenberg-marquardt, for `fitScalingLaw(runs, { engine: levenbergMarquardt })`. */
export const levenbergMarquardt: EngineChoice = Object.freeze({ name: 'levenberg-marquardt', of: engineOver });

function engineOver(objective: Objective): Engine {
  const { kernel, rows } = objective;
  const n = kernel.dimension;
  const judge = newtonMinimiser(n);
  const index = Float64Array.from({ length: rows }, (_, i) => i);
  const zero = new Float64Array(rows);
  const lower = Array.from(kernel.lower);
  const upper = Array.from(kernel.upper);
  const partials = new Float64Array(n);

  return {
    descend(theta, level, { iterations, tolerance }: DescentOptions) {
      const problem = objective.atLevel(level);
      const scale = Number.isFinite(level) ? 1 / level : 1;
      let value = problem.value(theta);
      if (!Number.isFinite(value)) return { converged: false };
      for (let done = 0; done < iterations; done += ROUND) {
        const { parameterValues } = minimise(
          { x: index, y: zero },
          (params) => {
            const row = objective.costs(Float64Array.from(params), level);
            return (i) => signedRoot(2 * scale * row.cost[i]!, row.slope[i]!);
          },
          {
            initialValues: Array.from(theta),
            minValues: lower,
            maxValues: upper,
            maxIterations: ROUND,
            errorTolerance: 0,
            jacobianFunction: (params) => {
              const row = objective.costs(Float64Array.from(params), level);
              const free = freeCoordinates(objective, params, row.slope);
              return (i) => {
                // df/dtheta = scale (d cost / dp) (dp / dtheta) / f; where f is 0, by the curvature: sqrt(scale d2 cost / dp2).
                const f = signedRoot(2 * scale * row.cost[i]!, row.slope[i]!);
                const factor =
                  f === 0 ? Math.sqrt(Math.max(scale * row.curvature[i]!, 0)) : (scale * row.slope[i]!) / f;
                kernel.jacobian(i, partials);
                return Array.from(partials, (partial, j) => (free[j] ? factor * partial : 0));
              };
            },
          },
        );
        const reached = lengthen(problem, theta, Float64Array.from(parameterValues));
        const lowered = value - problem.value(reached);
        if (lowered > 0) theta.set(reached);
        if (!(lowered > tolerance * value)) break;
        value -= lowered;
      }
      return judge(problem, Float64Array.from(theta), { iterations: 1, tolerance: 0 });
    },
  };
}

/** Which coordinates no bound holds, from the derivatives of the costs by the predictions at `params`. */
function freeCoordinates({ kernel, rows }: Objective, params: readonly number[], slope: Float64Array): boolean[] {
  const partials = new Float64Array(kernel.dimension);
  const gradient = new Float64Array(kernel.dimension);
  for (let i = 0; i < rows; i++) {
    kernel.jacobian(i, partials);
    for (let j = 0; j < gradient.length; j++) gradient[j] = gradient[j]! + slope[i]! * partials[j]!;
  }
  return params.map(
    (x, j) => !((x <= kernel.lower[j]! && gradient[j]! > 0) || (x >= kernel.upper[j]! && gradient[j]! < 0)),
  );
}

/** The point beyond `to`, as seen from `from`, at twice the distance again and again until the function rises; inside the bounds. */
function lengthen({ value, lower, upper }: Problem, from: Float64Array, to: Float64Array): Float64Array {
  let best = to;
  for (let longest = 1, lowest = value(to); longest < LONGEST; ) {
    longest *= 2;
    const trial = from.map((x, i) => Math.min(Math.max(x + longest * (to[i]! - x), lower[i]!), upper[i]!));
    const next = value(trial);
    if (!(next < lowest)) break;
    best = trial;
    lowest = next;
  }
  return best;
}

/** The root of `square`, with the sign of `slope`. */
const signedRoot = (square: number, slope: number): number => (slope < 0 ? -Math.sqrt(square) : Math.sqrt(square));
