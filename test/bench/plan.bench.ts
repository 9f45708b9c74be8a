/** A map of the FLOP problem against the same answers one at a time; plans under constraints and by the roofline. */

import { bench, describe } from 'vitest';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { plan } from '../../src/plan/plan.ts';
import { sweep } from '../../src/plan/sweep.ts';
import { ROOFLINE } from '../plan/problems.ts';

const law = publishedLaws.sardana2024;
const demands = Array.from({ length: 200 }, (_, i) => 1e10 * 1e4 ** (i / 199));
const losses = Array.from({ length: 200 }, (_, i) => 1.8 + i / 199);

describe('200 x 200 cells: FLOP-optimal models over loss and demand', () => {
  bench('sweep (aim: under 100 ms)', () => {
    sweep(
      { law, goal: { kind: 'loss', loss: 2 } },
      { x: { of: 'demand', values: demands }, y: { of: 'loss', values: losses } },
    );
  });

  bench('inferenceOptimal, 40,000 times', () => {
    for (const loss of losses) for (const Dinf of demands) inferenceOptimal(law, { loss, Dinf });
  });
});

describe('one plan, with flat region and prices of constraints', () => {
  bench('FLOPs, closed form', () => {
    plan({ law, goal: { kind: 'loss', loss: 1.947 }, demand: { tokens: 2e12 } });
  });

  bench('roofline', () => {
    plan(ROOFLINE);
  });

  bench('roofline under two constraints', () => {
    plan({ ...ROOFLINE, constraints: [{ kind: 'latency', seconds: 0.003 }, { kind: 'memory' }] });
  });

  bench('law of repeated data, a search over ln N with a root for each D', () => {
    plan({ law, goal: { kind: 'loss', loss: 1.947 }, data: { unique: 5e11, repeat: true } });
  });
});
