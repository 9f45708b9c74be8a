/** docs/json-formats.md names every field of a real result, and no field that no result has. */

import { describe, expect, it } from 'vitest';
import { choshenPrior } from '../src/families.ts';
import {
  ablate,
  bootstrap,
  diagnose,
  fitScalingLaw,
  intervals,
  plan,
  publishedLaws,
  readRuns,
  runsToCsv,
  sweep,
} from '../src/index.ts';
import { simulateRuns } from '../src/simulate.ts';
import { read } from './fences.ts';

const page = read('docs/json-formats.md');

/** The fields in the first column of the table of a section. */
function documented(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, field]) => field!));
}

/** Paths of all values in plain data: `a.b`, `a[].b`. Lists of numbers or texts, and empty ones, are values themselves. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    const rows = value.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
    return rows.length > 0 ? rows.flatMap((row) => pathsOf(row, `${path}[]`)) : [path];
  }
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value).filter(([, inside]) => inside !== undefined);
  return entries.flatMap(([name, inside]) => pathsOf(inside, path ? `${path}.${name}` : name));
}

const isInside = (inner: string, outer: string): boolean =>
  inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[]`);

/** Whether a field of the page speaks of a path of a result: is it, holds it by `.*`, or lies in what is null or empty there. */
function covers(field: string, path: string): boolean {
  const named = field.replace(/\.\*$/, '');
  return path === named || isInside(named, path) || (isInside(path, named) && field !== named);
}

const law = publishedLaws.sardana2024;
const runs = readRuns(runsToCsv(simulateRuns({ law, layout: { kind: 'sardana' }, seed: 1 })), {
  convention: { N: 'total', C: '6ND' },
});
const fit = fitScalingLaw(runs, { filters: [{ kind: 'range', of: 'tokensPerParam', max: 500 }] });
const fixed = fitScalingLaw(runs, { fixed: { E: 1.69 }, bounds: { alpha: [0.4, 1] } });
const prior = choshenPrior({ widths: { alpha: 0.1, beta: 0.1 }, noise: 0.01 });
const withPrior = fitScalingLaw(runs, { prior });
const boot = bootstrap(fit, runs, { replicates: 10 });
const served = {
  demand: { requests: 1e9, inputTokens: 500, outputTokens: 200 },
  pay: 'dollars',
  training: { gpu: 'H100' },
  serving: { gpu: 'H100', count: 8, batch: 32, view: { kind: 'roofline' } },
  energy: { carbonIntensity: 400 },
} as const;
const cut = [{ kind: 'range', of: 'tokensPerParam', max: [12, 100] }] as const;

const results: Readonly<Record<string, readonly unknown[]>> = {
  'A fit': [fit, fixed, withPrior],
  'A bootstrap': [boot],
  'A plan': [
    plan({ law, goal: { kind: 'loss', loss: 1.947 }, ...served, constraints: [{ kind: 'latency', seconds: 0.003 }] }),
    plan({
      law: boot,
      goal: { kind: 'match', N: 2e9, D: 4e10 },
      demand: { tokens: { kind: 'log-normal', median: 1e11, p90: 1e12 } },
    }),
  ],
  'A sweep': [
    sweep(
      { law, goal: { kind: 'loss', loss: 2 } },
      { x: { of: 'demand', values: [1e11, 1e12] }, y: { of: 'loss', values: [1.5, 2] } },
    ),
  ],
  'An ablation': [
    ablate(runs, {
      filters: cut,
      holdOut: { kind: 'largest-N' },
      predictAt: [{ N: 1e10, D: 1e12 }],
      optimumAt: [{ C: 1e22 }],
      bootstrap: { replicates: 10 },
    }),
  ],
  'An interval': [intervals(boot, ({ coefficients }) => coefficients.alpha)],
  'A diagnosis': [diagnose(fixed, runs)],
};

describe.each(Object.entries(results))('%s', (heading, all) => {
  const fields = documented(heading);
  const seen = [...new Set(all.flatMap((one) => pathsOf(JSON.parse(JSON.stringify(one)))))];
  const paths = seen.filter((path) => !seen.some((other) => isInside(other, path)));

  it('has no field that is not documented', () => {
    expect(paths.filter((path) => !fields.some((field) => covers(field, path)))).toEqual([]);
  });

  it('has every field that is documented', () => {
    expect(fields.filter((field) => !paths.some((path) => covers(field, path)))).toEqual([]);
  });
});
