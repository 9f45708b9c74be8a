/** A fit is frozen plain data that survives JSON, and a damaged file is refused by name. */

import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/constants.ts';
import type { Filter } from '../../src/filters/filter.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import { FIT_SCHEMA } from '../../src/fit/saved-fit.ts';
import { errorOf } from './error-of.ts';
import { simulated } from './simulated.ts';

const runs = simulated();
const fit = fitScalingLaw(runs, { filters: [{ kind: 'drop-top-loss', count: 1 }], bounds: { alpha: [0.1, 0.2] } });

/** Paths of all objects inside `data` that are not frozen. */
function thawed(data: unknown, path = 'fit'): string[] {
  if (data === null || typeof data !== 'object') return [];
  const inside = Object.entries(data).flatMap(([key, value]) => thawed(value, `${path}.${key}`));
  return Object.isFrozen(data) ? inside : [path, ...inside];
}

describe('a fit', () => {
  it.each<FitOptions>([
    {},
    { penalty: { kind: 'absolute', overestimateWeight: 2 }, space: 'linear' },
    { fixed: { E: 1.5 }, tied: [['alpha', 'beta']] },
    {
      filters: [
        { kind: 'predicate', name: 'all', keep: () => true },
        { kind: 'drop-top-loss', count: 2 },
      ],
    },
    { bounds: { alpha: [0.1, 0.2] } },
  ])('with %o is frozen all the way down and equals its JSON', (options) => {
    const made = fitScalingLaw(runs, options);
    expect(thawed(made)).toEqual([]);
    expect(JSON.parse(JSON.stringify(made))).toStrictEqual(made);
    expect(thawed(fitFromJson(JSON.stringify(made)))).toEqual([]);
    expect(fitFromJson(JSON.stringify(made))).toStrictEqual(made);
    expect(fitFromJson(JSON.parse(JSON.stringify(made)))).toStrictEqual(made);
  });

  it('says what made it', () => {
    expect(fit.schema).toBe('scaling-laws/fit@1');
    expect(fit.schema).toBe(FIT_SCHEMA);
    expect(fit.version).toBe(VERSION);
    expect(fit.law).toBe('chinchilla');
    expect(fit.runs.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('shares nothing with the options that made it', () => {
    const bounds: Record<string, [number, number]> = { alpha: [0.1, 0.2] };
    const filters: Filter[] = [{ kind: 'equals', column: 'N', value: [5e7, 2e8, 6e8, 2e9] }];
    const made = fitScalingLaw(runs, { bounds, filters });
    const before = JSON.stringify(made);
    bounds.alpha![1] = 9;
    bounds.beta = [0, 1];
    filters.length = 0;
    expect(JSON.stringify(made)).toBe(before);
    expect(Object.isFrozen(bounds.alpha)).toBe(false);
  });

  it('leaves the runs alone', () => {
    const before = structuredClone(runs);
    fitScalingLaw(runs, { filters: [{ kind: 'drop-top-loss', count: 3 }] });
    expect(structuredClone(runs)).toStrictEqual(before);
  });
});

describe('fitFromJson', () => {
  const saved = (): Record<string, unknown> => JSON.parse(JSON.stringify(fit));
  const without = (name: string): Record<string, unknown> => {
    const { [name]: _, ...rest } = saved();
    return rest;
  };

  it('freezes a copy: the object handed in stays as it is', () => {
    const data = saved();
    fitFromJson(data);
    expect(Object.isFrozen(data)).toBe(false);
  });

  it.each([
    [
      '{"schema": "scaling-laws/fit@1"',
      'saved fit: must be a JSON object, got "{\\"schema\\": \\"scaling-laws/fit@1\\""',
    ],
    ['3', 'saved fit: must be a JSON object, got "3"'],
    ['null', 'saved fit: must be a JSON object, got "null"'],
    ['', 'saved fit: must be a JSON object, got ""'],
    ['{}', 'saved fit: schema must be scaling-laws/fit@1, got no schema'],
    ['[]', 'saved fit: schema must be scaling-laws/fit@1, got no schema'],
    ['{"schema": "scaling-laws/fit@2"}', 'saved fit: schema must be scaling-laws/fit@1, got scaling-laws/fit@2'],
  ])('refuses %s', (text, message) => {
    expect(errorOf(() => fitFromJson(text))).toEqual({ name: 'ScalingLawsError', code: 'E_FIT_SCHEMA', message });
  });

  it('loads a fit from before there was a list of rivals', () => {
    expect(fitFromJson(without('rivals')).rivals).toEqual([]);
  });

  it.each([
    ['law', 'be a non-empty text'],
    ['coefficients', 'be an object'],
    ['objective', 'be an object'],
    ['status', 'be one of converged, at-bound, unidentified, not-converged'],
    ['fittedRange', 'be an object'],
    ['runs', 'be an object'],
    ['options', 'be an object'],
    ['warnings', 'be a list'],
    ['starts', 'be an object'],
  ])('refuses a fit without %s', (name, rule) => {
    expect(errorOf(() => fitFromJson(without(name)))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_FIT_SCHEMA',
      message: `saved fit: ${name} must ${rule}, got nothing`,
    });
  });

  it.each([
    ['objective.value', { objective: { value: 'low', penalty: { kind: 'squared' }, space: 'log' } }],
    ['objective.penalty', { objective: { value: 1, penalty: { kind: 'cauchy' }, space: 'log' } }],
    ['coefficients.E', { coefficients: { ...fit.coefficients, E: null } }],
    ['starts.tried', { starts: { tried: -1, converged: 0, atBest: 0 } }],
    ['runs.dropped[0].rows', { runs: { ...fit.runs, dropped: [{ filter: { kind: 'range' }, rows: 'all', runs: 0 }] } }],
    ['options.search.hops', { options: { ...fit.options, search: { hops: 'many' } } }],
  ])('names the field of a damaged file: %s', (argument, change) => {
    let caught: unknown;
    try {
      fitFromJson(JSON.stringify({ ...saved(), ...change }));
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'E_FIT_SCHEMA', argument: expect.stringContaining(argument) });
  });

  it('loads a file of the first version, whose warnings were sentences with a code', () => {
    const { rows: _, columns: __, ...runs } = saved().runs as Record<string, unknown>;
    const { weights: ___, ...options } = saved().options as Record<string, unknown>;
    const warnings = [{ code: 'W_FEW_SIZES', message: 'Only 4 model sizes; 5 is a safe number.' }];
    const old = fitFromJson({ ...without('rivals'), runs, options, warnings });
    expect(old.warnings).toEqual([{ ...warnings[0], severity: 'warning', about: [], evidence: {} }]);
    expect(old.options.weights).toBe('given');
    expect(old.coefficients).toEqual(fit.coefficients);
  });

  it('refuses a law that it does not know, and coefficients that are none', () => {
    expect(errorOf(() => fitFromJson({ ...saved(), law: 'kepler' })).code).toBe('E_LAW_UNKNOWN');
    const { E: _, ...rest } = fit.coefficients;
    expect(errorOf(() => fitFromJson({ ...saved(), coefficients: rest }))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_LAW_COEFFICIENTS',
      message: 'chinchilla: E must be a finite number >= 0, got nothing',
    });
    // JSON has no infinity: it writes null.
    const infinite = { ...saved(), coefficients: { ...fit.coefficients, A: null } };
    expect(errorOf(() => fitFromJson(infinite)).message).toBe(
      'saved fit: coefficients.A must be a finite number, got null',
    );
  });

  it('keeps fields that a later version may add', () => {
    expect(fitFromJson({ ...saved(), remark: 'kept' })).toHaveProperty('remark', 'kept');
  });
});
