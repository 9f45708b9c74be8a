import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitFromJson } from '../../src/fit/fit.ts';
import { describeWithData } from '../shared-data.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const ASK = ['answer', SIMULATED, '--final-only', '--flops', '1e22', '--bootstrap', '60', '--workers', '1'];

describe('answer', () => {
  it('gives the decision with intervals, its other reading and the fit, as JSON', async () => {
    const { decision, otherReading, findings, fit } = await json([...ASK, '--inference-tokens', '1T']);
    for (const name of ['N', 'D', 'loss']) {
      const [low, high] = decision.intervals[name];
      expect(low <= decision[name] && decision[name] <= high, name).toBe(true);
    }
    expect([decision.budget, otherReading.budget]).toEqual(['lifetime', 'training']);
    expect(findings.every(({ code }: { code: string }) => code.startsWith('W_'))).toBe(true);
    expect(fitFromJson(JSON.stringify(fit)).uncertainty).toMatchObject({ kind: 'bootstrap', replicates: 60 });
    const told = await json([...ASK, '--inference-tokens', '1T', '--budget-for', 'training']);
    expect(told.decision.N).toBe(otherReading.N);
  });

  it('says it in words, and writes a report that begins with it', async () => {
    const path = folder.path('report.html');
    const { code, out } = await cli([...ASK, '--out', path]);
    expect(code).toBe(0);
    expect(out).toMatch(/^train +\d\S* parameters on \d\S* tokens/);
    expect(out).toMatch(/\nrests on +the chinchilla law fitted to 47 runs/);
    expect(out).toMatch(/\nreport +.*report\.html\n$/);
    const page = readFileSync(path, 'utf8');
    expect(page.indexOf('>Answer</h2>')).toBeGreaterThan(0);
    expect(page.indexOf('>Answer</h2>')).toBeLessThan(page.indexOf('>Data</h2>'));
    expect(page).toContain('The same question to other fits of these rows');
  });

  it.each([
    [['answer', SIMULATED], 'scaling-laws: answer must have --flops, got none\n'],
    [[...ASK, '--budget-for', 'lifetime'], /--budget-for must come with --inference-tokens or --requests/],
    [[...ASK, '--flops', '-1'], /--flops must be a positive finite number of FLOPs/],
  ] as const)('refuses %j', (args, message) => expectFailure(args, 2, message));
});

describeWithData('answer on the 47 runs of Sardana et al. 2024', ['sardana2024/trainingresults.csv'], (path) => {
  it('goes from the file to an answer without a flag but what cannot be inferred', async () => {
    const { decision, findings } = await json([
      ...[
        'answer',
        path,
        '--loss',
        'Smoothed Loss',
        '--flops',
        '1e22',
        '--inference-tokens',
        '1T',
        '--bootstrap',
        '100',
      ],
    ]);
    expect(decision.totalFlops / 1e22).toBeCloseTo(1, 9);
    const [low, high] = decision.intervals.N;
    expect(high / low).toBeGreaterThan(1.2);
    expect(findings.length).toBeGreaterThan(0);
  });
});
