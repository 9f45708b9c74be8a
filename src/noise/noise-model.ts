/**
 * The noise of a table of runs about the law fitted to it, and what a row is therefore worth.
 *
 *     intraclass correlation  = between^2 / (between^2 + within^2)
 *     effective rows          = sum over runs of n_i / (1 + (n_i - 1) icc)
 *
 * A mean over rows of one run that err together is as uncertain as that of so many independent rows (Kish 1965, "Survey Sampling", 8.2).
 */

import { robustSpread } from '../numeric/robust-spread.ts';
import { ROUNDING } from '../objective/penalty.ts';
import type { Tangent } from './tangent.ts';
import { varianceComponents } from './variance-components.ts';

/** Noise about a law: standard deviations in the space of the fit, log loss or nats per token. */
export interface NoiseModel {
  /** Rows that entered the fit. */
  readonly rows: number;
  /** Runs they belong to; as many as rows where no run has several. */
  readonly runs: number;
  /** Standard deviation of the offset that all rows of a run share; null where no run has several rows. */
  readonly between: number | null;
  /** Standard deviation of a row about the offset of its run; null where no run has several rows. */
  readonly within: number | null;
  /** Standard deviation of one row of a new run about the law: the root of between^2 + within^2. */
  readonly residual: number;
  /** Intraclass correlation, in [0, 1): that of two rows of one run; null where no run has several rows, or there is no noise. */
  readonly icc: number | null;
  /** Independent rows that would say as much. */
  readonly effectiveRows: number;
  /** Whether the correlation is beyond chance: p < 0.001 by an F test. */
  readonly correlated: boolean;
}

/** Residuals count for no more than this many robust standard deviations: a diverged run is no measure of the others. */
const CLIP = 4;
/** Chance from which on a correlation is taken for real. */
const SURE = 0.001;

/** The noise about a fit. */
export function noiseModel({
  residuals,
  columns,
  units,
}: Pick<Tangent, 'residuals' | 'columns' | 'units'>): NoiseModel {
  const rows = residuals.length;
  const runs = units.length;
  const spread = robustSpread(residuals, columns.length);
  const clip = spread > ROUNDING ? CLIP * spread : Number.POSITIVE_INFINITY;
  const clipped = residuals.map((r) => Math.min(Math.max(r, -clip), clip));
  const found = varianceComponents(clipped, columns, units) ?? { between: 0, within: spread, pValue: 1 };
  const { between, within, pValue } = found;
  const residual = Math.hypot(between, within);
  if (runs === rows || residual < ROUNDING) {
    return { rows, runs, between: null, within: null, residual, icc: null, effectiveRows: rows, correlated: false };
  }
  const icc = (between / residual) ** 2;
  const effectiveRows = units.reduce((sum, { length: n }) => sum + n / (1 + (n - 1) * icc), 0);
  return { rows, runs, between, within, residual, icc, effectiveRows, correlated: pValue < SURE };
}
