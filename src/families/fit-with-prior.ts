/**
 * A fit that leans on other families where its own rows say little.
 *
 *     minimise  sum_i weight_i x penalty(residual_i)  +  strength x s x 1/2 sum_k z_k^2
 *
 * z are departures from the lines of a prior in their widths (prior.ts). s turns them into the unit of the objective: the cost at which
 * one residual is as improbable as one width, b x min(delta, b) for Huber's penalty (b^2 for squares) with b the noise of the prior, so
 * that strength 1 is the posterior mode for noise of that size, and strength 0 the plain fit.
 */

import { notNegative, recordOf } from '../arguments.ts';
import { ScalingLawsError, type Warning } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { DroppedRows, Fit } from '../fit/fit.ts';
import { newtonEngine } from '../fit/newton-engine.ts';
import { type FitOptions, type FitSettings, settingsOf } from '../fit/options.ts';
import { fitProblem } from '../fit/problem.ts';
import { type SearchResult, type StartCounts, searchMinimum, searchNear } from '../fit/search.ts';
import { type FitStatus, fitWarnings, judge } from '../fit/status.ts';
import { deepFreeze } from '../freeze.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Kernel, LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import { spanOf } from '../numeric/span.ts';
import { scaleOfWidth } from '../objective/noise.ts';
import type { Observed } from '../objective/objective.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';
import { lawOfPrior, type Prior } from './prior.ts';
import { type PriorObjective, withPrior } from './prior-objective.ts';

/** How much the prior counts, and how the rows are fitted. */
export interface PriorFitOptions extends Omit<FitOptions<LawName | LawForm>, 'law' | 'engine'> {
  /** Weight of the prior, >= 0; default {@link DEFAULT_STRENGTH}. */
  readonly strength?: number;
}

/** The prior counts as the noise of the rows and the scatter of the families say. */
export const DEFAULT_STRENGTH = 1;

/** A law fitted with a prior: frozen plain data. */
export interface PriorFit<Name extends string = ChinchillaCoefficient> extends FittedLaw<Name> {
  readonly fittedRange: Fit['fittedRange'];
  readonly objective: {
    /** The rows' part, a SUM as in a plain fit. */
    readonly rows: number;
    /** The prior's part. */
    readonly prior: number;
    readonly penalty: Penalty;
    readonly space: Space;
  };
  readonly strength: number;
  /** Where the prior comes from. */
  readonly source: string;
  /** Departure from each line of the prior, in its width. */
  readonly departures: readonly number[];
  readonly status: FitStatus;
  readonly warnings: readonly Warning[];
  readonly starts: StartCounts;
  readonly dropped: readonly DroppedRows[];
}

/**
 * Fits the law of `prior` to runs, with the lines of the prior as a quadratic penalty.
 *
 * @param runs - Validated runs of the new family; may be fewer rows than coefficients.
 * @param prior - From `familyPrior` or `choshenPrior`, or lines of your own.
 * @param asked - `strength`, and the options of `fitScalingLaw`; the engine is Newton's, the penalty `huber` or `squared`.
 * @returns The law, for `predictor`, `computeOptimal`, `plan`; `W_PRIOR_SETTLES` names coefficients that the rows alone leave open.
 * @throws {ScalingLawsError} `E_ARGUMENT` for an ill-formed prior, `E_OPTION`. @throws {ScalingLawsError} `E_TOO_FEW_RUNS` without any row.
 * @example
 * const { gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb } = publishedLaws;
 * const fits = [gadre2024C4, gadre2024RedPajama].map((law, seed) =>
 *   fitScalingLaw(simulateRuns({ law, layout: { kind: 'sardana' }, seed })),
 * );
 * const few = simulateRuns({ law: gadre2024RefinedWeb, layout: { kind: 'ray', N: [1e8, 4e8], tokensPerParam: 20 }, seed: 3 });
 * const { warnings, departures } = fitWithPrior(few, familyPrior(fits));
 * warnings.some(({ code }) => code === 'W_PRIOR_SETTLES') // => true
 * departures.every((z) => Math.abs(z) < 3) // => true
 * @see Choshen et al. (2024), arXiv:2410.11840, section 9.
 */
