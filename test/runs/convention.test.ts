import { describe, expect, it } from 'vitest';
import { approach2 } from '../../src/approaches/approach2.ts';
import { variableProjection } from '../../src/approaches/variable-projection.ts';
import { borrow } from '../../src/families/borrow.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { relativeErrors } from '../../src/hold-out/relative-error.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { joinRuns } from '../../src/runs/join-runs.ts';
import { type ReadRunsOptions, readRuns } from '../../src/runs/read-runs.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const TEXT = 'N,D,loss\n1B,20B,2.5\n2B,40B,2.4';
const codes = (warnings: readonly { code: string }[]): string[] => warnings.map(({ code }) => code);
const read = (convention: NonNullable<ReadRunsOptions['convention']>) => readRuns(TEXT, { convention });

describe('what N and C count', () => {
  it('goes from the reader into the runs, through filters, into the fit and its file', () => {
    const csv = runsToCsv(simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 }));
    const runs = readRuns(csv, { convention: { N: 'total', C: '6ND' } });
    expect(runs.convention).toEqual({ N: 'total', C: '6ND' });
    const fit = fitScalingLaw(runs, { filters: [{ kind: 'range', of: 'N', max: 3e9 }] });
    expect(fit.runs.convention).toEqual({ N: 'total', C: '6ND' });
    expect(fitFromJson(JSON.stringify(fit)).runs.convention).toEqual({ N: 'total', C: '6ND' });
    expect(codes(fit.warnings)).not.toContain('W_CONVENTIONS_MIXED');
  });

  it('is nothing where nothing was said', () => {
    expect(readRuns(TEXT).convention).toBeUndefined();
    expect(joinRuns([readRuns(TEXT), readRuns(TEXT)]).convention).toBeUndefined();
  });

  it('warns where C and N do not count the same parameters', () => {
    expect(codes(read({ N: 'body', C: 'kaplan' }).warnings)).toEqual([]);
    const withC = 'N,D,C,loss\n1B,20B,1.3e20,2.5\n2B,40B,5e20,2.4';
    const mixed = readRuns(withC, { convention: { N: 'body', C: 'hoffmann' } });
    expect(mixed.warnings).toMatchObject([
      {
        code: 'W_CONVENTIONS_MIXED',
        message: 'N leaves embeddings out and C (hoffmann) counts embeddings: exponents of C then mean neither.',
      },
    ]);
  });

  it('warns where joined tables differ; one that does not say goes with any', () => {
    expect(joinRuns([read({ N: 'total' }), readRuns(TEXT)])).toMatchObject({
      convention: { N: 'total' },
      warnings: [],
    });
    const mixed = joinRuns([read({ N: 'total', C: '6ND' }), read({ N: 'body', C: '6ND' })]);
    expect(mixed.convention).toEqual({ C: '6ND' });
    expect(codes(mixed.warnings)).toContain('W_CONVENTIONS_MIXED');
  });

  it('refuses a way to count C that nothing counted', () => {
    expect(() => read({ N: 'body', C: 'deepseek' })).toThrow(
      'convention.C must be 6ND, or kaplan where N leaves embeddings out, because the table has no C',
    );
  });

  it('warns where a law judges, or lends to, rows that count otherwise', () => {
    const grid = runsToCsv(simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 }));
    const [total, body] = [
      readRuns(grid, { convention: { N: 'total' } }),
      readRuns(grid, { convention: { N: 'body' } }),
    ];
    const fit = fitScalingLaw(total);
    expect(codes(relativeErrors(fit, body).warnings ?? [])).toEqual(['W_CONVENTIONS_MIXED']);
    expect(relativeErrors(fit, total).warnings).toBeUndefined();
    expect(codes(borrow(fit, body, { keep: ['E'] }).warnings)).toContain('W_CONVENTIONS_MIXED');
    expect(codes(relativeErrors(publishedLaws.kaplan2020, total).warnings ?? [])).toEqual(['W_CONVENTIONS_MIXED']);
    // C does not enter the law.
    const counted = readRuns(grid, { convention: { N: 'total', C: 'deepseek' } });
    expect(
      relativeErrors(fitScalingLaw(readRuns(grid, { convention: { C: '6ND' } })), counted).warnings,
    ).toBeUndefined();
  });

  it('reaches the approaches', () => {
    const law = publishedLaws.hoffmann2022;
    const layout = { kind: 'isoflop', C: [1e19, 1e20, 1e21], N: [1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10] } as const;
    const runs = readRuns(runsToCsv(simulateRuns({ law, layout, noise: 0.001, seed: 1 })), {
      convention: { N: 'body', C: 'hoffmann' },
    });
    expect(codes(approach2(runs).warnings)).toContain('W_CONVENTIONS_MIXED');
    expect(codes(variableProjection(runs).warnings)).toContain('W_CONVENTIONS_MIXED');
  });

  it.each([
    [{ N: 'all' }, 'convention.N must be one of total, body, got all'],
    [{ C: '5ND' }, 'convention.C must be one of 6ND, kaplan'],
    [{ D: 'all' }, 'convention must be among N, C, got D'],
  ])('refuses %j', (convention, message) => {
    expect(() => read(convention as never)).toThrow(message);
  });
});
