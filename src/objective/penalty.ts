/**
 * What one residual costs. All three penalties are one family, Huber's, at different levels:
 *
 *     rho_d(r) = r^2 / 2                for |r| <= d
 *              = d (|r| - d / 2)        beyond
 *
 * `squared` is d = infinity; `absolute` is rho_d(r) / d as d falls to 0. So one solver, stepping the level down, serves all.
 * Huber 1964; as scipy and Hoffmann et al. 2022 (eq. 3) write it.
 */

import { FitError } from '../errors.ts';

/** Penalty of a residual. `overestimateWeight` multiplies the cost of rows that the law predicts too high (1: symmetric). */
export type Penalty =
  | {
      readonly kind: 'huber';
      /** Where the parabola becomes a line, in the unit of the residual: log loss, or nats per token in linear space. */
      readonly delta: number;
      readonly overestimateWeight?: number;
    }
  | { readonly kind: 'squared'; readonly overestimateWeight?: number }
  | { readonly kind: 'absolute'; readonly overestimateWeight?: number };

/** Residual of `log` space: ln(predicted / observed). Of `linear` space: predicted - observed, nats per token. */
export type Space = 'log' | 'linear';

/** Huber with delta 1e-3 on log loss (Hoffmann et al. 2022, section 3.3): nearly an absolute penalty when residuals are of 1 %. */
export const DEFAULT_PENALTY: { readonly kind: 'huber'; readonly delta: number } = Object.freeze({
  kind: 'huber',
  delta: 1e-3,
});
/** Residuals of log loss (Hoffmann et al. 2022, eq. 3). */
export const DEFAULT_SPACE: Space = 'log';

/** A residual this small, as a share of the loss, is rounding: runs without noise leave nothing else. */
export const ROUNDING = 1e-12;

/** Level at which the Huber family stands for `penalty`: delta, infinity for `squared`, 0 for `absolute`. */
export function levelOf(penalty: Penalty): number {
  switch (penalty.kind) {
    case 'huber':
      return penalty.delta;
    case 'squared':
      return Number.POSITIVE_INFINITY;
    case 'absolute':
      return 0;
    default:
      return unknownPenalty(penalty);
  }
}

/**
 * Checks a penalty from outside.
 *
 * @throws {FitError} `E_OPTION` when the kind is unknown, or delta or the weight is not a positive finite number.
 */
export function checkPenalty(penalty: Penalty): void {
  levelOf(penalty);
  if (penalty.kind === 'huber') positive('penalty.delta', penalty.delta);
  if (penalty.overestimateWeight !== undefined) positive('penalty.overestimateWeight', penalty.overestimateWeight);
}

function positive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new FitError('E_OPTION', `${name} must be a positive finite number, got ${value}`, { option: name, value });
}

function unknownPenalty(penalty: never): never {
  const kind = (penalty as { kind?: unknown }).kind;
  throw new FitError('E_OPTION', `penalty.kind must be 'huber', 'squared' or 'absolute', got ${String(kind)}`, {
    option: 'penalty.kind',
    value: kind,
  });
}
