/** How far the law is from the rows it was fitted to. A row counts as often as its weight says. */

import { spanOf } from '../numeric/span.ts';
import { weightedMean, weightedMedian } from '../numeric/weighted.ts';
import type { Runs } from '../runs/runs.ts';
import type { FitQuality, ResidualSummary } from './fit.ts';

const weightOf = ({ weight, length }: Runs): Float64Array => weight ?? new Float64Array(length).fill(1);

/** Summary of `residuals`, one for each row of `runs`. */
export function summarizeResiduals(residuals: Float64Array, runs: Runs): ResidualSummary {
  const weight = weightOf(runs);
  const r = Array.from(residuals);
  const sizes = residuals.map(Math.abs);
  const [min, max] = spanOf(residuals);
  const mean = weightedMean(r, weight);
  return {
    mean,
    median: weightedMedian(residuals, weight),
    standardDeviation: Math.sqrt(
      weightedMean(
        r.map((value) => (value - mean) ** 2),
        weight,
      ),
    ),
    medianAbsolute: weightedMedian(sizes, weight),
    min,
    max,
    worstRow: runs.row[sizes.indexOf(spanOf(sizes)[1])]!,
  };
}

/** R2 and mean absolute relative error of `predicted` losses, nats per token. */
export function qualityOf(predicted: Float64Array, runs: Runs): FitQuality {
  const { loss } = runs;
  const weight = weightOf(runs);
  const average = weightedMean(loss, weight);
  const over = (of: (observed: number, i: number) => number): number => weightedMean(loss.map(of), weight);
  const total = over((observed) => (observed - average) ** 2);
  const residual = over((observed, i) => (observed - predicted[i]!) ** 2);
  return {
    r2: total > 0 ? 1 - residual / total : 0,
    meanAbsoluteRelativeError: over((observed, i) => Math.abs(observed - predicted[i]!) / observed),
  };
}
