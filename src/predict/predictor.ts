/** Questions to a fitted law: what loss at a point, and which N or D for a loss. The answers come from the law's {@link Surface}. */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import { lawBehind } from '../laws/fitted-law.ts';
import type { Point } from '../laws/law.ts';
import { variableOf } from '../laws/variables.ts';
import { check } from '../schema/check.ts';
import {
  type AnswerIntervals,
  answerIntervals,
  type Ends,
  endsOf,
  newRunInterval,
  openNames,
} from '../uncertainty/answer-intervals.ts';
import { type IntervalOptions, intervalOptions, jointIntervals, type Replicated } from '../uncertainty/intervals.ts';
import { PLANE, type Surface, surfaceOf, surfaceUnder, type Variables } from './surface.ts';

/** A point with the loss that a law predicts there. */
export interface Prediction extends Extrapolation {
  /** Parameters. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
  /** Training FLOPs, 6 N D. */
  readonly C: number;
  /** D / N. */
  readonly tokensPerParam: number;
  /** Nats per token. */
  readonly loss: number;
}

/** A loss, and how well it is known; without intervals where it is not known how far to trust the law. */
export interface LossPrediction extends Prediction {
  /** Of the law's own loss: the mean over all runs of this size and length. Nats per token. */
  readonly meanInterval?: Ends;
  /** Of the loss of one new run, which has noise of its own beside. Nats per token. */
  readonly runInterval?: Ends;
  /** Nominal coverage of the intervals. */
  readonly level?: number;
  /** Ends that the replicates do not determine: `mean.upper`. */
  readonly open?: readonly string[];
}

/** A size or a length for a loss, and how well it is known. */
export interface InversePrediction<K extends 'N' | 'D'> extends Prediction {
  /** Absent where it is not known how far to trust the law. */
  readonly intervals?: AnswerIntervals<K>;
}

/** A point of the (N, D) plane by any two of parameters, tokens and training FLOPs. */
export type PlanePoint =
  | { readonly N: number; readonly D: number; readonly C?: never }
  | { readonly N: number; readonly C: number; readonly D?: never }
  | { readonly D: number; readonly C: number; readonly N?: never };

interface Size {
  readonly N: number;
  readonly D: number;
}

/** Functions over one law; see {@link predictor}. */
export interface Predictor {
  /**
   * Loss at a point, nats per token: N parameters and D tokens (or C FLOPs with one of them), or the one variable that the law reads; beside
   * them the law's other variables, unless the predictor holds them. What tells its loss is a run or an answer, and may be handed in whole.
   */
  loss(point: Point | Size): number;
  /** Loss, and everything else about a point given by two of N, D and C; with intervals where it is known how far to trust the law. */
  at(point: PlanePoint): LossPrediction;
  /** Training tokens at which N parameters reach `loss`. */
  tokensFor(target: { readonly loss: number; readonly N: number }): InversePrediction<'D'>;
  /** Parameters that reach `loss` on D tokens. */
  paramsFor(target: { readonly loss: number; readonly D: number }): InversePrediction<'N'>;
  /** Points of equal loss, from small models on many tokens to large ones on few. */
  isoLoss(line: IsoLoss): readonly Prediction[];
}

/** A line of equal loss. */
export interface IsoLoss {
  /** Nats per token. */
  readonly loss: number;
  /** Smallest and largest model, parameters; sizes that cannot reach the loss are left out. */
  readonly N: readonly [number, number];
  /** Number of sizes, geometrically spaced; default {@link DEFAULT_ISO_LOSS_POINTS}. */
  readonly points?: number;
}

/** Enough for a smooth curve over a few decades. */
export const DEFAULT_ISO_LOSS_POINTS = 64;

/**
 * Makes a frozen object of functions that answer questions to `law`.
 *
 * @param law - A fit, a published law, or `{ law, coefficients }` of your own.
 * @param given - Variables beside N, D and C that the law reads, held at a value: `{ U: 25e9 }`. What is not held is asked for by each point.
 * @param options - Coverage and method of intervals, which there are where `law` is a fit or a bootstrap.
 * @returns Functions of N (parameters), D (tokens), C (FLOPs) and loss (nats per token).
 * @throws {ScalingLawsError} If the coefficients are not those of the law; `E_LAW_VARIABLE` if it does not read what is given. The functions
 *   throw {@link ScalingLawsError}: `E_ARGUMENT` for numbers that are not positive and finite, `E_OPTION` for a name that is none,
 *   `E_LAW_VARIABLE` for a variable that is missing, `E_LOSS_UNREACHABLE` for a loss that no D (or N) can reach.
 * @example
 * predictor(publishedLaws.sardana2024).loss({ N: 70e9, D: 1e12 }) // => 1.947
 * predictor(publishedLaws.sardana2024).tokensFor({ loss: 2.0, N: 13e9 }).D // => 1.484e12
 * predictor(publishedLaws.cerebras2023).loss({ C: 2.3e22 }) // => 1.5796
 */
