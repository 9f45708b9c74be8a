/** A law of the user's own: defined, fitted, saved, loaded, bootstrapped, like one of the library's. */

import { describe, expect, expectTypeOf, it } from 'vitest';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { amplitude, exponent, floor } from '../../src/laws/coefficient.ts';
import { defineLaw } from '../../src/laws/define-law.ts';
import { lawOf } from '../../src/laws/fitted-law.ts';
import { muennighoff } from '../../src/laws/muennighoff.ts';
import { checkedLaw, lawNamed } from '../../src/laws/registry.ts';
import { bootstrapAsync } from '../../src/parallel/web-workers.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { gradientOf } from '../laws/differences.ts';
import { fakeWorker } from '../parallel/fake-worker.ts';
import { errorOf } from './error-of.ts';

/** The Chinchilla law again, without gradient and kernel. */
const definition = {
  kind: 'my-chinchilla',
  variables: ['N', 'D'] as const,
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'beta'),
    alpha: exponent(),
    beta: exponent(),
  },
  equation: 'L(N, D) = E + A / N^alpha + B / D^beta',
  source: 'a test',
  value: chinchilla.value,
};
const plain = defineLaw(definition);
const truth = { law: chinchilla, coefficients: { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 } };
const truthAt = { coefficients: truth.coefficients, point: { N: 1e9, D: 1e11 } };
const runs = simulateRuns({ law: truth, layout: { kind: 'sardana' }, noise: 0.01, seed: 3 });

describe('a law of your own', () => {
  it('ends where the same law of the library does, by differences and the generic kernel', () => {
    const own = fitScalingLaw(runs, { law: plain });
    const built = fitScalingLaw(runs);
    // The same objective by two codes: its value to rounding of the differences that steer the descent.
    expect(Math.abs(own.objective.value / built.objective.value - 1)).toBeLessThan(1e-6);
    expect(own.coefficients.alpha).toBeCloseTo(built.coefficients.alpha, 4);
    expect(own.law).toBe('my-chinchilla');
  });

  it('may say that it is a power sum, and is then fitted as those of the library are; a false word is refused', () => {
    const summed = defineLaw({ ...definition, kind: 'summed', gradient: chinchilla.gradient, kernel: 'power-sum' });
    expect(fitScalingLaw(runs, { law: summed }).coefficients).toEqual(fitScalingLaw(runs).coefficients);
    const value: typeof definition.value = (c, point) => chinchilla.value(c, point) ** 0.9;
    const other = defineLaw({ ...definition, kind: 'other', value, kernel: 'power-sum' });
    expect(errorOf(() => fitScalingLaw(runs, { law: other }))).toMatchObject({
      code: 'E_LAW_FORM',
      message: 'law other: kernel must be power-sum for a floor and falling powers alone, got another value',
    });
  });

  it('has the gradient of differences to 1e-8', () => {
    const law = plain;
    const names = law.coefficients;
    const at = Float64Array.from(names, (name) => truth.coefficients[name]);
    const out = new Float64Array(5);
    law.gradient(truth.coefficients, { N: 1e9, D: 2e10 }, out);
    const reference = gradientOf(
      (theta) =>
        plain.value(Object.fromEntries(names.map((name, j) => [name, theta[j]!])) as never, { N: 1e9, D: 2e10 }),
      at,
    );
    out.forEach((value, j) => {
      expect(Math.abs(value / reference[j]! - 1)).toBeLessThan(1e-8);
    });
  });

  it('is found by saved fits, predictors and bootstraps, which then run on the main thread', async () => {
    const own = plain;
    const fit = fitScalingLaw(runs, { law: own, search: { starts: 2, hops: 0 } });
    const loaded = fitFromJson(JSON.stringify(fit), { laws: [own] });
    expect(loaded).toEqual(fit);
    expect(lawOf(loaded)).toBe(own);
    expect(() => fitFromJson(JSON.stringify(fit))).toThrow(expect.objectContaining({ code: 'E_LAW_UNKNOWN' }));
    expect(predictor(fit).loss({ N: 1e9, D: 1e11 })).toBe(chinchilla.value(fit.coefficients, { N: 1e9, D: 1e11 }));
    const here = bootstrap(fit, runs, { replicates: 3 });
    const worker = fakeWorker();
    expect(await bootstrapAsync(fit, runs, { replicates: 3, workers: [worker] })).toEqual(here);
    expect(worker.jobs).toEqual([]);
  });

  it('keeps the names of its coefficients in the types', () => {
    const own = fitScalingLaw(runs, { law: plain, search: { starts: 1, hops: 0 } });
    expectTypeOf(own.coefficients.beta).toEqualTypeOf<number>();
    expectTypeOf(fitScalingLaw).toBeFunction();
    const kaplan = fitScalingLaw(runs, { law: 'kaplan', search: { starts: 1, hops: 0 } });
    expectTypeOf(kaplan.coefficients).toEqualTypeOf<Readonly<Record<'Nc' | 'Dc' | 'alphaN' | 'alphaD', number>>>();
  });
});

