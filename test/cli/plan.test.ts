import { describe, expect, it } from 'vitest';
import { expectPrinted } from '../printed.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const { file, path } = temporaryFolder();
const DOLLARS = (
  'sardana-2024 --loss 1.947 --requests 1e10 --input-tokens 1000 --output-tokens 250 --pay dollars --train-gpu A100-80 ' +
  '--train-gpu-price 1.40 --inference-gpu A100-40 --inference-dtype int8 --inference-gpu-price 0.60 --train-mfu 0.5 ' +
  '--prefill-mfu 0.4 --decode-mfu 0.2'
).split(' ');

describe('plan', () => {
  it("answers the authors' README by flags, in FLOPs and in dollars", async () => {
    const flops = await json(['plan', 'sardana-2024', '--loss', '1.947', '--inference-tokens', '2T']);
    expectPrinted(flops.N, '2.418e10');
    expectPrinted(100 * flops.ratios.cost, '95.22');
    const dollars = await json(['plan', ...DOLLARS]);
    expectPrinted(dollars.N, '2.053e10');
    expectPrinted(100 * dollars.ratios.cost, '88.76');
    expect(dollars.unit).toBe('$');
  });

  it('takes a problem file, whose law may be a name, and flags over it', async () => {
    const problem = file(
      'problem.json',
      JSON.stringify({
        law: 'sardana-2024',
        goal: { kind: 'loss', loss: 2.1 },
        demand: { requests: 1e10, inputTokens: 1000, outputTokens: 250 },
        pay: 'dollars',
        training: { gpu: 'A100-80', pricePerHour: 1.4 },
        serving: {
          gpu: 'A100-40',
          weights: 'int8',
          pricePerHour: 0.6,
          view: { kind: 'flops', prefillMfu: 0.4, decodeMfu: 0.2 },
        },
        constraints: [{ kind: 'size', max: 1e12 }],
      }),
    );
    const found = await json(['plan', problem, '--loss', '1.947']);
    expectPrinted(found.N, '2.053e10');
    expect(found.constraints).toHaveLength(1);
    const held = await json(['plan', problem, '--loss', '1.947', '--sizes', '7B,13B,30B', '--train-gpu-price', '2.8']);
    expect(held.N).toBe(3e10);
    const roofline = await json([
      'plan',
      problem,
      '--batch',
      '16',
      '--inference-gpus',
      '8',
      '--fits',
      '--max-latency',
      '0.005',
    ]);
    expect(roofline.constraints.map(({ constraint }: { constraint: string }) => constraint)).toEqual([
      'largest-size',
      'memory',
      'latency',
    ]);
    expect(roofline.constraints[2].value).toBeLessThanOrEqual(0.005 * (1 + 1e-9));
  });

  it('plans from a fit, with intervals from its runs', async () => {
    const fit = path('fit.json');
    await cli(['fit', SIMULATED, '--final-only', '--out', fit]);
    const found = await json([
      'plan',
      fit,
      '--runs',
      SIMULATED,
      '--bootstrap',
      '40',
      '--match',
      '2B,40B',
      '--inference-tokens',
      '1e11',
    ]);
    expect(found.intervals.N.lower).toBeLessThan(found.N);
    expect(found.intervals.N.upper).toBeGreaterThan(found.N);
    await expectFailure(['plan', fit, '--bootstrap', '40', '--loss', '3'], 2, '--bootstrap must come with --runs');
  });

  it('says it in words: what holds it, what it saves, how flat it is', async () => {
    const { out, err } = await cli([
      'plan',
      'sardana-2024',
      '--loss',
      '1.947',
      '--inference-tokens',
      '2T',
      '--unique-tokens',
      '1T',
    ]);
    expect(out).toMatch(/parameters +70\.6B +34\.1B +24\.2B/);
    expect(out).toMatch(/breaks +unique-tokens +unique-tokens/);
    expect(out).toMatch(/Held by unique-tokens, 1T tokens: 1 % more room would spare/);
    expect(out).toContain('It sees the unique tokens 1 times over.');
    expect(err).toMatch(/^warning: the plan lies outside the runs behind the law/);
  });

  it('tells of the risk of an uncertain demand', async () => {
    const problem = file(
      'risk.json',
      JSON.stringify({
        law: 'sardana-2024',
        goal: { kind: 'loss', loss: 1.947 },
        demand: { tokens: { kind: 'log-normal', median: 1e12, p90: 1e13 } },
      }),
    );
    const { out } = await cli(['plan', problem]);
    expect(out).toContain('Demand: 1T tokens, 100B and 10T with probability .1 below and above.');
    expect(out).toMatch(/least expected cost +19\.4B/);
  });

  it.each([
    [['sardana-2024'], 2, 'the goal must be one of --loss, --match'],
    [['sardana-2024', '--loss', '2', '--lifetime-budget', '1e24'], 2, 'got --loss and --lifetime-budget'],
    [['sardana-2024', '--match', '70B'], 2, '--match must be N,D such as 70B,1.4T'],
    [
      ['sardana-2024', '--loss', '2', '--requests', '1e9'],
      2,
      '--requests must come with --input-tokens and --output-tokens',
    ],
    [['sardana-2024', '--loss', '2', '--batch', '8'], 2, 'flags about serving must come with --inference-gpu'],
    [['sardana-2024', '--loss', '2', '--months', '8'], 2, '--months must come with --requests or --inference-tokens'],
    [['sardana-2024', '--loss', '2', '--max-days', '8'], 2, '--max-days and --train-gpus must come together'],
    [['sardana-2024', '--loss', '2', '--pay', 'dollars'], 2, 'training must be given where dollars are paid'],
    [['sardana-2024', '--loss', '1.6'], 1, 'loss must be above E = 1.69, got 1.6'],
    [['sardana-2024', '--loss', '1.947', '--sizes', '1B'], 1, 'menu must have a size that reaches the goal'],
    [['sardana-2023', '--loss', '2'], 1, 'did you mean sardana-2024?'],
  ] as const)('%j', async (argv, code, message) => expectFailure(['plan', ...argv], code, message));

  it('names the file that is no JSON', async () =>
    expectFailure(['plan', file('bad.json', '{ law:'), '--loss', '2'], 1, /bad\.json: must be JSON/));
});

