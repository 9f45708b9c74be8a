/** Penalties at the border: what is refused, and in which words. */

import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import {
  DEFAULT_PENALTY,
  DEFAULT_SPACE,
  levelOf,
  type Penalty,
  penalty as penaltyField,
} from '../../src/objective/penalty.ts';
import { check } from '../../src/schema/check.ts';

describe('a penalty', () => {
  it("is a level of Huber's family", () => {
    expect(levelOf({ kind: 'huber', delta: 0.02 })).toBe(0.02);
    expect(levelOf({ kind: 'squared' })).toBe(Number.POSITIVE_INFINITY);
    expect(levelOf({ kind: 'absolute' })).toBe(0);
  });

  it('is by default that of Hoffmann et al. 2022: Huber, 1e-3, on log loss', () => {
    expect(DEFAULT_PENALTY).toEqual({ kind: 'huber', delta: 1e-3 });
    expect(DEFAULT_SPACE).toBe('log');
  });

  it.each<Penalty>([
    { kind: 'huber', delta: 1e-9 },
    { kind: 'squared', overestimateWeight: 10 },
    { kind: 'absolute', overestimateWeight: 0.5 },
  ])('%o is accepted', (penalty) => {
    expect(check(penaltyField, penalty)).toEqual(penalty);
  });

  it('may be given by its kind alone', () => {
    expect(check(penaltyField, 'squared')).toEqual({ kind: 'squared' });
    expect(check(penaltyField, 'huber')).toEqual(DEFAULT_PENALTY);
    expect(check(penaltyField, { kind: 'huber' })).toEqual(DEFAULT_PENALTY);
  });

  it.each([
    [{ kind: 'huber', delta: 0 }, 'penalty.delta must be a positive finite number, got 0'],
    [{ kind: 'huber', delta: -1 }, 'penalty.delta must be a positive finite number, got -1'],
    [{ kind: 'huber', delta: '1e-3' }, 'penalty.delta must be a positive finite number, got 1e-3'],
    [
      { kind: 'squared', overestimateWeight: Number.POSITIVE_INFINITY },
      'penalty.overestimateWeight must be a positive finite number, got Infinity',
    ],
    [{ kind: 'absolute', overestimateWeight: 0 }, 'penalty.overestimateWeight must be a positive finite number, got 0'],
    [{ kind: 'cauchy' }, 'penalty.kind must be one of huber, squared, absolute, got cauchy'],
    [{}, 'penalty.kind must be one of huber, squared, absolute, got nothing'],
  ])('%o is refused', (penalty, message) => {
    const refused = (): unknown => check(penaltyField, penalty, 'penalty');
    expect(refused).toThrow(ScalingLawsError);
    expect(refused).toThrow(expect.objectContaining({ code: 'E_ARGUMENT', message }));
  });
});
