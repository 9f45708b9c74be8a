/** What a fit says of itself when the rows cannot carry the law: statuses, and warnings beside them. */

import { describe, expect, it } from 'vitest';
import type { Fit } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import type { SearchResult } from '../../src/fit/search.ts';
import type { StartCounts } from '../../src/judge/case.ts';
import { optimumFindings } from '../../src/judge/optimum.ts';
import { type FitStatus, judge } from '../../src/judge/status.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { kernelOf } from '../../src/laws/kernel.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { levenbergMarquardt } from '../../src/levenberg-marquardt.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { makeRuns } from '../filters/make-runs.ts';
import { errorOfRow, simulated, TRUTH } from './simulated.ts';

const SIZES = [5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10];
const RATIOS = [2, 5, 10, 20, 50, 100, 200];

interface Layout {
  readonly sizes?: readonly number[];
  readonly ratios?: readonly number[];
  readonly truth?: Partial<typeof TRUTH> | Readonly<Record<string, number>>;
  readonly errors?: number;
  readonly loss?: (N: number, D: number) => number;
}

/** Runs on a grid of sizes and ratios. */
function runsOf({ sizes = SIZES, ratios = RATIOS, truth = {}, errors = 0, loss }: Layout): Runs {
  const points = sizes.flatMap((N) => ratios.map((k) => ({ N, D: k * N })));
  const law = { ...TRUTH, ...truth };
  const value = ({ N, D }: { N: number; D: number }): number => loss?.(N, D) ?? chinchilla.value(law, { N, D });
  return makeRuns(points.length, {
    N: points.map(({ N }) => N),
    D: points.map(({ D }) => D),
    loss: points.map((point, i) => value(point) * Math.exp(errors * errorOfRow(i))),
  });
}

const codes = (fit: Fit): string[] => fit.warnings.map(({ code }) => code);
const messageOf = (fit: Fit, code: string): string | undefined =>
  fit.warnings.find((warning) => warning.code === code)?.message;

describe('a design that identifies the law', () => {
  it.each<FitOptions>([{}, { penalty: { kind: 'squared' } }, { penalty: { kind: 'absolute' } }, { space: 'linear' }])(
    'converges without a warning, most starts at the best (%o)',
    (options) => {
      const fit = fitScalingLaw(runsOf({ errors: 1 }), options);
      expect(fit.status).toEqual({ kind: 'converged' });
      expect(fit.warnings).toEqual([]);
      expect(fit.starts.tried).toBeGreaterThanOrEqual(48);
      expect(fit.starts.converged).toBeLessThanOrEqual(fit.starts.tried);
      expect(fit.starts.atBest).toBeGreaterThan(fit.starts.tried / 4);
    },
  );

  it('counts its starts: those of the grid, then the hops', () => {
    expect(fitScalingLaw(runsOf({ errors: 1 }), { search: { starts: 5, hops: 0 } }).starts.tried).toBe(5);
    expect(
      fitScalingLaw(runsOf({ errors: 1 }), { search: { starts: 5, hops: 7 } }).starts.tried,
    ).toBeGreaterThanOrEqual(12);
  });

  it('hops less on 40 rows a coefficient, where all hops end at one minimum: a quarter of what was asked for', () => {
    const sizes = Array.from({ length: 20 }, (_, k) => 5e7 * 1.4 ** k);
    const many = runsOf({ sizes, ratios: [...RATIOS, 500, 1000, 2000], errors: 1 });
    const options: FitOptions = { penalty: { kind: 'squared' } };
    expect(many.length).toBe(200);
    expect(fitScalingLaw(many, options).starts.tried).toBe(16 + 8);
    expect(fitScalingLaw(many, { ...options, search: { hops: 200 } }).starts.tried).toBe(16 + 50);
    expect(fitScalingLaw(runsOf({ errors: 1 }), options).starts.tried).toBe(16 + 32);
  });
});