describe('sweep', () => {
  const AXES = ['--x', 'demand=2e11,1e12', '--y', 'quality=1B,7B'];

  it('prints a table, CSV, JSON', async () => {
    const { out } = await cli(['sweep', 'sardana-2024', ...AXES, '--show', 'saving']);
    expect(out).toBe(
      'quality \\ demand    200B      1T\n1B                30.3 %  56.7 %\n7B                 2.6 %  18.1 %\n',
    );
    const { out: csv } = await cli(['sweep', 'sardana-2024', ...AXES, '--csv']);
    const lines = csv.trim().split('\n');
    expect(lines[0]).toBe('demand,quality,N,D,loss,cost,ratioN,ratioD,ratioCost');
    expect(lines).toHaveLength(5);
    expectPrinted(Number(lines[4]!.split(',')[2]), '3.71e9');
    const map = await json(['sweep', 'sardana-2024', '--x', 'demand=1e10:1e12:3', '--loss', '2']);
    expect(map.x.values).toEqual([1e10, 1e11, 1e12]);
  });

  it('warns of cells without a plan', async () => {
    const { out, err, code } = await cli(['sweep', 'sardana-2024', '--x', 'loss=1.6,2']);
    expect(code).toBe(0);
    expect(out).toMatch(/N +- +/);
    expect(err).toBe('warning: 1 cell without a plan: E_LOSS_UNREACHABLE\n');
  });

  it.each([
    [['--x', 'demand'], 2, '--x must be NAME=FROM:TO:POINTS'],
    [['--x', 'demand=1:10:1'], 2, '--x must have 2 points or more'],
    [['--x', 'colour=1,2', '--loss', '2'], 2, 'x.of must be one of loss'],
    [['--x', 'loss=2,3', '--show', 'me'], 2, '--show must be one of N, D'],
  ] as const)('%j', async (argv, code, message) => expectFailure(['sweep', 'sardana-2024', ...argv], code, message));
});
