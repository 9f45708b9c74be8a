/** What the functions beside the laws refuse: numbers outside their domain, objects that are none. */

import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { ScalingLawsError } from '../../src/errors.ts';
import { predictRows } from '../../src/fit/law-columns.ts';
import { brokenPowerLaw } from '../../src/laws/broken-power-law.ts';
import { checkCoefficients } from '../../src/laws/check-coefficients.ts';
import { floor } from '../../src/laws/coefficient.ts';
import { defineLaw } from '../../src/laws/define-law.ts';
import { atExperts } from '../../src/laws/mixture-of-experts.ts';
import { effectiveShare } from '../../src/laws/precision.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { criticalTokens, DEFAULT_QUANTIZATION, quantizationLoss } from '../../src/laws/quantization.ts';
import { checkedLaw, lawNamed } from '../../src/laws/registry.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const none = null as never;
const { ludziejewski2025, hoffmann2022, muennighoff2023Repeated } = publishedLaws;
const experts = ludziejewski2025.coefficients;
const rounded = { N: 1e8, D: 1e10, bits: 4 };

describe('refused', () => {
  it.each([
    ...[Number.NaN, -5, 0, 0.5, Number.POSITIVE_INFINITY, '8' as never].map(
      (count) =>
        [() => atExperts(experts, count), 'E_ARGUMENT', /^count must be a finite number of experts, 1/] as const,
    ),
    [() => atExperts(none, 8), 'E_ARGUMENT', /^coefficients must be an object/],
    [() => atExperts({ ...experts, a: Number.NaN }, 8), 'E_ARGUMENT', /^coefficients\.a must be a finite number/],
    [() => effectiveShare(-3, 1), 'E_ARGUMENT', /^bits must be/],
    [() => effectiveShare(3, 0), 'E_ARGUMENT', /^gamma must be/],
    [() => effectiveShare(3, 1, -1), 'E_ARGUMENT', /^bias must be/],
    [() => quantizationLoss(rounded, { ...DEFAULT_QUANTIZATION, CT: -1 }), 'E_ARGUMENT', /^constants\.CT must be/],
    [() => quantizationLoss(rounded, { ...DEFAULT_QUANTIZATION, gammaD: Number.NaN }), 'E_ARGUMENT', /gammaD must be/],
    [() => quantizationLoss(none), 'E_ARGUMENT', /^model must be an object/],
    [() => criticalTokens({ N: 1e9, bits: 4, B: 1, beta: 0.3 }, none), 'E_ARGUMENT', /^constants must be an object/],
    ...[0, -1, Number.NaN, 1.5].map(
      (breaks) => [() => brokenPowerLaw('x', 'D', breaks), 'E_ARGUMENT', /^breaks must be an integer >= 1/] as const,
    ),
    [() => brokenPowerLaw('', 'D', 1), 'E_ARGUMENT', /^kind must be a name/],
    [() => defineLaw(none), 'E_LAW_FORM', /^law undefined: kind must be a name, got nothing/],
    [() => predictor(none), 'E_ARGUMENT', /^law must be an object, got null/],
    [() => predictor(hoffmann2022, none), 'E_ARGUMENT', /^given must be an object, got null/],
    [() => checkCoefficients(lawNamed('chinchilla'), none), 'E_LAW_COEFFICIENTS', /^chinchilla: E must be/],
    [
      () => computeOptimal(hoffmann2022, { C: 1e21 }, { Zed: 3 }),
      'E_LAW_VARIABLE',
      /^chinchilla reads N, D: given must be among none, got Zed/,
    ],
    [
      () => predictor(muennighoff2023Repeated, { U: 1e9, D: 1e9 }),
      'E_LAW_VARIABLE',
      /^muennighoff reads N, D, U: given must be among U, got D/,
    ],
    // A predictor takes U with the point too, so that only a question without it is refused.
    [
      () => predictor(muennighoff2023Repeated).loss({ N: 1e9, D: 1e10 }),
      'E_LAW_VARIABLE',
      /a positive finite number of tokens, got nothing$/,
    ],
    [
      () => predictor(ludziejewski2025, { experts: 0.5 }),
      'E_LAW_VARIABLE',
      /^mixture-of-experts reads experts: it must be given, a finite number, 1 or more, got 0\.5/,
    ],
    [
      () => simulateRuns({ law: ludziejewski2025, layout: { kind: 'sardana' }, variables: { experts: 0.5 }, seed: 1 }),
      'E_LAW_VARIABLE',
      /1 or more, got 0\.5/,
    ],
    [
      () => predictRows(ludziejewski2025, readRuns('N,D,loss,experts\n1e9,1e10,3,8\n1e9,1e10,3,0.5')),
      'E_LAW_VARIABLE',
      /^row 2: experts must be a finite number, 1 or more, got/,
    ],
  ] as const)('%#', (ask, code, message) => {
    expect(ask).toThrowError(ScalingLawsError);
    expect(ask).toThrowError(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});

it('a law of your own whose value throws is refused, with what it threw', () => {
  const throwing = defineLaw({
    kind: 'throwing',
    variables: ['N'],
    coefficients: { E: floor() },
    equation: 'L(N) = E',
    source: 'a test',
    value: (): number => {
      throw new RangeError('no such N');
    },
  });
  expect(() => checkedLaw(throwing)).toThrowError(
    expect.objectContaining({
      code: 'E_LAW_FORM',
      message: expect.stringContaining('got a throw of RangeError: no such N'),
    }),
  );
});

it('one expert is the fewest', () => {
  // At X = 1 the saturating x is Estart (Ludziejewski et al. 2025).
  const { alpha } = atExperts(experts, 1);
  expect(alpha).toBeCloseTo(-(experts.alpha + experts.gamma * Math.log(experts.Estart)), 12);
});
