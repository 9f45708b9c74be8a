/**
 * From a table of runs to a fitted law: filter, build the objective, search its global minimum, judge what was found.
 */

import { VERSION } from '../constants.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import { weighRuns } from '../filters/weigh.ts';
import { type Finding, finding } from '../finding.ts';
import { deepFreeze } from '../freeze.ts';
import { knownOptima } from '../judge/decision.ts';
import { optimumFindings } from '../judge/optimum.ts';
import { boundHits, type FitStatus, judge } from '../judge/status.ts';
import { withLaw } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import { type CoefficientOf, DEFAULT_LAW, type LawName } from '../laws/registry.ts';
import { modelCovariance } from '../noise/model-covariance.ts';
import { noiseModel } from '../noise/noise-model.ts';
import { offBounds, tangentAt } from '../noise/tangent.ts';
import { spanOf } from '../numeric/span.ts';
import { digestRuns } from '../runs/digest.ts';
import { runsOfRows } from '../runs/plain-rows.ts';
import type { Runs } from '../runs/runs.ts';
import { otherVariables } from '../runs/variables.ts';
import { listed } from '../words.ts';
import { curvatureOf } from './curvature.ts';
import type { Fit } from './fit.ts';
import { freedFloor } from './freed-floor.ts';
import { engineOf } from './newton-engine.ts';
import { type FitOptions, type FitSettings, lawAsked, settingsOf } from './options.ts';
import { type FitProblem, fitProblem, freeCoefficients } from './problem.ts';
import { qualityOf, summarizeResiduals } from './residuals.ts';
import { rowSpans } from './rows-of.ts';
import { FIT_SCHEMA } from './saved-fit.ts';
import { type ContestedResult, searchMinimum, searchNear } from './search.ts';

/**
 * Fits a scaling law to training runs.
 *
 *     minimise  sum_i weight_i x penalty(ln L(row i) - ln loss_i)   over the coefficients of L, plus a prior where there is one
 *
 * Needs no starting point: a grid of exponents, variable projection, and hops along the valley find the global minimum.
 *
 * @param given - Validated runs (see {@link readRuns}), or row objects under the library's own names: `[{ N, D, loss }, ...]`.
 * @param options - Law, filters, weights, penalty, space, fixed and tied coefficients, bounds, prior, engine, depth of search.
 * @returns A frozen {@link Fit}. A numerical outcome (not converged, at a bound, unidentified) is its `status`, never an error.
 * @throws {ScalingLawsError} `E_OPTION` for a bad option.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_FILTER_COLUMN`; of row objects `E_COLUMN_MISSING`, `E_CELL`, `E_SCALE`, `E_LOSS_UNIT`; `E_TOO_FEW_RUNS` if fewer rows are left than free coefficients + 1, or none
 *   beside a prior.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`; `E_LAW_VARIABLE` if the runs lack a variable that the law reads; `E_LAW_FORM` for a law object that
 *   is ill-formed, see {@link defineLaw}.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, noise: 0, seed: 1 });
 * fitScalingLaw(runs).coefficients.alpha // => 0.336
 * @see Hoffmann et al. (2022), arXiv:2203.15556, section 3.3; Besiroglu et al. (2024), arXiv:2404.10102.
 */
