import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { fitFromJson } from '../../src/fit/fit.ts';
import { cli, expectFailure, SIMULATED, temporaryFolder } from './run-cli.ts';

const { path } = temporaryFolder();
const fit = path('fit.json');
await cli(['fit', SIMULATED, '--final-only', '--out', fit]);

describe('report', () => {
  it('writes one page with the fit, its figures and the optimum asked for', async () => {
    const out = path('report.html');
    const { code, err } = await cli([
      'report',
      fit,
      SIMULATED,
      '--target-loss',
      '2.2',
      '--inference-tokens',
      '1T',
      '--out',
      out,
    ]);
    expect([code, err]).toEqual([0, '']);
    const { document } = parseHTML(readFileSync(out, 'utf8'));
    expect(fitFromJson(document.querySelector('#fit')!.textContent!)).toEqual(fitFromJson(readFileSync(fit, 'utf8')));
    expect(document.querySelectorAll('figure').length).toBeGreaterThan(4);
    expect(document.title).toContain('simulated-runs.csv');
  });

  it('goes to stdout without --out', async () => {
    const { out, code } = await cli(['report', fit]);
    expect(code).toBe(0);
    expect(out).toMatch(/^<!doctype html>/i);
  });

  it('refuses what it cannot do', async () => {
    await expectFailure(['report', fit, '--bootstrap', '20'], 2, '--bootstrap must come with FILE');
    await expectFailure(['report', 'hoffmann-2022'], 1, 'FIT must be a saved fit, got the published law hoffmann-2022');
  });
});
