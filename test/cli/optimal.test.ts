import { describe, expect, it } from 'vitest';
import { expectPrinted } from '../printed.ts';
import { cli, expectFailure, json } from './run-cli.ts';

const DOLLARS = (
  'sardana-2024 --loss 1.947 --requests 1e10 --input-tokens 1000 --output-tokens 250 --train-gpu A100-80 ' +
  '--train-gpu-price 1.40 --inference-gpu A100-40 --inference-dtype int8 --inference-gpu-price 0.60 --train-mfu 0.5 ' +
  '--prefill-mfu 0.4 --decode-mfu 0.2'
).split(' ');

describe('optimal', () => {
  // Besiroglu et al.'s is FACTS G12, Hoffmann et al.'s G11.
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

  // Issue 2, acceptance; the first is Sardana et al.'s own (FACTS G4).
  it.each([
    ['1.947', '2e12', '2.41836e10', '2.65705e12'],
    ['1.96', '1e12', '2.30843e10', '1.97690e12'],
    ['2.0', '1e13', '7.71735e9', '3.42579e12'],
    ['2.1', '100B', '7.46909e9', '3.96982e11'],
  ])('loss %s, then %s tokens served', async (loss, tokens, N, D) => {
    const optimum = await json(['optimal', 'sardana-2024', '--loss', loss, '--inference-tokens', tokens]);
    expectPrinted(optimum.N, N);
    expectPrinted(optimum.D, D);
    expect(optimum.loss).toBe(Number(loss));
    expect(optimum.totalFlops).toBe(optimum.trainingFlops + optimum.inferenceFlops);
  });

  it('in dollars (FACTS G5)', async () => {
    const optimum = await json(['optimal', ...DOLLARS]);
    expectPrinted(optimum.N, '2.053e10');
    expectPrinted(optimum.D, '3.302e12');
    expectPrinted(100 * optimum.ratios.N, '60.23');
    expectPrinted(100 * optimum.ratios.D, '182.41');
    expectPrinted(100 * optimum.ratios.cost, '88.76');
    expect(Object.keys(optimum.cost)).toEqual(['training', 'prefill', 'decode', 'total']);
  });

  it('for training alone at a loss, as with nothing to serve', async () => {
    const alone = await json(['optimal', 'sardana-2024', '--loss', '2']);
    const idle = await json(['optimal', 'sardana-2024', '--loss', '2', '--inference-tokens', '0']);
    expect(alone.inferenceFlops).toBe(0);
    for (const key of ['N', 'D', 'loss', 'totalFlops']) expect(alone[key] / idle[key]).toBeCloseTo(1, 12);
  });

  it('says it in words', async () => {
    const served = await cli(['optimal', 'sardana-2024', '--loss', '1.947', '--inference-tokens', '2T']);
    expect(served.out).toContain('24.2B parameters');
    expect(served.out).toContain('2.66T tokens, 110 per parameter');
    expect(served.out).toContain('3.86e23 in training + 9.67e22 in inference = 4.82e23');
    expect(served.out).toContain('71% of the parameters on 1.47 x the tokens: 4.8% fewer FLOPs over its life.');
    expect(served.err).toMatch(
      /^warning: The optimum lies outside the runs behind the law: 24\.2B parameters \(runs: 57\.3M to 16\.2B\), 2\.66T tokens \(.*\) and 3\.86e23 FLOPs \(/,
    );
    expect((await cli(['optimal', ...DOLLARS])).out).toMatch(
      /cost +\$1\.01M in training .* = \$1\.43M\n[\s\S]*11% fewer dollars/,
    );
    expect((await cli(['optimal', 'hoffmann-2022', '--flops', '1e20'])).out).toMatch(/scaling +N grows as C\^0\.452/);
  });

  it.each([
    [[], 2, /one of --flops and --loss, got neither/],
    [['--flops', '1e24', '--loss', '2'], 2, /got both/],
    [['--flops', '1e24', '--inference-tokens', '1T'], 2, /--inference-tokens must come with --loss, got --flops/],
    [['--flops', '1e24', '--requests', '1'], 2, /--requests must come with --loss/],
    [
      ['--loss', '2', '--inference-tokens', '1T', '--requests', '1'],
      2,
      /in FLOPs or in dollars, got --inference-tokens and --requests/,
    ],
    [
      ['--loss', '2', '--requests', '1'],
      2,
      /must have --input-tokens, --output-tokens, --train-gpu, --inference-gpu beside --requests/,
    ],
    [['--loss', '2', '--decode-mfu', '0.1'], 2, /must have --requests, .* beside --decode-mfu/],
    [['--loss', '2', '--train-mfu', '1.5'], 2, /--train-mfu must be above 0 and at most 1, got "1.5"/],
    [['--loss', '2', '--train-gpu', 'TPU'], 2, /Allowed choices are A100-40, A100-80, H100/],
    [['--loss', 'low'], 2, /--loss must be a positive number, got "low"/],
    [['--loss', '1.5'], 1, /loss must be above E = 1\.69, got 1\.5/],
    [
      [...DOLLARS.slice(1), '--inference-dtype', 'fp8'],
      2,
      /--inference-dtype must be one of bf16, int8 on A100-40, got fp8/,
    ],
  ] as const)('refuses %j with code %i', (args, code, message) =>
    expectFailure(['optimal', 'sardana-2024', ...args], code, message),
  );
});
