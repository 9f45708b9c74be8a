/**
 * What a model's life costs, split into training, prefill (reading prompts) and decode (writing answers), in everything that can be
 * counted: FLOPs always; GPU-hours, dollars, kWh and grams of CO2 where hardware, prices, power and carbon intensity are known.
 *
 *     FLOPs       6 N D                              2 N T_in                2 N T_out
 *     GPU-hours   6 N D / (3600 peak mfu)            t_prefill(N) T_in       t_decode(N) T_out        t: GPU-seconds a token, serving.ts
 *     dollars     GPU-hours x price                  energy   GPU-hours x watts x PUE / 1000          carbon   energy x intensity
 */

import { notNegative, onlyKnown, positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal } from '../errors.ts';
import type { LifeDemand } from '../inference/demand.ts';
import type { Deployment } from '../inference/deployment.ts';
import { sustainedRate } from '../inference/dollars.ts';
import { type Gpu, gpuNamed, priceOf } from '../inference/hardware.ts';
import { type CompiledDeployment, compileDeployment } from '../inference/serving.ts';
import {
  DEFAULT_PAYMENT,
  DEFAULT_PUE,
  type Energy,
  PAYMENT_UNITS,
  type Payment,
  type PlanProblem,
  type TrainingHardware,
} from './problem.ts';

/** A cost by phase of the model's life. */
export interface Cost {
  readonly training: number;
  readonly prefill: number;
  readonly decode: number;
  readonly total: number;
}

