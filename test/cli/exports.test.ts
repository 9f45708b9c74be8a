/** Exports on the command line; what they hold is test/runs/exports.test.ts's to check. */

import { describe, expect, it } from 'vitest';
import { read } from '../fences.ts';
import { cli, expectFailure, json } from './run-cli.ts';

const LOGS = 'examples/data/logs/';
const FIXED = ['--fix', 'A=406.4,alpha=.336,beta=.283'];

describe('exports', () => {
  it('are known by their text, from a file and from a pipe; --set says what they do not', async () => {
    const argv = ['--set', 'N=410M', ...FIXED, '--json'];
    const file = await cli(['fit', `${LOGS}trainer_state.json`, ...argv]);
    const pipe = await cli(['fit', '-', ...argv], read(`${LOGS}trainer_state.json`));
    expect(file.out).toBe(pipe.out);
    // The law behind the sample, rounded to four decimals of loss.
    expect(Math.abs(JSON.parse(file.out).coefficients.E - 1.69)).toBeLessThan(1e-3);
  });

  it('a manifest joins files', async () => {
    const fit = await json(['fit', `${LOGS}tensorboard.json`, '--fix', 'alpha=.336,beta=.283']);
    expect(fit.runs).toMatchObject({ read: 10, kept: 10 });
  });

  it('--set may come again, and a comma may stand in a number', async () => {
    const set = ['--set', 'N=160M,run=a', '--set', 'tokensPerStep=524,288'];
    const fit = await json(['fit', `${LOGS}wandb-history.csv`, ...set, ...FIXED]);
    expect(fit.fittedRange.D).toEqual([524288e3, 6 * 524288e3]);
  });

  it.each([
    [['--set', 'N'], /--set must be NAME=VALUE, between commas where several, got N/],
    [['--set', 'M=1'], /--set must be among N, D, C, U, fraction, weight, run, family, tokensPerStep, got M/],
    [['--set', 'N=big'], /--set N must be a positive finite number of parameters, got big/],
  ])('refuses %j', (argv, message) => expectFailure(['fit', `${LOGS}trainer_state.json`, ...argv], 2, message));

  it('says how to give the size that a log does not know', () =>
    expectFailure(
      ['fit', `${LOGS}trainer_state.json`],
      1,
      /--N must name the column of N .*; where no column holds it, give --set N=…/,
    ));
});
