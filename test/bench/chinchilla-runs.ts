/** The rows that the benches time: Chinchilla's 240 where the shared data are, else as many simulated ones. */

import { readFileSync } from 'node:fs';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { type Runs, takeRuns } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { sharedData } from '../shared-data.ts';

const ROWS = 240;

/** The rows of Besiroglu et al. 2024: the five highest losses of 245 dropped. */
export function chinchillaRuns(): Runs {
  const path = sharedData('epoch2024/svg_extracted_data.csv');
  if (path === undefined) {
    const simulated = simulateRuns({
      law: publishedLaws.besiroglu2024,
      layout: { kind: 'sardana' },
      checkpoints: 6,
      seed: 1,
    });
    return takeRuns(
      simulated,
      Array.from({ length: ROWS }, (_, i) => i),
    );
  }
  const runs = readRuns(readFileSync(path, 'utf8'), { columns: { N: 'Model Size', C: 'Training FLOP' } });
  const fifth = Array.from(runs.loss).sort((a, b) => b - a)[4]!;
  return takeRuns(
    runs,
    Array.from(runs.loss.keys()).filter((i) => runs.loss[i]! < fifth),
  );
}
