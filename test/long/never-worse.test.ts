/**
 * Our search is never worse than that of the literature, a grid of starts for L-BFGS (test/reference/many-starts.py), on random
 * and degenerate cuts of real data.
 *
 * scipy searches twice: without any bound, and inside our default bounds. Ours must be as low as the second; where the first is
 * lower still, the rows want what the law forbids (a negative exponent, E above the lowest loss), and that is printed.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { sharedData } from '../shared-data.ts';
import { FILES, randomCuts } from './cuts.ts';

const CUTS = Number(process.env.LONG_CUTS ?? 60);
const SEED = Number(process.env.LONG_SEED ?? 1);
const STARTS = process.env.LONG_STARTS ?? '300';
const TOLERANCE = 1e-6;

interface Found {
  readonly objective: number;
  readonly coefficients: Readonly<Record<string, number>>;
}
type Answer = Found & { readonly inside: Found };

const script = fileURLToPath(new URL('../reference/many-starts.py', import.meta.url));
const absent = Object.keys(FILES).filter((path) => sharedData(path) === undefined);
const scipy = spawnSync('python3', ['-c', 'import scipy']).status === 0;
const missing =
  absent.length > 0 ? `SCALING_LAWS_DATA with ${absent.join(', ')}` : scipy ? undefined : 'python3 with scipy';

describe.skipIf(missing)(`against L-BFGS from ${STARTS} starts${missing ? ` (needs ${missing})` : ''}`, () => {
  const cuts = missing ? [] : randomCuts(CUTS, SEED);
  const notes: string[] = [];
  let answers: readonly Answer[] = [];

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'scaling-laws-'));
    const path = join(folder, 'cases.json');
    const cases = cuts.map(({ runs: { N, D, loss }, penalty }) => ({ N: [...N], D: [...D], loss: [...loss], penalty }));
    writeFileSync(path, JSON.stringify(cases));
    try {
      const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
      const out = execFileSync('python3', [script, path, STARTS], { env, encoding: 'utf8', maxBuffer: 2 ** 26 });
      answers = JSON.parse(out);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  afterAll(() => process.stdout.write(`${notes.join('\n')}\n`));

  it.each(cuts.map((cut, i) => [cut.name, cut, i] as const))('%s', (_, { name, runs, penalty }, i) => {
    const fit = fitScalingLaw(runs, { penalty });
    const { inside, ...free } = answers[i]!;
    const ours = fit.objective.value;
    const tell = (what: string, other: Found): void => {
      const numbers = (of: object): string =>
        Object.entries(of)
          .map(([key, v]) => `${key} ${Number(v).toPrecision(6)}`)
          .join(' ');
      notes.push(
        `${what} ${name}\n  ratio ours/theirs - 1: ${(ours / other.objective - 1).toExponential(2)}; status ${fit.status.kind}, starts ${JSON.stringify(fit.starts)}`,
      );
      notes.push(
        `  ours   ${ours} ${numbers(fit.coefficients)}\n  theirs ${other.objective} ${numbers(other.coefficients)}`,
      );
    };
    if (ours > free.objective * (1 + TOLERANCE)) tell('WITHOUT BOUNDS LOWER:', free);
    if (ours > inside.objective * (1 + TOLERANCE)) tell('MISSED:', inside);
    expect(ours / inside.objective).toBeLessThanOrEqual(1 + TOLERANCE);
  });
});
