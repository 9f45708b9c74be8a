import { describe, expect, it } from 'vitest';
import { cli, expectFailure, json, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const LOSSES = [2.2, 2.5, 2.8, 3.1, 3.4, 3.7];
const rows = LOSSES.map((loss) => `${loss},${0.85 - 2 * Math.exp(-0.8 * loss)}`);
const file = folder.file('benchmark.csv', ['loss,error', ...rows].join('\n'));
const argv = ['downstream', file, '--link', 'exponential'];

describe('downstream', () => {
  it('finds the link behind the models, and asks it for an accuracy', async () => {
    const { link, answer } = await json([...argv, '--through', 'hoffmann-2022', '--predict-at', '1B,100B']);
    expect(link.coefficients.gamma).toBeCloseTo(0.8, 4);
    const loss = 1.69 + 406.4 / 1e9 ** 0.34 + 410.7 / 1e11 ** 0.28;
    expect(answer.accuracy).toBeCloseTo(0.15 + 2 * Math.exp(-0.8 * loss), 3);
    expect((await cli(argv)).out).toMatch(/^exponential link, fitted to losses from 2\.2 to 3\.7 nats/);
  });
  it.each([
    [[...argv, '--error', 'wrong'], 1, 'must have the column wrong'],
    [[...argv, '--through', 'hoffmann-2022'], 2, '--through must come with --predict-at'],
  ] as const)('%j', (flags, code, message) => expectFailure(flags, code, message));
});
