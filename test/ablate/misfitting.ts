/**
 * The best-learning-rate runs of Li et al. 2025 (arXiv:2502.18969): of all runs of one model and horizon, the one whose last loss
 * is lowest. A run is (model, total_steps, peak_lr, sweep).
 */

import { readFileSync } from 'node:fs';
import { rowsByRun } from '../../src/filters/groups.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { type Runs, takeRuns } from '../../src/runs/runs.ts';

/** 81 runs, 1672 checkpoints; N without embeddings, or with. */
export function bestLearningRateRuns(path: string, N: 'N' | 'N_no_emb'): Runs {
  const runs = readRuns(readFileSync(path, 'utf8'), {
    columns: { N, D: 'D', fraction: 'portion_steps_elapsed', run: ['model', 'total_steps', 'peak_lr', 'sweep'] },
  });
  const best = new Map<string, readonly number[]>();
  for (const rows of rowsByRun(runs)) {
    const last = rows.at(-1)!;
    const key = `${runs.extra.model![last]} ${runs.extra.total_steps![last]}`;
    const rival = best.get(key)?.at(-1);
    if (rival === undefined || runs.loss[last]! < runs.loss[rival]!) best.set(key, rows);
  }
  return takeRuns(
    runs,
    [...best.values()].flat().sort((i, j) => i - j),
  );
}
