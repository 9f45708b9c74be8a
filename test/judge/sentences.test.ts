/** Sentences that were once untrue, each on a case that shows it. */

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { caseOf } from '../../src/fit/diagnose.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { autocorrelationFindings, lagOne } from '../../src/judge/autocorrelation.ts';
import { extrapolationFindings } from '../../src/judge/extrapolation.ts';
import { termOf } from '../../src/judge/roles.ts';
import { uncertaintyFindings } from '../../src/judge/uncertainty.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { plan } from '../../src/plan/plan.ts';
import { knownCoefficients } from '../../src/report/coefficients.ts';
import { coefficientSection } from '../../src/report/sections.ts';
import { statusInWords } from '../../src/report/sentences.ts';
import { codes, finding, findingsOf, simulated } from './simulated.ts';

const messagesOf = (findings: readonly Finding[]): string => findings.map(({ message }) => message).join('\n');

describe('an interval', () => {
  const besiroglu = publishedLaws.besiroglu2024.coefficients;

  it('of an amplitude does not reach 0, on whose scale there is no 0', () => {
    const [found] = uncertaintyFindings(chinchilla, { ...besiroglu, A: 480 }, { A: [8.002, 5e5] }, 0.95);
    expect(found!.message).toBe('These rows constrain A poorly (95% intervals: A = 480, 8.002 to 500000).');
    expect(uncertaintyFindings(chinchilla, besiroglu, { A: [100, 2900] }, 0.95)).toEqual([]);
  });

  it('of an exponent that reaches its bound is told, however narrow', () => {
    expect(codes(uncertaintyFindings(chinchilla, besiroglu, { alpha: [0, 0.2] }, 0.95))).toEqual([
      'W_UNCERTAIN_COEFFICIENTS',
    ]);
  });

  it('is wide by the standard error of the normal law, at any level', () => {
    // 1.645 and 1.96 standard errors of 0.13 and of 0.15 about 0.35: below and above 40% of it.
    for (const [level, z] of [
      [0.9, 1.645],
      [0.95, 1.96],
    ] as const) {
      const about = (error: number): [number, number] => [0.35 - z * error, 0.35 + z * error];
      expect(uncertaintyFindings(chinchilla, { ...besiroglu, alpha: 0.35 }, { alpha: about(0.13) }, level)).toEqual([]);
      expect(
        uncertaintyFindings(chinchilla, { ...besiroglu, alpha: 0.35 }, { alpha: about(0.15) }, level),
      ).toHaveLength(1);
    }
  });
});

it('a converged fit is a minimum inside all bounds, and no more is claimed', () => {
  expect(statusInWords({ kind: 'converged' })).toBe('converged: a minimum inside all bounds');
});

it('checkpoints of independent runs are worth a row a run at least', () => {
  const noise = { kind: 'log-normal', sd: 0.0005, autocorrelation: 0.98, runEffect: 0.02 } as const;
  const runs = simulated({ noise, checkpoints: 20 });
  const patient = caseOf(fitScalingLaw(runs), runs);
  const { correlation, effectiveRows } = lagOne(patient);
  expect(correlation).toBeGreaterThan(0.9);
  // As rows of one sequence they would be worth 720 (1 - rho) / (1 + rho).
  expect((720 * (1 - correlation)) / (1 + correlation)).toBeLessThan(36);
  expect(effectiveRows).toBeGreaterThanOrEqual(36);
  expect(autocorrelationFindings(patient)[0]!.message).toContain('720 rows say as much as about');
});

describe('extrapolation', () => {
  const range = { N: [1e8, 1e10], D: [2e9, 1e12], C: [1e18, 1e23], tokensPerParam: [10, 100] } as const;

  it('to fewer tokens per parameter says nothing of what extra tokens bring', () => {
    const few = extrapolationFindings(range, { N: 1e10, D: 4e10, C: 2.4e21 });
    expect(codes(few)).toEqual(['W_EXTRAPOLATION']);
    expect(messagesOf(few)).toBe(
      'This point lies outside the runs behind the law: 4 tokens per parameter (runs: 10 to 100).',
    );
    expect(messagesOf(extrapolationFindings(range, { N: 1e9, D: 5e11, C: 3e21 }))).toMatch(
      /overstate what extra tokens bring/,
    );
  });

  it('of a plan is the same check', () => {
    const law = { law: chinchilla, coefficients: publishedLaws.sardana2024.coefficients, fittedRange: range };
    const { warnings, N, D } = plan({ law, goal: { kind: 'loss', loss: 2.1 }, demand: { tokens: 1e14 } });
    expect(D / N).toBeGreaterThan(100);
    expect(warnings).toEqual(extrapolationFindings(range, { N, D, C: 6 * N * D }, 'The plan'));
  });
});

it('a report says why there are no intervals at a bound', () => {
  const fit = fitScalingLaw(simulated(), { bounds: { alpha: [0.1, 0.2] } });
  expect(coefficientSection(knownCoefficients(fit), fit.uncertainty).html).toContain('coefficients lie on a bound');
});

it('a report gives the standard error of the logarithm of an amplitude', () => {
  const fit = fitScalingLaw(simulated());
  const { coefficients } = knownCoefficients(fit);
  expect(coefficients.filter(({ inLogs }) => inLogs).map(({ name }) => name)).toEqual(['A', 'B']);
  for (const { standardError, inLogs, lower, upper, value } of coefficients.filter(({ inLogs }) => inLogs)) {
    expect(inLogs && standardError! > 0 && lower! < value && value < upper!).toBe(true);
  }
  expect(coefficientSection(knownCoefficients(fit), fit.uncertainty).html).toMatch(/\d of ln A</);
  expect(coefficients.every(({ lower, upper }) => lower! < upper!)).toBe(true);
});

describe('what is asked of a design', () => {
  it('is nothing about sizes where the law reads none', () => {
    const layout = { kind: 'grid', N: [1e9], D: [1e9, 3e9, 1e10, 3e10, 1e11, 3e11, 1e12] } as const;
    const runs = simulated({ layout });
    expect(codes(fitScalingLaw(runs).warnings)).toContain('W_FEW_SIZES');
    expect(codes(fitScalingLaw(runs, { law: 'power-law-d' }).warnings)).not.toContain('W_FEW_SIZES');
  });

  it('has one budget in three digits, with the amplitudes of the law', () => {
    const layout = { kind: 'isoflop', C: [1.234e20], N: [1e8, 2e8, 5e8, 1e9, 2e9, 5e9] } as const;
    const { message, about } = finding(findingsOf(simulated({ layout })), 'W_ONE_BUDGET');
    expect(message).toContain('All rows have about 1.23e20 FLOPs');
    expect(about).toEqual(['coefficients.A', 'coefficients.B']);
  });

  it('asks the law for its terms, not for the letters A and B', () => {
    expect(termOf(chinchilla, 'N')).toEqual({ amplitude: 'A', exponent: 'alpha' });
    expect(termOf(chinchilla, 'D')).toEqual({ amplitude: 'B', exponent: 'beta' });
    expect(termOf(chinchilla, 'C')).toBeUndefined();
  });
});
