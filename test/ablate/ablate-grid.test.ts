import { describe, expect, it } from 'vitest';
import { ablate } from '../../src/ablate/ablate.ts';
import { formatAblation } from '../../src/ablate/format-ablation.ts';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { inferenceOptimal } from '../../src/allocate/inference-optimal.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const INF = Number.POSITIVE_INFINITY;
const law = publishedLaws.sardana2024;
const runs = simulateRuns({ law, layout: { kind: 'sardana' }, checkpoints: 3, noise: 0.005, seed: 3 });
const quick = { search: { starts: 4, hops: 0 } };
const cut = { kind: 'range', of: 'tokensPerParam', max: [100, INF] } as const;

describe('the grid of an ablation', () => {
  it('crosses filters, penalties, spaces and weights, the last fastest', () => {
    const { rows } = ablate(runs, {
      ...quick,
      filters: [cut],
      penalty: [{ kind: 'squared' }, { kind: 'huber', delta: 1e-3 }],
      space: ['log', 'linear'],
      weights: ['equal', 'sqrt-flops', 'per-run'],
    });
    expect(rows.length).toBe(2 * 2 * 2 * 3);
    expect(rows.slice(0, 4).map(({ choice }) => [choice.penalty.kind, choice.space, choice.weights])).toEqual([
      ['squared', 'log', 'equal'],
      ['squared', 'log', 'sqrt-flops'],
      ['squared', 'log', 'per-run'],
      ['squared', 'linear', 'equal'],
    ]);
    for (const { fit, choice } of rows) {
      expect(fit!.objective).toMatchObject({ penalty: choice.penalty, space: choice.space });
    }
    // Weights change the fit, and every filter still accounts for its rows.
    expect(new Set(rows.map(({ fit }) => fit!.coefficients.alpha)).size).toBe(24);
    for (const { fit } of rows) {
      expect(fit!.runs.kept + fit!.runs.dropped.reduce((sum, { rows }) => sum + rows, 0)).toBe(141);
    }
  });

  it('weighs runs by the rows that the filters left of them', () => {
    // Of each run one checkpoint is left: per-run is equal.
    const rows = (['per-run', 'equal', 'given'] as const).map(
      (weights) => ablate(runs, { ...quick, weights, filters: [{ kind: 'final-only' }] }).rows[0]!,
    );
    const values = rows.map(({ fit }) => fit!.objective.value);
    expect(values[0]! / values[1]!).toBeCloseTo(1, 12);
    expect(values[2]).toBe(values[1]);
  });

  it('does not freeze or keep what the caller handed in', () => {
    const penalty = { kind: 'huber' as const, delta: 1e-3 };
    ablate(runs, { ...quick, filters: [], penalty });
    expect(Object.isFrozen(penalty)).toBe(false);
  });

  it.each([
    [{ penalty: [] }, 'E_ARGUMENT', /^penalty/],
    [{ zzz: 1 }, 'E_OPTION', /^ablation plan must be among .*, got zzz/],
    [{ space: ['log', 'cubic'] }, 'E_ARGUMENT', /must be one of log, linear, got .*cubic/],
    [{ weights: 'flops' }, 'E_ARGUMENT', 'weights must be one of given, equal, sqrt-flops, per-run, got flops'],
    [{ bootstrap: { replicates: 1 } }, 'E_ARGUMENT', /replicates/],
    [{ predictAt: [{ N: -1, D: 1e9 }] }, 'E_ARGUMENT', /^N must be a positive finite number/],
    [{ optimumAt: [{ C: 0 }] }, 'E_ARGUMENT', /^C must be a positive finite number/],
  ])('refuses %o', (plan, code, message) => {
    expect(() => ablate(runs, { ...quick, filters: [], ...plan } as never)).toThrow(
      expect.objectContaining({
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });
});

describe('what an ablation asks of every fit', () => {
  const plan = {
    ...quick,
    filters: [cut],
    holdOut: { kind: 'largest-N', sizes: 2 },
    predictAt: [{ N: 7e10, D: 1.4e12 }],
    optimumAt: [{ C: 1e23 }, { loss: 2.2, Dinf: 1e12 }],
  } as const;

  it('errors on one hold-out, beside those on what each cut left out', () => {
    const { holdOut, rows } = ablate(runs, plan);
    expect(holdOut).toEqual({ kind: 'largest-N', sizes: 2 });
    // 2.5B and 6B: 8 of the 47 runs, 24 of the 141 rows.
    expect(rows.map(({ fixedHoldOut }) => fixedHoldOut!.rows)).toEqual([24, 24]);
    expect(rows.map(({ fit, heldOut }) => fit!.runs.kept + heldOut!.rows)).toEqual([117, 117]);
    expect(rows[1]!.heldOut!.rows).toBe(0);
  });

  it('the loss and the optimum at points', () => {
    for (const { fit, predictions, optima } of ablate(runs, plan).rows) {
      expect(predictions![0]!.loss).toBe(predictor(fit!).loss({ N: 7e10, D: 1.4e12 }));
      expect(predictions![0]!.extrapolation).toBe(true);
      expect(optima![0]!.optimum!.N).toBe(computeOptimal(fit!, { C: 1e23 }).N);
      expect(optima![1]!.optimum!.N).toBe(inferenceOptimal(fit!, { loss: 2.2, Dinf: 1e12 }).N);
      expect(optima![0]!.intervals).toBeUndefined();
    }
  });

  it('a reason where there is no optimum', () => {
    const { optima } = ablate(runs, { ...quick, filters: [], optimumAt: [{ loss: 0.5, Dinf: 0 }] }).rows[0]!;
    expect(optima![0]).toMatchObject({ optimum: null, error: { code: 'E_LOSS_UNREACHABLE' } });
  });

  it('intervals of coefficients and answers, the same for the same seed', () => {
    const bootstrap = { replicates: 60, resample: 'runs', seed: 5 } as const;
    const heard: number[] = [];
    const ablation = ablate(runs, { ...plan, bootstrap, onProgress: (done) => heard.push(done) });
    for (const { fit, intervals, predictions, optima } of ablation.rows) {
      for (const name of ['E', 'A', 'B', 'alpha', 'beta'] as const) {
        expect(intervals![name]!.estimate).toBe(fit!.coefficients[name]);
        expect(intervals![name]!.lower).toBeLessThan(intervals![name]!.upper);
      }
      expect(predictions![0]!.interval!.lower).toBeLessThan(predictions![0]!.loss);
      expect(optima![0]!.intervals!.N.estimate).toBe(optima![0]!.optimum!.N);
    }
    expect(ablate(runs, { ...plan, bootstrap })).toEqual(ablation);
    expect(JSON.parse(JSON.stringify(ablation))).toEqual(ablation);
    expect(heard.at(-1)).toBe(1);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  });

  it('nothing more once the signal says stop', () => {
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    expect(() => ablate(runs, { ...plan, signal: controller.signal, onProgress })).toThrow(
      expect.objectContaining({ code: 'E_ABORTED' }),
    );
  });
});

describe('formatAblation', () => {
  const ablation = ablate(runs, {
    ...quick,
    filters: [{ kind: 'final-only' }, { kind: 'range', of: 'tokensPerParam', max: [5, 100] }],
    holdOut: { kind: 'largest-N' },
    bootstrap: { replicates: 40 },
    predictAt: [{ N: 7e10, D: 1.4e12 }],
    optimumAt: [{ C: 1e23 }],
  });

  it('as CSV holds every number in full, and a reason where there is no fit', () => {
    const csv = formatAblation(ablation, 'csv');
    const header = csv.split('\n')[0]!;
    expect(header).toMatch(/^filters,law,penalty,space,weights,rows,E,E lower,E upper,A,/);
    expect(header).toMatch(/,objective,status,held out rows,held out mean signed error,held out ARE,held out max ARE,/);
    expect(header).toMatch(/,fixed hold-out ARE,.*,loss at N 70000000000 D 1400000000000,.*,N\* at C 1e\+23,.*,error$/);
    // The library's own reader splits it again.
    const table = readRuns(csv.replace('filters,', 'what,'), {
      columns: { N: 'rows', D: 'A', loss: 'E' },
      onBadRow: 'skip',
    });
    expect(table.length).toBe(1);
    expect(table.loss[0]).toBe(ablation.rows[1]!.fit!.coefficients.E);
    expect(csv.split('\n')[1]).toMatch(/0 of 138 rows left/);
  });

  it('as Markdown rounds, and leaves out choices that never vary', () => {
    const [header, rule, first, second] = formatAblation(ablation, 'markdown').split('\n');
    expect(header).toMatch(/^\| filters \| rows \| E \| E lower \|/);
    expect(rule).toMatch(/^\| --- \| ---: \|/);
    expect(first).toMatch(/^\| final-only; range \(of tokensPerParam, max 5\) \| - \|/);
    expect(second).toContain(` ${Number(ablation.rows[1]!.fit!.coefficients.alpha.toPrecision(4))} `);
    expect(new Set([header, rule, first, second].map((line) => line!.split('|').length)).size).toBe(1);
  });

  it('as JSON is the ablation', () => {
    expect(JSON.parse(formatAblation(ablation, 'json'))).toEqual(ablation);
  });

  it('knows no other form', () => {
    expect(() => formatAblation(ablation, 'xml' as never)).toThrow('format must be csv, markdown or json, got xml');
  });
});
