/** `--by`: one answer a family, and none from another family's rows. */

import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, THREE, threeFamilies } from '../families/three-families.ts';
import { cli, expectFailure, json, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const file = folder.file('families.csv', csvOf(threeFamilies));
const SQUARED = ['--penalty', 'squared'];

describe('fit --by', () => {
  it('recovers the law of each family', async () => {
    const { by, fits } = await json(['fit', file, '--by', 'family']);
    expect(by).toBe('family');
    expect(fits.map(({ family }: { family: string }) => family)).toEqual(Object.keys(THREE));
    for (const { family, fit } of fits) {
      const { E, alpha, beta } = THREE[family as keyof typeof THREE];
      expect(fit.coefficients.E).toBeCloseTo(E, 5);
      expect([fit.coefficients.alpha, fit.coefficients.beta]).toEqual([
        expect.closeTo(alpha, 5),
        expect.closeTo(beta, 5),
      ]);
    }
  });
  it('is one table, a line a family, with what each was said not to have', async () => {
    const more = folder.file('more.csv', csvOf([...threeFamilies, { ...threeFamilies[0]!, family: 'new' }]));
    const { out } = await cli(['fit', more, '--by', 'family', ...SQUARED]);
    expect(out).toMatch(/^family +rows +E +A +B +alpha +beta +R2 +mean error +status\nllama +20 +1\.7 /);
    expect(out).toMatch(/\nnew: 1 of 1 rows left, a fit needs at least 6/);
    const { fits } = await json(['fit', more, '--by', 'family', ...SQUARED]);
    expect(fits[3]).toMatchObject({ family: 'new', error: { code: 'E_TOO_FEW_RUNS' } });
  });
  it('reads a table once from standard input', async () => {
    const { out } = await cli(['fit', '-', '--by', 'family', ...SQUARED, '--json'], csvOf(threeFamilies));
    expect(JSON.parse(out).fits).toHaveLength(3);
  });
  it('fails where there is no such column, and where no family has a fit', async () => {
    await expectFailure(['fit', file, '--by', 'recipe'], 1, '--by must be a column of the table');
    await expectFailure(
      ['fit', file, '--by', 'run'],
      1,
      /15 families, and no answer for any of them; llama-\d+: 4 of 4 rows left/,
    );
  });
});

describe('what fit --by saved', () => {
  const saved = folder.path('fits.json');

  it('is diagnosed, drawn and reported family by family', async () => {
    expect((await cli(['fit', file, '--by', 'family', ...SQUARED, '--out', saved])).code).toBe(0);
    const { diagnoses } = await json(['diagnose', saved, file]);
    expect(diagnoses).toHaveLength(3);
    expect(diagnoses[1]).toMatchObject({ family: 'pythia', diagnosis: { findings: expect.any(Array) } });
    await cli(['report', saved, file, '--out', folder.path('page.html')]);
    expect(readFileSync(folder.path('page-opt.html'), 'utf8')).toContain('Scaling law of opt in families.csv');
    const { out } = await cli(['plot', saved, file, '--kind', 'predicted', '--out', folder.path('p.svg')]);
    expect(out.split('\n')).toHaveLength(4);
    expect(existsSync(folder.path('p-llama.svg'))).toBe(true);
  });
  it('is no fit of all', async () => {
    await expectFailure(['plot', saved, file, '--kind', 'predicted'], 2, '--out must be a file');
    await expectFailure(['profile', saved, file, '--coefficient', 'E'], 1, 'FIT must be the fit of one family');
    await expectFailure(['diagnose', saved, file, '--by', 'run'], 2, '--by must be family');
  });
});

describe('choose and approaches --by', () => {
  it('answer a family at a time', async () => {
    const choose = ['choose', file, '--by', 'family', '--laws', 'chinchilla,kaplan', '--method', 'paired-t'];
    expect(
      (await json(choose)).choices.map(
        ({ choice }: { choice: { ranked: { name: string }[] } }) => choice.ranked[0]!.name,
      ),
    ).toEqual(['chinchilla', 'chinchilla', 'chinchilla']);
    expect((await cli(choose)).out).toMatch(/^family +law +rows[\s\S]*\npythia +kaplan/);
    const approaches = ['approaches', file, '--by', 'family', '--flops', '1e21', '--replicates', '2'];
    expect((await cli(approaches)).out).toMatch(/^family +approach[\s\S]*\nopt +3 parametric/);
  }, 20_000);
});

describe('ablate --by', () => {
  const argv = (path: string): string[] => [
    ...['ablate', path, ...SQUARED, '--hops', '0', '--max-tokens-per-param', '80,inf', '--hold-out', 'largest-N'],
  ];
  it('never judges a family on the rows of another', async () => {
    // Rows of all families in any order, with any noise: the answer of a family is that of a table with nothing else in it.
    const noises = fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { minLength: 60, maxLength: 60 });
    const order = fc.shuffledSubarray([...threeFamilies.keys()], { minLength: 60 });
    await fc.assert(
      fc.asyncProperty(noises, order, async (noise, index) => {
        const rows = index.map((i) => ({ ...threeFamilies[i]!, loss: threeFamilies[i]!.loss * (1 + noise[i]!) }));
        const all = await json([...argv(folder.file('all.csv', csvOf(rows))), '--by', 'family']);
        for (const { family, ablation } of all.ablations) {
          const own = csvOf(rows.filter((row) => row.family === family));
          const alone = await json(argv(folder.file('own.csv', own)));
          const judged = ({ rows: lines }: { rows: Record<string, unknown>[] }) =>
            lines.map(({ heldOut, fixedHoldOut }) => ({ heldOut, fixedHoldOut }));
          expect(judged(ablation)).toEqual(judged(alone));
        }
      }),
      { numRuns: 4, seed: 7 },
    );
  }, 20_000);
  it('writes CSV with a column for the family', async () => {
    const { out } = await cli([...argv(file), '--by', 'family', '--format', 'csv']);
    const [head, ...lines] = out.trim().split('\n');
    expect(head).toMatch(/^family,filters,law,/);
    expect(lines.map((line) => line.split(',')[0])).toEqual(['llama', 'llama', 'pythia', 'pythia', 'opt', 'opt']);
  });
});
