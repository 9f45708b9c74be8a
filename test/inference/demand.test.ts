import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
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
    expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(outcomes.map(({ factor }) => factor)).toEqual(outcomes.map(({ factor }) => factor).sort((a, b) => a - b));
  });

  it('log-normal: its outcomes have the moments of the distribution, exp(p (p - 1) sigma^2 / 2), far into the tail', () => {
    const z90 = 1.2815515655446004;
    for (const sigma of [0.01, 0.5, 1.8, 3.6, 6]) {
      const p90 = 1e9 * Math.exp(sigma * z90);
      const { outcomes, range } = lifeDemand({ tokens: { kind: 'log-normal', median: 1e9, p90 } });
      for (const power of [0, 0.2, 0.5, 0.9, 1]) {
        const moment = outcomes.reduce((sum, { factor, probability }) => sum + probability * factor ** power, 0);
        expect(moment / Math.exp((power * (power - 1) * sigma ** 2) / 2)).toBeCloseTo(1, 10);
      }
      // The normal deviate of 0.99 is 2.3263478740408408.
      const ends = [-1, 1].map((side) => Math.exp(side * 2.3263478740408408 * sigma - sigma ** 2 / 2));
      for (const [i, end] of ends.entries()) expect(range[i]! / end).toBeCloseTo(1, 9);
    }
  });

  it('ranges over the scenarios that can be', () => {
    const tokens = { kind: 'scenarios', values: [1, 100, 4], probabilities: [0.5, 0, 0.5] } as const;
    expect(lifeDemand({ tokens }).range).toEqual([1 / 2.5, 4 / 2.5]);
    expect(lifeDemand({ tokens: 5 }).range).toEqual([1, 1]);
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
      'demand.outputTokens must be given with requests, and with them alone, got nothing',
    ],
    [{ tokens: 1, inputShare: 2 }, 'demand.inputShare must be a number from 0 to 1, got 2'],
    [{ tokens: 1, monthlyGrowth: 0.1 }, 'demand.months must be given where demand grows, got nothing'],
    [{ tokens: 1, months: 1.5 }, 'demand.months must be an integer >= 1, got 1.5'],
    [{ tokens: { kind: 'log-normal', median: 2, p90: 1 } }, 'demand.tokens.p90 must be above the median, 2, got 1'],
    [{ tokens: { kind: 'normal', mean: 2 } }, 'demand.tokens.kind must be one of log-normal, scenarios, got normal'],
    [
      { tokens: { kind: 'scenarios', values: [1, 2], probabilities: [0.5, 0.6] } },
      'demand.tokens.probabilities must be 2 numbers whose sum is 1, got [0.5, 0.6]',
    ],
    [
      { tokens: { kind: 'scenarios', values: [1, 2], probabilities: 'ab' } },
      'demand.tokens.probabilities must be a list, got ab',
    ],
    [
      { tokens: { kind: 'scenarios', values: [1, 2], probabilities: ['a', 'b'] } },
      'demand.tokens.probabilities[0] must be a number from 0 to 1, got a',
    ],
    [{ tokens: { kind: 'scenarios', values: '12' } }, 'demand.tokens.values must be a list of 1 or more, got 12'],
    [null, 'demand must be an object, got null'],
    ['2T', 'demand must be an object, got 2T'],
    [{ tokens: 1e300 }, 'demand must be at most 1e+24 tokens over the life, on average, got 1e+300'],
    [{ tokens: 1e12, months: 1000, monthlyGrowth: 1000 }, 'demand must be at most 1e+24 tokens'],
    [{ tokens: { kind: 'log-normal', median: 1e12, p90: 1e100 } }, 'demand must be at most 1e+24 tokens'],
    [{ tokens: { kind: 'log-normal', median: 1e-300, p90: 1e300 } }, 'demand must be at most 1e+24 tokens'],
    [{ requests: 1e30, inputTokens: 0, outputTokens: 1 }, 'demand must be at most 1e+24 tokens'],
    [
      { tokens: 1, month: 3 },
      'demand must be among tokens, inputShare, requests, inputTokens, outputTokens, months, monthlyGrowth, got month',
    ],
  ])('%j', (demand, message) => {
    expect(() => lifeDemand(demand as unknown as Demand)).toThrow(message);
    expect(() => lifeDemand(demand as unknown as Demand)).toThrow(ScalingLawsError);
  });
});
