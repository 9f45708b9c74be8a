/**
 * What a model's life costs, split into training, prefill (reading prompts) and decode (writing answers), in everything that can be
 * counted: FLOPs always; GPU-hours, dollars, kWh and grams of CO2 where hardware, prices, power and carbon intensity are known.
 *
 *     FLOPs       6 N D                              2 N T_in                2 N T_out
 *     GPU-hours   6 N D / (3600 peak mfu)            t_prefill(N) T_in       t_decode(N) T_out        t: GPU-seconds a token, serving.ts
 *     dollars     GPU-hours x price                  energy   GPU-hours x watts x PUE / 1000          carbon   energy x intensity
 */

import { type Cost, costOf, flopsLedger, type Ledger, type Paid, shiftOf } from '../allocate/cost.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal } from '../errors.ts';
import type { LifeDemand } from '../inference/demand.ts';
import { knownGpu, priceOf } from '../inference/hardware.ts';
import { type CompiledDeployment, compiledDeployment } from '../inference/serving.ts';
import { sustainedRate } from '../inference/training-hardware.ts';
import { type CheckedProblem, PAYMENT_UNITS } from './problem.ts';

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

/** What a problem pays, and what else can be counted. */
export interface Costs extends Paid {
  readonly unit: string;
  readonly ledgers: Readonly<Partial<Record<keyof Accounts, Ledger>>> & { readonly flops: Ledger };
  /** FLOP/s that one training GPU sustains. */
  readonly trainingRate: number | undefined;
  readonly deployment: CompiledDeployment | undefined;
}

/** What of a problem its costs hang on. */
type Costed = Pick<CheckedProblem, 'pay' | 'training' | 'serving' | 'energy' | 'demand'>;

/** The costs of a problem. @throws {ScalingLawsError} `E_ARGUMENT`, `E_HARDWARE_UNKNOWN`. */
export function costsOf(problem: Costed, demand: LifeDemand): Costs {
  const { pay, training, serving } = problem;
  const deployment = serving && compiledDeployment({ ...lengthsOf(problem), ...serving }, 'serving');
  const trainingRate = training && sustainedRate(training);
  const ledgers: { -readonly [K in keyof Accounts]: Ledger } = { flops: flopsLedger(demand) };
  if (trainingRate !== undefined && (deployment || demand.total === 0)) {
    const gpuHours: Ledger = {
      perTrainingToken: (N) => (DEFAULT_FLOPS_PER_PARAM_TOKEN * N) / trainingRate / 3600,
      prefill: (N) => (deployment ? (deployment.prefillGpuSecondsPerToken(N) * demand.input) / 3600 : 0),
      decode: (N) => (deployment ? (deployment.decodeGpuSecondsPerToken(N) * demand.output) / 3600 : 0),
    };
    ledgers.gpuHours = gpuHours;
    const weigh = weights(problem);
    for (const name of ['dollars', 'energy', 'carbon'] as const) {
      const weight = weigh[name];
      if (weight) ledgers[name] = weighed(gpuHours, weight.training, weight.serving);
    }
  }
  const paid = ledgers[pay === 'gpu-hours' ? 'gpuHours' : pay]!;
  const proportional = pay === 'flops' || demand.total === 0 || serving?.view.kind === 'flops';
  return {
    unit: PAYMENT_UNITS[pay],
    paid,
    ledgers,
    shift: proportional ? shiftOf(paid) : undefined,
    trainingRate,
    deployment,
  };
}

/** The life of N parameters on D tokens in every unit that is known. */
export function accountsOf({ ledgers }: Costs, N: number, D: number): Accounts {
  const known = Object.entries(ledgers) as [keyof Accounts, Ledger][];
  return Object.fromEntries(known.map(([name, ledger]) => [name, costOf(ledger, N, D)])) as unknown as Accounts;
}

/** Lengths of the requests, where `serving` says none: of the prompt; of the cache, which holds it and, on average, half of the answer. */
function lengthsOf({ demand, serving }: Costed): { promptTokens?: number; contextTokens?: number } {
  if (demand?.requests === undefined || serving?.contextTokens !== undefined) return {};
  const { inputTokens = 0, outputTokens = 0 } = demand;
  return { promptTokens: inputTokens, contextTokens: inputTokens + outputTokens / 2 };
}

const weighed = ({ perTrainingToken, prefill, decode }: Ledger, training: number, serving: number): Ledger => ({
  perTrainingToken: (N) => training * perTrainingToken(N),
  prefill: (N) => serving * prefill(N),
  decode: (N) => serving * decode(N),
});

type Weights = { readonly training: number; readonly serving: number };

/** What a GPU-hour of training and of serving costs in dollars, kWh and grams; only where it is known, or must be. */
function weights(problem: Costed): { readonly [K in 'dollars' | 'energy' | 'carbon']: Weights | undefined } {
  const { pay, training, serving } = problem;
  const { pue, carbonIntensity } = problem.energy;
  const both = (of: (where: 'training' | 'serving') => number | undefined): Weights | undefined => {
    const [one, two] = [of('training'), serving ? of('serving') : 0];
    return one === undefined || two === undefined ? undefined : { training: one, serving: two };
  };
  const hardware = { training: training!, serving: serving! };
  const dollars = both((where) => {
    const { gpu, pricePerHour } = hardware[where];
    const known = knownGpu(gpu, `${where}.gpu`);
    if (pay !== 'dollars' && (pricePerHour ?? known.pricePerHour) === undefined) return undefined;
    return priceOf(where, known, pricePerHour);
  });
  const kilowatts = both((where) => {
    const watts = knownGpu(hardware[where].gpu, `${where}.gpu`).powerWatts;
    if (watts !== undefined) return (watts * pue) / 1000;
    if (pay === 'energy') throw refusal(`${where}.gpu.powerWatts`, 'be given where energy is paid', watts);
    return undefined;
  });
  if (carbonIntensity === undefined || !kilowatts) return { dollars, energy: kilowatts, carbon: undefined };
  const carbon = { training: kilowatts.training * carbonIntensity, serving: kilowatts.serving * carbonIntensity };
  return { dollars, energy: kilowatts, carbon };
}
