/** An optimum in words, beside the model that compute-optimal training alone would choose. */

import type { ComputeOptimum } from '../allocate/compute-optimal.ts';
import type { InferenceOptimum } from '../allocate/inference-optimal.ts';
import type { LifetimeFlops } from '../inference/lifetime.ts';
import type { CostOptimum } from '../plan/cost-optimal.ts';
import { count, digits, percent, power } from '../words.ts';
import { table } from './words.ts';

/** What `optimal` may answer: for training alone, over a life in FLOPs, over a life in dollars. */
export type AnyOptimum = (ComputeOptimum & LifetimeFlops) | InferenceOptimum | CostOptimum;

/** The optimum as lines. */
export function optimumInWords(optimum: AnyOptimum): string[] {
  const { N, D, loss, tokensPerParam, trainingFlops, inferenceFlops, totalFlops } = optimum;
  const life = 'chinchilla' in optimum && inferenceFlops > 0;
  const flops = life
    ? `${power(trainingFlops)} in training + ${power(inferenceFlops)} in inference = ${power(totalFlops)}`
    : `${power(trainingFlops)} in training`;
  const rows = [
    ['N', `${count(N)} parameters`],
    ['D', `${count(D)} tokens, ${count(tokensPerParam)} per parameter`],
    ['loss', `${digits(loss, 4)} nats per token`],
    ['FLOPs', flops],
  ];
  if ('cost' in optimum) rows.push(['cost', costInWords(optimum.cost)]);
  if ('exponents' in optimum) {
    const { a, b } = optimum.exponents;
    rows.push(['scaling', `N grows as C^${digits(a, 3)}, D as C^${digits(b, 3)} of the training FLOPs C`]);
  }
  return [...table(rows, 2), ...(life ? ['', comparison(optimum)] : [])];
}

const costInWords = ({ training, prefill, decode, total }: CostOptimum['cost']): string =>
  `$${count(training)} in training + $${count(prefill)} reading + $${count(decode)} writing = $${count(total)}`;

/** The optimum against the Chinchilla-style model of the same loss. */
function comparison({ chinchilla, ratios }: InferenceOptimum | CostOptimum): string {
  const [ratio, unit] = 'cost' in ratios ? [ratios.cost as number, 'dollars'] : [ratios.totalFlops, 'FLOPs'];
  return (
    `Trained compute-optimally (Chinchilla), the same loss takes ${count(chinchilla.N)} parameters on ` +
    `${count(chinchilla.D)} tokens.\nThe optimum has ${percent(ratios.N)} of the parameters on ${digits(ratios.D, 3)} x ` +
    `the tokens: ${percent(1 - ratio)} fewer ${unit} over its life.`
  );
}
