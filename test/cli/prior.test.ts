import { describe, expect, it } from 'vitest';
import { familyPrior } from '../../src/families/prior.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { cli, expectFailure, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const CHOSHEN = ['fit', SIMULATED, '--final-only', '--prior', 'choshen'];

/** Distance of alpha from the line of Choshen et al. */
async function offLine(argv: readonly string[]): Promise<number> {
  const { code, out } = await cli([...argv, '--json']);
  expect(code).toBe(0);
  const { A, alpha } = JSON.parse(out).coefficients;
  return Math.abs(alpha - 0.05004588 * Math.log(A) - 0.011628);
}

describe('fit --prior', () => {
  it('draws alpha to its line, and does nothing at strength 0', async () => {
    const argv = [...CHOSHEN, '--prior-widths', 'alpha=0.0001,beta=0.0001', '--prior-noise', '0.01'];
    const plain = await offLine(['fit', SIMULATED, '--final-only']);
    expect(await offLine(argv)).toBeLessThan(plain / 5);
    expect(await offLine([...argv, '--prior-strength', '0'])).toBeCloseTo(plain, 4);
  });

  it('reads a prior of families from a file', async () => {
    const { gadre2024C4, gadre2024RedPajama } = publishedLaws;
    const prior = familyPrior([gadre2024C4, gadre2024RedPajama], { noise: 0.01 });
    const file = folder.file('prior.json', JSON.stringify(prior));
    const { out, code } = await cli(['fit', SIMULATED, '--final-only', '--prior', file, '--json']);
    expect([code, JSON.parse(out).options.prior.source]).toEqual([0, '2 families']);
  });

  it.each([
    [[...CHOSHEN], 2, 'scaling-laws: --prior-widths must be given for choshen, got none\n'],
    [['fit', SIMULATED, '--prior', 'none.json'], 1, '--prior must be choshen or a readable file'],
    [['fit', SIMULATED, '--prior', folder.file('bad.json', '{')], 1, 'prior must be JSON'],
    [['fit', SIMULATED, '--prior-noise', '0.01'], 2, '--prior-noise must come with --prior'],
  ] as const)('%j', (argv, code, message) => expectFailure(argv, code, message));
});
