/** A misspelt option is refused by every call that takes options, and a level has one rule everywhere. */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { holdOut } from '../../src/hold-out/hold-out.ts';
import { leaveOut } from '../../src/hold-out/leave-out.ts';
import { rollOut } from '../../src/hold-out/roll-out.ts';
import { splitRuns } from '../../src/hold-out/split.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { coefficientIntervals, intervals } from '../../src/uncertainty/intervals.ts';
import { profileInterval } from '../../src/uncertainty/profile.ts';
import { errorOf } from '../fit/error-of.ts';

const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: 'sardana', seed: 1 });
const fit = fitScalingLaw(runs, { penalty: 'squared' });
const boot = bootstrap(fit, runs, { replicates: 2, resample: 'residuals' });
const zzz = { zzz: 1 } as object;

it.each<[string, () => unknown]>([
  ['bootstrap', () => bootstrap(fit, runs, zzz)],
  ['intervals', () => intervals(boot, () => 1, zzz)],
  ['coefficientIntervals', () => coefficientIntervals(boot, zzz)],
  ['splitRuns', () => splitRuns(runs, { kind: 'largest-N', ...zzz })],
  ['holdOut, how', () => holdOut(runs, { kind: 'largest-N', ...zzz })],
  ['holdOut, options', () => holdOut(runs, { kind: 'largest-N' }, zzz)],
  ['rollOut', () => rollOut(runs, { by: 'N', ...zzz })],
  ['leaveOut', () => leaveOut(runs, { by: 'size', ...zzz })],
])('%s refuses an option that is none', (_, call) => {
  expect(errorOf(call)).toMatchObject({
    code: 'E_OPTION',
    message: expect.stringMatching(/must be among .*, got zzz/),
  });
});

describe('a level', () => {
  it.each<[string, () => unknown]>([
    ['intervals', () => intervals(boot, () => 1, { level: 2 })],
    ['coefficientIntervals', () => coefficientIntervals(boot, { level: 2 })],
    ['profileInterval', () => profileInterval(fit, runs, 'E', 2)],
  ])('of %s lies between 0 and 1', (_, call) => {
    expect(errorOf(call)).toMatchObject({
      code: 'E_ARGUMENT',
      message: 'level must be a number above 0 and below 1, got 2',
    });
  });
});