export function fitWithPrior(runs: Runs, prior: Prior, asked: PriorFitOptions = {}): PriorFit {
  const { strength = DEFAULT_STRENGTH, ...options } = recordOf('fit options', asked);
  const law = lawOfPrior(prior);
  notNegative('strength', 'weights of the prior', strength);
  const settings = settingsOf({ ...options, law: law.kind as LawName });
  if (settings.penalty.kind === 'absolute') {
    throw new ScalingLawsError('E_OPTION', "penalty must be 'huber' or 'squared' beside a prior, got absolute", {
      option: 'penalty',
    });
  }
  const { kept, dropped, warnings } = applyFilters(runs, options.filters ?? []);
  if (kept.length === 0) {
    throw new ScalingLawsError('E_TOO_FEW_RUNS', `fit: rows must be 1 or more, got 0 of ${runs.length}`, { rows: 0 });
  }
  const { kernel, observed, objective: rows } = fitProblem(kept, uncentredIn(prior, settings));
  const meanLoss = kept.loss.reduce((sum, loss) => sum + loss, 0) / kept.length;
  const full = withPrior(rows, prior, strength * unitOf(settings, prior.noise, meanLoss));
  const found = searchBoth(kept, settings, kernel, observed, full);
  const coefficients = kernel.toCoefficients(found.theta) as Record<ChinchillaCoefficient, number>;
  const status = judge(kernel, found, full.information(found.theta), coefficients);
  const alone = judge(kernel, found, rows.information(found.theta), coefficients);
  const tokensPerParam = spanOf(kept.D.map((D, i) => D / kept.N[i]!));
  return deepFreeze(
    structuredClone({
      law: law.kind,
      coefficients: Object.fromEntries(
        law.coefficients.map((name) => [name, coefficients[name as ChinchillaCoefficient]]),
      ),
      fittedRange: { N: spanOf(kept.N), D: spanOf(kept.D), C: spanOf(kept.C), tokensPerParam, loss: spanOf(kept.loss) },
      objective: {
        rows: rows.value(found.theta),
        prior: full.priorValue(found.theta),
        penalty: settings.penalty,
        space: settings.space,
      },
      strength,
      source: prior.source,
      departures: Array.from(full.departures(found.theta)),
      status,
      warnings: [
        ...runs.warnings,
        ...warnings,
        ...fitWarnings(status, found, coefficients, kept, tokensPerParam),
        ...(status.kind !== 'unidentified' && alone.kind === 'unidentified'
          ? [settledBy(prior, alone.coefficients)]
          : []),
      ],
      starts: found.starts,
      dropped: dropped.map(({ filter, rows: count, runs: whole }) => ({ filter, rows: count, runs: whole })),
    }),
  ) as unknown as PriorFit;
}

/** Settings in which what the prior refers to keeps its own coordinate: a group of one ties nothing else. */
function uncentredIn({ lines }: Prior, settings: FitSettings): FitSettings {
  const names = new Set(lines.flatMap(({ weights }) => Object.keys(weights)));
  const inGroups = new Set(settings.tied.flat());
  const alone = [...names].filter((name) => !inGroups.has(name) && !Object.hasOwn(settings.fixed, name));
  return { ...settings, tied: [...settings.tied, ...alone.map((name) => [name])] };
}

/** From a grid of starts, and from the plain fit: a law may have coordinates of its own, in which that is found more surely. */
function searchBoth(
  kept: Runs,
  settings: FitSettings,
  kernel: Kernel,
  observed: Observed,
  full: PriorObjective,
): SearchResult {
  const engine = newtonEngine(full);
  const fromGrid = searchMinimum(full, observed, engine, settings.search);
  const plain = fitProblem(kept, settings);
  const { theta } = searchMinimum(plain.objective, observed, newtonEngine(plain.objective), settings.search);
  const start = kernel
    .fromCoefficients(plain.kernel.toCoefficients(theta))
    .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
  const fromPlain = searchNear(full, engine, start, 0, { ...settings.search, hops: 0 });
  const { tried, converged, atBest } = fromGrid.starts;
  if (!(fromPlain.value < fromGrid.value)) return { ...fromGrid, starts: { tried: tried + 1, converged, atBest } };
  return { ...fromPlain, starts: { tried: tried + 1, converged: converged + 1, atBest: 1 } };
}

/** What one squared width weighs, in units of the objective. */
function unitOf({ penalty, space }: FitSettings, noise: number, meanLoss: number): number {
  const scale = space === 'log' ? noise : noise * meanLoss;
  return scaleOfWidth(penalty, scale);
}

const settledBy = ({ source }: Prior, names: readonly string[]): Warning => ({
  code: 'W_PRIOR_SETTLES',
  message: `These rows alone do not settle ${names.join(', ')}: the prior does (${source}).`,
});
