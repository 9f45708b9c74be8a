import { describe, expect, it } from 'vitest';
import { chisquareTail } from '../../src/numeric/distributions.ts';
import { kruskalWallis, ranks } from '../../src/numeric/ranks.ts';
import { inCode, worded } from '../../src/sentence.ts';
import type { Noise } from '../../src/simulate/noise.ts';
import { codes, finding, findingsOf, simulated } from './simulated.ts';

describe('ranks', () => {
  it('of ties are their mean rank', () => {
    expect(Array.from(ranks([3, 1, 3, 2, 3]))).toEqual([4, 1, 4, 2, 4]);
  });

  it('give the H of Kruskal and Wallis', () => {
    // The example of scipy.stats.kruskal: [1, 3, 5, 7, 9] and [2, 4, 6, 8, 10].
    const values = [1, 3, 5, 7, 9, 2, 4, 6, 8, 10];
    const groups = [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ];
    expect(kruskalWallis(values, groups)).toBeCloseTo(0.2727272727, 9);
    expect(chisquareTail(kruskalWallis(values, groups), 1)).toBeCloseTo(0.60150813444, 9);
  });
});

describe('outliers', () => {
  /** The grid with these rows (1-based) multiplied. */
  const spoiled = (rows: readonly number[], factor: number, seed: number) => {
    const runs = simulated({ seed });
    return { ...runs, loss: runs.loss.map((loss, i) => (rows.includes(i + 1) ? factor * loss : loss)) };
  };

  it('are found by their source rows, and no others', () => {
    for (let k = 1; k <= 20; k++) {
      const found = finding(findingsOf(spoiled([4, 17, 30], 1.1, k)), 'W_OUTLIERS');
      expect([...(found.evidence.rows as number[])].sort((a, b) => a - b)).toEqual([4, 17, 30]);
    }
  });

  it('at the end of a range are a warning that says what they move', () => {
    const found = finding(findingsOf(spoiled([31, 32, 33, 34, 35, 36], 1.1, 2)), 'W_OUTLIERS');
    expect(found.severity).toBe('warning');
    expect(found.message).toContain('alpha goes from');
    // Without them the law is the truth again, to the precision of the grid.
    expect((found.evidence.without as { alpha: number }).alpha).toBeCloseTo(0.3478, 1);
  });

  it('name ten rows at most', () => {
    const runs = simulated({ checkpoints: 10, early: { excess: 1.5, share: 0.03 } });
    const found = finding(findingsOf(runs), 'W_OUTLIERS');
    expect(found.evidence.count).toBeGreaterThan(10);
    expect(found.evidence.rows).toHaveLength(10);
    expect(worded(found.advice!, inCode)).toContain("filters: [{ kind: 'exclude-early', fraction: 0.1 }]");
  });

  it('are not looked for in rounding', () => {
    expect(codes(findingsOf(simulated({ noise: 0 })))).not.toContain('W_OUTLIERS');
  });
});

describe('trends', () => {
  it.each(['cosine', 'wsd'] as const)('finds mid-schedule checkpoints of %s runs', (schedule) => {
    const found = finding(findingsOf(simulated({ schedule, checkpoints: 12 })), 'W_TREND_FRACTION');
    const medians = found.evidence.medians as number[];
    expect(medians[0]!).toBeLessThan(medians.at(-1)! - 0.005);
    expect(found.message).toContain('the fraction of the run');
  });

  it('finds what the law cannot follow in N or in D: the middle off by 1%', () => {
    const runs = simulated({ noise: 0.002 });
    const lifted = (column: Float64Array, of: readonly number[]) => ({
      ...runs,
      loss: runs.loss.map((loss, i) => (of.includes(column[i]!) ? 1.01 * loss : loss)),
    });
    const inN = findingsOf(lifted(runs.N, [5e8, 1.5e9]));
    expect(codes(inN)).toContain('W_TREND_N');
    expect(codes(inN)).not.toContain('W_TREND_D');
    const inD = findingsOf(lifted(runs.D, [1e10, 3e10]));
    expect(codes(inD)).toContain('W_TREND_D');
    expect(codes(inD)).not.toContain('W_TREND_N');
  });
});

describe('autocorrelation along runs', () => {
  const noise = (autocorrelation: number, runEffect = 0): Noise => ({
    kind: 'log-normal',
    sd: 0.005,
    autocorrelation,
    runEffect,
  });
  const found = (of: Noise) => finding(findingsOf(simulated({ noise: of, checkpoints: 20 })), 'W_AUTOCORRELATED');

  it('is measured: the .242 of a 530M run is worth .61 of the rows', () => {
    const { evidence, advice } = found(noise(0.242));
    // 684 pairs: standard error 0.04; fitting five coefficients and the law's own draw take a little.
    expect(Math.abs((evidence.correlation as number) - 0.242)).toBeLessThan(0.12);
    expect(Math.abs((evidence.effectiveShare as number) - 0.61)).toBeLessThan(0.15);
    expect(evidence).toMatchObject({ runs: 36, pairs: 36 * 19 });
    expect(worded(advice!, inCode)).toContain("resample: 'runs'");
  });

  it('sees errors that a whole run shares', () => {
    expect(found(noise(0, 0.005)).evidence.correlation).toBeGreaterThan(0.3);
  });

  it('is not said of independent checkpoints, of short runs, nor of runs without names', () => {
    expect(findingsOf(simulated({ checkpoints: 20 }))).toEqual([]);
    expect(codes(findingsOf(simulated({ noise: noise(0.8), checkpoints: 3 })))).not.toContain('W_AUTOCORRELATED');
    const { run: _, ...nameless } = simulated({ noise: noise(0.8), checkpoints: 20 });
    expect(codes(findingsOf(nameless))).not.toContain('W_AUTOCORRELATED');
  });
});
