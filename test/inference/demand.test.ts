import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AllocationError } from '../../src/errors.ts';
import { type Demand, lifeDemand } from '../../src/inference/demand.ts';

describe('demand over a life', () => {
  it('of tokens is split by the averages of LMSYS-Chat, 70 read and 215 written', () => {
    const { input, output, total } = lifeDemand({ tokens: 285e9 });
    expect(input).toBeCloseTo(70e9, 0);
    expect(output).toBeCloseTo(215e9, 0);
    expect(total).toBeCloseTo(285e9, 0);
  });

  it('of requests counts tokens read and written', () =>
    expect(lifeDemand({ requests: 1e10, inputTokens: 1000, outputTokens: 250 })).toMatchObject({
      input: 1e13,
      output: 2.5e12,
      total: 1.25e13,
    }));

  it('grows by the month: 100 + 110 + 121', () => {
    expect(lifeDemand({ tokens: 100, months: 3, monthlyGrowth: 0.1 }).total).toBeCloseTo(331, 10);
    expect(lifeDemand({ tokens: 100, months: 3 }).total).toBeCloseTo(300, 10);
    expect(lifeDemand({ tokens: 100, months: 2, monthlyGrowth: -0.5 }).total).toBeCloseTo(150, 10);
  });

  it('may be log-normal: its mean is median x exp(sigma^2 / 2), its outcomes have mean 1', () => {
    // p90 / median = exp(1.2815515655446004 sigma): sigma = 1 here.
    const { total, outcomes } = lifeDemand({
      tokens: { kind: 'log-normal', median: 1e12, p90: 1e12 * Math.exp(1.2815515655446004) },
    });
    expect(total / (1e12 * Math.exp(0.5))).toBeCloseTo(1, 10);
    const mean = outcomes.reduce((sum, { factor, probability }) => sum + factor * probability, 0);
    expect(mean).toBeCloseTo(1, 12);
    expect(outcomes.map(({ factor }) => factor)).toEqual(outcomes.map(({ factor }) => factor).sort((a, b) => a - b));
  });

  it('may be one of some scenarios', () =>
    expect(
      lifeDemand({ tokens: { kind: 'scenarios', values: [1e12, 4e12], probabilities: [0.75, 0.25] } }),
    ).toMatchObject({
      total: 1.75e12,
      outcomes: [
        { factor: 1 / 1.75, probability: 0.75 },
        { factor: 4 / 1.75, probability: 0.25 },
      ],
    }));

  it('is proportional to the amount', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e13, noNaN: true }), fc.integer({ min: 1, max: 60 }), (tokens, months) => {
        const one = lifeDemand({ tokens, months, monthlyGrowth: 0.03 }).total;
        expect(lifeDemand({ tokens: 2 * tokens, months, monthlyGrowth: 0.03 }).total / one).toBeCloseTo(2, 10);
      }),
    );
  });
});

describe('bad demand', () => {
  it.each([
    [{ tokens: -1 }, 'demand.tokens must be a finite number of tokens, 0 or more, got -1'],
    [
      { requests: 1, inputTokens: 1 },
      'demand.outputTokens must be a finite number of tokens a request, 0 or more, got undefined',
    ],
    [{ tokens: 1, inputShare: 2 }, 'demand.inputShare must be from 0 to 1, got 2'],
    [{ tokens: 1, monthlyGrowth: 0.1 }, 'demand.months must be given where demand grows, got undefined'],
    [{ tokens: 1, months: 1.5 }, 'demand.months must be an integer >= 1, got 1.5'],
    [{ tokens: { kind: 'log-normal', median: 2, p90: 1 } }, 'demand.tokens.p90 must be above the median, 2, got 1'],
    [{ tokens: { kind: 'normal', mean: 2 } }, 'demand.tokens.kind must be log-normal or scenarios, got normal'],
    [
      { tokens: { kind: 'scenarios', values: [1, 2], probabilities: [0.5, 0.6] } },
      'demand.tokens.probabilities must be 2 numbers >= 0 whose sum is 1, got [0.5,0.6]',
    ],
    [{ tokens: 1, month: 3 }, 'demand must be among tokens, inputShare, months, monthlyGrowth, got month'],
  ])('%j', (demand, message) => {
    expect(() => lifeDemand(demand as unknown as Demand)).toThrow(message);
    expect(() => lifeDemand(demand as unknown as Demand)).toThrow(AllocationError);
  });
});
