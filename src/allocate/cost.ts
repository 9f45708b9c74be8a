/**
 * Cost of a model's life, split into training, prefill (reading prompts) and decode (writing answers), in any one unit.
 *
 *     FLOPs   6 N D   +   2 N T_in   +   2 N T_out
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';

/** A cost by phase of the model's life. */
export interface Cost {
  readonly training: number;
  readonly prefill: number;
  readonly decode: number;
  readonly total: number;
}

/** Costs in one unit as functions; trust their input. */
export interface Ledger {
  /** Of one training token, at N parameters. */
  readonly perTrainingToken: (N: number) => number;
  /** Of all prompts of the mean life. */
  readonly prefill: (N: number) => number;
  /** Of all answers of the mean life. */
  readonly decode: (N: number) => number;
}

/** What is paid. */
export interface Paid {
  readonly paid: Ledger;
  /** If the cost is proportional to N (D + shift): that shift, tokens; then optima have closed forms. */
  readonly shift: number | undefined;
}

/** Factors on a ledger: what a sweep changes of demand and prices without working the ledger out anew. */
export interface Scale {
  readonly training: number;
  readonly serving: number;
}

/** The ledger as it is. */
export const UNSCALED: Scale = Object.freeze({ training: 1, serving: 1 });

const nothing = (): number => 0;

/** Training alone: the cost is N D. */
export const TRAINING_ALONE: Paid = Object.freeze({
  paid: Object.freeze({ perTrainingToken: (N: number) => N, prefill: nothing, decode: nothing }),
  shift: 0,
});

/** FLOPs of a life in which so many tokens are read and written. */
export function flopsLedger({ input, output }: { readonly input: number; readonly output: number }): Ledger {
  return {
    perTrainingToken: (N) => DEFAULT_FLOPS_PER_PARAM_TOKEN * N,
    prefill: (N) => DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * N * input,
    decode: (N) => DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * N * output,
  };
}

/** The shift of a ledger whose cost is proportional to N (D + shift), tokens. */
export const shiftOf = ({ perTrainingToken, prefill, decode }: Ledger): number =>
  (prefill(1) + decode(1)) / perTrainingToken(1);

/** Cost of N parameters on D tokens over the mean life, by phase. */
export function costOf(ledger: Ledger, N: number, D: number, scale: Scale = UNSCALED): Cost {
  const training = scale.training * D * ledger.perTrainingToken(N);
  const prefill = scale.serving * ledger.prefill(N);
  const decode = scale.serving * ledger.decode(N);
  return { training, prefill, decode, total: training + prefill + decode };
}

/** The total of {@link costOf} alone, for searches. */
export function totalOf(ledger: Ledger, N: number, D: number, scale: Scale): number {
  return scale.training * D * ledger.perTrainingToken(N) + scale.serving * (ledger.prefill(N) + ledger.decode(N));
}
