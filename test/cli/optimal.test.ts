import { describe, expect, it } from 'vitest';
import { expectPrinted } from '../printed.ts';
import { cli, expectFailure, json } from './run-cli.ts';

const DOLLARS = (
  'sardana-2024 --target-loss 1.947 --requests 1e10 --input-tokens 1000 --output-tokens 250 --train-gpu A100-80 ' +
  '--train-gpu-price 1.40 --inference-gpu A100-40 --inference-dtype int8 --inference-gpu-price 0.60 --train-mfu 0.5 ' +
  '--prefill-mfu 0.4 --decode-mfu 0.2'
).split(' ');

describe('optimal', () => {
  // The closed form of Hoffmann et al. 2022, eq. 4, for the coefficients of their eq. 10 and of Besiroglu et al. 2024, table 1.
  it.each([
    ['hoffmann-2022', '4.13e10', '4.036e12'],
    ['besiroglu-2024', '9.600e10', '1.736e12'],
  ])('%s for 1e24 FLOPs', async (law, N, D) => {
    const optimum = await json(['optimal', law, '--flops', '1e24']);
    expectPrinted(optimum.N, N);
    expectPrinted(optimum.D, D);
    expect(optimum.inferenceFlops).toBe(0);
    expect(optimum.totalFlops).toBe(optimum.trainingFlops);
    expect(Math.abs(optimum.trainingFlops / 1e24 - 1)).toBeLessThan(1e-12);
    expect(optimum.tokensPerParam).toBeCloseTo(optimum.D / optimum.N, 9);
  });

  // The first is Sardana et al.'s own (the README of their code).
  it.each([
    ['1.947', '2e12', '2.41836e10', '2.65705e12'],
    ['1.96', '1e12', '2.30843e10', '1.97690e12'],
    ['2.0', '1e13', '7.71735e9', '3.42579e12'],
    ['2.1', '100B', '7.46909e9', '3.96982e11'],
  ])('loss %s, then %s tokens served', async (loss, tokens, N, D) => {
    const optimum = await json(['optimal', 'sardana-2024', '--target-loss', loss, '--inference-tokens', tokens]);
    expectPrinted(optimum.N, N);
    expectPrinted(optimum.D, D);
    expect(optimum.loss).toBe(Number(loss));
    expect(optimum.totalFlops).toBe(optimum.trainingFlops + optimum.inferenceFlops);
  });

  it("in dollars (the README of Sardana et al.'s code)", async () => {
    const optimum = await json(['optimal', ...DOLLARS]);
    expectPrinted(optimum.N, '2.053e10');
    expectPrinted(optimum.D, '3.302e12');
    expectPrinted(100 * optimum.ratios.N, '60.23');
    expectPrinted(100 * optimum.ratios.D, '182.41');
    expectPrinted(100 * optimum.ratios.cost, '88.76');
    expect(Object.keys(optimum.cost)).toEqual(['training', 'prefill', 'decode', 'total']);
  });

  it('for training alone at a loss, as with nothing to serve', async () => {
    const alone = await json(['optimal', 'sardana-2024', '--target-loss', '2']);
    const idle = await json(['optimal', 'sardana-2024', '--target-loss', '2', '--inference-tokens', '0']);
    expect(alone.inferenceFlops).toBe(0);
    for (const key of ['N', 'D', 'loss', 'totalFlops']) expect(alone[key] / idle[key]).toBeCloseTo(1, 12);
  });

  it('says it in the lines of plan', async () => {
    const served = ['sardana-2024', '--target-loss', '1.947', '--inference-tokens', '2T'];
    const [optimum, planned] = [await cli(['optimal', ...served]), await cli(['plan', ...served])];
    expect(optimum).toEqual(planned);
    expect(optimum.out).toMatch(/^parameters +24\.2B +34\.1B$/m);
    expect(optimum.out).toContain(
      'of the parameters on 1.47 x the tokens of the Chinchilla-style model of the same loss',
    );
    const dollars = await cli(['optimal', ...DOLLARS]);
    expect(dollars).toEqual(await cli(['plan', ...DOLLARS, '--pay', 'dollars']));
    expect(dollars.out).toMatch(/^total, \$ +1\.43M/m);
  });

  it('takes several budgets, a size or a number of tokens', async () => {
    const both = await json(['optimal', 'hoffmann-2022', '--flops', '1e23,1e24']);
    expect(both[1]).toEqual(await json(['optimal', 'hoffmann-2022', '--flops', '1e24']));
    const { out } = await cli(['optimal', 'hoffmann-2022', '--flops', '1e23,1e24']);
    expect(out).toMatch(/^ *1e24 +41\.3B +4\.04T /m);
    // The frontier passes through its own points.
    const ofSize = await json(['optimal', 'hoffmann-2022', '--N', String(both[1].N)]);
    expect(Math.abs(ofSize.D / both[1].D - 1)).toBeLessThan(1e-9);
    const ofTokens = await json(['optimal', 'hoffmann-2022', '--D', String(both[1].D)]);
    expect(Math.abs(ofTokens.N / both[1].N - 1)).toBeLessThan(1e-9);
  });

  it('answers laws in one variable: a budget has a loss, a loss a budget', async () => {
    // Cerebras-GPT, L(C) = 0.5066 + (C / 5.984e22)^-0.0737: 1.5796 at 2.3e22 FLOPs by hand.
    const { loss } = await json(['optimal', 'cerebras-2023', '--flops', '2.3e22']);
    expectPrinted(loss, '1.5796');
    const { C } = await json(['optimal', 'cerebras-2023', '--target-loss', String(loss)]);
    expect(Math.abs(C / 2.3e22 - 1)).toBeLessThan(1e-9);
  });

  it.each([
    [[], 2, 'scaling-laws: optimal must have --flops, --N, --D or --target-loss, got none\n'],
    [['--flops', '1e24', '--target-loss', '2'], 2, /--flops must come without --target-loss, got both/],
    [
      ['--flops', '1e24', '--inference-tokens', '1T'],
      2,
      /--inference-tokens must come with --target-loss, got --inference-tokens alone/,
    ],
    [['--flops', '1e24', '--requests', '1'], 2, /--requests must come with --target-loss/],
    [
      ['--target-loss', '2', '--inference-tokens', '1T', '--requests', '1'],
      2,
      /--inference-tokens must come without --requests, got both/,
    ],
    [
      ['--target-loss', '2', '--requests', '1'],
      2,
      'scaling-laws: --requests must come with --train-gpu, got --requests alone\n',
    ],
    [
      ['--target-loss', '2', '--decode-mfu', '0.1'],
      2,
      'scaling-laws: --decode-mfu must come with --requests, got --decode-mfu alone\n',
    ],
    [[...DOLLARS.slice(1), '--train-mfu', '1.5'], 2, /--train-mfu must be above 0 and at most 1, got 1.5/],
    [[...DOLLARS.slice(1), '--train-gpu', 'TPU'], 2, /: --train-gpu must be one of A100-40, A100-80, H100, .* got TPU/],
    [['--target-loss', 'low'], 2, /--target-loss must be a positive finite number of nats per token, got low/],
    [['--target-loss', '1.5'], 1, /loss must be above E = 1\.69, got 1\.5/],
    [
      [...DOLLARS.slice(1), '--inference-dtype', 'fp8'],
      2,
      /: --inference-dtype must be one of bf16, int8 on A100-40, got fp8/,
    ],
  ] as const)('refuses %j with code %i', (args, code, message) =>
    expectFailure(['optimal', 'sardana-2024', ...args], code, message),
  );
});
