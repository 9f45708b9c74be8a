import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/constants.ts';
import { table } from '../../src/report/text-table.ts';
import { count, digits, listed, percent, plural, power, signedPercent } from '../../src/words.ts';
import { cli, expectFailure } from './run-cli.ts';

describe('the program', () => {
  it('prints its version and its help', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
    const { code, out, err } = await cli(['--help']);
    expect([code, err]).toEqual([0, '']);
    for (const name of ['fit', 'diagnose', 'ablate', 'predict', 'optimal', 'laws', 'demo'])
      expect(out).toContain(`\n  ${name}`);
  });

  it.each(['fit', 'diagnose', 'ablate', 'predict', 'optimal'])('%s --help has examples', async (name) => {
    const { code, out } = await cli([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Examples:\n  scaling-laws ${name} `);
  });

  it('without a command shows its help as a usage error', async () => {
    const { code, out, err } = await cli([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: scaling-laws');
  });

  it.each([
    [['fitt'], 2, /unknown command 'fitt' \(Did you mean fit\?\)/],
    [['laws', '--jsn'], 2, /unknown option '--jsn' \(Did you mean --json\?\)/],
    [['predict', 'hoffmann-2022', '--N'], 2, /option '--N <parameters,...>' argument missing/],
  ] as const)('refuses %j with code %i', (args, code, message) => expectFailure(args, code, message));

  it('tells a bug from bad input: the trace, and a request to report it', async () => {
    const broken = new TypeError('nothing to write to');
    const { code, err } = await cli(['laws'], '', {
      stdout: () => {
        throw broken;
      },
    });
    expect(code).toBe(70);
    expect(err).toMatch(
      /^scaling-laws: this is a bug in scaling-laws .*; please report it .*\nTypeError: nothing to write to\n +at /,
    );
  });

  it('demonstrates itself on runs whose law is known', async () => {
    const { code, out, err } = await cli(['demo']);
    expect([code, err]).toEqual([0, '']);
    for (const words of ['1. Fit', '2. Predict', '3. Decide', 'converged', 'R2 0.99', 'in truth'])
      expect(out).toContain(words);
    // The fitted law is close to the true one where it is asked: half a per cent of loss is the noise of one run.
    expect(Number(/so ([\d.]+)% off/.exec(out)![1])).toBeLessThan(0.5);
    expect(out.split('\n').length).toBeLessThan(30);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('words', () => {
  it('writes counts as people do', () => {
    expect([2.41836e10, 2.65705e12, 110.4, 999.6e9, 0.036, 1e15, 999.6, 0].map((value) => count(value))).toEqual([
      '24.2B',
      '2.66T',
      '110',
      '1T',
      '0.036',
      '1e15',
      '1K',
      '0',
    ]);
  });

  it('writes powers, digits and shares', () => {
    expect([5.88e23, 1e24, 0].map(power)).toEqual(['5.88e23', '1e24', '0']);
    expect([1.8172177, 477.826, 1e-7, 3.6e35].map((value) => digits(value))).toEqual([
      '1.81722',
      '477.826',
      '1e-7',
      '3.6e35',
    ]);
    expect([0.048, 0.7096, 1.468, 0.00427, 0.0999].map(percent)).toEqual(['4.8%', '71%', '147%', '0.43%', '10%']);
    expect([-0.0576, 0.012, 0].map((share) => signedPercent(share))).toEqual(['-5.8%', '+1.2%', '0%']);
  });

  it('writes lists, plurals and tables', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
    expect([plural(1, 'row'), plural(2, 'row')]).toEqual(['1 row', '2 rows']);
    expect(
      table([
        ['name', 'E'],
        ['x', '1.69'],
      ]),
    ).toEqual(['name     E', 'x     1.69']);
  });
});
