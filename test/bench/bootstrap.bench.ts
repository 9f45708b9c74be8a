/**
 * Time of 4,000 replicates of Chinchilla's 240 rows (of as many simulated ones where the shared data are absent), beside the same
 * re-fits in scipy where python3 has it. Compare within one run only: machines differ.
 */

import { spawnSync } from 'node:child_process';
import { bench, describe } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { chinchillaRuns } from './chinchilla-runs.ts';

const REPLICATES = 4000;
/** Re-fits that scipy is timed on; it is taken to need as long for each of all. */
const SCIPY_REPLICATES = 40;

const runs = chinchillaRuns();
const fit = fitScalingLaw(runs);
const options = { replicates: REPLICATES, resample: 'rows', seed: 1 } as const;

/** Seconds of the fastest of a few, after warm-up. */
function ours(): number {
  bootstrap(fit, runs, { ...options, replicates: 500 });
  const times = Array.from({ length: 3 }, () => {
    const begin = performance.now();
    bootstrap(fit, runs, options);
    return (performance.now() - begin) / 1000;
  });
  return Math.min(...times);
}

/** Seconds of all re-fits in scipy, each warm from the optimum; undefined where there is no python3 with scipy. */
function scipy(): number | undefined {
  const input = JSON.stringify({
    N: Array.from(runs.N),
    D: Array.from(runs.D),
    loss: Array.from(runs.loss),
    coefficients: fit.coefficients,
  });
  const { status, stdout } = spawnSync('python3', ['test/bench/scipy-replicates.py', String(SCIPY_REPLICATES)], {
    input,
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (status !== 0) return undefined;
  const { replicates, seconds } = JSON.parse(stdout);
  return (seconds * REPLICATES) / replicates;
}

const seconds = ours();
console.log(`${REPLICATES} replicates of ${runs.length} rows: ${seconds.toFixed(2)} s on one core`);
const theirs = scipy();
console.log(
  theirs === undefined
    ? 'python3 with scipy is absent: no comparison with it'
    : `the same in scipy, from ${SCIPY_REPLICATES}: ${theirs.toFixed(0)} s, ${Math.round(theirs / seconds)} times as long`,
);

describe(`bootstrap of ${runs.length} rows`, () => {
  bench(`${REPLICATES} replicates`, () => void bootstrap(fit, runs, options), {
    iterations: 3,
    time: 0,
    warmupIterations: 1,
    warmupTime: 0,
  });
});
