/** How well a fit knows the size that is best at a budget: against the closed form of the optimum, and against repeated experiments. */

import { median, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { Layout } from '../../src/simulate/layout.ts';
import { codes, finding, ratios, simulated } from './simulated.ts';

/** `count` sizes from 50M to 10B, each at a ratio of its own from `least` to `most` tokens per parameter, that follow no order. */
const scattered = (count: number, least: number, most: number): Layout => ({
  kind: 'points',
  points: Array.from({ length: count }, (_, i) => {
    const N = 5e7 * 200 ** ((i + 0.5) / count);
    return { N, D: N * least * (most / least) ** ((0.5 + i * 0.6180339887) % 1) };
  }),
});

describe('the decision of a fit', () => {
  const fit = fitScalingLaw(simulated());

  it('is the best size at the largest budget, 10 and 100 times it', () => {
    const largest = fit.fittedRange.C[1];
    expect(fit.decision!.map(({ C }) => Math.round(C / largest))).toEqual([1, 10, 100]);
    for (const { C, N, D } of fit.decision!) {
      const optimum = computeOptimal(fit, { C });
      expect(N! / optimum.N).toBeCloseTo(1, 5);
      expect(D! / optimum.D).toBeCloseTo(1, 5);
    }
    expect(fitFromJson(JSON.stringify(fit)).decision).toEqual(fit.decision);
  });

  it.each([
    ['single rows', 1, 0],
    ['runs of six checkpoints that err together', 6, 0.005],
  ])('is as uncertain as it is over repeated experiments: %s', (_, checkpoints, runEffect) => {
    const noise = { kind: 'log-normal', sd: 0.005, runEffect } as const;
    const options = { penalty: 'squared', search: { starts: 2, hops: 0 } } as const;
    const fits = Array.from({ length: 60 }, (_, k) =>
      fitScalingLaw(simulated({ noise, checkpoints, seed: k + 1 }), options),
    );
    for (const k of [0, 2]) {
      const truth = standardDeviation(fits.map(({ decision }) => Math.log(decision![k]!.N!)));
      // 60 experiments give a deviation to 9%.
      expect(Math.abs(median(fits.map(({ decision }) => decision![k]!.logError!)) / truth - 1)).toBeLessThan(0.27);
    }
  });

  it('is told at the terminal and in the warnings where it is poorly known: 12 rows at 18 to 24 tokens per parameter', () => {
    const told = Array.from({ length: 20 }, (_, k) =>
      codes(fitScalingLaw(simulated({ layout: scattered(12, 18, 24), noise: 0.005, seed: k + 1 })).warnings),
    );
    const isTold = (of: string[]): boolean => of.includes('W_NARROW_RATIOS') || of.includes('W_DECISION_UNCERTAIN');
    expect(told.filter(isTold).length).toBeGreaterThanOrEqual(19);
  });

  it('is told of 40 rows at 10 to 40 tokens per parameter', () => {
    const told = Array.from({ length: 20 }, (_, k) =>
      codes(fitScalingLaw(simulated({ layout: scattered(40, 10, 40), noise: 0.01, seed: k + 1 })).warnings),
    );
    expect(told.filter((of) => of.includes('W_NARROW_RATIOS')).length).toBeGreaterThanOrEqual(19);
  });

  it('is not complained of where it is known', () => {
    const told = Array.from({ length: 20 }, (_, k) =>
      codes(fitScalingLaw(simulated({ layout: 'sardana', noise: 0.005, seed: k + 1 })).warnings),
    );
    expect(told.flat()).toEqual([]);
  });

  it('is not known on a ray, and absent for a law of one variable, or beside a prior', () => {
    const ray = fitScalingLaw(simulated({ layout: ratios([20]) }));
    expect(ray.decision!.every(({ factor }) => factor === null || factor > 100)).toBe(true);
    expect(fitScalingLaw(simulated(), { law: 'power-law-c' }).decision).toBeUndefined();
  });

  it('has no best size where a term is flat', () => {
    const coefficients = { ...publishedLaws.besiroglu2024.coefficients, A: 0 };
    const flat = simulated({ law: { law: chinchilla, coefficients }, noise: 0 });
    const { decision, warnings } = fitScalingLaw(flat, { bounds: { alpha: [0.2, 0.5] } });
    expect(decision![0]!.N).toBeNull();
    expect(finding(warnings, 'W_DECISION_UNCERTAIN').message).toContain('no best size');
  });
});
