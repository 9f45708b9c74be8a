import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import JSON5 from 'json5';
import { describe, expect, it } from 'vitest';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const { file, path } = temporaryFolder();
const withConfig = (text: string, name = 'config.jsonc'): string[] => ['--config', file(name, text)];

const filtersOf = (fit: { runs: { dropped: { filter: { kind: string } }[] } }): { kind: string }[] =>
  fit.runs.dropped.map(({ filter }) => filter);

describe('the config file', () => {
  const defaults = `{
    // runs only at their end
    "fit": { "final-only": true, "max-tokens-per-param": 100, "fix": ["E=1.69", "alpha=.336"] },
    "ablate": { "max-tokens-per-param": [100, "inf"], "final-only": true },
  }`;

  it('gives defaults, by command', async () => {
    const fit = await json(['fit', SIMULATED, ...withConfig(defaults)]);
    expect(filtersOf(fit).map(({ kind }) => kind)).toEqual(['final-only', 'range']);
    expect(fit.coefficients).toMatchObject({ E: 1.69, alpha: 0.336 });
    const { rows } = await json([...withConfig(defaults), 'ablate', SIMULATED]);
    expect(rows.length).toBe(2);
  });

  it('gives defaults to all commands that have the flag; the section of a command wins', async () => {
    const sheet = 'examples/data/spreadsheet.csv';
    const all = `"all": { "N": "Model size", "D": "Tokens seen", "loss": "Final C4 loss", "penalty": "absolute" }`;
    const config = withConfig(`{ "ablate": { "N": "Size" }, "fit": { "penalty": "squared" }, ${all} }`);
    const fit = await json(['fit', sheet, ...config]);
    expect(fit.objective.penalty.kind).toBe('squared');
    await expectFailure(
      ['ablate', sheet, '--penalty', 'huber,squared', ...config],
      1,
      /--N must name a column of the table, got Size;/,
    );
    await expectFailure(['fit', sheet, ...withConfig('{ "all": { "sise": "x" } }')], 2, /a flag of all must be one of/);
  });

  it('never breaks a command by what is there for all', async () => {
    const all = `{ "all": { "seed": 3, "max-tokens-per-param": [100, 250], "format": "markdown", "flops": "1e23,1e24", "target-loss": 2 } }`;
    const config = withConfig(all, 'all.jsonc');
    const fit = await json(['fit', SIMULATED, '--final-only', ...config]);
    expect(filtersOf(fit)).toEqual([{ kind: 'final-only' }]);
    const { N } = await json(['optimal', 'hoffmann-2022', '--N', '70B', ...config]);
    expect(N).toBe(70e9);
    const { loss } = await json(['predict', 'hoffmann-2022', '--N', '1B', '--D', '20B', ...config]);
    expect(loss).toBeGreaterThan(2);
  });

  it('a flag wins over it, also one that may be given several times', async () => {
    const fit = await json([
      'fit',
      SIMULATED,
      ...withConfig(defaults),
      '--max-tokens-per-param',
      'inf',
      '--fix',
      'beta=.283',
    ]);
    expect(filtersOf(fit)).toEqual([{ kind: 'final-only' }]);
    expect(fit.coefficients.beta).toBe(0.283);
    expect(fit.coefficients.E).not.toBe(1.69);
  });

  it('is found in the current folder', () => {
    const folder = dirname(file('scaling-laws.config.jsonc', '{ "predict": { "N": "70B", "D": "1.4T" } }'));
    const command = ['--import', resolve('node_modules/tsx/dist/esm/index.mjs'), resolve('src/cli/main.ts')];
    const start = (...argv: string[]): string =>
      spawnSync(process.execPath, [...command, 'predict', 'hoffmann-2022', ...argv], {
        cwd: folder,
        encoding: 'utf8',
      }).output.join('');
    expect(start('--N', '7B')).toMatch('7B parameters on 1.4T tokens');
    // With both names there is no telling which is meant.
    file('scaling-laws.config.json', '{}');
    expect(start('--N', '7B')).toMatch(/the config file must be one of .*\.jsonc and .*\.json, got both/);
  });

  it.each([
    ['{ "fitt": {} }', /config.jsonc: a section must be one of answer, fit, .*, got fitt; did you mean fit\?/],
    ['{ "laws": { "jsn": true } }', /config.jsonc: a flag of laws must be one of json, got jsn; did you mean json\?/],
    ['{ "laws": { "json": 1 } }', /config.jsonc: laws.json must be true or false, got 1/],
    ['{ "predict": { "N": "many" } }', /predict.N: --N must be a positive finite number of parameters, got many/],
    ['{ "predict": { "N": {} } }', /predict.N must be a text, a number or a list of these, got an object/],
    ['{ "optimal": { "train-gpu": "H1" } }', /optimal.train-gpu: --train-gpu must be one of A100-40, .*, got H1/],
    ['[]', /must be an object of commands, got a list/],
    ['{', /must be a file of JSON with comments, got JSON5: invalid end of input at 1:2/],
  ])('refuses %s', (text, message) => expectFailure(['laws', ...withConfig(text)].map(String), 2, message));

  it('is named where a flag that nobody typed is in the way', () =>
    expectFailure(
      ['optimal', 'hoffmann-2022', '--flops', '1e21', ...withConfig('{ "optimal": { "target-loss": 2 } }')],
      2,
      /got both \(the config file gives --target-loss\)/,
    ));
});

describe('init', () => {
  it('writes every flag, commented out, and none of them unknown', async () => {
    const place = path('new.jsonc');
    expect(await cli(['init', place])).toEqual({ code: 0, out: `Wrote ${place}\n`, err: '' });
    const text = readFileSync(place, 'utf8');
    expect(JSON5.parse(text).fit).toEqual({});
    const all = JSON5.parse(text.replaceAll(/^ {4}\/\/ /gm, '    '));
    expect(Object.keys(all)).toEqual(expect.arrayContaining(['fit', 'ablate', 'predict', 'plan']));
    expect(all.fit['final-only']).toBe(true);
    // Flags whose value is any text take the placeholder, so a section of them alone is read back whole.
    const columns = { N: all.fit.N, D: all.fit.D, loss: all.fit.loss };
    await expectFailure(
      ['fit', SIMULATED, ...withConfig(JSON.stringify({ fit: columns }))],
      1,
      /--N must name a column of the table, got <column>;/,
    );
  });

  it('overwrites only with --force', async () => {
    const place = file('mine.jsonc', '{}');
    await expectFailure(
      ['init', place],
      2,
      /mine.jsonc must be a new file, got one that is there; --force overwrites it/,
    );
    expect(readFileSync(place, 'utf8')).toBe('{}');
    expect((await cli(['init', place, '--force'])).code).toBe(0);
  });

  it('says where it cannot read', () =>
    expectFailure(
      ['--config', path('no.json'), 'fit', SIMULATED],
      2,
      /no\.json must be a file of JSON .*, got no such file/,
    ));

  it('says where it cannot write', () => expectFailure(['init', path('no/such/folder.jsonc')], 1, /must be writable/));
});
