/** Questions to a fitted law: what loss at (N, D), and which N or D for a loss. The answers come from the law's {@link Surface}. */

import { positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type Given, type Surface, surfaceOf } from './surface.ts';

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

/** A point of the (N, D) plane by any two of parameters, tokens and training FLOPs. */
export type PlanePoint =
  | { readonly N: number; readonly D: number; readonly C?: never }
  | { readonly N: number; readonly C: number; readonly D?: never }
  | { readonly D: number; readonly C: number; readonly N?: never };

/** Functions over one law; see {@link predictor}. */
export interface Predictor {
  /** Loss at N parameters and D tokens, nats per token. */
  loss(point: { readonly N: number; readonly D: number }): number;
  /** Loss, and everything else about a point given by two of N, D and C. */
  at(point: PlanePoint): Prediction;
  /** Training tokens at which N parameters reach `loss`. */
  tokensFor(target: { readonly loss: number; readonly N: number }): Prediction;
  /** Parameters that reach `loss` on D tokens. */
  paramsFor(target: { readonly loss: number; readonly D: number }): Prediction;
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
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @returns Functions of N (parameters), D (tokens), C (FLOPs) and loss (nats per token).
 * @throws {ScalingLawsError} If the coefficients are not those of the law; `E_LAW_VARIABLE` if it reads what is not
 *   given, or does not read what is. The functions throw
 *   {@link ScalingLawsError}: `E_ARGUMENT` for numbers that are not positive and finite, `E_LOSS_UNREACHABLE` for a loss that no D (or N)
 *   can reach.
 * @example
 * predictor(publishedLaws.sardana2024).loss({ N: 70e9, D: 1e12 }) // => 1.947
 * predictor(publishedLaws.sardana2024).tokensFor({ loss: 2.0, N: 13e9 }).D // => 1.484e12
 */
export function predictor(law: FittedLaw<string>, given: Given = {}): Predictor {
  const surface: Surface = surfaceOf(law, given);

  const prediction = (N: number, D: number, loss: number): Prediction => {
    const C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
    return deepFreeze({ N, D, C, tokensPerParam: D / N, loss, ...extrapolationAt(law.fittedRange, { N, D, C }) });
  };
  const loss = ({ N, D }: { readonly N: number; readonly D: number }): number =>
    surface.loss(check('N', 'parameters', N), check('D', 'tokens', D));

  const tokensFor: Predictor['tokensFor'] = ({ loss: target, N }) => {
    check('loss', 'nats per token', target);
    const D = surface.tokensFor(check('N', 'parameters', N), target);
    if (Number.isNaN(D)) throw unreachable(target, surface.lossOfSize(N), `${N} parameters`);
    return prediction(N, D, target);
  };

  return Object.freeze({
    loss,
    at(point) {
      const [N, D] = planePoint(point);
      return prediction(N, D, loss({ N, D }));
    },
    tokensFor,
    paramsFor({ loss: target, D }) {
      check('loss', 'nats per token', target);
      const N = surface.paramsFor(check('D', 'tokens', D), target);
      if (Number.isNaN(N)) throw unreachable(target, surface.lossOfTokens(D), `${D} tokens`);
      return prediction(N, D, target);
    },
    isoLoss({ loss: target, N: [low, high], points = DEFAULT_ISO_LOSS_POINTS }) {
      check('loss', 'nats per token', target);
      check('N[0]', 'parameters', low);
      check('N[1]', 'parameters', high);
      if (!(low < high))
        throw new ScalingLawsError('E_ARGUMENT', `N must be [low, high], got [${low}, ${high}]`, { low, high });
      if (!Number.isSafeInteger(points) || points < 2) {
        throw new ScalingLawsError('E_ARGUMENT', `points must be an integer >= 2, got ${points}`, { points });
      }
      if (Number.isNaN(surface.tokensFor(high, target))) {
        throw unreachable(target, surface.lossOfSize(high), `${high} parameters`);
      }
      const sizes = Array.from({ length: points }, (_, i) => low * (high / low) ** (i / (points - 1)));
      return deepFreeze(
        sizes.flatMap((N) => {
          const D = surface.tokensFor(N, target);
          return Number.isNaN(D) ? [] : [prediction(N, D, target)];
        }),
      );
    },
  } satisfies Predictor);
}

const check = (name: string, unit: string, value: number): number => positive(name, unit, value);

/** N and D of a point given by two of N, D, C. */
function planePoint({ N, D, C }: PlanePoint): [N: number, D: number] {
  const given = [N, D, C].filter((value) => value !== undefined).length;
  if (given !== 2) {
    throw new ScalingLawsError('E_ARGUMENT', `point must have two of N, D and C, got ${given}`, { N, D, C });
  }
  if (N !== undefined) check('N', 'parameters', N);
  if (D !== undefined) check('D', 'tokens', D);
  if (C !== undefined) check('C', 'FLOPs', C);
  if (C === undefined) return [N!, D!];
  return N === undefined
    ? [C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * D!), D!]
    : [N, C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N)];
}

function unreachable(loss: number, floor: number, by: string): ScalingLawsError {
  return new ScalingLawsError('E_LOSS_UNREACHABLE', `loss must be above ${floor} with ${by}, got ${loss}`, {
    loss,
    floor,
  });
}
