/** `fit --law` and `laws`: other laws than Chinchilla's at a terminal. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const law = publishedLaws.muennighoff2023Repeated;
const runs = simulateRuns({ law, layout: { kind: 'sardana' }, variables: { U: 3e9 }, noise: 0, seed: 1 });
const repeated = folder.file('repeated.csv', runsToCsv(runs).replace(/\bU\b/, 'fresh'));
const MUENNIGHOFF = ['fit', repeated, '--law', 'muennighoff', '--U', 'fresh', '--fix-to', 'muennighoff-2023'];

describe('fit --law', () => {
  it('holds what the published law shares, and finds the rest', async () => {
    const fit = await json(MUENNIGHOFF);
    expect(fit.options.fixed).toEqual(publishedLaws.muennighoff2023.coefficients);
    expect(fit.coefficients.RD).toBeCloseTo(law.coefficients.RD, 4);
    expect(fit.coefficients.RN).toBeCloseTo(law.coefficients.RN, 4);
  });

  it('says it in words: equation, units, no frontier of a law that has none', async () => {
    const { code, out } = await cli(MUENNIGHOFF);
    expect(code).toBe(0);
    expect(out).toContain('L(N, D, U) = 1.86914 + 520.825 /');
    expect(out).toMatch(/RD +15\.3878 +repetitions/);
    expect(out).not.toContain('frontier');
  });

  it('lets --fix win over --fix-to, and ties and fixes in the one-variable law too', async () => {
    const fit = await json([...MUENNIGHOFF, '--fix', 'E=1.8']);
    expect(fit.coefficients.E).toBe(1.8);
    const pure = await json(['fit', SIMULATED, '--law', 'power-law-c', '--fix', 'E=0', '--hops', '0']);
    expect(Object.keys(pure.coefficients)).toEqual(['E', 'A', 'alpha']);
    expect(pure.coefficients.E).toBe(0);
  });

  it.each<[string[], 1 | 2, RegExp]>([
    [['--law', 'muennigoff'], 2, /--law must be one of chinchilla, .*, got muennigoff; did you mean muennighoff\?/],
    [['--law', 'muennighoff'], 1, /muennighoff reads U: runs must have a column U, got N, D, C/],
    [['--fix-to', 'hofmann-2022'], 1, /got hofmann-2022; did you mean hoffmann-2022\?/],
    [
      ['--fix-to', 'kaplan-2020'],
      2,
      /--fix-to must be a law of the form chinchilla, or one of muennighoff, precision, precision-parts, got kaplan-2020/,
    ],
    [
      ['--fix-to', 'cerebras-2023'],
      2,
      /--fix-to .*, got cerebras-2023; coefficients of L\(C\) = E \+ A \/ C\^alpha mean/,
    ],
    [
      ['--law', 'farseer', '--fix-to', 'hoffmann-2022'],
      2,
      /--fix-to must be a law of the form farseer, got hoffmann-2022/,
    ],
    [['--fix-to', 'kaplan'], 1, /--fix-to must be a published law .*, got kaplan; did you mean kaplan-2020\?/],
    [['--fix-to', 'chinchila'], 1, /--fix-to must be a published law that scaling-laws laws lists, got chinchila$/m],
  ])('refuses %j', (flags, code, message) => expectFailure(['fit', SIMULATED, ...flags], code, message));
});

describe('laws', () => {
  it('lists every form with its equation, and one of them in full', async () => {
    const { out } = await cli(['laws']);
    for (const { kind } of Object.values(laws)) expect(out).toMatch(new RegExp(`${kind} +L\\(`));
    const one = await cli(['laws', 'muennighoff']);
    expect(one.out).toContain('reads N, D, U');
    expect(one.out).toContain(laws.muennighoff.equation);
    expect(await json(['laws', 'kaplan-2020'])).toEqual(publishedLaws.kaplan2020);
  });

  it('knows what was meant', () =>
    expectFailure(['laws', 'kaplan2020'], 1, /did you mean kaplan-2020\?|did you mean kaplan\?/));
});

describe('--law-file', () => {
  const { file, path } = temporaryFolder();
  const table = ['N,streams,loss'];
  for (const N of [1e8, 2e8, 4e8, 8e8])
    for (const P of [1, 2, 4, 8]) table.push(`${N},${P},${0.75 + (1e7 / (N * (0.4 * Math.log(P) + 1))) ** 0.22}`);
  const law = file(
    'parallel.mjs',
    `import { defineLaw, exponent, floor, scale } from ${JSON.stringify(resolve('src/index.ts'))};
    export default defineLaw({
      kind: 'parallel-streams',
      variables: ['N', { name: 'P', least: 1 }],
      coefficients: { E: floor(), A: scale([1, 1e15]), k: scale([0.01, 10]), alpha: exponent() },
      equation: 'L(N, P) = E + (A / (N (k ln P + 1)))^alpha',
      source: 'Chen et al. 2025, arXiv:2505.10475',
      value: ({ E, A, k, alpha }, { N, P }) => E + (A / (N * (k * Math.log(P) + 1))) ** alpha,
    });`,
  );

  it('fits a law of your own to a table without tokens, and every command reads the fit', async () => {
    const runs = file('streams.csv', table.join('\n'));
    const own = ['--law-file', law];
    const columns = ['--column', 'P=streams'];
    const fit = path('streams.json');
    const { code, out } = await cli(['fit', runs, ...own, ...columns, '--penalty', 'squared', '--out', fit]);
    expect(code).toBe(0);
    expect(out).not.toContain('NaN');
    // The noiseless rows give their law back.
    const { coefficients } = JSON.parse(readFileSync(fit, 'utf8'));
    for (const [name, value] of Object.entries({ E: 0.75, A: 1e7, k: 0.4, alpha: 0.22 }))
      expect(Math.abs(coefficients[name] / value - 1)).toBeLessThan(1e-4);
    const predicted = await cli(['predict', fit, ...own, '--N', '4e8', '--D', '1e9', '--given', 'P=4', '--json']);
    expect(
      Math.abs(JSON.parse(predicted.out).loss - (0.75 + (1e7 / (4e8 * (0.4 * Math.log(4) + 1))) ** 0.22)),
    ).toBeLessThan(1e-6);
    expect((await cli(['diagnose', fit, runs, ...own, ...columns])).code).toBe(0);
  });
});
