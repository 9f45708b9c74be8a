/** Which runs would narrow a decision: those that tell most about ln N for a tenth of its budget. */

import { type DesignedRuns, designRuns } from '../design/design-runs.ts';
import { ScalingLawsError } from '../errors.ts';
import { rowsByRun } from '../filters/groups.ts';
import type { Fit } from '../fit/fit.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';

/** Share of the budget that is worth spending on knowing what to do with the rest. */
const SHARE = 0.1;
/** Sizes and ratios to choose from: those of the runs, and as many steps of this factor beyond. */
const STEP = 2;
const RATIOS = [5, 10, 20, 40, 80, 160, 320, 640];
const SIZES_BEYOND = 3;
const MOST_SIZES = 8;

/**
 * The design, or null where the law is another than Chinchilla's or the rows say nothing of the decision.
 *
 * @param inferenceTokens - Tokens whose serving the budget pays for too.
 */
export function nextRuns(fit: Fit<string>, kept: Runs, C: number, inferenceTokens: number): DesignedRuns | null {
  if (fit.law !== chinchilla.kind) return null;
  const budget = SHARE * C;
  const [low, high] = fit.fittedRange.N;
  const steps = Math.ceil(Math.log(high / low) / Math.log(STEP)) + SIZES_BEYOND;
  const sizes = Array.from({ length: steps + 1 }, (_, k) => low * STEP ** k).slice(-MOST_SIZES);
  const candidates = sizes
    .flatMap((N) => RATIOS.map((ratio) => ({ N, D: ratio * N })))
    .filter(({ N, D }) => 6 * N * D <= budget);
  const noise = fit.noise?.residual ?? 0;
  if (candidates.length === 0 || !(noise > 0)) return null;
  try {
    return designRuns({
      law: fit as Fit,
      budget,
      candidates,
      goal: { kind: 'decision', C, inferenceTokens },
      noise,
      given: endsOfRuns(kept),
    });
  } catch (error) {
    if (error instanceof ScalingLawsError) return null;
    throw error;
  }
}

/** The last row of each run. */
function endsOfRuns(kept: Runs): Runs {
  return kept.run
    ? takeRuns(
        kept,
        rowsByRun(kept).map((rows) => rows.at(-1)!),
      )
    : kept;
}
