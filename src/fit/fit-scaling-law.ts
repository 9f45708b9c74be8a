/**
 * From a table of runs to a fitted law: filter, build the objective, search its global minimum, judge what was found.
 */

import { VERSION } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import { deepFreeze } from '../freeze.ts';
import { isFloor, type LawForm } from '../laws/law.ts';
import { type CoefficientOf, type DEFAULT_LAW, type LawName, lawNamed } from '../laws/registry.ts';
import { spanOf } from '../numeric/span.ts';
import { digestRuns } from '../runs/digest.ts';
import type { Runs } from '../runs/runs.ts';
import { otherVariables } from '../runs/variables.ts';
import { FIT_SCHEMA, type Fit } from './fit.ts';
import { type FitOptions, settingsOf } from './options.ts';
import { fitProblem, freeCoefficients } from './problem.ts';
import { qualityOf, summarizeResiduals } from './residuals.ts';
import { rivalWarnings } from './rivals.ts';
import { searchMinimum } from './search.ts';
import { fitWarnings, judge } from './status.ts';

/**
 * Fits a scaling law to training runs.
 *
 *     minimise  sum_i weight_i x penalty(ln L(row i) - ln loss_i)   over the coefficients of L
 *
 * Needs no starting point: a grid of exponents, variable projection, and hops along the valley find the global minimum.
 *
 * @param runs - Validated runs (see {@link readRuns}).
 * @param options - Law, filters, penalty, space, fixed and tied coefficients, bounds, engine, depth of search.
 * @returns A frozen {@link Fit}. A numerical outcome (not converged, at a bound, unidentified) is its `status`, never an error.
 * @throws {ScalingLawsError} `E_OPTION` for a bad option.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_FILTER_COLUMN`; `E_TOO_FEW_RUNS` if fewer rows are left than free coefficients + 1.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`; `E_LAW_VARIABLE` if the runs lack a variable that the law reads; `E_LAW_FORM` for a law object that
 *   is ill-formed, see {@link registerLaw}.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, noise: 0, seed: 1 });
 * fitScalingLaw(runs).coefficients.alpha // => 0.336
 * @see Hoffmann et al. (2022), arXiv:2203.15556, section 3.3; Besiroglu et al. (2024), arXiv:2404.10102.
 */
export function fitScalingLaw<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  options: FitOptions<L> = {},
): Fit<CoefficientOf<L>> {
  const settings = settingsOf(options);
  const law = lawNamed(settings.law);
  const minimum = freeCoefficients(law, settings) + 1;
  const { kept, dropped, warnings } = applyFilters(runs, options.filters ?? [], { minimum });

  const { kernel, observed, objective, engine } = fitProblem(kept, settings);
  const found = searchMinimum(objective, observed, engine, settings.search);
  if (!Number.isFinite(found.value)) {
    throw new ScalingLawsError(
      'E_FIT_FAILED',
      `fit: the objective must be finite at the optimum, got ${found.value}`,
      {},
    );
  }

  const predicted = new Float64Array(kept.length);
  kernel.predict(found.theta, predicted);
  const residuals = new Float64Array(kept.length);
  objective.residuals(found.theta, residuals);
  const coefficientsAt = (theta: Float64Array): Record<string, number> => {
    const values = kernel.toCoefficients(theta);
    return Object.fromEntries(law.coefficients.map((name) => [name, values[name]!]));
  };
  const coefficients = coefficientsAt(found.theta);
  const status = judge(kernel, found, objective.information(found.theta), coefficients);
  // Where the minimum is a line, its points are no rivals: the status says so.
  const others = status.kind === 'unidentified' ? [] : found.rivals;
  const rivals = others.map(({ theta, value, starts }) => ({
    coefficients: coefficientsAt(theta),
    objective: value,
    starts,
  }));
  const tokensPerParam = spanOf(kept.D.map((D, i) => D / kept.N[i]!));
  const fit: Fit<string> = {
    schema: FIT_SCHEMA,
    version: VERSION,
    law: law.kind,
    coefficients,
    objective: { value: found.value, penalty: settings.penalty, space: settings.space },
    status,
    warnings: [
      ...runs.warnings,
      ...warnings,
      ...fitWarnings(status, found, inChinchillasSense(law, coefficients), kept, tokensPerParam),
      ...rivalWarnings(kernel, { coefficients, objective: found.value }, rivals),
    ],
    starts: found.starts,
    rivals,
    fittedRange: {
      N: spanOf(kept.N),
      D: spanOf(kept.D),
      C: spanOf(kept.C),
      tokensPerParam,
      loss: spanOf(kept.loss),
    },
    residuals: summarizeResiduals(residuals, kept),
    quality: qualityOf(predicted, kept),
    runs: {
      read: runs.length,
      kept: kept.length,
      dropped: dropped.map(({ filter, rows, runs: whole }) => ({ filter, rows, runs: whole })),
      digest: digestRuns(kept, otherVariables(law.variables)),
      ...(runs.convention && { convention: runs.convention }),
    },
    options: settings,
  };
  // The clone cuts every tie to the caller's own option objects before freezing.
  return deepFreeze(structuredClone(fit)) as Fit<CoefficientOf<L>>;
}

/** The coefficients without an E that is no irreducible loss, so that nothing is said about it. */
function inChinchillasSense(
  law: LawForm,
  coefficients: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  if (isFloor(law.solver.E)) return coefficients;
  const { E: _, ...rest } = coefficients;
  return rest;
}
