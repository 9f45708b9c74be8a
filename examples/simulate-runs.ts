/**
 * Makes examples/data/simulated-runs.csv: runs from a known law, so that a fit can be held against the truth.
 *
 *     npx tsx examples/simulate-runs.ts [FILE]
 */

import { writeFileSync } from 'node:fs';
import { publishedLaws, runsToCsv, simulateRuns } from 'scaling-laws';

const runs = simulateRuns({
  law: publishedLaws.sardana2024,
  design: { kind: 'sardana' },
  checkpoints: 20,
  noise: 0.005,
  early: { excess: 0.3, share: 0.05 },
  seed: 20240714,
});
const file = process.argv[2] ?? new URL('data/simulated-runs.csv', import.meta.url);
writeFileSync(file, runsToCsv(runs));
console.log(`wrote ${runs.length} rows`);
