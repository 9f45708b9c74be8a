/** A misspelt option is refused by every call that takes options, and a level has one rule everywhere. */

import { describe, expect, it } from 'vitest';
import { ablate } from '../../src/ablate/ablate.ts';
import { approach1 } from '../../src/approaches/approach1.ts';
import { approach2 } from '../../src/approaches/approach2.ts';
import { flagIsoFlops } from '../../src/approaches/flags.ts';
import { variableProjection } from '../../src/approaches/variable-projection.ts';
import { chooseLaw } from '../../src/choose/choose-law.ts';
import { compareApproaches } from '../../src/compare-approaches/compare-approaches.ts';
import { isoFlopBias } from '../../src/compare-approaches/iso-flop-bias.ts';
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
  ['ablate', () => ablate(runs, { filters: [], ...zzz })],
  ['chooseLaw', () => chooseLaw(runs, ['chinchilla'], { kind: 'largest-N' }, zzz)],
  ['approach1', () => approach1(runs, zzz)],
  ['approach2', () => approach2(runs, zzz)],
  ['flagIsoFlops', () => flagIsoFlops(runs, zzz)],
  ['variableProjection', () => variableProjection(runs, zzz)],
  ['compareApproaches', () => compareApproaches(runs, { C: 1e21, ...zzz })],
  ['isoFlopBias', () => isoFlopBias(fit, runs, { C: 1e21, ...zzz })],
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
    ['chooseLaw', () => chooseLaw(runs, ['chinchilla'], { kind: 'largest-N' }, { level: 2 })],
    ['compareApproaches', () => compareApproaches(runs, { C: 1e21, level: 2 })],
    ['profileInterval', () => profileInterval(fit, runs, 'E', 2)],
  ])('of %s lies between 0 and 1', (_, call) => {
    expect(errorOf(call)).toMatchObject({
      code: 'E_ARGUMENT',
      message: 'level must be a number above 0 and below 1, got 2',
    });
  });
});