describe('one ray, D = 20 N', () => {
  it('with alpha = beta in truth leaves A and B unidentified: only A + B / 20^alpha is', () => {
    const truth = { alpha: 0.35, beta: 0.35 };
    const fit = fitScalingLaw(runsOf({ sizes: SIZES, ratios: [20], truth }), { tied: [['alpha', 'beta']] });
    const { E, A, B, alpha } = fit.coefficients;
    expect(fit.status).toMatchObject({ kind: 'unidentified' });
    expect(fit.status.kind === 'unidentified' && [...fit.status.coefficients].sort()).toEqual(['A', 'B']);
    expect(codes(fit)).toEqual(expect.arrayContaining(['W_UNIDENTIFIED', 'W_ONE_RAY']));
    // Kricheli et al. 2026, arXiv:2605.08541: what the rows do identify.
    expect((A + B * 20 ** -alpha) / (TRUTH.A + TRUTH.B * 20 ** -0.35)).toBeCloseTo(1, 4);
    expect(alpha).toBeCloseTo(0.35, 4);
    expect(E).toBeCloseTo(TRUTH.E, 4);
  });

  it('free exponents are no better off', () => {
    const fit = fitScalingLaw(runsOf({ ratios: [20], truth: { alpha: 0.35, beta: 0.35 }, errors: 1 }));
    expect(codes(fit)).toContain('W_ONE_RAY');
    expect(messageOf(fit, 'W_ONE_RAY')).toContain('about 20 tokens per parameter');
  });

  it('is no ray any more when ratios differ by more than a quarter', () => {
    expect(codes(fitScalingLaw(runsOf({ ratios: [20, 24.9], errors: 1 })))).toContain('W_ONE_RAY');
    expect(codes(fitScalingLaw(runsOf({ ratios: [20, 25.1], errors: 1 })))).not.toContain('W_ONE_RAY');
  });
});

describe('few sizes', () => {
  it('two leave E, A and alpha unidentified: any curve through two points will do', () => {
    const fit = fitScalingLaw(runsOf({ sizes: [1e8, 1e10], errors: 1 }));
    expect(fit.status.kind).toBe('unidentified');
    const names = fit.status.kind === 'unidentified' ? fit.status.coefficients : [];
    expect(names).toEqual(expect.arrayContaining(['A', 'alpha']));
    expect(names).not.toContain('beta');
    expect(messageOf(fit, 'W_FEW_SIZES')).toBe('There are only 2 model sizes; 5 is a safe number.');
  });

  it('one leaves A and alpha without meaning', () => {
    const fit = fitScalingLaw(runsOf({ sizes: [1e9], errors: 1 }));
    expect(fit.status.kind).toBe('unidentified');
    expect(messageOf(fit, 'W_FEW_SIZES')).toBe('There is only 1 model size; 5 is a safe number.');
  });

  it('four are warned of, five are not', () => {
    expect(codes(fitScalingLaw(runsOf({ sizes: SIZES.slice(0, 4), errors: 1 })))).toContain('W_FEW_SIZES');
    expect(codes(fitScalingLaw(runsOf({ sizes: SIZES.slice(0, 5), errors: 1 })))).not.toContain('W_FEW_SIZES');
  });
});

describe('E', () => {
  it('of 0 in truth ends at its lower bound, with a word on extrapolation', () => {
    // A negative floor: the best admissible E is 0.
    const fit = fitScalingLaw(runsOf({ loss: (N, D) => 30 / N ** 0.1 + 30 / D ** 0.1 - 0.3 }), {
      penalty: { kind: 'squared' },
    });
    expect(fit.coefficients.E).toBe(0);
    expect(fit.status).toEqual({ kind: 'at-bound', coefficients: [{ name: 'E', bound: 'lower', value: 0 }] });
    expect(codes(fit)).toEqual(['W_E_AT_ZERO']);
    expect(messageOf(fit, 'W_E_AT_ZERO')).toBe('E is 0: these rows do not show an irreducible loss.');
  });

  it('below 1e-3 is no finding where the user has fixed it', () => {
    expect(codes(fitScalingLaw(simulated(), { fixed: { E: 5e-4 } }))).not.toContain('W_E_AT_ZERO');
    expect(codes(fitScalingLaw(simulated(), { fixed: { E: 0 } }))).not.toContain('W_E_AT_ZERO');
  });
});

