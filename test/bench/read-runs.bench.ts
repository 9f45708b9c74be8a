import { bench, describe } from 'vitest';
import { readRuns } from '../../src/runs/read-runs.ts';

const ROWS = 120_000;
const csv = Array.from(
  { length: ROWS },
  (_, i) =>
    `model-${i % 100},${1e8 + i}.5,${1e9 + i * 1000},${i % 1000},${2 + 1 / (i + 1)},0.00${(i % 7) + 1},a note on row ${i}`,
);
const text = ['model,N,D,step,loss,lr,note', ...csv].join('\n');

describe(`readRuns, ${ROWS} rows, ${(text.length / 1e6).toFixed(0)} MB of CSV`, () => {
  bench('seven columns, a run name of two', () => void readRuns(text, { columns: { run: ['model', 'lr'] } }), {
    iterations: 5,
    time: 0,
  });
});
