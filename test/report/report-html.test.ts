/** The report, read back with a parser that is not ours. */

import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { plotDocument } from '../../src/node/pictures.ts';
import { type ReportOptions, reportHtml } from '../../src/report/report-html.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';

const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
const fit = fitScalingLaw(runs, { filters: [{ kind: 'drop-top-loss', count: 2 }] });
const document = await plotDocument();
const page = (options: Omit<ReportOptions, 'document'>): string => reportHtml({ ...options, document });
const text = page({ fit, runs });
const parsed = parseHTML(text).document;

describe('reportHtml', () => {
  it('holds the fit, as it was', () => {
    expect(fitFromJson(parsed.querySelector('#fit')!.textContent!)).toEqual(fit);
  });

  it('asks nothing of the network, and runs nothing', () => {
    expect(text).not.toMatch(/<link|<img|@import|url\(|src=|<iframe/);
    expect([...parsed.querySelectorAll('script')].map((script) => script.getAttribute('type'))).toEqual([
      'application/json',
    ]);
    const links = [...parsed.querySelectorAll('a')].map((link) => link.getAttribute('href')!);
    for (const link of links) expect(parsed.querySelector(link), link).not.toBeNull();
  });

  it('is a document with landmarks, one heading of first rank, captions and scopes', () => {
    expect(parsed.documentElement.getAttribute('lang')).toBe('en');
    expect(parsed.querySelectorAll('h1')).toHaveLength(1);
    for (const landmark of ['header', 'nav', 'main', 'footer']) expect(parsed.querySelector(landmark)).not.toBeNull();
    for (const table of parsed.querySelectorAll('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      for (const cell of table.querySelectorAll('th')) expect(cell.getAttribute('scope')).toMatch(/^(row|col)$/);
    }
    for (const figure of parsed.querySelectorAll('figure')) {
      expect(figure.querySelectorAll('svg[role=img][aria-label]')).toHaveLength(2);
      expect(figure.querySelector('figcaption')!.textContent).toMatch(/\.$/);
    }
    expect(parsed.querySelectorAll('figure').length).toBeGreaterThanOrEqual(4);
  });

  it('says what was dropped, and every coefficient', () => {
    expect(parsed.querySelector('[aria-labelledby=filters]')!.textContent).toContain(
      `2 of ${runs.length} rows dropped`,
    );
    const names = [...parsed.querySelectorAll('[aria-labelledby=coefficients] tbody th')].map(
      (cell) => cell.textContent,
    );
    expect(names).toEqual(Object.keys(fit.coefficients));
  });

  it.each([['<script>alert(1)</script>'], ['</script><img src=x onerror=alert(1)>'], ['a & "b" \'c\' <!-- d']])(
    'writes %j as text',
    (hostile) => {
      const csv = runsToCsv(runs);
      const named = readRuns(
        csv
          .split('\n')
          .filter((line) => line !== '')
          .map((line, i) => `${line},"${(i === 0 ? 'name' : hostile).replaceAll('"', '""')}"`)
          .join('\n'),
      );
      const filters = [{ kind: 'equals', column: 'name', value: hostile } as const];
      const own = fitScalingLaw(named, { filters });
      const { document: made } = parseHTML(page({ fit: own, runs: named, title: hostile }));
      expect(made.querySelectorAll('script')).toHaveLength(1);
      expect(made.querySelectorAll('img')).toHaveLength(0);
      expect(made.querySelector('h1')!.textContent).toBe(hostile);
      expect(made.querySelector('[aria-labelledby=filters] tbody th')!.textContent).toContain(hostile);
      expect(fitFromJson(made.querySelector('#fit')!.textContent!)).toEqual(own);
    },
  );

  it('without runs says that there is no diagnosis; with a bootstrap and a problem shows both', () => {
    expect(page({ fit })).toContain('Not diagnosed');
    const replicates = bootstrap(fit, runs, { replicates: 60 });
    const full = page({
      fit,
      runs,
      bootstrap: replicates,
      problem: { goal: { kind: 'loss', loss: 2.1 }, demand: { tokens: 1e12 } },
    });
    expect(full).toContain('from 60 bootstrap re-fits');
    expect(full).toContain('Chinchilla-style, same loss');
    expect(parseHTML(full).document.querySelectorAll('figure')).toHaveLength(7);
  });

  it('refuses other runs and unknown options', () => {
    const others = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 2 });
    expect(() => page({ fit, runs: others })).toThrow(expect.objectContaining({ code: 'E_RUNS_MISMATCH' }));
    expect(() => page({ fit, run: runs } as never)).toThrow(expect.objectContaining({ code: 'E_OPTION' }));
  });
});