describe('losses that contradict the law', () => {
  it('rising in D: the term of data goes to a bound or loses its meaning', () => {
    const fit = fitScalingLaw(runsOf({ loss: (N, D) => 1.8 + 480 / N ** 0.35 + 0.002 * D ** 0.2 }));
    expect(['at-bound', 'unidentified']).toContain(fit.status.kind);
    expect(fit.status).toHaveProperty('coefficients');
  });

  it('all equal: nothing but E means anything', () => {
    const fit = fitScalingLaw(runsOf({ loss: () => 3 }));
    expect(['at-bound', 'unidentified']).toContain(fit.status.kind);
    const { E, A, B, alpha, beta } = fit.coefficients;
    for (const N of SIZES) expect(E + A / N ** alpha + B / (20 * N) ** beta).toBeCloseTo(3, 6);
    expect(Object.values(fit.coefficients).every(Number.isFinite)).toBe(true);
    expect(fit.quality.r2).toBe(0);
  });
});

describe('runs without noise', () => {
  it.each<FitOptions>([
    {},
    { penalty: { kind: 'squared' } },
    { penalty: { kind: 'absolute' } },
    { penalty: { kind: 'absolute' }, space: 'linear' },
    { engine: levenbergMarquardt, search: { starts: 6, hops: 0 } },
    { engine: levenbergMarquardt, search: { starts: 6, hops: 0 }, penalty: { kind: 'absolute' }, space: 'linear' },
  ])('give their law back, converged and without a warning: rounding is no gain and no difference (%o)', (options) => {
    for (const published of Object.values(publishedLaws)) {
      if (published.law !== 'chinchilla') continue;
      const truth = published.coefficients as (typeof publishedLaws.sardana2024)['coefficients'];
      const fit = fitScalingLaw(runsOf({ truth }), options);
      expect(fit.status).toEqual({ kind: 'converged' });
      expect(fit.warnings).toEqual([]);
      expect(fit.starts.tried).toBeLessThan(100);
      for (const [name, value] of Object.entries(truth)) {
        expect(fit.coefficients[name as keyof typeof truth] / value).toBeCloseTo(1, 6);
      }
    }
  });
});

describe('what a search found', () => {
  const runs = runsOf({ errors: 1 });
  const kernel = kernelOf(
    chinchilla,
    { length: runs.length, variables: { N: runs.N, D: runs.D }, lowestLoss: 2 },
    { fixed: new Set(), uncentred: new Set(), bounds: {} },
  );
  const found: SearchResult = {
    theta: new Float64Array(5),
    value: 1,
    converged: true,
    starts: { tried: 48, converged: 48, atBest: 48 },
  };
  const messages = (starts: StartCounts, status: FitStatus = { kind: 'converged' }): string[] =>
    optimumFindings({
      ...{ law: chinchilla, kernel, coefficients: TRUTH, rows: runs, status, starts },
      ...{ objective: 1, rivals: [], options: { fixed: {}, tied: [], bounds: {} } },
    }).map(({ message }) => message);

  it('is doubtful when fewer than three starts end there', () => {
    expect(messages({ tried: 48, converged: 48, atBest: 3 })).toEqual([]);
    expect(messages({ tried: 48, converged: 48, atBest: 2 })).toEqual([
      'Only 2 of 48 starts reached the best objective: there may be a better one.',
    ]);
    // Who asks for one or two starts knows.
    expect(messages({ tried: 2, converged: 2, atBest: 1 })).toEqual([]);
  });

  it('is not converged when its best start is no local minimum, whatever else is true', () => {
    const status = judge(kernel, { ...found, converged: false }, new Float64Array(25), TRUTH);
    expect(status).toEqual({ kind: 'not-converged' });
    expect(messages(found.starts, status)).toEqual(['No start ended in a local minimum.']);
  });
});
