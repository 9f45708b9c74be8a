import { describe, expect, it } from 'vitest';
import { type Alternative, type ChooseOptions, chooseLaw } from '../../src/choose/choose-law.ts';
import { informationCriteria } from '../../src/choose/information-criteria.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { tQuantile } from '../../src/numeric/distributions.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const law = publishedLaws.hoffmann2022;
const sizes = [3e7, 6e7, 1.2e8, 2.5e8, 5e8, 1e9];
const layout = { kind: 'grid', N: sizes, D: [3e8, 1e9, 3e9, 1e10, 3e10] } as const;
const runs = simulateRuns({ law, layout, noise: 0.003, seed: 4 });
const squared = { kind: 'squared' } as const;
const largest = { kind: 'largest-N', sizes: 2 } as const;

/** Candidates in the order given, all compared with the first. */
function compareLaws(
  of: typeof runs,
  candidates: readonly Alternative[],
  how: Parameters<typeof chooseLaw>[2],
  options: ChooseOptions = {},
) {
  const { ranked, findings } = chooseLaw(of, candidates, how, { against: candidates[0]!.name, ...options });
  return { alternatives: candidates.map(({ name }) => ranked.find((one) => one.name === name)!), findings };
}

describe('chooseLaw against the first candidate', () => {
  const free = { name: 'free', options: { penalty: squared } };

  it('tells a wrong law from a right one', () => {
    const wrong = { name: 'no floor', options: { penalty: squared, fixed: { E: 0.5 } } };
    const { alternatives, findings } = compareLaws(runs, [free, wrong], largest, { replicates: 200 });
    const [one, two] = alternatives;
    expect(two!.heldOut.meanAbsoluteRelativeError).toBeGreaterThan(one!.heldOut.meanAbsoluteRelativeError!);
    expect(two!.difference!.verdict).toBe('worse');
    expect(two!.difference!.lower).toBeGreaterThan(0);
    expect(two!.criteria!.aic!).toBeGreaterThan(one!.criteria!.aic!);
    expect(findings[0]!.message).toMatch(
      /^no floor is [\d.]+ points of relative error worse than free \(95% interval of the difference .*, 10 held-out runs\)\.$/,
    );
  });

  it('says when the runs cannot tell two laws apart', () => {
    // The true exponents differ by 0.05: with noise of 3% that does not show.
    const noisy = simulateRuns({ law, layout, noise: 0.03, seed: 1 });
    const tied = { name: 'tied', options: { penalty: squared, tied: [['alpha', 'beta']] } };
    const { alternatives, findings } = compareLaws(noisy, [free, tied], largest, { replicates: 200 });
    const { estimate, lower, upper, verdict } = alternatives[1]!.difference!;
    expect(verdict).toBe('undecided');
    expect(lower).toBeLessThan(0);
    expect(upper).toBeGreaterThan(0);
    expect(estimate).toBeCloseTo(
      alternatives[1]!.heldOut.meanAbsoluteRelativeError! - alternatives[0]!.heldOut.meanAbsoluteRelativeError!,
      14,
    );
    expect(findings[1]!.message).toMatch(/^These runs cannot tell .* apart\.$/);
    // One parameter fewer: BIC takes ln 20 / 2 of log-likelihood for it, AIC 1.
    const [k, l] = alternatives.map(({ criteria }) => criteria!);
    expect([k!.parameters, l!.parameters]).toEqual([6, 5]);
    expect(k!.bic! - k!.aic! - (l!.bic! - l!.aic!)).toBeCloseTo(Math.log(20) - 2, 10);
  });

  it('has the interval of the paired t-test where each run has one row', () => {
    const other = { name: 'absolute', options: { penalty: { kind: 'absolute' } as const } };
    const { alternatives } = compareLaws(runs, [free, other], largest, { method: 'paired-t', level: 0.9 });
    const { difference, fit } = alternatives[1]!;
    const held = Array.from(runs.row, (_, i) => i).filter((i) => runs.N[i]! >= 5e8);
    const error = (coefficients: typeof fit.coefficients, i: number): number => {
      const { E, A, B, alpha, beta } = coefficients as (typeof publishedLaws.sardana2024)['coefficients'];
      return Math.abs((E + A * runs.N[i]! ** -alpha + B * runs.D[i]! ** -beta) / runs.loss[i]! - 1);
    };
    const d = held.map((i) => error(fit.coefficients, i) - error(alternatives[0]!.fit.coefficients, i));
    const mean = d.reduce((sum, x) => sum + x, 0) / 10;
    const se = Math.sqrt(d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 9 / 10);
    expect(difference!.estimate).toBeCloseTo(mean, 12);
    expect(difference!.lower).toBeCloseTo(mean - tQuantile(0.95, 9) * se, 12);
    expect(difference!.upper).toBeCloseTo(mean + tQuantile(0.95, 9) * se, 12);
  });

  it('takes a run, not a checkpoint, for one observation', () => {
    const checkpoints = simulateRuns({ law, layout, noise: 0.003, checkpoints: 4, seed: 4 });
    const other = { name: 'absolute', options: { penalty: { kind: 'absolute' } as const } };
    const difference = compareLaws(checkpoints, [free, other], { kind: 'largest-N' }, { replicates: 50 })
      .alternatives[1]!.difference!;
    expect(difference.units).toBe(5);
    const one = compareLaws(
      checkpoints,
      [free, other],
      {
        kind: 'predicate',
        name: 'last run',
        keep: ({ run }) => run !== 'run-30',
      },
      { method: 'paired-t' },
    );
    expect(one.alternatives[1]!.difference).toMatchObject({ lower: null, upper: null, units: 1, verdict: 'undecided' });
    expect(one.findings[0]!.message).toMatch(/on one held-out run, which decides nothing\.$/);
  });

  it('has a wider interval from a bootstrap of both sides than from these fits alone, the same each time', () => {
    const other = { name: 'tied', options: { penalty: squared, tied: [['alpha', 'beta']] } };
    const options = { replicates: 200, seed: 3 };
    const [, drawn] = compareLaws(runs, [free, other], largest, options).alternatives;
    const [, paired] = compareLaws(runs, [free, other], largest, { method: 'paired-t' }).alternatives;
    expect([drawn!.difference!.method, paired!.difference!.method]).toEqual(['bootstrap', 'paired-t']);
    expect(drawn!.difference!.estimate).toBeCloseTo(paired!.difference!.estimate, 14);
    const width = ({ lower, upper }: { lower: number | null; upper: number | null }): number => upper! - lower!;
    expect(width(drawn!.difference!)).toBeGreaterThan(width(paired!.difference!));
    expect(compareLaws(runs, [free, other], largest, options).alternatives[1]).toEqual(drawn);
  });

  it('seldom decides where there is hardly anything to decide', () => {
    const tied = { name: 'tied', options: { penalty: squared, tied: [['alpha', 'beta']] } };
    const verdicts = Array.from({ length: 20 }, (_, k) => {
      const noisy = simulateRuns({ law, layout, noise: 0.03, seed: k + 1 });
      return compareLaws(noisy, [free, tied], largest, { replicates: 100 }).alternatives[1]!.difference!.verdict;
    });
    // Nominally 1 in 20; 4 or more would come up once in 60 times.
    expect(verdicts.filter((verdict) => verdict !== 'undecided').length).toBeLessThan(4);
  });

  it('gives no criteria for fits to different rows', () => {
    const cut = { name: 'cut', options: { filters: [{ kind: 'range', of: 'D', min: 1e9 } as const] } };
    const { alternatives } = compareLaws(runs, [free, cut], largest, { replicates: 20 });
    expect(alternatives.map(({ criteria }) => criteria)).toEqual([null, null]);
  });

  it('is frozen plain data', () => {
    const comparison = compareLaws(runs, [free, { name: 'huber', options: {} }], largest, { replicates: 20 });
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
    expect(Object.isFrozen(comparison.alternatives[1]!.difference)).toBe(true);
  });

  it.each<[readonly unknown[], object, string, string]>([
    [
      [free, { name: 'other', options: {} }],
      { method: 'anova' },
      'E_ARGUMENT',
      'method must be one of bootstrap, paired-t, got anova',
    ],
    [[free], { level: 95 }, 'E_ARGUMENT', 'level must be a number above 0 and below 1, got 95'],
    [
      [free],
      { replicats: 3 },
      'E_OPTION',
      'options of the choice must be among against, method, level, replicates, resample, seed, signal, got replicats; did you mean replicates?',
    ],
    [[free], { against: 'fre' }, 'E_ARGUMENT', 'against must be the name of a candidate (free), got fre'],
    [
      [{ ...free, option: {} }],
      {},
      'E_OPTION',
      'candidates[0] must be among name, options, got option; did you mean candidates[0].options?',
    ],
  ])('refuses %o, %o', (candidates, options, code, message) => {
    expect(() => chooseLaw(runs, candidates as never, largest, options)).toThrow(
      expect.objectContaining({ code, message }),
    );
  });
});

