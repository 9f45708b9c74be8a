import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const law = publishedLaws.sardana2024;
const ray = folder.file(
  'ray.csv',
  runsToCsv(
    simulateRuns({ law, layout: { kind: 'ray', N: [1e8, 2e8, 5e8, 1e9, 2e9, 5e9], tokensPerParam: 20 }, seed: 1 }),
  ),
);

/** Fits `file` and saves it under `name`. */
async function saved(name: string, file: string, ...flags: string[]): Promise<string> {
  const path = folder.path(name);
  expect((await cli(['fit', file, ...flags, '--out', path])).code).toBe(0);
  return path;
}

describe('diagnose', () => {
  it('finds that A and B cannot be told apart on one ray', async () => {
    const fit = await saved('ray.json', ray);
    const { findings } = await json(['diagnose', fit, ray]);
    expect(findings[0].code).toBe('W_ONE_RAY');
    expect(findings[0].message).toContain('A and B cannot be told apart');
    for (const finding of findings) {
      expect(Object.keys(finding).sort()).toEqual(['about', 'advice', 'code', 'evidence', 'message', 'severity']);
    }
    const { code, out, err } = await cli(['diagnose', fit, ray]);
    expect([code, err]).toEqual([0, '']);
    const paragraphs = out.trimEnd().split('\n\n');
    expect(paragraphs).toHaveLength(findings.length);
    for (const paragraph of paragraphs) {
      expect(paragraph).toMatch(/^(error|warning|note): \S.*\. \(W_[A-Z_]+\)\n {4}[A-Z].*\.$/);
    }
    expect(paragraphs[0]).toMatch(
      /^error: .*A and B cannot be told apart\. \(W_ONE_RAY\)\n {4}Predict along this ratio/,
    );
  });

  it('reads the columns that the fit was read from', async () => {
    const sheet = 'examples/data/spreadsheet.csv';
    const columns = ['--N', 'Model size', '--D', 'Tokens seen', '--loss', 'Final C4 loss'];
    const fit = await saved('sheet.json', sheet, ...columns);
    expect(await json(['diagnose', fit, sheet])).toEqual(await json(['diagnose', fit, sheet, ...columns]));
  });

  it('applies the filters of the fit again, and may have nothing to report', async () => {
    const fit = await saved('good.json', SIMULATED, '--final-only', '--min-params', '1');
    expect(await cli(['diagnose', fit, SIMULATED])).toEqual({
      code: 0,
      out: 'Nothing to report: no check found anything wrong with this fit.\n',
      err: '',
    });
    expect(await json(['diagnose', fit, SIMULATED])).toEqual({ findings: [] });
  });

  it('speaks in flags', async () => {
    const fit = await saved('all.json', SIMULATED);
    const { out } = await cli(['diagnose', fit, SIMULATED]);
    expect(out).toContain('--exclude-early-fraction');
    expect(out).toContain('--resample runs');
    expect(out).not.toMatch(/resample:|tied:|search:/);
  });

  it('reads the fit, or the table, from stdin', async () => {
    const fit = await saved('piped.json', SIMULATED, '--final-only');
    const whole = await json(['diagnose', fit, SIMULATED]);
    expect(await json(['diagnose', '-', SIMULATED], readFileSync(fit, 'utf8'))).toEqual(whole);
    expect(await json(['diagnose', fit, '-'], readFileSync(SIMULATED, 'utf8'))).toEqual(whole);
  });

  it('says what to look at where the table is another', async () => {
    const fit = await saved('other.json', SIMULATED, '--final-only');
    await expectFailure(
      ['diagnose', fit, ray],
      1,
      /ray\.csv: the table must be the one that .*other\.json was made from \(940 rows read, 47 kept\), got other rows \(6 read\)\n/,
    );
    await expectFailure(
      ['diagnose', fit, SIMULATED, '--loss', 'D'],
      1,
      /as many rows, so perhaps other columns: name them/,
    );
  });

  it.each([
    [['-', '-'], 2, /one of FIT and FILE must be a file, got - for both/],
    [['hoffmann-2022', SIMULATED], 1, /FIT must be a saved fit, got the published law hoffmann-2022/],
    [['absent.json', SIMULATED], 1, /absent\.json must be a readable file, got no such file or folder/],
    [[SIMULATED, SIMULATED], 1, /saved fit: must be a JSON object/],
    [['fit.json'], 2, /missing required argument 'file'/],
  ] as const)('refuses %j with code %i', (args, code, message) => expectFailure(['diagnose', ...args], code, message));
});