export function fitScalingLaw<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  given: Runs | readonly Readonly<Record<string, unknown>>[],
  options: FitOptions<L> = {},
): Fit<CoefficientOf<L>> {
  const settings = settingsOf(options);
  const law = lawAsked(options.law ?? DEFAULT_LAW);
  const runs = runsFrom(given, law.variables);
  // A prior leaves nothing open, whatever the rows.
  const minimum = settings.prior ? 1 : freeCoefficients(law, settings) + 1;
  const filtered = applyFilters(runs, options.filters ?? [], { minimum });
  const { dropped, warnings } = filtered;
  const kept = weighRuns(filtered.kept, settings.weights);

  const problem = fitProblem(law, kept, settings, engineOf(options.engine ?? 'newton'));
  const { kernel, objective, ofRows, prior } = problem;
  const found = searchProblem(problem, kept, settings);
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
  const tangent = tangentAt(ofRows, found.theta, kept);
  const noise = noiseModel(offBounds(tangent, kernel, found.theta));
  const knowledge = {
    ...{ kernel, theta: found.theta, covariance: modelCovariance(tangent, noise, settings.penalty) },
    degreesOfFreedom: Math.max(noise.runs - kernel.dimension, 1),
  };
  // A prior knows more than the rows do: their covariance alone would say too little of the decision.
  const decision = prior ? [] : knownOptima(law, knowledge, spanOf(kept.C)[1]);
  const tokensPerParam = spanOf(kept.D.map((D, i) => D / kept.N[i]!));
  const ofRun = { space: settings.space, standardDeviation: noise.residual };
  // At a bound, or beside a prior, the curvature of the rows is not that of the answer.
  const known = status.kind === 'converged' && !prior ? curvatureOf(problem, found.theta, tangent, ofRun) : undefined;
  const fit: Fit<string> = {
    schema: FIT_SCHEMA,
    version: VERSION,
    law: law.kind,
    coefficients,
    lossUnit: runs.lossUnit ?? 'nats',
    objective: { value: found.value, penalty: settings.penalty, space: settings.space },
    ...(prior && {
      prior: { objective: prior.priorValue(found.theta), departures: Array.from(prior.departures(found.theta)) },
    }),
    status,
    warnings: [
      ...runs.warnings,
      ...warnings,
      ...optimumFindings({
        ...{ law, kernel, coefficients, rows: kept, status, rivals, options: settings },
        ...{ starts: found.starts, objective: found.value },
        decision,
        freedFloor: freedFloor(law, kept, settings, boundHits(kernel, found.theta, coefficients), found.value),
      }),
      ...settledByPrior(status, judge(kernel, found, ofRows.information(found.theta), coefficients), settings),
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
    noise,
    ...(decision.length > 0 && { decision }),
    ...(known && { uncertainty: known }),
    runs: {
      read: runs.length,
      kept: kept.length,
      dropped: dropped.map(({ filter, rows, runs: whole }) => ({ filter, rows, runs: whole })),
      columns: runs.columns,
      rows: rowSpans(kept.row),
      digest: digestRuns(kept, otherVariables(law.variables)),
      ...(runs.convention && { convention: runs.convention }),
      ...(runs.reading && { reading: runs.reading }),
    },
    options: settings,
  };
  // The clone cuts every tie to the caller's own option objects before freezing.
  return deepFreeze(withLaw(structuredClone(fit), law)) as Fit<CoefficientOf<L>>;
}

function runsFrom(given: unknown, needs: readonly string[]): Runs {
  if (Array.isArray(given)) return runsOfRows(given, needs);
  const { N, loss, row } = (given ?? {}) as Partial<Runs>;
  if (N instanceof Float64Array && loss instanceof Float64Array && row instanceof Int32Array) return given as Runs;
  throw refusal('runs', 'be runs, or a list of row objects', given, 'read a table with readRuns(text)');
}

/** With a prior also from the fit without it: a law may have coordinates of its own, in which that is found more surely. */
function searchProblem(
  { law, kernel, observed, objective, engine }: FitProblem,
  kept: Runs,
  settings: FitSettings,
): ContestedResult {
  const fromGrid = searchMinimum(objective, observed, engine, settings.search);
  if (!settings.prior) return fromGrid;
  const { prior: _, ...without } = settings;
  const plain = fitProblem(law, kept, without);
  const { theta } = searchMinimum(plain.objective, observed, plain.engine, settings.search);
  const start = kernel
    .fromCoefficients(plain.kernel.toCoefficients(theta))
    .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
  const fromPlain = searchNear(objective, engine, start, 0, { ...settings.search, hops: 0 });
  const { tried, converged, atBest } = fromGrid.starts;
  if (!(fromPlain.value < fromGrid.value)) return { ...fromGrid, starts: { tried: tried + 1, converged, atBest } };
  return { ...fromPlain, rivals: [], starts: { tried: tried + 1, converged: converged + 1, atBest: 1 } };
}

/** Coefficients that the rows alone leave open, and the prior does not. */
function settledByPrior(status: FitStatus, alone: FitStatus, { prior }: FitSettings): Finding[] {
  if (!prior || status.kind === 'unidentified' || alone.kind !== 'unidentified') return [];
  const { coefficients } = alone;
  return [
    finding(
      'W_PRIOR_SETTLES',
      `These rows alone do not determine ${listed(coefficients)}: the prior does (${prior.source}).`,
      {
        about: coefficients.map((name) => `coefficients.${name}`),
        advice: 'Add rows, or say that the answer rests on the prior.',
      },
    ),
  ];
}
