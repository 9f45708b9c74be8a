import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectPrinted } from '../printed.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const { file, path } = temporaryFolder();
const GOAL = { kind: 'match', N: 2e9, D: 4e10 };
const DOLLARS = (
  'sardana-2024 --target-loss 1.947 --requests 1e10 --input-tokens 1000 --output-tokens 250 --pay dollars --train-gpu A100-80 ' +
  '--train-gpu-price 1.40 --inference-gpu A100-40 --inference-dtype int8 --inference-gpu-price 0.60 --train-mfu 0.5 ' +
  '--prefill-mfu 0.4 --decode-mfu 0.2'
).split(' ');

describe('plan', () => {
  it("answers the authors' README by flags, in FLOPs and in dollars", async () => {
    const flops = await json(['plan', 'sardana-2024', '--target-loss', '1.947', '--inference-tokens', '2T']);
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
    const found = await json(['plan', problem, '--target-loss', '1.947']);
    expectPrinted(found.N, '2.053e10');
    expect(found.constraints).toHaveLength(1);
    const held = await json([
      'plan',
      problem,
      '--target-loss',
      '1.947',
      '--sizes',
      '7B,13B,30B',
      '--train-gpu-price',
      '2.8',
    ]);
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

  it('takes a problem on standard input, and a law beside the problem file', async () => {
    const problem = { goal: { kind: 'loss', loss: 2.1 }, demand: { tokens: 1e12 } };
    const named = JSON.stringify({ law: 'sardana-2024', ...problem });
    const found = await json(['plan', '-'], named);
    expect(found.N).toBe((await json(['plan', 'sardana-2024', '--target-loss', '2.1', '--inference-tokens', '1T'])).N);
    const fit = path('beside.json');
    await cli(['fit', SIMULATED, '--final-only', '--out', fit]);
    const beside = file('with-beside.json', JSON.stringify({ law: 'beside.json', ...problem, goal: GOAL }));
    const direct = await json(['plan', fit, '--match', '2B,40B', '--inference-tokens', '1T']);
    expect((await json(['plan', beside])).N).toBe(direct.N);
    const { out } = await cli(['plan', '-', '--match', '2B,40B', '--json'], readFileSync(fit, 'utf8'));
    expect(JSON.parse(out).problem.law).toEqual(direct.problem.law);
  });

  it('lays each flag over its own field', async () => {
    const serving = { gpu: 'H100', count: 8, batch: 16, view: { kind: 'roofline' } };
    const problem = file(
      'fields.json',
      JSON.stringify({
        law: 'sardana-2024',
        goal: { kind: 'loss', loss: 2.1 },
        demand: { requests: 1e8, inputTokens: 500, outputTokens: 200, months: 12 },
        training: { gpu: 'H100' },
        serving: { ...serving, shape: { queriesPerKv: 4 } },
        constraints: [
          { kind: 'latency', seconds: 0.005 },
          { kind: 'size', min: 1e8 },
        ],
      }),
    );
    const asked = async (flags: string) => (await json(['plan', problem, ...flags.split(' ')])).problem;
    expect((await asked('--max-latency 0.02 --max-size 70B')).constraints).toEqual([
      { kind: 'latency', seconds: 0.02 },
      { kind: 'size', min: 1e8, max: 70e9 },
    ]);
    expect((await asked('--input-tokens 600')).demand).toEqual({
      requests: 1e8,
      inputTokens: 600,
      outputTokens: 200,
      months: 12,
    });
    expect((await asked('--inference-tokens 1T')).demand).toEqual({ tokens: 1e12 });
    expect((await asked('--experts 8,2 --kv-dtype fp8')).serving).toEqual({
      ...serving,
      kv: 'fp8',
      shape: { queriesPerKv: 4, experts: { count: 8, active: 2 } },
    });
    expect((await asked('--pue 1.1 --carbon-intensity 300')).energy).toEqual({ pue: 1.1, carbonIntensity: 300 });
    expect((await asked('--inference-tokens 1T --p90 5T')).demand.tokens).toEqual({
      kind: 'log-normal',
      median: 1e12,
      p90: 5e12,
    });
  });

  it.each([
    ['{"demand":2e12}', 'demand must be an object, got 2000000000000'],
    ['{"constraints":{"kind":"memory"}}', 'constraints must be a list, got {"kind":"memory"}'],
    ['{"constraints":[null]}', 'constraints[0] must be an object, got null'],
    ['{"serving":{"gpu":"H100"}}', 'serving.view must be one of flops, roofline, offload, swarm, got nothing'],
    [
      '{"serving":{"gpu":"H100","view":"rooflines"}}',
      'serving.view must be one of flops, roofline, offload, swarm, got',
    ],
    ['{"demand":{"requets":1}}', 'demand must be among tokens, inputShare, requests, '],
    ['{"law":[]}', 'law must be an object, got a list'],
  ])('bad input, not a bug: %s', async (change, message) => {
    const problem = { law: 'sardana-2024', goal: GOAL, ...JSON.parse(change) };
    await expectFailure(['plan', file('wrong.json', JSON.stringify(problem))], 1, `wrong.json: ${message}`);
    await expectFailure(['sweep', path('wrong.json'), '--x', 'quality=1B,7B'], 1, `wrong.json: ${message}`);
  });

  it.each([
    ['{ law:', 'must be JSON, got '],
    ['[]', 'must be a problem, { law, goal, ... }, or a saved fit, got a list'],
    ['{"goal":{}}', 'must be a problem, { law, goal, ... }, or a saved fit, got goal without law'],
  ])('is no problem: %s', async (text, message) =>
    expectFailure(['plan', file('none.json', text)], 1, `none.json: ${message}`),
  );

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
    await expectFailure(
      ['plan', fit, '--bootstrap', '40', '--target-loss', '3'],
      2,
      '--bootstrap must come with --runs',
    );
  });

  it('says it in words: what holds it, what it saves, how flat it is', async () => {
    const { out, err } = await cli([
      'plan',
      'sardana-2024',
      '--target-loss',
      '1.947',
      '--inference-tokens',
      '2T',
      '--unique-tokens',
      '1T',
    ]);
    expect(out).toMatch(/parameters +70\.6B +34\.1B +24\.2B/);
    expect(out).toMatch(/breaks +unique-tokens +unique-tokens/);
    expect(out).toMatch(/Held by unique-tokens, 1T tokens: 1% more room would spare/);
    expect(out).toContain('It sees the unique tokens 1 times over.');
    expect(err).toMatch(/^warning: The plan lies outside the runs behind the law/);
  });

  it('calls the same cost the same', async () => {
    const { out } = await cli(['plan', 'sardana-2024', '--target-loss', '2']);
    expect(out).toContain('and costs the same in FLOPs.');
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
    expect(out).toContain('Demand: 1T tokens, 100B and 10T with probability 0.1 below and above.');
    expect(out).toMatch(/least expected cost +19\.4B/);
  });

  it.each([
    [['sardana-2024'], 2, 'the goal must be one of --target-loss, --match'],
    [
      ['sardana-2024', '--target-loss', '2', '--lifetime-budget', '1e24'],
      2,
      '--target-loss must come without --lifetime-budget, got both',
    ],
    [['sardana-2024', '--match', '70B'], 2, '--match must be numbers for N and D, with a comma between them, got 70B'],
    [
      ['sardana-2024', '--target-loss', '2', '--requests', '1e9'],
      2,
      '--input-tokens must be given with requests, and with them alone, got nothing',
    ],
    [
      ['sardana-2024', '--target-loss', '2', '--batch', '8'],
      2,
      '--inference-gpu must be the name of a GPU, or an object with peakFlops, got nothing',
    ],
    [
      ['sardana-2024', '--target-loss', '2', '--months', '8'],
      2,
      'flags about demand must come with --inference-tokens or --requests, got none',
    ],
    [['sardana-2024', '--target-loss', '2', '--max-days', '8'], 2, '--max-days and --train-gpus must come together'],
    [
      ['sardana-2024', '--target-loss', '2', '--max-days', '8', '--train-gpus', '64'],
      2,
      '--max-days must come with --train-gpu',
    ],
    [['sardana-2024', '--target-loss', '2', '--fits'], 2, '--fits must come with --inference-gpu'],
    [
      ['sardana-2024', '--target-loss', '2', '--p90', '1T'],
      2,
      'flags about demand must come with --inference-tokens or --requests, got none',
    ],
    [
      ['sardana-2024', '--target-loss', '2', '--input-tokens', '5'],
      2,
      'flags about demand must come with --inference-tokens or --requests, got none',
    ],
    [
      ['sardana-2024', '--target-loss', '2', '--inference-tokens', '1T', '--output-tokens', '5'],
      2,
      '--output-tokens must be given with requests, and with them alone, got 5',
    ],
    [
      'sardana-2024 --target-loss 2 --inference-tokens 1T --inference-gpu A100-80 --inference-dtype fp8'.split(' '),
      2,
      'scaling-laws: --inference-dtype must be one of bf16, int8 on A100-80, got fp8',
    ],
    [['sardana-2024', '--target-loss', '2', '--pay', 'dollars'], 2, '--pay dollars must come with --train-gpu'],
    [['sardana-2024', '--target-loss', '1.6'], 1, 'loss must be above E = 1.69, got 1.6'],
    [['sardana-2024', '--target-loss', '1.947', '--sizes', '1B'], 1, 'menu must have a size that reaches the goal'],
    [['sardana-2023', '--target-loss', '2'], 1, 'did you mean sardana-2024?'],
  ] as const)('%j', async (argv, code, message) => expectFailure(['plan', ...argv], code, message));

  it('reads no folder', async () =>
    expectFailure(['plan', path('.'), '--target-loss', '2'], 1, /: must be JSON, got EISDIR/));
});
