/** From rows to a decision in one call: both readings of a budget, intervals, what could overturn it, what to run next. */

import { describe, expect, it } from 'vitest';
import { answer } from '../../src/answer/answer.ts';
import { answerInWords } from '../../src/answer/in-words.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { plan } from '../../src/plan/plan.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { errorOf } from '../fit/error-of.ts';

const law = publishedLaws.sardana2024;
const layout = { kind: 'sardana' } as const;
const runs = simulateRuns({ law, layout, noise: 0.003, seed: 1 });
const found = answer(runs, { C: 1e22, demand: { tokens: 1e12 }, replicates: 100 });
const text = (of: typeof found): string => answerInWords(of).flat().join('\n');

describe('a budget', () => {
  const { decision, otherReading } = found;

  it('pays for training and serving where there is demand, and the other reading stands beside it', () => {
    // 6 N D of training, 2 N for each token served.
    const cost = ({ N, D }: { N: number; D: number }, served: number): number => 6 * N * D + 2 * N * served;
    expect(decision.budget).toBe('lifetime');
    expect(cost(decision, 1e12) / 1e22).toBeCloseTo(1, 9);
    expect(decision.totalFlops / 1e22).toBeCloseTo(1, 9);
    expect(otherReading!.budget).toBe('training');
    expect(cost(otherReading!, 0) / 1e22).toBeCloseTo(1, 9);
    expect(otherReading!.inferenceFlops / (2 * otherReading!.N * 1e12)).toBeCloseTo(1, 9);
  });

  it('is read as it is told', () => {
    const told = answer(runs, { C: 1e22, demand: { tokens: 1e12 }, budget: 'training', replicates: 2 });
    expect([told.decision.budget, told.otherReading!.budget]).toEqual(['training', 'lifetime']);
    expect(told.decision.N).toBe(otherReading!.N);
    expect(errorOf(() => answer(runs, { C: 1e22, budget: 'lifetime' })).message).toMatch(
      /budget must be training where there is no demand, got lifetime/,
    );
  });

  it('pays for training alone without demand, and then there is no other reading', () => {
    const alone = answer(runs, { C: 1e22, replicates: 2 });
    expect(alone.otherReading).toBeNull();
    expect(alone.decision.inferenceFlops).toBe(0);
    // C = 6 N D, and alpha A / N^alpha = beta B / D^beta at the optimum (Hoffmann et al. 2022, eq. 4).
    const { A, B, alpha, beta } = alone.fit.coefficients as Record<'A' | 'B' | 'alpha' | 'beta', number>;
    const { N, D } = alone.decision;
    expect((alpha * A * N ** -alpha) / (beta * B * D ** -beta)).toBeCloseTo(1, 6);
  });
});

describe('the decision', () => {
  it('is near that of the law behind the runs, which its intervals hold', () => {
    const { decision } = found;
    const truth = plan({ law, goal: { kind: 'lifetime-budget', budget: 1e22 }, demand: { tokens: 1e12 } });
    expect(Math.abs(decision.N / truth.N - 1)).toBeLessThan(0.1);
    for (const name of ['N', 'D', 'loss'] as const) {
      const [low, high] = decision.intervals![name];
      expect(low <= truth[name] && truth[name] <= high, name).toBe(true);
    }
    expect(decision.runInterval![0]).toBeLessThan(decision.intervals!.loss[0]);
    const [least, most] = decision.flat.within1Percent;
    expect(least < decision.N && decision.N < most).toBe(true);
  });

  it('survives other cuts of rows that obey the law, and not those of rows that do not', () => {
    const spread = (of: typeof found): number =>
      Math.max(...of.alternatives.map(({ N }) => Math.abs(Math.log(N / of.decision.N))));
    expect(spread(found)).toBeLessThan(0.15);
    // The first tokens of each run lie up to 50% too high.
    const early = { excess: 0.5, share: 0.2 };
    const bent = simulateRuns({ law, layout, noise: 0.003, checkpoints: 4, early, seed: 1 });
    const misled = answer(bent, { C: 1e22, replicates: 2 });
    expect(spread(misled)).toBeGreaterThan(0.15);
    expect(misled.alternatives.map(({ otherwise }) => otherwise)).toContain('without the first 20% of each run');
  });

  it('comes with runs for a tenth of the budget that narrow it', () => {
    const { next } = found;
    expect(next!.flops).toBeLessThanOrEqual(1e21);
    expect(next!.runs.reduce((sum, { N, D, count }) => sum + 6 * N * D * count, 0) / next!.flops).toBeCloseTo(1, 9);
    expect(next!.standardError!).toBeLessThan(next!.before!);
  });

  it('is said in a dozen lines', () => {
    const lines = answerInWords(found);
    expect(lines.length).toBeLessThanOrEqual(13);
    expect(lines[0]).toEqual([
      'train',
      expect.stringMatching(/^\d\S* parameters on \d\S* tokens \(.*\), for a loss of 2\.\d+ nats/),
    ]);
    expect(text(found)).toMatch(/if the 1e22 FLOPs pay for training alone: \S+ on \S+, loss/);
    expect(text(found)).toMatch(/95% intervals: .* parameters, .* tokens, loss .*; one run: /);
    expect(text(found)).toMatch(/inside the range of the runs|outside the runs: \d/);
  });
});
