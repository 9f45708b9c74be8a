import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { applyFilters } from '../../src/filters/apply.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { predictor } from '../../src/predict/predictor.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { DEFAULT_NOISE, type Simulation, simulateRuns } from '../../src/simulate/simulate-runs.ts';

const law = publishedLaws.sardana2024;
const simulate = (options: Partial<Simulation> = {}): Runs =>
  simulateRuns({ law, layout: { kind: 'sardana' }, seed: 1, ...options });

/** ln(loss / law) of every row. */
const excess = ({ N, D, loss }: Runs): number[] =>
  Array.from(loss, (l, i) => Math.log(l / predictor(law).loss({ N: N[i]!, D: D[i]! })));

describe('simulateRuns', () => {
  it('without noise is the law', () => {
    const runs = simulate({ noise: 0 });
    expect(Math.max(...excess(runs).map(Math.abs))).toBeLessThan(1e-14);
    expect(runs.C).toEqual(runs.N.map((N, i) => 6 * N * runs.D[i]!));
  });

  it('is the same for the same seed, and another for another', () => {
    expect(simulate({ checkpoints: 3 })).toEqual(simulate({ checkpoints: 3 }));
    expect(simulate({ seed: 2 }).loss).not.toEqual(simulate().loss);
  });

  it('has noise of the level asked for, in log loss', () => {
    const layout = { kind: 'grid', N: [1e8, 1e9], D: Array.from({ length: 1000 }, (_, i) => 1e9 * (i + 1)) } as const;
    for (const noise of [undefined, 0.003, 0.05]) {
      const residuals = excess(simulateRuns({ law, layout, seed: 4, ...(noise && { noise }) }));
      const level = noise ?? DEFAULT_NOISE;
      // Of 2,000 normal deviates: the mean is within 4 standard errors of 0, the deviation within 4 of the level.
      expect(Math.abs(mean(residuals))).toBeLessThan((4 * level) / Math.sqrt(2000));
      expect(Math.abs(standardDeviation(residuals) / level - 1)).toBeLessThan(4 / Math.sqrt(4000));
    }
  });

  it('gives the checkpoints of a run in order of tokens, evenly spaced, the last at its end', () => {
    const runs = simulate({ layout: { kind: 'ray', N: [1e8, 1e9], tokensPerParam: 20 }, checkpoints: 4 });
    expect(Array.from(runs.fraction!)).toEqual([0.25, 0.5, 0.75, 1, 0.25, 0.5, 0.75, 1]);
    expect(Array.from(runs.D.subarray(4))).toEqual([5e9, 1e10, 1.5e10, 2e10]);
    expect(runs.run).toEqual([...new Array(4).fill('run-1'), ...new Array(4).fill('run-2')]);
    expect(new Set(runs.family)).toEqual(new Set(['simulated']));
    expect(Array.from(runs.row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('lifts early checkpoints above the law as asked', () => {
    const runs = simulate({ noise: 0, checkpoints: 10, early: { excess: 0.3, share: 0.05 } });
    const lifted = excess(runs).map((r, i) => Math.expm1(r) / (0.3 * Math.exp(-runs.fraction![i]! / 0.05)));
    expect(lifted.slice(0, 3).map((ratio) => Math.round(ratio * 1e6) / 1e6)).toEqual([1, 1, 1]);
  });

  it('goes through filters like any runs', () => {
    const { kept } = applyFilters(simulate({ checkpoints: 20 }), [{ kind: 'final-only' }]);
    expect(kept.length).toBe(47);
    expect(Object.isFrozen(simulate())).toBe(true);
  });
});

describe('errors', () => {
  it.each([
    ['noise must be a finite number of log loss, 0 or more, got -0.1', { noise: -0.1 }],
    [
      'simulation must be among law, layout, variables, noise, checkpoints, schedule, annealing, early, seed, got zzz',
      { zzz: 1 },
    ],
    ['checkpoints must be an integer >= 1, got 0', { checkpoints: 0 }],
    ['seed must be an integer, got 1.5', { seed: 1.5 }],
    [
      'early.excess must be a finite number of relative loss, 0 or more, got NaN',
      { early: { excess: Number.NaN, share: 1 } },
    ],
    ['early.share must be a positive finite number of run lengths, got 0', { early: { excess: 1, share: 0 } }],
  ])('%s', (message, options) => {
    expect(() => simulate(options as object)).toThrow(
      expect.objectContaining({
        name: 'ScalingLawsError',
        code: 'zzz' in options ? 'E_OPTION' : 'E_ARGUMENT',
        message,
      }),
    );
  });

  it('refuses a law whose coefficients are not its own', () => {
    expect(() => simulate({ law: { law: chinchilla, coefficients: { ...law.coefficients, beta: -1 } } })).toThrow(
      'chinchilla: beta must be a number from 0 to 20, got -1',
    );
  });
});
