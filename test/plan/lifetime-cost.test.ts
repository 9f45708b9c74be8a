import { describe, expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { lifetimeFlops } from '../../src/inference/lifetime.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { type Life, lifetimeCost } from '../../src/plan/cost-optimal.ts';
import { expectPrinted } from '../printed.ts';

const { N, D } = computeOptimal(publishedLaws.sardana2024, { N: 30e9 });
const size = { N, D };
const life = {
  demand: { requests: 1e9, inputTokens: 500, outputTokens: 100 },
  training: { gpu: 'H100' },
  serving: { gpu: 'A100-40', weights: 'int8', view: 'flops' },
} as const satisfies Life;

describe("the authors' cost calculator: 30B, 500 + 100 tokens, 1e9 requests", () => {
  it('at $2.00 and $1.10, the prices that their script charges', () => {
    const cost = lifetimeCost(size, life);
    expectPrinted(cost.training, '3.146e5');
    expectPrinted(cost.total, '6.378e5');
    expectPrinted(lifetimeFlops(size, { tokens: 600e9 }).totalFlops, '3.161e23');
  });

  it('at $1.50 and $0.60, the prices that they ask for', () => {
    const cost = lifetimeCost(size, {
      ...life,
      training: { ...life.training, pricePerHour: 1.5 },
      serving: { ...life.serving, pricePerHour: 0.6 },
    });
    expectPrinted(cost.training, '2.360e5');
    expectPrinted(cost.total, '4.123e5');
  });
});

it('is hours times price', () => {
  // 6e21 FLOPs at 1e15 FLOP/s and half of the peak: 12e6 s; 2e20 to read at the full peak, 2e20 to write at a tenth.
  const gpu = { name: 'round', peakFlops: { bf16: 1e15 }, pricePerHour: 3600, source: 'this test' };
  const cost = lifetimeCost(
    { N: 1e9, D: 1e12 },
    {
      training: { gpu, mfu: 0.5 },
      serving: { gpu, view: { kind: 'flops', prefillMfu: 1, decodeMfu: 0.1 } },
      demand: { requests: 1e8, inputTokens: 1000, outputTokens: 1000 },
    },
  );
  expect(cost.training).toBeCloseTo(12e6, 3);
  expect(cost.prefill).toBeCloseTo(2e5, 5);
  expect(cost.decode).toBeCloseTo(2e6, 4);
  expect(cost.total).toBe(cost.training + cost.prefill + cost.decode);
});

describe('errors', () => {
  const GPUS =
    'training.gpu must be one of A100-40, A100-80, H100, H200, B200, GB200, B300, L40S, A40, A10, L4, RTX-4090, RTX-5090, RTX-3090';
  const withTraining = (training: object) => ({ ...life, training: { gpu: 'H100', ...training } });
  const withDemand = (demand: object) => ({ ...life, demand: { ...life.demand, ...demand } });
  it.each([
    [
      'E_ARGUMENT',
      'demand.requests must be a finite number of requests, 0 or more, got -1',
      withDemand({ requests: -1 }),
    ],
    [
      'E_ARGUMENT',
      'demand.outputTokens must be a finite number of tokens a request, 0 or more, got NaN',
      withDemand({ outputTokens: Number.NaN }),
    ],
    ['E_ARGUMENT', 'training.mfu must be above 0 and at most 1, got 1.2', withTraining({ mfu: 1.2 })],
    [
      'E_ARGUMENT',
      'training.pricePerHour must be a positive finite number of $, got 0',
      withTraining({ pricePerHour: 0 }),
    ],
    ['E_ARGUMENT', 'training.dtype must be one of bf16, fp8, int8 on H100, got int4', withTraining({ dtype: 'int4' })],
    ['E_ARGUMENT', 'training.dtype must be one of bf16, fp8, int8, int4, got fp4', withTraining({ dtype: 'fp4' })],
    [
      'E_ARGUMENT',
      'training.pricePerHour must be given for L4, which has no known price, got nothing',
      withTraining({ gpu: 'L4' }),
    ],
    [
      'E_OPTION',
      'training must be among gpu, dtype, mfu, pricePerHour, got priceperhour; did you mean training.pricePerHour?',
      withTraining({ priceperhour: 1.5 }),
    ],
    [
      'E_OPTION',
      'serving.view must be among kind, prefillMfu, decodeMfu, got prefillMFU; did you mean serving.view.prefillMfu?',
      { ...life, serving: { ...life.serving, view: { kind: 'flops', prefillMFU: 0.4 } } },
    ],
    ['E_OPTION', 'life must be among demand, training, serving, got request', { ...life, request: 1 }],
    ['E_ARGUMENT', 'serving must be an object, got nothing', { ...life, serving: undefined }],
    ['E_ARGUMENT', 'life must be an object, got null', null],
    ['E_HARDWARE_UNKNOWN', `${GPUS}, got TPU`, withTraining({ gpu: 'TPU' })],
    ['E_HARDWARE_UNKNOWN', `${GPUS}, got toString`, withTraining({ gpu: 'toString' })],
    ['E_HARDWARE_UNKNOWN', `${GPUS}, got h10; did you mean H100?`, withTraining({ gpu: 'h10' })],
  ])('%s: %s', (code, message, given) => {
    expect(() => lifetimeCost(size, given as Life)).toThrow(
      expect.objectContaining({
        name: 'ScalingLawsError',
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });

  it('refuses a model of nothing', () => {
    expect(() => lifetimeCost({ N: 0, D: 1 }, life)).toThrow('N must be a positive finite number of parameters, got 0');
  });
});
