/** Hold-outs, roll-outs and ablations of laws of other forms than Chinchilla's: the truth is known, and typed by its own names. */

import { describe, expect, expectTypeOf, it } from 'vitest';
import { ablate } from '../../src/ablate/ablate.ts';
import { formatAblation } from '../../src/ablate/format-ablation.ts';
import { holdOut } from '../../src/hold-out/hold-out.ts';
import { leaveOut } from '../../src/hold-out/leave-out.ts';
import { rollOut } from '../../src/hold-out/roll-out.ts';
import type { Law, LawForm } from '../../src/laws/law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { ablateAsync } from '../../src/parallel/web-workers.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { runsOf } from '../laws/runs-of.ts';
import { fakeWorker } from '../parallel/fake-worker.ts';

type KaplanName = 'Nc' | 'Dc' | 'alphaN' | 'alphaD';
const truth = publishedLaws.kaplan2020;
const runs = simulateRuns({ law: truth, layout: { kind: 'sardana' }, noise: 0, seed: 1 });
const own: LawForm<'E' | 'A' | 'alpha'> = { ...laws['power-law-n'], kind: 'own-power-law' };
/** Noiseless runs give the predictions back to the depth of the descent. */
const EXACT = 1e-6;
/** Enough without noise. */
const search = { starts: 4, hops: 0 };

describe('a law by its name', () => {
  it('is held out, left out and rolled out', () => {
    const held = holdOut(runs, { kind: 'largest-N' }, { law: 'kaplan', search });
    expectTypeOf(held.fit.coefficients).toEqualTypeOf<Readonly<Record<KaplanName, number>>>();
    expect(held.heldOut.maxAbsoluteRelativeError).toBeLessThan(EXACT);
    expect(held.fit.coefficients.alphaN / truth.coefficients.alphaN).toBeCloseTo(1, 4);

    const left = leaveOut(runs, { by: 'size', law: 'kaplan', search });
    expectTypeOf(left.units[0]!.fit!.coefficients.Dc).toBeNumber();
    expect(left.meanAbsoluteRelativeError).toBeLessThan(EXACT);

    const rolled = rollOut(runs, { by: 'N', steps: 2, law: 'kaplan', search });
    expectTypeOf(rolled.steps[0]!.fit!.coefficients.Nc).toBeNumber();
    for (const { heldOut } of rolled.steps) expect(heldOut!.maxAbsoluteRelativeError).toBeLessThan(EXACT);
  });

  it('defaults to Chinchilla, also in the types', () => {
    expectTypeOf<ReturnType<typeof holdOut>>().not.toBeAny();
    const { rows } = ablate(runs, { filters: [] });
    expectTypeOf(rows[0]!.fit!.coefficients).toHaveProperty('beta').toBeNumber();
    expect(rows[0]!.choice.law).toBe('chinchilla');
  });
});

describe('a law object', () => {
  it('of the library or of your own is judged as a named one is', () => {
    const named = holdOut(runs, { kind: 'largest-N' }, { law: 'power-law-n' });
    const given = holdOut(runs, { kind: 'largest-N' }, { law: laws['power-law-n'] });
    const mine = holdOut(runs, { kind: 'largest-N' }, { law: own });
    expectTypeOf(mine.fit.coefficients).toEqualTypeOf<Readonly<Record<'E' | 'A' | 'alpha', number>>>();
    expect(given).toEqual(named);
    expect(mine.heldOut).toEqual(named.heldOut);
    expect(mine.fit.law).toBe('own-power-law');
  });

  it('is ablated, on the main thread where no worker knows it', async () => {
    const plan = { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, 1000] }], law: own } as const;
    const ablation = ablate(runs, plan);
    expectTypeOf(ablation.rows[0]!.fit!.coefficients.alpha).toBeNumber();
    expect(ablation.rows.map(({ choice }) => choice.law)).toEqual(['own-power-law', 'own-power-law']);
    const worker = fakeWorker();
    expect(await ablateAsync(runs, { ...plan, workers: [worker] })).toEqual(ablation);
    expect(worker.jobs).toEqual([]);
  });
});

describe('an ablation over laws', () => {
  const point = { N: 1e9, D: 2e10 };
  const ablation = ablate(runs, {
    filters: [],
    law: ['kaplan', own],
    predictAt: [point],
    optimumAt: [{ C: 1e21 }],
  });

  it('has a row and the coefficients of each', () => {
    expect(ablation.rows.map(({ fit }) => Object.keys(fit!.coefficients))).toEqual([
      ['Nc', 'Dc', 'alphaN', 'alphaD'],
      ['E', 'A', 'alpha'],
    ]);
    // Which coefficients a row has depends on its law, so each may be missing.
    expectTypeOf(ablation.rows[0]!.fit!.coefficients.Nc).toEqualTypeOf<number | undefined>();
    const { N, Nc, Dc, alphaN, alphaD } = { ...point, ...truth.coefficients };
    const closed = ((Nc / N) ** (alphaN / alphaD) + Dc / point.D) ** alphaD;
    expect(ablation.rows[0]!.predictions![0]!.loss / closed).toBeCloseTo(1, 6);
  });

  it('has an optimum only of a law that has one, and columns for it only then', () => {
    expect(ablation.rows.map(({ optima }) => optima![0]!.error?.code)).toEqual([undefined, 'E_NO_OPTIMUM']);
    expect(formatAblation(ablation, 'csv').split('\n')[0]).toContain('N* at C 1e+21');
    const alone = { ...ablation, rows: ablation.rows.slice(1) };
    expect(formatAblation(alone, 'csv').split('\n')[0]).not.toContain('N* at');
  });

  it('of a law that reads more is asked at given values of it', () => {
    const { coefficients } = publishedLaws.muennighoff2023Repeated;
    const { RD, RN } = coefficients;
    const sizes = [1e8, 3e8, 1e9, 3e9].flatMap((N) => [10, 40, 160].map((ratio) => ({ N, D: ratio * N })));
    const points = sizes.flatMap((size) => [0.2, 1].map((share) => ({ ...size, U: share * size.D })));
    const { rows } = ablate(runsOf(laws.muennighoff as unknown as Law, coefficients, points), {
      filters: [],
      law: 'muennighoff',
      fixed: { RD, RN },
      search,
      predictAt: [{ N: 3e9, D: 6e10 }],
      given: { U: 3e10 },
    });
    const loss = laws.muennighoff.value(coefficients, { N: 3e9, D: 6e10, U: 3e10 });
    expect(rows[0]!.predictions![0]!.loss / loss).toBeCloseTo(1, 5);
  });
});
