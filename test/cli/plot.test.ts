import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli, expectFailure, SIMULATED, temporaryFolder } from './run-cli.ts';

const { path, file } = temporaryFolder();
const fit = path('fit.json');
await cli(['fit', SIMULATED, '--final-only', '--out', fit]);

const ablation = file(
  'ablation.json',
  (await cli(['ablate', SIMULATED, '--final-only', '--max-params', '1B,inf', '--json'])).out,
);

describe('plot', () => {
  it.each([
    ['loss-by-compute', [fit, SIMULATED]],
    ['surface', ['hoffmann-2022', '--flops', '1e24']],
    ['residuals', [fit, SIMULATED, '--of', 'fraction', '--dark']],
    ['marginals', [fit, SIMULATED, '--bootstrap', '20']],
    ['cost', ['sardana-2024', '--target-loss', '2', '--inference-tokens', '2T']],
    ['ratios', ['sardana-2024']],
  ] as const)('%s', async (kind, argv) => {
    const { out, err, code } = await cli(['plot', ...argv, '--kind', kind]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^<svg/);
  });

  it('writes SVG and PNG by the ending of --out', async () => {
    const [svg, png] = [path('x.svg'), path('x.png')];
    for (const out of [svg, png])
      expect((await cli(['plot', fit, SIMULATED, '--kind', 'predicted', '--out', out])).code).toBe(0);
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg/);
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
  });

  it('takes flags of all kinds from a config file, where they are defaults', async () => {
    const config = file('config.jsonc', '{ "plot": { "coefficient": "alpha", "of": "N" } }');
    const { code, err } = await cli(['--config', config, 'plot', 'sardana-2024', '--kind', 'surface', '--out', '-']);
    expect([code, err]).toEqual([0, '']);
  });

  it.each([
    [[fit, '--kind', 'residual'], 2, /--kind must be one of .*; did you mean residuals\?/],
    [[fit, '--kind', 'residuals'], 1, '--kind residuals must come with FILE'],
    [
      ['sardana-2024', '--kind', 'surface', '--coefficient', 'q'],
      2,
      '--coefficient must come with --kind ablation, got',
    ],
    [[fit, SIMULATED, '--kind', 'predicted', '--seed', '1'], 2, '--seed must come with --kind marginals or pairs, got'],
    [['sardana-2024', SIMULATED, '--kind', 'cost'], 2, /^scaling-laws: FILE must come with --kind loss-by-compute or /],
    [['absent.json', '--kind', 'ablation'], 1, 'absent.json: must be a file of JSON, got no such file or folder'],
    [
      [fit, '--kind', 'surface', '--out', path('no/such.svg')],
      1,
      /--out must be a file .*such\.svg: no such file or f/,
    ],
    [
      [ablation, '--kind', 'ablation', '--coefficient', 'gamma'],
      2,
      "--coefficient must be one of the fits', E, A, B, alpha, beta, got",
    ],
    [[fit, '--kind', 'surface', '--out', 'x.gif'], 2, '--out must end in .svg or .png, got x.gif'],
  ] as const)('%j', async (argv, code, message) => expectFailure(['plot', ...argv], code, message));
});
