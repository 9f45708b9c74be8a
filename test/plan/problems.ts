/** Problems that several tests ask about. */

import { type PublishedLaw, publishedLaws } from '../../src/laws/published.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';

/** The law of Sardana et al. 2024. */
export const law: PublishedLaw = publishedLaws.sardana2024;

/** Case 2 of their README, in dollars. */
export const DOLLARS: PlanProblem = {
  law,
  goal: { kind: 'loss', loss: 1.947 },
  demand: { requests: 1e10, inputTokens: 1000, outputTokens: 250 },
  pay: 'dollars',
  training: { gpu: 'A100-80', pricePerHour: 1.4, mfu: 0.5 },
  serving: {
    gpu: 'A100-40',
    weights: 'int8',
    pricePerHour: 0.6,
    view: { kind: 'flops', prefillMfu: 0.4, decodeMfu: 0.2 },
  },
};

/** The same on eight H100s, by the roofline. */
export const ROOFLINE: PlanProblem = {
  ...DOLLARS,
  training: { gpu: 'H100' },
  serving: { gpu: 'H100', count: 8, batch: 32, contextTokens: 2000, view: { kind: 'roofline' } },
};
