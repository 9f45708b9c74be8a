/**
 * How well a fit knows the decision it is made for: the size N* that is best at a training budget C, and D* = C / (6 N*).
 *
 *     x* = ln N* makes L(e^x, C / (6 e^x)) least,     dx* / dtheta = -L_x,theta / L_xx,     var x* = (dx* / dtheta)' V (dx* / dtheta)
 *
 * with V the covariance by the model of the noise (noise/model-covariance.ts), over all coefficients: a floor that ended at 0 is no better
 * known for that. What a budget gives to N it takes from D, so ln D* is exactly as uncertain.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { type Finding, finding } from '../finding.ts';
import type { Coefficients, Kernel, LawForm } from '../laws/law.ts';
import { tQuantile } from '../numeric/distributions.ts';
import { bracketedMinimum } from '../numeric/minimize.ts';
import { type Matrix, quadraticForm } from '../numeric/symmetric.ts';
import { listed, power, short } from '../words.ts';
import type { Optimum } from './case.ts';

/** The best model at one training budget, and how well it is known. */
export interface KnownOptimum {
  /** Training budget, FLOPs. */
  readonly C: number;
  /** Parameters and tokens of least loss; null where the law has no least loss between one parameter and one token. */
  readonly N: number | null;
  readonly D: number | null;
  /** Standard error of ln N*, and of ln D*, which is the same; null where the rows do not determine it. */
  readonly logError: number | null;
  /** The 95% interval of N* goes from N / factor to N factor. */
  readonly factor: number | null;
}

/** Budgets at which a fit says how well it knows its decision, as multiples of its largest. */
const BUDGETS: readonly number[] = [1, 10, 100];
const LEVEL = 0.95;
/** Factor at 100 times the largest budget from which a decision is said to be uncertain: of the 47 runs' design with 1% noise, 2 in 100. */
const UNCERTAIN = 6;
/** A factor that is no longer told. */
export const BEYOND = 1e3;
/** Steps of the differences, in ln N and in solver coordinates, all of order 1. */
const STEP = 0.02;
const SMALL_STEP = 1e-4;

/** What a fit knows of its coefficients. */
export interface Knowledge {
  readonly kernel: Kernel;
  readonly theta: Float64Array;
  /** Covariance of all solver coordinates; undefined where the rows do not determine them. */
  readonly covariance: Matrix | undefined;
  readonly degreesOfFreedom: number;
}

/** The decision at the largest budget of the rows and beyond; none for a law that reads more or less than N and D. */
export function knownOptima(law: LawForm, knowledge: Knowledge, largest: number): readonly KnownOptimum[] {
  if (law.variables.length !== 2 || !law.variables.includes('N') || !law.variables.includes('D')) return [];
  return BUDGETS.map((times) => knownOptimum(law, knowledge, times * largest));
}

function knownOptimum(
  law: LawForm,
  { kernel, theta, covariance, degreesOfFreedom }: Knowledge,
  C: number,
): KnownOptimum {
  const tokens = (N: number): number => C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N);
  const lossAt = (coefficients: Coefficients, x: number): number =>
    law.value(coefficients, { N: Math.exp(x), D: tokens(Math.exp(x)) });
  const coefficients = kernel.toCoefficients(theta);
  const most = Math.log(tokens(1));
  const { x } = bracketedMinimum((at) => lossAt(coefficients, at), 0, most, 1e-7);
  const slope = (at: Coefficients): number => (lossAt(at, x + STEP) - lossAt(at, x - STEP)) / (2 * STEP);
  const bend =
    (lossAt(coefficients, x + STEP) - 2 * lossAt(coefficients, x) + lossAt(coefficients, x - STEP)) / STEP ** 2;
  const isMinimum = Math.min(x, most - x) > 0.1 && bend > 0;
  if (!isMinimum) return { C, N: null, D: null, logError: null, factor: null };
  const N = Math.exp(x);
  const optimum = { C, N, D: tokens(N) };
  const moves = Array.from(theta, (value, k) => {
    const step = SMALL_STEP * Math.max(1, Math.abs(value));
    const by = (h: number): number => slope(kernel.toCoefficients(theta.with(k, value + h)));
    return -(by(step) - by(-step)) / (2 * step * bend);
  });
  const logError = covariance ? Math.sqrt(quadraticForm(covariance, moves)) : Number.NaN;
  const factor = Math.exp(tQuantile((1 + LEVEL) / 2, degreesOfFreedom) * logError);
  return Number.isFinite(factor) ? { ...optimum, logError, factor } : { ...optimum, logError: null, factor: null };
}

/** Whether the fit knows what it will be asked. */
export function decisionFindings({ decision = [], status }: Optimum): Finding[] {
  const last = decision.at(-1);
  if (!last || status.kind === 'unidentified' || status.kind === 'not-converged') return [];
  const details = {
    about: ['decision'],
    evidence: Object.fromEntries(decision.map(({ C, factor }) => [C.toExponential(3), factor])),
    advice:
      'Do not spend such a budget on this fit: widen the range of tokens per parameter at several sizes, or hold coefficients that another source knows.',
  };
  if (decision.some(({ N }) => N === null)) {
    const message = `This fit has no best size at ${power(decision.find(({ N }) => N === null)!.C)} training FLOPs: one of its terms is a step or flat.`;
    return [finding('W_DECISION_UNCERTAIN', message, details)];
  }
  if (last.factor !== null && last.factor < UNCERTAIN) return [];
  const inWords = decision.map(({ C, factor }) =>
    factor === null || factor > BEYOND
      ? `at ${power(C)} not at all`
      : `at ${power(C)} within a factor of ${short(factor, 2)}`,
  );
  const message = `A minimum was found, but the best size at a training budget is poorly known (95%, FLOPs): ${listed(inWords)}.`;
  return [finding('W_DECISION_UNCERTAIN', message, details)];
}