describe('informationCriteria', () => {
  const density = { gaussian: (r: number, s: number) => Math.exp(-0.5 * (r / s) ** 2) / (s * Math.sqrt(2 * Math.PI)) };
  const laplace = (r: number, b: number): number => Math.exp(-Math.abs(r) / b) / (2 * b);
  const residual = (E: number, i: number): number =>
    Math.log((E + 406.4 * runs.N[i]! ** -0.34 + 410.7 * runs.D[i]! ** -0.28) / runs.loss[i]!);

  it.each<[Penalty, (r: number, scale: number) => number]>([
    [squared, density.gaussian],
    [{ kind: 'absolute' }, laplace],
  ])('of %o multiply the density of each loss at the best scale', (penalty, f) => {
    const fixed = { A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };
    const fit = fitScalingLaw(runs, { penalty, fixed });
    const r = Array.from(runs.row, (_, i) => residual(fit.coefficients.E, i));
    const at = (scale: number): number => r.reduce((sum, one, i) => sum + Math.log(f(one, scale) / runs.loss[i]!), 0);
    const { logLikelihood: ofResiduals, logJacobian, parameters, aic } = informationCriteria(fit, runs);
    const logLikelihood = ofResiduals + logJacobian;
    expect(parameters).toBe(2);
    expect(aic).toBeCloseTo(4 - 2 * logLikelihood, 10);
    // A scan over scales in steps of 0.1%: the maximum is flat, so it is met to 1e-6 of n.
    const scan = Array.from({ length: 4000 }, (_, k) => at(5e-4 * 1.001 ** k));
    expect(Math.max(...scan)).toBeLessThanOrEqual(logLikelihood + 1e-9);
    expect(Math.max(...scan)).toBeGreaterThan(logLikelihood - 1e-4);
  });

  it('are those of the same loss in log and in linear space', () => {
    // For small noise ln(p / L) is (p - L) / L, so equal losses give equal likelihoods up to their spread.
    const flat = readRuns(
      ['N,D,loss', ...[1.99, 2, 2.01, 2.02, 1.98, 2.005, 1.995].map((loss, i) => `1e9,${i + 1}e9,${loss}`)].join('\n'),
    );
    const fixed = { A: 0, B: 0, alpha: 0.3, beta: 0.3 };
    const bounds = { E: [0, 3] as const };
    const [log, linear] = (['log', 'linear'] as const).map((space) =>
      informationCriteria(fitScalingLaw(flat, { penalty: squared, space, fixed, bounds }), flat),
    );
    expect(Math.abs(log!.aic! - linear!.aic!)).toBeLessThan(0.1);
  });

  it('count a weight as so many rows, and lopsided penalties as lopsided densities', () => {
    const weighed = Object.freeze({ ...runs, weight: runs.loss.map((_, i) => (i % 2 ? 4 : 1)) });
    const fixed = { A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };
    const fit = fitScalingLaw(weighed, { penalty: { kind: 'absolute', overestimateWeight: 3 }, fixed });
    const r = Array.from(runs.row, (_, i) => residual(fit.coefficients.E, i));
    const count = weighed.weight.reduce((sum, w) => sum + w, 0);
    const cost = (i: number): number => (r[i]! > 0 ? 3 * r[i]! : -r[i]!);
    const b = r.reduce((sum, _, i) => sum + weighed.weight[i]! * cost(i), 0) / count;
    // The two halves of exp(-cost / b) have areas b and b / 3.
    const expected = r.reduce((sum, _, i) => {
      return sum - weighed.weight[i]! * (cost(i) / b + Math.log(b * (1 + 1 / 3)) + Math.log(runs.loss[i]!));
    }, 0);
    const { logLikelihood, logJacobian, bic, aic } = informationCriteria(fit, weighed);
    expect(logLikelihood + logJacobian).toBeCloseTo(expected, 8);
    expect(bic! - aic!).toBeCloseTo(2 * Math.log(count) - 4, 10);
  });
});
