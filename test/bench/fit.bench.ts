/**
 * Time of a default fit of Chinchilla's 240 rows (of as many simulated ones where the shared data are absent), beside the other
 * engine, and beside the search of the literature in scipy where python3 has it. Compare within one run only: machines differ.
 */

import { spawnSync } from 'node:child_process';
import { bench, describe } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { levenbergMarquardt } from '../../src/levenberg-marquardt.ts';
import { chinchillaRuns } from './chinchilla-runs.ts';

/** Starts that scipy is timed on; it is taken to need as long for each of all 4,500. */
const STARTS = 150;
const ALL_STARTS = 4500;

const runs = chinchillaRuns();

/** Median milliseconds of a default fit, after warm-up. */
function ours(): number {
  const times = Array.from({ length: 15 }, () => {
    const begin = performance.now();
    fitScalingLaw(runs);
    return performance.now() - begin;
  });
  return times.slice(5).sort((a, b) => a - b)[5]!;
}

/** The search of 4,500 starts in scipy, from a few of them; undefined where there is no python3 with scipy. */
function scipy(): { readonly seconds: number; readonly objective: number } | undefined {
  const columns = { N: Array.from(runs.N), D: Array.from(runs.D), loss: Array.from(runs.loss) };
  const { status, stdout } = spawnSync('python3', ['test/bench/scipy-starts.py', String(STARTS)], {
    input: JSON.stringify(columns),
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const { starts, seconds, objective } = JSON.parse(stdout);
  return { seconds: (seconds * ALL_STARTS) / starts, objective };
}

const milliseconds = ours();
console.log(
  `default fit of ${runs.length} rows: ${milliseconds.toFixed(1)} ms, objective ${fitScalingLaw(runs).objective.value}`,
);
const search = scipy();
if (search) {
  const ratio = Math.round((1000 * search.seconds) / milliseconds);
  console.log(`${ALL_STARTS} starts in scipy, from ${STARTS}: ${search.seconds.toFixed(0)} s, ${ratio} times as long`);
  console.log(`best of the ${STARTS}: objective ${search.objective}`);
} else {
  console.log('python3 with scipy is absent: no comparison with it');
}

describe(`fit of ${runs.length} rows`, () => {
  const few = { iterations: 10, time: 0, warmupIterations: 3, warmupTime: 0 };
  bench('default (newton)', () => void fitScalingLaw(runs), few);
  bench('levenberg-marquardt', () => void fitScalingLaw(runs, { engine: levenbergMarquardt }), few);
});