export function predictor(law: Replicated, given: Variables = {}, options?: IntervalOptions): Predictor {
  if (options) check(intervalOptions, options);
  const form = lawBehind(law);
  const asked = form.variables.filter((name) => !PLANE.includes(name) && given?.[name] === undefined);
  // A surface that lacks a variable is made, and refused, by the first question that needs it.
  const whole = asked.length === 0 ? surfaceUnder(form, law.coefficients, given) : undefined;
  const surface = (): Surface => whole ?? surfaceUnder(form, law.coefficients, given);
  const readsC = form.variables.includes('C');
  const names = [...PLANE, ...asked];

  // Of one number: the other two are those of the question.
  const known = <K extends 'N' | 'D'>(name: K, of: (surface: Surface) => number): AnswerIntervals<K> | undefined =>
    answerIntervals(law, (one) => ({ [name]: of(surfaceOf(one, given)) }) as Record<K, number>, options);

  const knownLoss = (N: number, D: number): Partial<LossPrediction> => {
    const found = jointIntervals(law, (one) => ({ mean: surfaceOf(one, given).loss(N, D) }), options);
    if (!found) return {};
    const runInterval = newRunInterval(found.mean, law);
    return {
      meanInterval: endsOf(found.mean),
      ...(runInterval && { runInterval }),
      level: found.mean.level,
      open: openNames(found),
    };
  };

  const prediction = (N: number, D: number, loss: number): Prediction => {
    const C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
    return Object.freeze({ N, D, C, tokensPerParam: D / N, loss, ...extrapolationAt(law.fittedRange, { N, D, C }) });
  };

  const loss = (point: Point): number => {
    // What tells its own loss asks no question: it is a run, or an answer.
    onlyThese('point', point, names, 'loss');
    const { N, D, C } = point;
    if (whole && N !== undefined && D !== undefined && (C === undefined || !readsC))
      return whole.loss(positive('N', N), positive('D', D));
    for (const name of PLANE) if (point[name] !== undefined) positive(name, point[name]);
    const full: Record<string, number> = { ...given, ...(point as Variables) };
    if (N !== undefined && D !== undefined && C === undefined) full.C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
    if (N !== undefined && C !== undefined && D === undefined) full.D = C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N);
    if (D !== undefined && C !== undefined && N === undefined) full.N = C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * D);
    for (const name of form.variables) variableOf(form, name, full[name]);
    return form.value(law.coefficients, full);
  };

  return Object.freeze({
    loss,
    at(point) {
      onlyThese('point', point, PLANE);
      const [N, D] = planePoint(point);
      return deepFreeze({ ...prediction(N, D, surface().loss(N, D)), ...knownLoss(N, D) });
    },
    tokensFor(target) {
      onlyThese('target', target, ['loss', 'N']);
      const [wanted, N] = [positive('loss', target.loss), positive('N', target.N)];
      const D = surface().tokensFor(N, wanted);
      if (Number.isNaN(D)) throw unreachable(wanted, surface().lossOfSize(N), `${N} parameters`);
      const intervals = known('D', (one) => one.tokensFor(N, wanted));
      return deepFreeze({ ...prediction(N, D, wanted), ...(intervals && { intervals }) });
    },
    paramsFor(target) {
      onlyThese('target', target, ['loss', 'D']);
      const [wanted, D] = [positive('loss', target.loss), positive('D', target.D)];
      const N = surface().paramsFor(D, wanted);
      if (Number.isNaN(N)) throw unreachable(wanted, surface().lossOfTokens(D), `${D} tokens`);
      const intervals = known('N', (one) => one.paramsFor(D, wanted));
      return deepFreeze({ ...prediction(N, D, wanted), ...(intervals && { intervals }) });
    },
    isoLoss(line) {
      onlyThese('line', line, ['loss', 'N', 'points']);
      const { N: range, points = DEFAULT_ISO_LOSS_POINTS } = line;
      const wanted = positive('loss', line.loss);
      if (!Array.isArray(range) || range.length !== 2) throw refusal('N', 'be [low, high]', range);
      const [low, high] = range.map((size, i) => positive('N', size, `N[${i}]`)) as [number, number];
      if (!(low < high)) throw refusal('N', 'be [low, high]', range);
      if (!Number.isSafeInteger(points) || points < 2) throw refusal('points', 'be an integer >= 2', points);
      if (Number.isNaN(surface().tokensFor(high, wanted)))
        throw unreachable(wanted, surface().lossOfSize(high), `${high} parameters`);
      const sizes = Array.from({ length: points }, (_, i) => low * (high / low) ** (i / (points - 1)));
      return deepFreeze(
        sizes.flatMap((N) => {
          const D = surface().tokensFor(N, wanted);
          return Number.isNaN(D) ? [] : [prediction(N, D, wanted)];
        }),
      );
    },
  } satisfies Predictor);
}

const UNITS: Readonly<Record<string, string>> = { N: 'parameters', D: 'tokens', C: 'FLOPs', loss: 'nats per token' };

/** By hand and not by a schema: these questions are put in the loops of callers. */
function positive(name: string, value: unknown, path = name): number {
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw refusal(path, `be a positive finite number of ${UNITS[name]}`, value);
}

/** Refuses a name that is none, unless `passes` stands beside it. */
function onlyThese(what: string, given: object, known: readonly string[], passes = ''): void {
  if (typeof given !== 'object' || given === null) throw refusal(what, 'be an object', given);
  for (const name in given) {
    if (known.includes(name)) continue;
    if (Object.hasOwn(given, passes)) return;
    throw new ScalingLawsError('E_OPTION', { argument: what, rule: `be among ${known.join(', ')}`, got: name });
  }
}

/** N and D of a point given by two of N, D, C. */
function planePoint({ N, D, C }: PlanePoint): [N: number, D: number] {
  const given = [N, D, C].filter((value) => value !== undefined).length;
  if (given !== 2) throw refusal('point', 'have two of N, D and C', given);
  if (N !== undefined) positive('N', N);
  if (D !== undefined) positive('D', D);
  if (C === undefined) return [N!, D!];
  positive('C', C);
  return N === undefined
    ? [C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * D!), D!]
    : [N, C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N)];
}

function unreachable(loss: number, floor: number, by: string): ScalingLawsError {
  const breach = { argument: 'loss', rule: `be above ${floor} with ${by}`, got: loss };
  return new ScalingLawsError('E_LOSS_UNREACHABLE', breach, { loss, floor });
}
