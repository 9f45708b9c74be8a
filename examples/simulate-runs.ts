/**
 * Makes simulated-runs.csv, families.csv and spreadsheet.csv in examples/data: runs from a known law, so that a fit can be held against the truth.
 *
 *     npx tsx examples/simulate-runs.ts [FOLDER]
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedLaws, readRuns, runsToCsv } from 'scaling-laws';
import { simulateRuns } from 'scaling-laws/simulate';

const folder = process.argv[2] ?? fileURLToPath(new URL('data', import.meta.url));
const law = publishedLaws.sardana2024;

const runs = simulateRuns({
  law,
  layout: { kind: 'sardana' },
  checkpoints: 20,
  noise: 0.005,
  early: { excess: 0.3, share: 0.05 },
  seed: 20240714,
});
writeFileSync(join(folder, 'simulated-runs.csv'), runsToCsv(runs));
console.log(`wrote simulated-runs.csv, ${runs.length} rows`);

// Three recipes in seven sizes each, all on as many tokens as Pythia: families with a law of their own.
const { hoffmann2022, besiroglu2024, gadre2024C4 } = publishedLaws;
const families = Object.entries({ north: hoffmann2022, south: besiroglu2024, west: gadre2024C4 }).flatMap(
  ([family, own], k) => {
    const { N, D, loss, run } = simulateRuns({
      law: own,
      layout: { kind: 'grid', N: [7e7, 1.6e8, 4e8, 1e9, 2.8e9, 6.9e9, 1.2e10], D: [3e11] },
      checkpoints: 12,
      noise: 0.004,
      early: { excess: 0.3, share: 0.05 },
      seed: 7 + k,
    });
    return Array.from(N, (size, i) => ({
      family,
      run: `${family}-${run![i]}`,
      N: size,
      D: D[i]!,
      loss: Number(loss[i]!.toFixed(4)),
    }));
  },
);
writeFileSync(join(folder, 'families.csv'), runsToCsv(readRuns(families)));
console.log(`wrote families.csv, ${families.length} rows`);

// What somebody keeps by hand: headings of her own, counts with a suffix, a loss to three decimals.
const N = ['25M', '60M', '150M', '350M', '800M', '2B'];
const D = ['2B', '8B', '30B', '120B'];
const byHand = simulateRuns({
  law,
  layout: { kind: 'grid', N: N.map(counted), D: D.map(counted) },
  noise: 0.002,
  seed: 3,
});
const lines = Array.from({ length: byHand.length }, (_, i) =>
  [`run ${i + 1}`, written(byHand.N[i]!), written(byHand.D[i]!), byHand.loss[i]!.toFixed(3)].join(','),
);
writeFileSync(
  join(folder, 'spreadsheet.csv'),
  `Experiment,Model size,Tokens seen,Final C4 loss\n${lines.join('\n')}\n`,
);
console.log(`wrote spreadsheet.csv, ${byHand.length} rows`);

function counted(text: string): number {
  return Number(text.slice(0, -1)) * (text.endsWith('B') ? 1e9 : 1e6);
}

function written(count: number): string {
  return count >= 1e9 ? `${count / 1e9}B` : `${count / 1e6}M`;
}
