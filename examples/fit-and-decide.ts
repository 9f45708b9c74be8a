/**
 * From a table of runs to a decision: fit a law, predict a loss, choose a model.
 *
 *     npx tsx examples/fit-and-decide.ts
 *
 * The bundled runs were simulated from a known law, so every answer stands beside the true one.
 */

import { fileURLToPath } from 'node:url';
import {
  computeOptimal,
  type FittedLaw,
  fitScalingLaw,
  inferenceOptimal,
  predictor,
  publishedLaws,
  summarizeRuns,
} from 'scaling-laws';
import { readRunsFile } from 'scaling-laws/node';

const truth = publishedLaws.sardana2024;
const short = (value: number): string =>
  Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value);

// 1. Read. The file holds 47 runs of 20 checkpoints each.
const runs = await readRunsFile(fileURLToPath(new URL('data/simulated-runs.csv', import.meta.url)));
const { rows, sizes, tokensPerParam } = summarizeRuns(runs);
console.log(`${rows} rows, ${sizes} model sizes, ${tokensPerParam?.map(short).join(' to ')} tokens per parameter`);

// 2. Fit. Checkpoints from the first fifth of a run lie above the law: leave them out, and let the fit say so.
const fit = fitScalingLaw(runs, { filters: [{ kind: 'exclude-early', fraction: 0.2 }] });
console.log(`\nfitted to ${fit.runs.kept} of ${fit.runs.read} rows: ${fit.status.kind}`);
console.log(`${fit.starts.atBest} of ${fit.starts.tried} starts reached the best objective`);
console.log(`mean error ${(100 * fit.quality.meanAbsoluteRelativeError).toFixed(2)}% of loss`);
for (const name of ['E', 'A', 'B', 'alpha', 'beta'] as const) {
  console.log(`  ${name.padEnd(5)} ${fit.coefficients[name].toPrecision(4)}   (true ${truth.coefficients[name]})`);
}

// 3. Predict, decide: the same question to the fit and to the truth.
const answers = (law: FittedLaw): Record<string, string> => {
  const compute = computeOptimal(law, { C: 5e21 });
  const served = inferenceOptimal(law, { loss: 2.2, Dinf: 1e12 });
  return {
    'loss of 3B parameters on 300B tokens': predictor(law).loss({ N: 3e9, D: 300e9 }).toFixed(3),
    'best model for 5e21 training FLOPs': `${short(compute.N)} parameters on ${short(compute.D)} tokens`,
    'loss 2.2, if nobody used the model': `${short(served.chinchilla.N)} parameters on ${short(served.chinchilla.D)} tokens`,
    'loss 2.2, with 1T tokens to serve': `${short(served.N)} parameters on ${short(served.D)} tokens`,
    'FLOPs saved over the model’s life': `${(100 * (1 - served.ratios.totalFlops)).toFixed(0)}%`,
  };
};
const [fromFit, fromTruth] = [answers(fit), answers(truth)];
console.log();
for (const [question, answer] of Object.entries(fromFit)) {
  console.log(`${question}: ${answer}   (true: ${fromTruth[question]})`);
}
