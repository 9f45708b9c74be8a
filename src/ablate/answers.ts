/** What a fit says at points that the user names: a predicted loss, an optimum; with intervals where the fit was bootstrapped. */

import { computeOptimal } from '../allocate/compute-optimal.ts';
import { type InferenceTarget, inferenceOptimal } from '../allocate/inference-optimal.ts';
import { ScalingLawsError } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type PlanePoint, type Prediction, predictor } from '../predict/predictor.ts';
import type { Variables } from '../predict/surface.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { type Interval, intervals } from '../uncertainty/intervals.ts';

/** A training budget in FLOPs, or a loss to reach and a demand to serve. */
export type OptimumTarget = { readonly C: number } | InferenceTarget;

/** What every fit is asked. */
export interface Questions {
  /** Points at which to predict the loss. */
  readonly predictAt?: readonly PlanePoint[] | undefined;
  /** Budgets, or losses with demands, whose optimum to find. */
  readonly optimumAt?: readonly OptimumTarget[] | undefined;
  /** What the law reads beside N, D and C, e.g. `{ U: 25e9 }`, at all these points. */
  readonly given?: Variables | undefined;
}

/** A predicted loss. */
export interface PredictedLoss extends Prediction {
  /** Of the loss, if the fit was bootstrapped and the loss exists in enough replicates. */
  readonly interval?: Interval;
}

/** An optimal model, or the reason why there is none. */
export interface OptimumAnswer {
  readonly target: OptimumTarget;
  /** Parameters, training tokens, tokens per parameter, nats per token; null where there is no optimum. */
  readonly optimum: {
    readonly N: number;
    readonly D: number;
    readonly tokensPerParam: number;
    readonly loss: number;
    readonly extrapolation: boolean | null;
  } | null;
  /** Of N and D, if the fit was bootstrapped and the optimum exists in enough replicates. */
  readonly intervals?: { readonly N: Interval; readonly D: Interval };
  readonly error?: { readonly code: string; readonly message: string };
}

/** What a fit says; absent where it was not asked. */
export interface Answers {
  readonly predictions?: readonly PredictedLoss[];
  readonly optima?: readonly OptimumAnswer[];
}

/** The answers of `law` to `questions`, with intervals over the replicates of `boot`. */
export function answersOf(
  law: FittedLaw<string>,
  { predictAt, optimumAt, given }: Questions,
  boot?: Bootstrap<string>,
): Answers {
  return {
    ...(predictAt && { predictions: predictAt.map((point) => predictedLoss(law, point, given, boot)) }),
    ...(optimumAt && { optima: optimumAt.map((target) => optimumAnswer(law, target, given, boot)) }),
  };
}

function predictedLoss(
  law: FittedLaw<string>,
  point: PlanePoint,
  given: Variables | undefined,
  boot?: Bootstrap<string>,
): PredictedLoss {
  const interval = boot && intervalIfAny(boot, (replicate) => predictor(replicate, given).at(point).loss);
  return { ...predictor(law, given).at(point), ...(interval && { interval }) };
}

function optimumAnswer(
  law: FittedLaw<string>,
  target: OptimumTarget,
  given: Variables | undefined,
  boot?: Bootstrap<string>,
): OptimumAnswer {
  try {
    const { N, D, tokensPerParam, loss, extrapolation } = optimumOf(law, target, given);
    const ofN = boot && intervalIfAny(boot, (replicate) => optimumOf(replicate, target, given).N);
    const ofD = boot && intervalIfAny(boot, (replicate) => optimumOf(replicate, target, given).D);
    return {
      target,
      optimum: { N, D, tokensPerParam, loss, extrapolation },
      ...(ofN && ofD && { intervals: { N: ofN, D: ofD } }),
    };
  } catch (error) {
    // A flat term or a loss out of reach is this fit's finding; a bad target is the caller's mistake.
    if (!(error instanceof ScalingLawsError) || error.code === 'E_ARGUMENT') throw error;
    return { target, optimum: null, error: { code: error.code, message: error.message } };
  }
}

const optimumOf = (law: FittedLaw<string>, target: OptimumTarget, given: Variables | undefined) =>
  'C' in target ? computeOptimal(law, target, given) : inferenceOptimal(law, target, given);

function intervalIfAny(boot: Bootstrap<string>, quantity: (law: FittedLaw<string>) => number): Interval | undefined {
  try {
    return intervals(boot, quantity);
  } catch (error) {
    if (error instanceof ScalingLawsError && error.code === 'E_UNDEFINED') return undefined;
    throw error;
  }
}
