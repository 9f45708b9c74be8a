import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ablate } from '../../src/ablate/ablate.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { goldenFits } from '../golden.ts';
import { describeWithData } from '../shared-data.ts';

const INF = Number.POSITIVE_INFINITY;

describeWithData('the 47 runs of Sardana et al.', ['sardana2024/trainingresults.csv', 'golden.json'], (path) => {
  const runs = (): Runs => readRuns(readFileSync(path, 'utf8'), { columns: { loss: 'Smoothed Loss' } });
  const cuts = [100, 250, 500, 1000, INF];

  it('every cut is as good as the best fit known', () => {
    const { rows } = ablate(runs(), { filters: [{ kind: 'range', of: 'tokensPerParam', max: cuts }] });
    expect(rows.map(({ fit }) => fit!.runs.kept)).toEqual([34, 39, 43, 45, 47]);
    expect(rows.map(({ heldOut }) => heldOut!.rows)).toEqual([13, 8, 4, 2, 0]);
    const golden = goldenFits().filter(
      ({ file, penalty }) => file.startsWith('sardana') && penalty.kind === 'huber' && penalty.delta === 1e-3,
    );
    const best = rows.map(({ fit }) => golden.find((one) => one.rows === fit!.runs.kept)!.objective);
    rows.forEach(({ fit }, i) => {
      expect(fit!.objective.value).toBeLessThanOrEqual(best[i]! * (1 + 1e-6));
    });
  });

  it.each([
    [50, -5.05, 5.05, 17.6],
    [100, -5.76, 5.76, 15.0],
    [250, -5.91, 5.91, 11.7],
    [500, -6.19, 6.19, 8.9],
  ])(
    'fitted to at most %d tokens per parameter, the law predicts the others %d %% off',
    (max, signed, are, largest) => {
      const { heldOut } = ablate(runs(), { filters: [{ kind: 'range', of: 'tokensPerParam', max: [max] }] }).rows[0]!;
      // To 0.1 of a per cent: near-equal minima differ by less in what they predict.
      expect(Math.abs(100 * heldOut!.meanSignedError! - signed)).toBeLessThan(0.1);
      expect(Math.abs(100 * heldOut!.meanAbsoluteRelativeError! - are)).toBeLessThan(0.1);
      expect(Math.abs(100 * heldOut!.maxAbsoluteRelativeError! - largest)).toBeLessThan(0.1);
    },
  );

  it('E is the least identified: it grows from .15 over .99 to 1.46 as longer runs enter', () => {
    const { rows } = ablate(runs(), { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, 250, INF] }] });
    const E = rows.map(({ fit }) => fit!.coefficients.E);
    expect(E.map((value) => Math.round(value * 100) / 100)).toEqual([0.15, 0.99, 1.46]);
  });
});

describe('rows of an ablation', () => {
  const law = publishedLaws.sardana2024;
  const runs = simulateRuns({ law, layout: { kind: 'sardana' }, checkpoints: 4, noise: 0, seed: 1 });

  it('recover the law from every cut of noiseless runs, and predict what was left out', () => {
    const { rows } = ablate(runs, { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, INF] }] });
    for (const { fit, heldOut } of rows) {
      for (const [name, value] of Object.entries(law.coefficients)) {
        expect(fit!.coefficients[name as 'E'] / value).toBeCloseTo(1, 5);
      }
      if (heldOut!.rows > 0) expect(heldOut!.maxAbsoluteRelativeError).toBeLessThan(1e-6);
    }
    expect(rows[1]!.heldOut!.meanSignedError).toBeNull();
  });

  it('hold out only rows that pass the filters without a list', () => {
    const [row] = ablate(runs, {
      filters: [{ kind: 'final-only' }, { kind: 'range', of: 'tokensPerParam', max: [100] }],
    }).rows;
    expect([row!.fit!.runs.kept, row!.heldOut!.rows]).toEqual([34, 13]);
    expect(row!.filters).toEqual([{ kind: 'final-only' }, { kind: 'range', of: 'tokensPerParam', max: 100 }]);
  });

  it('say where a cut leaves too few rows, and go on', () => {
    const { rows } = ablate(runs, {
      filters: [{ kind: 'final-only' }, { kind: 'range', of: 'tokensPerParam', max: [5, 10, 100] }],
    });
    expect(rows.map(({ fit }) => fit === null)).toEqual([true, true, false]);
    expect(rows[0]).toMatchObject({
      heldOut: null,
      error: {
        code: 'E_TOO_FEW_RUNS',
        message:
          '0 of 188 rows left, a fit needs at least 6: final-only dropped 141, range (of tokensPerParam, max 5) dropped 47',
      },
    });
  });

  it('carry the options of the plan to every fit', () => {
    const { rows } = ablate(runs, {
      penalty: { kind: 'squared' },
      tied: [['alpha', 'beta']],
      filters: [{ kind: 'exclude-early', fraction: [0, 0.3] }],
    });
    for (const { fit } of rows) {
      expect(fit!.objective.penalty).toEqual({ kind: 'squared' });
      expect(fit!.coefficients.alpha).toBe(fit!.coefficients.beta);
    }
    expect(rows.map(({ fit }) => fit!.runs.kept)).toEqual([188, 141]);
  });

  it('are frozen plain data', () => {
    const ablation = ablate(runs, { filters: [{ kind: 'final-only' }] });
    expect(JSON.parse(JSON.stringify(ablation))).toEqual(ablation);
    expect(Object.isFrozen(ablation.rows[0]!.heldOut)).toBe(true);
  });

  it.each([
    ['E_ARGUMENT', 'filters must be a list, got nothing', {}],
    [
      'E_ARGUMENT',
      'filters[0].of must be one of N, D, C, tokensPerParam, loss, fraction, got M',
      {
        filters: [{ kind: 'range', of: 'M', max: [1, 2] }],
      },
    ],
    [
      'E_ARGUMENT',
      'space must be one of log, linear, got cubic',
      { filters: [{ kind: 'final-only' }], space: 'cubic' },
    ],
  ])('%s: %s', (code, message, plan) => {
    expect(() => ablate(runs, plan as never)).toThrow(expect.objectContaining({ code, message }));
  });
});
