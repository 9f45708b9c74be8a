/** Options of a fit at the border: what is refused, with which code, in which words; and what a fit records of them. */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { levenbergMarquardt } from '../../src/levenberg-marquardt.ts';
import { takeRuns } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { errorOf } from './error-of.ts';
import { simulated } from './simulated.ts';

const runs = simulated();

/** Options as a caller without types may write them, and the message. */
const REFUSED: readonly (readonly [options: object, message: string])[] = [
  [{ space: 'logarithmic' }, 'space must be one of log, linear, got logarithmic'],
  [
    { engine: 'lbfgs' },
    'engine must be newton, or an engine such as levenbergMarquardt of scaling-laws/levenberg-marquardt, got lbfgs',
  ],
  [{ penalty: { kind: 'huber', delta: 0 } }, 'penalty.delta must be a positive finite number, got 0'],
  [{ search: { starts: 0 } }, 'search.starts must be an integer >= 1, got 0'],
  [{ search: { starts: 1.5 } }, 'search.starts must be an integer >= 1, got 1.5'],
  [{ search: { hops: -1 } }, 'search.hops must be an integer >= 0, got -1'],
  [{ search: { seed: Number.NaN } }, 'search.seed must be an integer, got NaN'],
  [{ fixed: { gamma: 1 } }, 'fixed must be about coefficients of chinchilla (E, A, B, alpha, beta), got gamma'],
  [{ tied: [['alpha', 'gamma']] }, 'tied must be about coefficients of chinchilla (E, A, B, alpha, beta), got gamma'],
  [{ bounds: { gamma: [0, 1] } }, 'bounds must be about coefficients of chinchilla (E, A, B, alpha, beta), got gamma'],
  [{ tied: [['alpha']] }, 'tied[0] must be a list of 2 or more, got [alpha]'],
  [{ tied: [['alpha', 'alpha']] }, 'tied must be groups that share no coefficient, got alpha'],
  [
    {
      tied: [
        ['alpha', 'beta'],
        ['beta', 'E'],
      ],
    },
    'tied must be groups that share no coefficient, got beta',
  ],
  [{ tied: [['alpha', 'beta']], fixed: { beta: 0.3 } }, 'tied must be free of coefficients that are fixed, got beta'],
  [{ tied: [['A', 'alpha']] }, 'tied must be groups of exponents, or of amplitudes of falling terms, got A, alpha'],
  [{ tied: [['A', 'E']] }, 'tied must be groups of exponents, or of amplitudes of falling terms, got A, E'],
  [{ bounds: { alpha: [0.5, 0.1] } }, 'bounds.alpha must be two finite numbers, low < high, got [0.5, 0.1]'],
  [{ bounds: { alpha: [-1, 1] } }, 'bounds.alpha must be two finite numbers, low < high, from 0 to 20, got [-1, 1]'],
  [{ bounds: { alpha: [0, 21] } }, 'bounds.alpha must be two finite numbers, low < high, from 0 to 20, got [0, 21]'],
  [{ bounds: { E: [0, Number.NaN] } }, 'bounds.E must be two finite numbers, low < high, got [0, NaN]'],
  [{ bounds: { alpha: 3 } }, 'bounds.alpha must be two finite numbers, low < high, got 3'],
  [{ bounds: { alpha: null } }, 'bounds.alpha must be two finite numbers, low < high, got null'],
  [{ tied: 'alpha' }, 'tied must be a list, got alpha'],
  [{ tied: ['alpha', 'beta'] }, 'tied[0] must be a list of 2 or more, got alpha'],
  [{ fixed: { E: 3 }, bounds: { E: [0, 1] } }, 'fixed.E must be inside its bounds [0, 1], got 3'],
  [
    { tied: [['alpha', 'beta']], bounds: { alpha: [0.1, 0.2], beta: [0.5, 0.6] } },
    'bounds must be such that tied coefficients have a value in common, got alpha, beta',
  ],
  [
    { fixed: { E: 1, A: 1, B: 1, alpha: 1, beta: 1 } },
    'fixed must be such that a coefficient is left to fit, got E, A, B, alpha, beta',
  ],
];

