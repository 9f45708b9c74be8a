/**
 * From a table of runs to a decision in one call: fit, bootstrap over runs, diagnosis, the same question to other cuts, and the runs that
 * would narrow the answer.
 */

import { VERSION } from '../constants.ts';
import type { DesignedRuns } from '../design/design-runs.ts';
import { refusal } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { diagnose } from '../fit/diagnose.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { deepFreeze } from '../freeze.ts';
import { workedOut } from '../inference/demand.ts';
import { answerFindings } from '../judge/ablation.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { type Bootstrap, bootstrap } from '../uncertainty/bootstrap.ts';
import { withBootstrap } from '../uncertainty/with-bootstrap.ts';
import { count, power } from '../words.ts';
import { type Alternative, alternativesTo } from './alternatives.ts';
import { type Budget, type Decision, decide } from './decision.ts';
import { nextRuns } from './next-runs.ts';
import { type AnswerQuestion, answerQuestion, type CheckedQuestion } from './question.ts';

/** Format of a saved answer. */
export const ANSWER_SCHEMA = 'scaling-laws/answer@1';

/** What to train, what that rests on, what could overturn it, and what to run next. */
export interface Answer {
  readonly schema: typeof ANSWER_SCHEMA;
  /** Version of this package that gave it. */
  readonly version: string;
  readonly question: {
    /** FLOPs. */
    readonly C: number;
    /** Tokens served over the life; 0 where nothing is asked of the model. */
    readonly demand: number;
  };
  readonly decision: Decision;
  /** The same budget, read the other way; null where there is no demand, and both readings are one. */
  readonly otherReading: Decision | null;
  /** The decisions of fits to other rows, with another penalty, of another form. */
  readonly alternatives: readonly Alternative[];
  /** Runs for a tenth of the budget that would tell most about the size; null where that cannot be said. */
  readonly next: DesignedRuns | null;
  /** The gravest first. */
  readonly findings: readonly Finding[];
  /** The fit behind the decision, with its replicates. */
  readonly fit: Fit<string>;
}

/**
 * What to train for a budget, from a table of runs.
 *
 * @param runs - Validated runs, see `readRuns`.
 * @param question - `C`: FLOPs to spend. `demand`: what the model will be asked, `{ tokens: 1e12 }`; the budget then pays for training and
 *   serving together unless `budget` is `'training'`, and the other reading is answered beside it. Options of `fitScalingLaw` and `bootstrap`.
 * @returns The decision with intervals, its other reading, other fits' decisions, findings, runs to train next, and the fit. Frozen.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_TOO_FEW_RUNS`; `E_NO_OPTIMUM` where these rows give no law with an optimum.
 * @throws {ScalingLawsError} As `fitScalingLaw`, `bootstrap` and `plan`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const { decision, otherReading } = answer(runs, { C: 1e22, demand: { tokens: 1e12 }, replicates: 100 });
 * decision.totalFlops // => 1e22
 * otherReading.trainingFlops // => 1e22
 * decision.N < otherReading.N // => true
 */
export function answer(runs: Runs, question: AnswerQuestion): Answer {
  const asked = checkedQuestion(question);
  const fit = fitOf(runs, asked);
  return answerFrom(fit, runs, bootstrap(fit, runs, resamplingOf(asked)), asked);
}

/** The question with every default filled in. @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. */
export function checkedQuestion(question: AnswerQuestion): CheckedQuestion {
  const checked = check(answerQuestion, question);
  if (checked.budget === 'lifetime' && !checked.demand) {
    throw refusal('budget', 'be training where there is no demand', 'lifetime', ['give ', { option: 'demand' }]);
  }
  return checked;
}

/** The fit that answers. */
export const fitOf = (runs: Runs, asked: CheckedQuestion): Fit<string> => fitScalingLaw(runs, fitOptionsIn(asked));

/** How its rows are redrawn. */
export const resamplingOf = ({ replicates, resample, seed, signal, onProgress }: CheckedQuestion) => ({
  replicates,
  seed,
  ...(resample && { resample }),
  ...(signal && { signal }),
  ...(onProgress && { onProgress }),
});

/** The answer of a fit with its bootstrap, wherever that was made. */
export function answerFrom(fit: Fit<string>, runs: Runs, boot: Bootstrap<string>, asked: CheckedQuestion): Answer {
  const known = withBootstrap(fit, boot);
  const kept = rowsOf(fit, runs);
  const { C, demand, given, level } = asked;
  const served = demand ? workedOut(demand).total : 0;
  const posed = { C, given, level, ...(served > 0 && demand && { demand }) };
  const budget: Budget = asked.budget ?? (served > 0 ? 'lifetime' : 'training');
  const { decision, plan } = decide(known, posed, budget);
  const other = served > 0 ? decide(known, posed, budget === 'lifetime' ? 'training' : 'lifetime').decision : null;
  const alternatives = alternativesTo(fit, kept, fitOptionsIn(asked), posed, budget);
  const sizes = [decision.N, ...alternatives.map(({ N }) => N)];
  return deepFreeze({
    schema: ANSWER_SCHEMA,
    version: VERSION,
    question: { C, demand: served },
    decision,
    otherReading: other,
    alternatives,
    next: nextRuns(fit, kept, C, budget === 'lifetime' ? served : 0),
    findings: gravestFirst([
      ...diagnose(fit, runs).findings,
      ...plan.warnings,
      ...answerFindings(`The best size for ${power(C)} FLOPs`, sizes, count),
    ]),
    fit: known,
  });
}

function fitOptionsIn(asked: CheckedQuestion): FitOptions<LawName | LawForm> {
  const { law, filters, weights, penalty, space, fixed, tied, bounds, prior, engine, search } = asked;
  return { law, filters, weights, penalty, space, fixed, tied, bounds, engine, search, ...(prior && { prior }) };
}

const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'note'];
const gravestFirst = (findings: readonly Finding[]): Finding[] =>
  SEVERITIES.flatMap((severity) => findings.filter((one) => one.severity === severity));
