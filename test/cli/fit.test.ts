import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitFromJson } from '../../src/fit/fit.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { type GoldenFit, goldenFits } from '../golden.ts';
import { describeWithData, sharedData } from '../shared-data.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const FAST = ['--exclude-early-fraction', '0.3'];
const [header = '', ...lines] = readFileSync(SIMULATED, 'utf8').trim().split('\n');

/** What the words of golden.json are in flags. */
const GOLDEN: readonly (readonly [file: string, filter: string, flags: readonly string[]])[] = [
  ['epoch2024/svg_extracted_data.csv', 'drop 5 highest losses (loss < 5th-highest)', ['--drop-top-loss', '5']],
  ['epoch2024/svg_extracted_data.csv', 'all 245', []],
  [
    'epoch2024/svg_extracted_data.csv',
    'tokens/param in [1,None]',
    ['--drop-top-loss', '5', '--min-tokens-per-param', '1'],
  ],
  [
    'epoch2024/svg_extracted_data.csv',
    'tokens/param in [5,50]',
    ['--max-tokens-per-param', '50', '--min-tokens-per-param', '5', '--drop-top-loss', '5'],
  ],
  ['sardana2024/trainingresults.csv', 'Tokens/Params<=100', ['--max-tokens-per-param', '100']],
  ['misfitting2025/scaling_results.csv', 'portion_steps_elapsed>0.5', ['--exclude-early-fraction', '0.5']],
];
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  epoch2024: ['--N', 'Model Size', '--C', 'Training FLOP', '--loss', 'loss'],
  sardana2024: ['--N', 'Parameters', '--D', 'Tokens', '--loss', 'Smoothed Loss'],
  misfitting2025: ['--fraction', 'portion_steps_elapsed', '--run', 'model,total_steps,peak_lr,sweep'],
};

const goldens = goldenFits().flatMap((golden) => {
  const flags = GOLDEN.find(([file, filter]) => file === golden.file && golden.filter === filter)?.[2];
  return flags ? [[`${golden.file}: ${golden.filter}, ${golden.penalty.kind}`, golden, flags] as const] : [];
});

function penaltyFlags(penalty: GoldenFit['penalty']): string[] {
  return ['--penalty', penalty.kind, ...(penalty.kind === 'huber' ? ['--delta', String(penalty.delta)] : [])];
}

describe.skipIf(goldens.length === 0)('fit on real data (skipped where the shared data are absent)', () => {
  it.each(goldens)('%s', async (_, golden, flags) => {
    const columns = COLUMNS[golden.file.split('/')[0]!]!;
    const fit = await json(['fit', sharedData(golden.file)!, ...columns, ...flags, ...penaltyFlags(golden.penalty)]);
    expect(fit.runs.kept).toBe(golden.rows);
    expect(fit.objective.value / golden.objective).toBeLessThanOrEqual(1 + 1e-6);
  });
});

