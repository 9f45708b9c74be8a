/**
 * What one residual costs. All three penalties are one family, Huber's, at different levels:
 *
 *     rho_d(r) = r^2 / 2                for |r| <= d
 *              = d (|r| - d / 2)        beyond
 *
 * `squared` is d = infinity; `absolute` is rho_d(r) / d as d falls to 0. So one solver, stepping the level down, serves all.
 * Huber 1964; as scipy and Hoffmann et al. 2022 (eq. 3) write it.
 */

import { choice, ratio } from '../schema/fields.ts';
import { type Checked, type Given, optional, orKind, variants } from '../schema/objects.ts';

/** Huber with delta 1e-3 on log loss (Hoffmann et al. 2022, section 3.3): nearly an absolute penalty when residuals are of 1%. */
export const DEFAULT_PENALTY: { readonly kind: 'huber'; readonly delta: number } = Object.freeze({
  kind: 'huber',
  delta: 1e-3,
});
/** Residuals of log loss (Hoffmann et al. 2022, eq. 3). */
export const DEFAULT_SPACE: Space = 'log';

const overestimateWeight = optional(
  ratio({ help: 'Factor on the cost of rows that the law predicts too high; 1 is symmetric.', placeholder: 'w' }),
);

/** A penalty in full. */
export const penaltyForms = variants(
  'penalty',
  {
    huber: {
      delta: optional(
        ratio({ help: 'Where the parabola becomes a line, in the unit of the residual.', placeholder: 'number' }),
        DEFAULT_PENALTY.delta,
      ),
      overestimateWeight,
    },
    squared: { overestimateWeight },
    absolute: { overestimateWeight },
  },
  { help: 'What a residual costs.', placeholder: 'kind' },
);

/** Penalty of a residual. `overestimateWeight` multiplies the cost of rows that the law predicts too high (1: symmetric). */
export type Penalty = Checked<typeof penaltyForms>;

/** A penalty as a caller gives it: in full, `{ kind: 'huber', delta: 1e-3 }`, or by its kind, `'squared'`. */
export const penalty = orKind(penaltyForms);

/** Residuals as a caller chooses them. */
export const space = choice(['log', 'linear'], { help: 'Residuals of log loss, or of loss.' });
/** Residual of `log` space: ln(predicted / observed). Of `linear` space: predicted - observed, nats per token. */
export type Space = Given<typeof space>;

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
      return penalty satisfies never;
  }
}
