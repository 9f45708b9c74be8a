/** A law, runs and a problem that are right, for tests of what is wrong with a call. */

import { publishedLaws } from '../src/laws/published.ts';
import { simulateRuns } from '../src/simulate/simulate-runs.ts';

export const LAW = publishedLaws.sardana2024;
export const RUNS = simulateRuns({ law: LAW, layout: 'sardana', seed: 1 });
export const DEMAND_PROBLEM = { law: LAW, goal: { kind: 'loss', loss: 2 }, demand: { tokens: 2e12 } } as const;