describe('options', () => {
  it.each(REFUSED)('%o are refused', (options, message) => {
    expect(errorOf(() => fitScalingLaw(runs, options as FitOptions))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_ARGUMENT',
      message,
    });
  });

  it('refuse a law that is none, and a fixed coefficient out of its bounds', () => {
    expect(errorOf(() => fitScalingLaw(runs, { law: 'kepler' as never }))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_LAW_UNKNOWN',
      // Laws that other tests have registered may stand between.
      message: expect.stringMatching(
        /^law must be one of chinchilla, .*, got kepler; a law of your own must be given itself$/,
      ),
    });
    expect(errorOf(() => fitScalingLaw(runs, { fixed: { E: -1 } }))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_LAW_COEFFICIENTS',
      message: 'chinchilla: E must be a finite number >= 0, got -1',
    });
    expect(errorOf(() => fitScalingLaw(runs, { fixed: { alpha: 21 } })).message).toBe(
      'chinchilla: alpha must be a number from 0 to 20, got 21',
    );
  });

  it('are recorded with every default filled in', () => {
    expect(fitScalingLaw(runs).options).toEqual({
      law: 'chinchilla',
      weights: 'given',
      penalty: { kind: 'huber', delta: 1e-3 },
      space: 'log',
      fixed: {},
      tied: [],
      bounds: {},
      engine: 'newton',
      search: { starts: 16, hops: 32, seed: 1 },
    });
    const given: FitOptions = {
      penalty: { kind: 'squared', overestimateWeight: 2 },
      space: 'linear',
      fixed: { E: 1.69 },
      tied: [['alpha', 'beta']],
      bounds: { alpha: [0.1, 1] },
      engine: levenbergMarquardt,
      search: { starts: 2, hops: 0, seed: -7 },
    };
    expect(fitScalingLaw(runs, given).options).toEqual({
      law: 'chinchilla',
      weights: 'given',
      ...given,
      engine: 'levenberg-marquardt',
    });
  });
});

describe('too few rows', () => {
  const first = (count: number) =>
    takeRuns(
      runs,
      Array.from({ length: count }, (_, i) => 5 * i + (i % 5)),
    );

  it.each<readonly [options: FitOptions, needed: number]>([
    [{}, 6],
    [{ fixed: { E: 1.69 } }, 5],
    [{ tied: [['alpha', 'beta']] }, 5],
    [{ fixed: { E: 1.69 }, tied: [['alpha', 'beta']] }, 4],
    [{ fixed: { A: 1, B: 2 }, tied: [['alpha', 'beta']] }, 3],
  ])('with %o a fit needs %d: its free coefficients and one more', (options, needed) => {
    expect(errorOf(() => fitScalingLaw(first(needed - 1), options))).toEqual({
      name: 'ScalingLawsError',
      code: 'E_TOO_FEW_RUNS',
      message: `${needed - 1} of ${needed - 1} rows left, a fit needs at least ${needed}`,
    });
    expect(fitScalingLaw(first(needed), options).runs.kept).toBe(needed);
  });

  it('says what each filter took', () => {
    const call = (): unknown => fitScalingLaw(runs, { filters: [{ kind: 'drop-top-loss', count: 26 }] });
    expect(errorOf(call).message).toBe(
      '4 of 30 rows left, a fit needs at least 6: drop-top-loss (count 26) dropped 26',
    );
  });
});

describe('misspelt options', () => {
  it('are refused, not ignored', () => {
    const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
    expect(() => fitScalingLaw(runs, { penalties: { kind: 'squared' } } as never)).toThrow(
      'fit options must be among law, filters, weights, penalty, space, fixed, tied, bounds, prior, engine, search, got penalties',
    );
    expect(() => fitScalingLaw(runs, { search: { start: 4 } as never })).toThrow(
      'search must be among starts, hops, seed, got start; did you mean search.starts?',
    );
  });
});
