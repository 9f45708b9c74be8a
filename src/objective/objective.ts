/**
 * The number a fit makes small: the SUM over rows of weight x penalty(residual).
 *
 *     F(theta) = sum_i w_i rho(r_i),   r_i = ln p_i - ln L_i   (or p_i - L_i in linear space)
 *
 * A mean in place of the sum made the optimiser of Hoffmann et al. 2022 stop early (Besiroglu et al. 2024, arXiv:2404.10102).
 * The law enters through its kernel only: the chain rule below turns rho' and rho'' into derivatives by the prediction p.
 */

import type { Kernel } from '../laws/law.ts';
import type { Problem } from '../numeric/newton.ts';
import { levelOf, type Penalty, ROUNDING, type Space } from './penalty.ts';

/** Observed losses and weights of the rows that enter the fit. */
export interface Observed {
  /** Nats per token. */
  readonly loss: Float64Array;
  /** Weight of each row in the sum; 1 when the runs carry none. */
  readonly weight: Float64Array;
}

/** What each row costs at some theta, and the derivatives of that cost by the row's prediction. Overwritten by the next call. */
export interface RowCosts {
  readonly cost: Float64Array;
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
}

/** Objective of one fit. */
export interface Objective {
  readonly kernel: Kernel;
  readonly rows: number;
  /** Weight of each row. */
  readonly weight: Float64Array;
  readonly penalty: Penalty;
  readonly space: Space;
  /** The sum when every residual is rounding: values that differ by less do not differ, and below it there is nothing to gain. */
  readonly rounding: number;
  /** The objective itself: exact, also for `absolute`. */
  value(theta: Float64Array): number;
  /** The objective at `theta`, where the kernel is known to predict `predictions`. */
  valueOf(theta: Float64Array, predictions: Float64Array): number;
  /** The same sum with Huber's penalty at `level` in place of the penalty asked for: what a solver steps down along. */
  atLevel(level: number): Problem;
  /** The summands of {@link atLevel}, row by row, for engines that work on residuals. */
  costs(theta: Float64Array, level: number): RowCosts;
  /** Residual of every row, predicted minus observed in the space of the fit, into `out`. */
  residuals(theta: Float64Array, out: Float64Array): void;
  /** Predicted loss of row i at the theta of the last call of any function here, nats per token. */
  predictionAt(i: number): number;
  /** sum w dr dr' over the rows, n x n: what the rows tell about each coordinate (Gauss-Newton's matrix). */
  information(theta: Float64Array): Float64Array;
}

/** Builds the objective of `kernel` on the rows `observed`. */
export function objective(kernel: Kernel, { loss, weight }: Observed, penalty: Penalty, space: Space): Objective {
  const rows = loss.length;
  const over = penalty.overestimateWeight ?? 1;
  const log = space === 'log';
  const target = log ? loss.map(Math.log) : loss;
  const predicted = new Float64Array(rows);
  const cost = new Float64Array(rows);
  const slope = new Float64Array(rows);
  const curvature = new Float64Array(rows);

  const residual = (p: number, i: number): number => (log ? Math.log(p) : p) - target[i]!;

  function absoluteSum(predictions: Float64Array): number {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const r = residual(predictions[i]!, i);
      total += r > 0 ? weight[i]! * over * r : -weight[i]! * r;
    }
    return total;
  }

  /** Fills cost, slope and curvature; returns the sum of the costs: Huber's at `level`. */
  function huberSum(predictions: Float64Array, level: number): number {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const p = predictions[i]!;
      const r = residual(p, i);
      const w = r > 0 ? weight[i]! * over : weight[i]!;
      const size = Math.abs(r);
      const inside = size <= level;
      const value = w * (inside ? 0.5 * r * r : level * (size - 0.5 * level));
      const psi = w * (inside ? r : r > 0 ? level : -level);
      const rho2 = inside ? w : 0;
      total += value;
      cost[i] = value;
      // By the chain rule through r = ln p: df/dp = psi / p, d2f/dp2 = (rho'' - psi) / p^2.
      slope[i] = log ? psi / p : psi;
      curvature[i] = log ? (rho2 - psi) / (p * p) : rho2;
    }
    return total;
  }

  const level = levelOf(penalty);
  const sumOf = (predictions: Float64Array): number =>
    level === 0 ? absoluteSum(predictions) : huberSum(predictions, level);
  const predict = (theta: Float64Array): Float64Array => {
    kernel.predict(theta, predicted);
    return predicted;
  };
  const rounding = loss.reduce((total, value, i) => {
    const size = log ? ROUNDING : ROUNDING * value;
    return total + weight[i]! * (level === 0 ? size : size <= level ? 0.5 * size * size : level * (size - 0.5 * level));
  }, 0);
  return {
    kernel,
    rows,
    weight,
    penalty,
    space,
    rounding,
    value: (theta) => sumOf(predict(theta)),
    valueOf: (_, predictions) => sumOf(predictions),

    atLevel: (level) => ({
      dimension: kernel.dimension,
      lower: kernel.lower,
      upper: kernel.upper,
      value: (theta) => huberSum(predict(theta), level),
      derivatives: (gradient, hessian) => kernel.accumulate(slope, curvature, gradient, hessian),
    }),

    costs(theta, level) {
      huberSum(predict(theta), level);
      return { cost, slope, curvature };
    },

    residuals(theta, out) {
      predict(theta);
      for (let i = 0; i < rows; i++) out[i] = residual(predicted[i]!, i);
    },

    predictionAt: (i) => predicted[i]!,

    information(theta) {
      predict(theta);
      for (let i = 0; i < rows; i++) curvature[i] = log ? weight[i]! / predicted[i]! ** 2 : weight[i]!;
      const matrix = new Float64Array(kernel.dimension ** 2);
      kernel.accumulate(slope.fill(0), curvature, new Float64Array(kernel.dimension), matrix);
      return matrix;
    },
  };
}