/** The same life in every unit that is known. */
export interface Accounts {
  readonly flops: Cost;
  readonly gpuHours?: Cost;
  readonly dollars?: Cost;
  /** kWh. */
  readonly energy?: Cost;
  /** Grams of CO2 equivalent. */
  readonly carbon?: Cost;
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

/** Factors on a ledger: what a sweep changes of demand and prices without working the ledger out anew. */
export interface Scale {
  readonly training: number;
  readonly serving: number;
}

/** The ledger as it is. */
export const UNSCALED: Scale = Object.freeze({ training: 1, serving: 1 });

/** What a problem pays, and what else can be counted. */
export interface Costs {
  readonly pay: Payment;
  readonly unit: string;
  readonly paid: Ledger;
  readonly ledgers: Readonly<Partial<Record<keyof Accounts, Ledger>>> & { readonly flops: Ledger };
  /** If the cost is proportional to N (D + shift): that shift, tokens; then optima have closed forms. */
  readonly shift: number | undefined;
  /** FLOP/s that one training GPU sustains. */
  readonly trainingRate: number | undefined;
  readonly deployment: CompiledDeployment | undefined;
}

/**
 * Checks the problem's hardware and works out its costs.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 */
export function costsOf(problem: PlanProblem, demand: LifeDemand): Costs {
  const { pay = DEFAULT_PAYMENT, training, serving, energy = {} } = problem;
  if (!Object.hasOwn(PAYMENT_UNITS, pay))
    throw refusal('pay', `be one of ${Object.keys(PAYMENT_UNITS).join(', ')}`, pay);
  checkEnergy(energy);
  if (pay !== 'flops') {
    if (!training) throw refusal('training', `be given where ${pay} are paid`, training);
    if (!serving && demand.total > 0)
      throw refusal('serving', `be given where ${pay} are paid and there is demand`, serving);
  }
  const deployment = serving && compileDeployment({ ...lengthsOf(problem), ...withoutPrice(serving) });
  const trainingRate = training && sustainedRate(training);
  const flops: Ledger = {
    perTrainingToken: (N) => DEFAULT_FLOPS_PER_PARAM_TOKEN * N,
    prefill: (N) => DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * N * demand.input,
    decode: (N) => DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * N * demand.output,
  };
  const ledgers: { -readonly [K in keyof Accounts]: Ledger } = { flops };
  if (trainingRate !== undefined && (deployment || demand.total === 0)) {
    const gpuHours: Ledger = {
      perTrainingToken: (N) => (DEFAULT_FLOPS_PER_PARAM_TOKEN * N) / trainingRate / 3600,
      prefill: (N) => (deployment ? (deployment.prefillGpuSecondsPerToken(N) * demand.input) / 3600 : 0),
      decode: (N) => (deployment ? (deployment.decodeGpuSecondsPerToken(N) * demand.output) / 3600 : 0),
    };
    ledgers.gpuHours = gpuHours;
    const weigh = weights(training!, serving, energy, pay);
    for (const name of ['dollars', 'energy', 'carbon'] as const) {
      const weight = weigh[name];
      if (weight) ledgers[name] = weighed(gpuHours, weight.training, weight.serving);
    }
  }
  const paid = ledgers[pay === 'gpu-hours' ? 'gpuHours' : pay]!;
  const proportional = pay === 'flops' || demand.total === 0 || serving?.view.kind === 'flops';
  return {
    pay,
    unit: PAYMENT_UNITS[pay],
    paid,
    ledgers,
    shift: proportional ? (paid.prefill(1) + paid.decode(1)) / paid.perTrainingToken(1) : undefined,
    trainingRate,
    deployment,
  };
}

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

/** The life of N parameters on D tokens in every unit that is known. */
export function accountsOf({ ledgers }: Costs, N: number, D: number): Accounts {
  const known = Object.entries(ledgers) as [keyof Accounts, Ledger][];
  return Object.fromEntries(known.map(([name, ledger]) => [name, costOf(ledger, N, D)])) as unknown as Accounts;
}

/** Lengths of the requests, where `serving` says none: of the prompt; of the cache, which holds it and, on average, half of the answer. */
function lengthsOf({ demand, serving }: PlanProblem): Pick<Deployment, 'promptTokens' | 'contextTokens'> {
  if (!demand || 'tokens' in demand || serving?.contextTokens !== undefined) return {};
  const { inputTokens, outputTokens } = demand;
  return { promptTokens: inputTokens, contextTokens: inputTokens + outputTokens / 2 };
}

function withoutPrice<T extends { readonly pricePerHour?: number }>({
  pricePerHour: _,
  ...deployment
}: T): Omit<T, 'pricePerHour'> {
  return deployment;
}

const weighed = ({ perTrainingToken, prefill, decode }: Ledger, training: number, serving: number): Ledger => ({
  perTrainingToken: (N) => training * perTrainingToken(N),
  prefill: (N) => serving * prefill(N),
  decode: (N) => serving * decode(N),
});

function checkEnergy(energy: Energy): void {
  onlyKnown('energy', energy, ['pue', 'carbonIntensity']);
  const { pue = DEFAULT_PUE, carbonIntensity = 0 } = energy;
  if (!(typeof pue === 'number' && pue >= 1 && pue < Number.POSITIVE_INFINITY))
    throw refusal('energy.pue', 'be a finite number >= 1', pue);
  notNegative('energy.carbonIntensity', 'grams per kWh', carbonIntensity);
}

type Weights = { readonly training: number; readonly serving: number };

/** What a GPU-hour of training and of serving costs in dollars, kWh and grams; only where it is known, or must be. */
function weights(
  training: TrainingHardware,
  serving: PlanProblem['serving'],
  energy: Energy,
  pay: Payment,
): {
  readonly dollars: Weights | undefined;
  readonly energy: Weights | undefined;
  readonly carbon: Weights | undefined;
} {
  const { pue = DEFAULT_PUE, carbonIntensity } = energy;
  const both = (
    of: (where: string, hardware: { gpu: string | Gpu; pricePerHour?: number }) => number | undefined,
  ): Weights | undefined => {
    const one = of('training', training);
    const two = serving ? of('serving', serving) : 0;
    return one === undefined || two === undefined ? undefined : { training: one, serving: two };
  };
  const dollars = both((where, { gpu, pricePerHour }) => {
    const known = gpuNamed(gpu);
    if (pay !== 'dollars' && (pricePerHour ?? known.pricePerHour) === undefined) return undefined;
    return priceOf(where, known, pricePerHour);
  });
  const kilowatts = both((where, { gpu }) => {
    const watts = gpuNamed(gpu).powerWatts;
    if (watts === undefined && pay !== 'energy') return undefined;
    return (positive(`${where}.gpu.powerWatts`, 'watts', watts!) * pue) / 1000;
  });
  if (carbonIntensity === undefined || !kilowatts) return { dollars, energy: kilowatts, carbon: undefined };
  const carbon = { training: kilowatts.training * carbonIntensity, serving: kilowatts.serving * carbonIntensity };
  return { dollars, energy: kilowatts, carbon };
}
