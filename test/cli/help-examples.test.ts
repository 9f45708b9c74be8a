/** Every example that a command's help prints is run, on tables of the kind that it names. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { gridAround } from '../approaches/grids.ts';
import { cli, temporaryFolder } from './run-cli.ts';

/** Commands whose examples are run; those of the others start processes, write into the home folder, or take minutes. */
const COMMANDS = [
  'ablate',
  'approaches',
  'borrow',
  'choose',
  'design',
  'diagnose',
  'fit',
  'hardware',
  'leave-out',
  'optimal',
  'predict',
  'profile',
  'roll-out',
  'test',
];
/** Fewer re-fits than by default: these tests are not about intervals. */
const QUICK: Readonly<Record<string, readonly string[]>> = {
  choose: ['--replicates', '2'],
  approaches: ['--replicates', '4'],
  // A covariance of five coefficients needs more re-fits than that.
  test: ['--bootstrap', '12'],
};

const folder = temporaryFolder();
const law = publishedLaws.sardana2024;
const runs = simulateRuns({ law, layout: { kind: 'sardana' }, noise: 0.003, seed: 1 });
const named = (text: string, headers: Readonly<Record<string, string>>): string => {
  const [head = '', ...rows] = text.split('\n');
  return [head.split(',').map((name) => headers[name] ?? name), ...rows].join('\n');
};
/** As examples name them: `Model Size` and `Training FLOP` beside the library's own names. */
const doubled = [
  'N,D,loss,Model Size,Training FLOP',
  ...Array.from(runs.N, (N, i) => [N, runs.D[i], runs.loss[i], N, runs.C[i]].join()),
];
const checkpoints = simulateRuns({
  law,
  layout: { kind: 'grid', N: [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9], D: [2e10, 4e10] },
  noise: 0.003,
  checkpoints: 8,
  seed: 1,
});
const rows = Array.from(checkpoints.N, (N, i) => ({
  model: `m${N}`,
  seed: String(checkpoints.D[i]),
  N,
  D: checkpoints.D[i]!,
  loss: checkpoints.loss[i]!,
  i,
}));
const runOf = (i: number): string => checkpoints.run![i]!;
const grid = gridAround(publishedLaws.hoffmann2022, [1e19, 1e20, 1e21], { width: 4, sizes: 7, noise: 0.002, seed: 1 });

folder.file('runs.csv', doubled.join('\n'));
folder.file(
  'checkpoints.csv',
  ['model,seed,N,D,loss', ...rows.map(({ N, D, loss, i }) => `${N},${runOf(i)},${N},${D},${loss}`)].join('\n'),
);
folder.file(
  'checkpoints.jsonl',
  rows.map(({ N, D, loss, i }) => JSON.stringify({ model: N, seed: runOf(i), N, D, loss })).join('\n'),
);
folder.file('families.csv', readFileSync('examples/data/families.csv', 'utf8'));
folder.file('isoflops.csv', named(runsToCsv(grid), { C: 'budget' }));
folder.file(
  'repeated.csv',
  [
    'N,D,unique_tokens,loss',
    ...Array.from(runs.N, (N, i) => `${N},${runs.D[i]},${runs.D[i]! / (1 + (i % 4))},${runs.loss[i]}`),
  ].join('\n'),
);
folder.file('fit.json', JSON.stringify(fitScalingLaw(readRuns(doubled.join('\n')))));

/** Lines of the help that begin with the program's name, continuations joined. */
async function examplesOf(command: string): Promise<readonly string[]> {
  const { out } = await cli([command, '--help']);
  const lines = out.replaceAll(/ \\\n\s*/g, ' ').split('\n');
  return lines.filter((line) => /^ {2}scaling-laws /.test(line)).map((line) => line.trim().replace(/ {3,}.*$/, ''));
}

/** Words of a command line; what is in quotes is one. Files are those of the folder. */
const wordsOf = (line: string): readonly string[] =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain!).map((word) =>
    /\.(csv|jsonl?|html|svg|md)$/.test(word) ? folder.path(word) : word,
  );

/** Runs a line of one command, or of two with a pipe between them; `< file` and `> file` are understood. */
async function runLine(line: string): Promise<void> {
  let stdin = '';
  for (const part of line.split(' | ')) {
    const [command = '', file] = part.replace(/ > .*$/, '').split(' < ');
    const [, name = '', ...rest] = wordsOf(command.replace(/--bootstrap \d+/, '--bootstrap 4'));
    const text = file ? runsToCsv(runs) : stdin;
    const { code, out, err } = await cli([name, ...rest, ...(QUICK[name] ?? [])], text);
    expect([code, err.replaceAll(/^((warning|note): .*)?\n/gm, '')]).toEqual([0, '']);
    stdin = out;
  }
}

describe.each(COMMANDS)('examples in the help of %s', (command) => {
  it('run', { timeout: 60_000 }, async () => {
    const examples = await examplesOf(command);
    expect(examples.length).toBeGreaterThan(0);
    for (const line of examples) await runLine(line);
  });
});