describe('a law that is ill-formed', () => {
  const gap = { ...definition, kind: 'with-a-gap' };
  const { coefficients } = definition;
  it.each<[string, unknown, RegExp]>([
    [
      'the kind of a law of the library',
      { ...definition, kind: 'kaplan' },
      /^law kaplan: kind must be a name that no law of/,
    ],
    [
      'no bounds',
      { ...gap, coefficients: { ...coefficients, A: { ...coefficients.A, bounds: [2, 1] } } },
      /law with-a-gap: bounds of A must be \[low, high\], low < high, got \[2, 1\]/,
    ],
    [
      'no scale',
      { ...gap, coefficients: { ...coefficients, A: { ...coefficients.A, scale: 'root' } } },
      /scale of A must be 'log' or 'linear', got root/,
    ],
    [
      'no scan',
      { ...gap, coefficients: { ...coefficients, alpha: { ...coefficients.alpha, scan: undefined } } },
      /scan of alpha must be a range/,
    ],
    [
      'an amplitude of an exponent that is none',
      { ...gap, coefficients: { ...coefficients, A: amplitude('N', 'gamma') } },
      /exponent of A must be a coefficient, got gamma/,
    ],
    [
      'a logarithm of negative numbers',
      { ...gap, coefficients: { ...coefficients, A: { ...coefficients.A, bounds: [-1, 1] } } },
      /bounds of A must start at 0 or more, on a log scale/,
    ],
    ['no variables', { ...gap, variables: [] }, /variables must have different names/],
    ['nothing at all', {}, /law undefined: kind must be a name, got nothing/],
    [
      'a value that is finite nowhere',
      { ...gap, value: () => Number.NaN },
      /value must be finite somewhere inside its bounds, got NaN/,
    ],
    [
      'a value that is not the one of its example',
      { ...gap, example: { ...truthAt, loss: 3 } },
      /value must be 3 at its example, got 2\./,
    ],
    [
      'a gradient that is another function',
      { ...gap, gradient: (_: unknown, __: unknown, out: Float64Array) => out.fill(1) },
      /gradient must be the derivative of value by A/,
    ],
  ])('%s', (_, wrong, message) => {
    const error = errorOf(() => fitScalingLaw(runs, { law: defineLaw(wrong as typeof definition) }));
    expect(error).toMatchObject({ name: 'ScalingLawsError', code: 'E_LAW_FORM' });
    expect(error.message).toMatch(message);
  });

  it('is no law unless defineLaw made it', () => {
    expect(() => fitScalingLaw(runs, { law: definition as never })).toThrow('law must be the name of a law, or a law');
  });

  it('is none with the gradients of the library', () => {
    const law = defineLaw({ ...definition, kind: 'with-a-gradient', gradient: chinchilla.gradient });
    expect(checkedLaw(law)).toBe(law);
    expect(() => lawNamed('with-a-gradient')).toThrow();
  });
});

describe('variables', () => {
  it('must be columns of the runs, and numbers', () => {
    expect(errorOf(() => fitScalingLaw(runs, { law: 'muennighoff' }))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_LAW_VARIABLE',
      message: 'muennighoff reads U: runs must have a column U, got N, D, C',
    });
    const extra = { P: Array.from(runs.row, (row) => (row === 5 ? 'bf16' : '8')) };
    expect(errorOf(() => fitScalingLaw({ ...runs, extra }, { law: 'precision' })).message).toBe(
      'row 5: P must be a finite number, got "bf16"',
    );
  });

  it('enter the fingerprint of the rows where the law reads them', () => {
    const law = { law: muennighoff, coefficients: { ...truth.coefficients, RD: 15, RN: 5 } };
    const repeated = simulateRuns({ law, layout: { kind: 'sardana' }, variables: { U: 3e9 }, noise: 0.01, seed: 1 });
    const search = { starts: 1, hops: 0 };
    const fit = fitScalingLaw(repeated, { law: 'muennighoff', fixed: truth.coefficients, search });
    const other = { ...repeated, U: repeated.U!.map((U) => 2 * U) };
    expect(() => bootstrap(fit, other, { replicates: 2 })).toThrow(
      expect.objectContaining({ code: 'E_RUNS_MISMATCH' }),
    );
    expect(bootstrap(fit, repeated, { replicates: 2 }).draws.RD).toHaveLength(2);
    expect(fitScalingLaw(repeated, { search }).runs.digest).toBe(fitScalingLaw(other, { search }).runs.digest);
  });
});
