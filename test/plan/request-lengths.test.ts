import { expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';

const serving = { gpu: 'H100', count: 8, batch: 32, view: { kind: 'roofline' } } as const;
const problem: PlanProblem = {
  law: publishedLaws.sardana2024,
  goal: { kind: 'loss', loss: 1.947 },
  pay: 'dollars',
  training: { gpu: 'H100' },
  demand: { requests: 1e8, inputTokens: 100_000, outputTokens: 250 },
  serving,
};

it('prices the prompts of the requests: attention over 100,000 tokens', () => {
  const { N, accounts, cost } = plan(problem);
  const layers = Math.cbrt(N / (12 * 128 ** 2));
  // Of each token 2 N, and attention to half of the prompt: 2 layers dModel T; at half of the peak.
  const flops = 1e8 * 1e5 * (2 * N + 2 * layers * 128 * layers * 1e5);
  expect((accounts.gpuHours!.prefill * 3600 * 0.5 * 989e12) / flops).toBeCloseTo(1, 12);
  const short = plan({ ...problem, serving: { ...serving, contextTokens: 2048 } });
  expect(cost.total / short.cost.total).toBeGreaterThan(1.5);
});

it('holds the prompt and half of the answer in the cache', () => {
  const demand = { requests: 1e8, inputTokens: 3000, outputTokens: 2000 };
  const { cost } = plan({ ...problem, demand });
  const told = { ...serving, promptTokens: 3000, contextTokens: 4000 };
  expect(cost).toEqual(plan({ ...problem, demand, serving: told }).cost);
});

it('waits for the first token of that prompt', () => {
  const limit = { kind: 'first-token', seconds: 20 } as const;
  const [own, told] = [limit, { ...limit, inputTokens: 100_000 }].map((one) =>
    plan({ ...problem, constraints: [one] }),
  );
  expect(own!.constraints).toEqual(told!.constraints);
});

it('warns where the GPU does not compute in the format of the weights', () => {
  const codes = (weights: 'int4' | 'fp8') =>
    plan({ ...problem, serving: { ...serving, weights } }).warnings.map(({ code }) => code);
  expect(codes('int4')).toContain('W_WEIGHTS_ONLY');
  expect(codes('fp8')).not.toContain('W_WEIGHTS_ONLY');
});
