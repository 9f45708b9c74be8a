import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { cli, expectFailure, json, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const SIZES = [1e8, 4e8, 1.6e9, 6.4e9];
const TOKENS = [4e9, 1e10, 4e10, 1e11];
const rows = ['llama', 'pythia'].flatMap((family, k) =>
  SIZES.flatMap((N) =>
    TOKENS.map((D) => [family, `${family}-${N}`, N, D, 1.7 + 0.1 * k + 400 / N ** 0.34 + (k ? 410 : 500) / D ** 0.28]),
  ),
);
const file = folder.file('families.csv', ['model,name,N,D,loss', ...rows.map((row) => row.join())].join('\n'));
const COLUMNS = ['--family', 'model', '--run', 'name'];

describe('fit-families', () => {
  it('finds the coefficients that two families share, and those of their own', async () => {
    const argv = ['fit-families', file, ...COLUMNS, '--shared', 'alpha,beta'];
    const { out, code } = await cli([...argv, '--json']);
    expect(code).toBe(0);
    const { shared, families } = JSON.parse(out);
    expect(shared.alpha).toBeCloseTo(0.34, 4);
    expect(families[1].fit.coefficients.E).toBeCloseTo(1.8, 4);
    expect((await cli(argv)).out).toMatch(/^family +rows +E +A +B +alpha[\s\S]*alpha and beta are shared\./);
  });
  it('needs families', () => expectFailure(['fit-families', file], 1, '--family'));
});

describe('borrow', () => {
  const one = TOKENS.map((D) => `1e9,${D},${1.9 + 406.4 / 1e9 ** 0.34 + 500 / D ** 0.3}`);
  const few = folder.file('few.csv', ['N,D,loss', ...one].join('\n'));

  it('keeps A and alpha of another law', async () => {
    const { borrowed, fit } = await json(['borrow', 'hoffmann-2022', few, '--keep', 'A,alpha']);
    expect(borrowed).toEqual({ A: 406.4, alpha: 0.34 });
    expect(fit.coefficients.E).toBeCloseTo(1.9, 3);
    expect((await cli(['borrow', 'hoffmann-2022', few, '--keep', 'A,alpha'])).out).toMatch(/\nA +406\.4 +borrowed\n/);
  });
  it('asks what', () => expectFailure(['borrow', 'hoffmann-2022', few], 2, 'borrow must have --keep'));
});

describe('predict-run-end', () => {
  const argv = ['predict-run-end', file, ...COLUMNS, '--target', 'llama-6400000000', '--tokens', '2e11'];

  it('follows the law of the family to the end of the run', async () => {
    const { loss, share } = await json(argv);
    expect(loss).toBeCloseTo(1.7 + 400 / 6.4e9 ** 0.34 + 500 / 2e11 ** 0.28, 4);
    expect(share).toBe(0.5);
    expect((await cli(argv)).out).toMatch(/^llama-6400000000: loss 2\.\d+ nats[\s\S]*It is 50% done/);
  });
  it('takes a law to borrow from with what to keep of it', () =>
    expectFailure([...argv, '--borrow-from', 'hoffmann-2022'], 2, '--borrow-from must come with --keep'));
});

describe('design', () => {
  const argv = [
    'design',
    'sardana-2024',
    '--budget',
    '2e20',
    '--sizes',
    '1e8,3e8,1e9',
    '--tokens-per-param',
    '5,20,80',
  ];

  it('chooses runs within the budget that determine the goal', async () => {
    const plan = await json([...argv, '--predict-at', '10B,200B']);
    expect(plan.goal).toEqual({ kind: 'loss', N: 1e10, D: 2e11 });
    expect(plan.flops).toBeLessThanOrEqual(2e20);
    expect(plan.standardError).toBeGreaterThan(0);
    expect((await cli([...argv, '--flops', '1e23'])).out).toMatch(/^ *N +D +times +FLOPs\n[\s\S]*best size: 0?\.?\d/);
  });
  it('knows a coefficient better with runs that are there already', async () => {
    const { alpha } = publishedLaws.sardana2024.coefficients;
    expect(alpha).toBeGreaterThan(0);
    const { before, standardError } = await json([
      argv[0]!,
      argv[1]!,
      file,
      ...argv.slice(2),
      '--coefficient',
      'alpha',
    ]);
    expect(standardError).toBeLessThan(before);
  });
  it.each([
    [[], 'design must have --coefficient, --predict-at or --flops, got none\n'],
    [['--coefficient', 'gamma'], '--coefficient must be one of E, A'],
  ])('refuses %j', (flags, message) => expectFailure([...argv, ...flags], 2, message));
});
