import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli, expectFailure, SIMULATED, temporaryFolder } from './run-cli.ts';

const { path } = temporaryFolder();
const fit = path('fit.json');
await cli(['fit', SIMULATED, '--final-only', '--out', fit]);

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

  it.each([
    [[fit, '--kind', 'residual'], 2, /--kind must be one of .*; did you mean residuals\?/],
    [[fit, '--kind', 'residuals'], 1, '--kind residuals must come with FILE'],
    [[fit, '--kind', 'surface', '--out', 'x.gif'], 2, '--out must end in .svg or .png, got x.gif'],
  ] as const)('%j', async (argv, code, message) => expectFailure(['plot', ...argv], code, message));
});