describeWithData('the contract of fit --json', ['epoch2024/svg_extracted_data.csv'], (path) => {
  it('is the fit itself', async () => {
    const fit = await json(['fit', path, ...COLUMNS.epoch2024!, '--drop-top-loss', '5']);
    expect(Math.abs(fit.objective.value / 0.001018274017800599 - 1)).toBeLessThan(1e-6);
    expect(Object.keys(fit.coefficients)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
    expect(fit).toMatchObject({
      schema: 'scaling-laws/fit@1',
      law: 'chinchilla',
      status: { kind: 'converged' },
      warnings: [],
      runs: { read: 245, kept: 240, dropped: [{ filter: { kind: 'drop-top-loss', count: 5 }, rows: 5 }] },
    });
    expect(Object.keys(fit.starts)).toEqual(expect.arrayContaining(['tried', 'converged', 'atBest']));
    expect(fitFromJson(fit)).toEqual(fit);
  });
});

describe('fit', () => {
  it('says in words what it found, and warns on stderr', async () => {
    const { code, out, err } = await cli(['fit', SIMULATED, ...FAST, '--final-only']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^L\(N, D\) = 1\.\d+ \+ \d+(\.\d+)? \/ N\^0\.3\d+ \+ \d+(\.\d+)? \/ D\^0\.2\d+\n/);
    expect(out).toContain('940 read, 47 kept');
    expect(out).toContain('282 dropped by exclude-early (fraction 0.3)');
    expect(out).toContain('611 dropped by final-only');
    expect(out).toContain('converged: a minimum inside all bounds');
    expect(out).toMatch(/R2 0\.99\d+, mean error 0\.\d+% of loss/);
    expect(out).toMatch(/150M to 6B parameters, .* tokens\n/);
    const ray = await cli(['fit', 'examples/data/cerebras-gpt.csv']);
    expect(ray.out).toMatch(/status +(at a bound|unidentified): /);
    expect(ray.err.split('\n').filter((line) => line !== '').length).toBeGreaterThan(2);
    expect(ray.err).toMatch(/^(warning: [^\n]+\n)+$/);
  });

  it('reads stdin, in any form', async () => {
    const text = lines.slice(0, 200).join('\n');
    const csv = await json(['fit', '-'], `${header}\n${text}`);
    expect(csv.runs.read).toBe(200);
    const tsv = `${header}\n${text}`.replaceAll(',', '\t');
    expect((await json(['fit', '-', '--input-format', 'tsv'], tsv)).coefficients).toEqual(csv.coefficients);
  });

  it('saves the fit whole, and predict and optimal read it', async () => {
    const path = folder.path('fit.json');
    const { code, out } = await cli(['fit', SIMULATED, ...FAST, '--out', path]);
    expect([code, out.endsWith(`Saved to ${path}\n`)]).toEqual([0, true]);
    expect(readdirSync(dirname(path))).toEqual(['fit.json']);
    const fit = fitFromJson(readFileSync(path, 'utf8'));
    expect(await json(['fit', SIMULATED, ...FAST, '--out', path])).toEqual(fit);
    const prediction = await json(['predict', path, '--N', '6B', '--D', '120B']);
    // The law that made the runs is known; half a per cent is the noise of one of them.
    const truth = predictor(publishedLaws.sardana2024).loss({ N: 6e9, D: 120e9 });
    expect(Math.abs(prediction.loss / truth - 1)).toBeLessThan(0.005);
    expect(prediction).toMatchObject({ N: 6e9, D: 1.2e11, C: 4.32e21, extrapolation: false, outside: [] });
    const piped = await json(['optimal', '-', '--flops', '1e21'], readFileSync(path, 'utf8'));
    expect(piped).toEqual(await json(['optimal', path, '--flops', '1e21']));
  });

  it('saves to stdout where --out is -, and then says nothing else there', async () => {
    const { out, code } = await cli(['fit', SIMULATED, ...FAST, '--out', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(await json(['fit', SIMULATED, ...FAST]));
    expect(existsSync('-')).toBe(false);
  });

  it('does not write where it cannot', async () => {
    const path = folder.path('absent/fit.json');
    await expectFailure(
      ['fit', SIMULATED, ...FAST, '--out', path],
      1,
      /--out must be a file that can be written, got .*absent.fit\.json: no such file or folder/,
    );
    expect(existsSync(path)).toBe(false);
  });

  it('applies filters in the order of its help, whatever the order of the flags', async () => {
    const flags = [
      ['--max-loss', '4', '--min-tokens-per-param', '1', '--max-params', '3B', '--drop-top-loss', '2', '--lowest-loss'],
      ['--every-kth', '2', '--early', 'hitchhiker', '--equals', 'family=simulated', '--equals', 'family=real'],
    ];
    const orders = await Promise.all(
      [flags, flags.toReversed()].map((order) => json(['fit', SIMULATED, ...order.flat()])),
    );
    for (const { runs } of orders) {
      expect(runs.dropped.map((one: { filter: object }) => one.filter)).toEqual([
        { kind: 'equals', column: 'family', value: ['simulated', 'real'] },
        { kind: 'exclude-early', tokens: 10e9, fraction: 0.1 },
        { kind: 'every-kth', k: 2 },
        { kind: 'lowest-loss' },
        { kind: 'drop-top-loss', count: 2 },
        { kind: 'range', of: 'N', max: 3e9 },
        { kind: 'range', of: 'tokensPerParam', min: 1 },
        { kind: 'range', of: 'loss', max: 4 },
      ]);
    }
  });

  it('takes inf for no bound, and quantities as people write them', async () => {
    const flags = ['--max-tokens', 'inf', '--min-flops', '1e17', '--exclude-early-tokens', '1_000M'];
    const { runs } = await json(['fit', SIMULATED, ...flags]);
    expect(runs.dropped.map((one: { filter: object }) => one.filter)).toEqual([
      { kind: 'exclude-early', tokens: 1e9 },
      { kind: 'range', of: 'C', min: 1e17 },
    ]);
  });

  it('passes on how to fit', async () => {
    const flags = ['--penalty', 'squared', '--overestimate-weight', '2', '--space', 'linear'];
    const fit = await json([
      'fit',
      SIMULATED,
      ...FAST,
      ...flags,
      '--fix',
      'E=1.69',
      '--tie',
      'alpha=beta',
      '--hops',
      '0',
    ]);
    expect(fit.options).toMatchObject({ fixed: { E: 1.69 }, tied: [['alpha', 'beta']], search: { hops: 0 } });
    expect(fit.objective).toMatchObject({ penalty: { kind: 'squared', overestimateWeight: 2 }, space: 'linear' });
    expect(fit.coefficients.E).toBe(1.69);
    expect(fit.coefficients.alpha).toBe(fit.coefficients.beta);
    const other = await json(['fit', SIMULATED, ...FAST, '--final-only', '--engine', 'levenberg-marquardt']);
    expect(other.options.engine).toBe('levenberg-marquardt');
  });

  it('joins columns into the name of a run', async () => {
    const table = 'N,D,loss,model,seed\n'.concat(
      ...lines.slice(0, 400).map((line) => {
        const [N, D, , loss, , run] = line.split(',');
        return `${N},${D},${loss},${run},1\n`;
      }),
    );
    const fit = await json(['fit', '-', '--run', 'model,seed', '--final-only'], table);
    expect(fit.runs.kept).toBe(20);
  });

  it('skips bad rows where told to, and says so', async () => {
    const bad = [header, ...lines.slice(0, 100), '-1,2,3,4,0.5,run-1,x'].join('\n');
    const refused = await cli(['fit', '-'], bad);
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: 'scaling-laws: row 101: N must be a positive finite number of parameters, got -1\n',
    });
    const skipped = await cli(['fit', '-', '--on-bad-row', 'skip'], bad);
    expect(skipped.code).toBe(0);
    expect(skipped.err).toContain(
      'warning: row 101: N must be a positive finite number of parameters, got -1; the row',
    );
  });

  it.each([
    [['absent.csv'], 1, /absent\.csv: the file must be readable, got no such file or folder\n$/],
    [['src'], 1, /src: the file must hold tables: csv, tsv, json, jsonl, parquet, xlsx, got none\n$/],
    [['-'], 1, /the table must have rows, got blank text/],
    [[SIMULATED, '--N', 'Params'], 1, /simulated-runs\.csv: --N must name a column of the table, got Params; /],
    [
      [SIMULATED, '--equals', 'colour=red'],
      1,
      /: (--equals|filters.*column) must be about a column of the runs \(N, D, .*\), got colour/,
    ],
    [[SIMULATED, '--exclude-early-steps', '5'], 1, /: (--exclude-early-steps|filters.*steps) must be about a column/],
    [[SIMULATED, '--max-params', '1M'], 1, /: 0 of 940 rows left, .* range \(of N, max 1e6\) dropped 940/],
    [[SIMULATED, '--fix', 'E=-1'], 1, /E must be a finite number >= 0, got -1/],
    [[SIMULATED, '--fix', 'F=1'], 2, /: --fix must be about coefficients of chinchilla/],
    [[SIMULATED, '--fix', 'E'], 2, /--fix must be NAME=VALUE, between commas where several, got E/],
    [[SIMULATED, '--tie', 'alpha'], 2, /--tie must be NAME=NAME/],
    [[SIMULATED, '--equals', 'family'], 2, /--equals must be COLUMN=VALUE, got family/],
    [[SIMULATED, '--max-params', '1e9,2e9'], 2, /--max-params must be a number, or inf for none, got 1e9,2e9/],
    [[SIMULATED, '--max-params', 'big'], 2, /--max-params must be a number, or inf for none, got big/],
    [[SIMULATED, '--min-params', 'inf'], 2, /--min-params must be a finite number, got inf/],
    [
      [SIMULATED, '--min-params', '2B', '--max-params', '1B'],
      2,
      /--min-params must be at most max, 1000000000, got 2000000000/,
    ],
    [[SIMULATED, '--exclude-early-fraction', '1'], 2, /--exclude-early-fraction must be a number in \[0, 1\), got 1/],
    [[SIMULATED, '--drop-top-loss', '1.5'], 2, /an integer >= 0, got 1.5/],
    [[SIMULATED, '--every-kth', '0'], 2, /an integer >= 1/],
    [[SIMULATED, '--delta', '0'], 2, /--delta must be a positive finite number, got 0/],
    [[SIMULATED, '--delta', '1', '--penalty', 'squared'], 2, /--delta must come with --penalty huber/],
    [[SIMULATED, '--penalty', 'cubic'], 2, /--penalty must be one of huber, squared, absolute, got cubic/],
    [
      [SIMULATED, '--early', 'hitchhiker', '--exclude-early-tokens', '1'],
      2,
      /--early must come without --exclude-early-tokens, got both/,
    ],
    [[], 2, /missing required argument 'file'/],
    [['-', SIMULATED], 2, /FILE must be - alone, or files/],
  ] as const)('refuses %j with code %i', (args, code, message) => expectFailure(['fit', ...args], code, message));
});
