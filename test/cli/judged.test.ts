import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { runsToCsv } from '../../src/runs/write-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { cli, expectFailure, json, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const law = publishedLaws.sardana2024;
const N = [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9];
const grid = { kind: 'grid', N, D: [2e9, 8e9, 3e10, 1e11] } as const;
const file = folder.file('runs.csv', runsToCsv(simulateRuns({ law, layout: grid, noise: 0.003, seed: 1 })));

async function saved(): Promise<string> {
  const path = folder.path('fit.json');
  await cli(['fit', file, '--penalty', 'squared', '--out', path]);
  return path;
}

describe('profile', () => {
  it('gives an interval of a coefficient, and its likelihood at a value', async () => {
    const fit = await saved();
    const argv = ['profile', fit, file, '--coefficient', 'alpha', '--at', String(law.coefficients.alpha)];
    const { interval, points } = await json(argv);
    expect(interval.lower).toBeLessThan(law.coefficients.alpha);
    expect(interval.upper).toBeGreaterThan(law.coefficients.alpha);
    // The 95% quantile of chi-squared with one degree of freedom.
    expect(points[0].statistic).toBeLessThan(3.8415);
    expect((await cli(argv)).out).toMatch(/^alpha is 0\.\d+, 95% interval 0\.\d+ to 0\.\d+\.\n\nheld at/);
  });

  it('refuses a coefficient that is none', async () => {
    await expectFailure(['profile', await saved(), file, '--coefficient', 'gamma'], 2, '--coefficient must be a free');
    await expectFailure(['profile', await saved(), file], 2, 'profile must have --coefficient');
  });
});

describe('test', () => {
  it('accepts the law behind the rows and rejects another', async () => {
    const ask = ['test', await saved(), file, '--against'];
    const own = await json([...ask, 'sardana-2024', '--bootstrap', '40', '--workers', '1']);
    expect(own.likelihoodRatio.pValue).toBeGreaterThan(0.01);
    expect(own.chiSquared.degreesOfFreedom).toBe(5);
    const other = await json([...ask, 'kaplan-2020']);
    expect([other.likelihoodRatio.pValue < 1e-6, other.chiSquared]).toEqual([true, null]);
    expect((await cli([...ask, 'sardana-2024'])).out).toMatch(/p = [0-9.e-]+ by 199 tables/);
  });
});

describe('roll-out', () => {
  it('predicts the next size from the smaller ones', async () => {
    const { steps } = await json(['roll-out', file, '--by', 'N', '--steps', '2']);
    expect(steps.map(({ predicted }: { predicted: number[] }) => predicted)).toEqual([
      [1.6e9, 1.6e9],
      [3.2e9, 3.2e9],
    ]);
    for (const { heldOut } of steps) expect(heldOut.meanAbsoluteRelativeError).toBeLessThan(0.02);
    expect((await cli(['roll-out', file, '--by', 'N', '--steps', '2'])).out).toMatch(/^fitted N +predicted N +rows/);
  });
  it('asks along what', () => expectFailure(['roll-out', file], 2, 'roll-out must have --by'));
});

describe('leave-out', () => {
  it('leaves every size out once', async () => {
    const { units } = await json(['leave-out', file, '--by', 'size']);
    expect(units.map(({ unit }: { unit: number }) => unit)).toEqual(N);
    expect((await cli(['leave-out', file, '--by', 'size'])).out).toMatch(/\nMean error 0\.\d+%, signed/);
  });
  it('asks what', () => expectFailure(['leave-out', file], 2, 'leave-out must have --by'));
});
