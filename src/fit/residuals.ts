/** How far the law is from the rows it was fitted to. */

import { max, mean, median, min, standardDeviation } from 'simple-statistics';
import type { Runs } from '../runs/runs.ts';
import type { FitQuality, ResidualSummary } from './fit.ts';

/** Summary of `residuals`, one for each row of `runs`. */
export function summarizeResiduals(residuals: Float64Array, runs: Runs): ResidualSummary {
  const r = Array.from(residuals);
  const sizes = r.map(Math.abs);
  return {
    mean: mean(r),
    median: median(r),
    standardDeviation: standardDeviation(r),
    medianAbsolute: median(sizes),
    min: min(r),
    max: max(r),
    worstRow: runs.row[sizes.indexOf(max(sizes))]!,
  };
}

/** R2 and mean absolute relative error of `predicted` losses, nats per token. */
export function qualityOf(predicted: Float64Array, observed: Float64Array): FitQuality {
  const average = mean(Array.from(observed));
  let residual = 0;
  let total = 0;
  let relative = 0;
  for (let i = 0; i < observed.length; i++) {
    residual += (observed[i]! - predicted[i]!) ** 2;
    total += (observed[i]! - average) ** 2;
    relative += Math.abs(observed[i]! - predicted[i]!) / observed[i]!;
  }
  return {
    r2: total > 0 ? 1 - residual / total : 0,
    meanAbsoluteRelativeError: relative / observed.length,
  };
}
