/** `scaling-laws demo`: fit, prediction and decision on the bundled runs, whose law is known because it made them. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type InferenceOptimum, inferenceOptimal } from '../allocate/inference-optimal.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { publishedLaws } from '../laws/published.ts';
import { readRunsFile } from '../node.ts';
import { predictor } from '../predict/predictor.ts';
import { statusInWords } from '../report/sentences.ts';
import { table } from '../report/text-table.ts';
import { summarizeRuns } from '../runs/summary.ts';
import { count, digits, percent, power } from '../words.ts';
import { command } from './command.ts';

/** The law behind examples/data/simulated-runs.csv. */
const TRUTH = publishedLaws.sardana2024;
/** Where the early excess of the bundled runs, e-folding over 5% of a run, is gone in the noise. */
const EARLY = 0.3;
/** A model larger than any of the runs. */
const ASKED = { N: 13e9, D: 1e12 };
/** A decision: loss to reach, tokens to serve. */
const TARGET = { loss: 2.1, Dinf: 1e12 };

/** The command. */
export const declared = command({
  args: [],
  sets: {},
  examples: ['scaling-laws demo'],
  run: () => ({ json: null, words: demonstration }),
});

async function demonstration(): Promise<string[]> {
  const runs = await readRunsFile(bundled('simulated-runs.csv'));
  const { rows, runs: trained, N = [0, 0], tokensPerParam = [0, 0] } = summarizeRuns(runs);
  const fit = fitScalingLaw(runs, { filters: [{ kind: 'exclude-early', fraction: EARLY }] });
  const naive = fitScalingLaw(runs);
  const names = ['E', 'A', 'B', 'alpha', 'beta'] as const;
  const [loss, truth] = [fit, TRUTH].map((law) => predictor(law).loss(ASKED)) as [number, number];
  const [best, real] = [fit, TRUTH].map((law) => inferenceOptimal(law, TARGET)) as [InferenceOptimum, InferenceOptimum];
  return [
    `${rows} losses of ${trained} simulated training runs: ${count(N[0])} to ${count(N[1])} parameters, ` +
      `${count(tokensPerParam[0])} to ${count(tokensPerParam[1])} tokens per parameter.`,
    'A known law made them, with 0.5% noise and early checkpoints up to 30% too high.',
    '',
    `1. Fit   L(N, D) = E + A / N^alpha + B / D^beta, without the first ${percent(EARLY)} of each run`,
    '',
    ...table([
      ['', ...names],
      ['   fitted', ...names.map((name) => digits(fit.coefficients[name], 4))],
      ['   true', ...names.map((name) => digits(TRUTH.coefficients[name], 4))],
      ['   fitted to all rows', ...names.map((name) => digits(naive.coefficients[name], 4))],
    ]),
    '',
    `   ${fit.runs.kept} rows kept, R2 ${digits(fit.quality.r2, 4)}, mean error ` +
      `${percent(fit.quality.meanAbsoluteRelativeError)} of loss (on all rows ${percent(naive.quality.meanAbsoluteRelativeError)})`,
    `   ${statusInWords(fit.status)}`,
    '',
    `2. Predict   ${count(ASKED.N)} parameters on ${count(ASKED.D)} tokens, larger than any of the runs`,
    '',
    `   loss ${digits(loss, 4)} nats per token; in truth ${digits(truth, 4)}, so ${percent(Math.abs(loss / truth - 1))} off`,
    '',
    `3. Decide   loss ${TARGET.loss}, then serve ${count(TARGET.Dinf)} tokens, for the fewest FLOPs over the model's life`,
    '',
    `   train ${count(best.N)} parameters on ${count(best.D)} tokens: ${power(best.totalFlops)} FLOPs`,
    `   in truth ${count(real.N)} on ${count(real.D)}; Chinchilla-style ${count(best.chinchilla.N)} on ${count(best.chinchilla.D)}, ` +
      `${percent(1 / best.ratios.totalFlops - 1)} more FLOPs`,
  ];
}

/** Path of a bundled file, from the built dist/cli.js or from src/cli/. */
function bundled(name: string): string {
  const places = ['../examples/data/', '../../examples/data/'].map((folder) =>
    fileURLToPath(new URL(`${folder}${name}`, import.meta.url)),
  );
  return places.find((path) => existsSync(path)) ?? places[0]!;
}
