/** Borrowing, the end of a run, priors. */

import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { borrow } from '../../src/families/borrow.ts';
import { predictRunEnd } from '../../src/families/predict-run-end.ts';
import { choshenPrior, familyPrior } from '../../src/families/prior.ts';
import { applyFilters } from '../../src/filters/apply.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { muennighoff } from '../../src/laws/muennighoff.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

const codes = (warnings: readonly { readonly code: string }[]): string[] => warnings.map(({ code }) => code);

describe('borrow', () => {
  const rows = [2e9, 4e9, 8e9, 16e9, 32e9].map((D) => ({
    N: 1e9,
    D,
    loss: 1.9 + 406.4 / 1e9 ** 0.34 + 500 / D ** 0.3,
  }));

  it('holds what is borrowed and finds the rest from one model', () => {
    const { fit, borrowed, warnings, from } = borrow(publishedLaws.hoffmann2022, readRuns(rows), {
      keep: ['A', 'alpha'],
    });
    expect(borrowed).toEqual({ A: 406.4, alpha: 0.34 });
    expect(fit.coefficients.E).toBeCloseTo(1.9, 5);
    expect(fit.coefficients.beta).toBeCloseTo(0.3, 5);
    expect(codes(warnings)[0]).toBe('W_BORROWED');
    expect(from).toContain('Hoffmann et al. 2022');
  });

  it('says where the rest is not identified: one size does not tell A from E', () => {
    const { fit } = borrow(publishedLaws.hoffmann2022, readRuns(rows), { keep: ['alpha'] });
    expect(fit.status.kind).toBe('unidentified');
  });

  it('refuses what the law does not have', () => {
    expect(() => borrow(publishedLaws.hoffmann2022, readRuns(rows), { keep: ['R'] })).toThrow(
      'keep must be a list of coefficients of chinchilla',
    );
    expect(() => borrow(publishedLaws.hoffmann2022, readRuns(rows), { keep: [] })).toThrow(
      'keep must be a list of 1 or more',
    );
  });
});

describe('predictRunEnd', () => {
  const all = simulateRuns({
    law: publishedLaws.hoffmann2022,
    layout: { kind: 'grid', N: [5e7, 1e8, 2e8, 4e8], D: [1e10] },
    checkpoints: 10,
    noise: 0.002,
    seed: 2,
  });
  const until = (share: number) =>
    applyFilters(all, [{ kind: 'predicate', name: 'so far', keep: ({ N, fraction }) => N < 4e8 || fraction! <= share }])
      .kept;
  const truth = predictor(publishedLaws.hoffmann2022).loss({ N: 4e8, D: 1e10 });

  it('comes within noise of the end, from half of the run', () => {
    const found = predictRunEnd(until(0.5), { target: 'run-4' });
    expect(found).toMatchObject({ target: 'run-4', N: 4e8, D: 1e10 });
    expect(found.share).toBeCloseTo(0.5, 9);
    expect(Math.abs(found.loss / truth - 1)).toBeLessThan(0.005);
    expect(codes(found.warnings)).not.toContain('W_EARLY_IN_RUN');
  });

  it('warns before 30% of the run, and may borrow', () => {
    const early = predictRunEnd(until(0.2), { target: 'run-4' });
    expect(codes(early.warnings)).toContain('W_EARLY_IN_RUN');
    const lent = predictRunEnd(until(0.5), {
      target: 'run-4',
      borrowFrom: { law: publishedLaws.hoffmann2022, keep: ['A', 'alpha'] },
    });
    expect(codes(lent.warnings)).toContain('W_BORROWED');
    expect(Math.abs(lent.loss / truth - 1)).toBeLessThan(0.005);
  });

  it('goes on with fresh tokens where the run has seen none twice, and repeats those that the table says there are', () => {
    const law = publishedLaws.muennighoff2023Repeated;
    const end = { N: 4e8, D: 1e10 };
    const table = (U: (D: number) => number) =>
      readRuns(
        [5e7, 1e8, 2e8, 4e8].flatMap((N) =>
          [0.1, 0.2, 0.3, 0.4].map((fraction) => {
            const D = fraction * end.D;
            return {
              run: `run of ${N}`,
              fraction,
              N,
              D,
              U: U(D),
              loss: muennighoff.value(law.coefficients, { N, D, U: U(D) }),
            };
          }),
        ),
      );
    // All coefficients but E are given: what is asked is the end, not the fit.
    const { E: _, ...fixed } = law.coefficients;
    const endOf = (U: (D: number) => number): number =>
      predictRunEnd(table(U), { target: `run of ${4e8}`, law: 'muennighoff', fixed }).loss;
    expect(endOf((D) => D)).toBeCloseTo(muennighoff.value(law.coefficients, { ...end, U: end.D }), 8);
    expect(endOf(() => 5e9)).toBeCloseTo(muennighoff.value(law.coefficients, { ...end, U: 5e9 }), 8);
    expect(endOf((D) => Math.min(D, 3e9))).toBeCloseTo(muennighoff.value(law.coefficients, { ...end, U: 3e9 }), 8);
  });

  it('refuses a run that is not there', () => {
    expect(() => predictRunEnd(all, { target: 'run-9' })).toThrow('target must be the name of a run, got run-9');
  });
});

describe('priors', () => {
  /** Families whose alpha goes with ln A and beta with ln B, as Choshen et al. found; E on its own. */
  const random = seededRandom(11);
  const someFamily = () => {
    const [a, b] = [6 + 0.4 * random.normal(), 6.5 + 0.5 * random.normal()];
    return {
      E: 1.8 + 0.1 * random.normal(),
      A: Math.exp(a),
      B: Math.exp(b),
      alpha: 0.34 + 0.05 * (a - 6) + 0.002 * random.normal(),
      beta: 0.3 + 0.045 * (b - 6.5) + 0.002 * random.normal(),
    };
  };
  const familyRuns = (coefficients: ReturnType<typeof someFamily>, seed: number, N: readonly number[]) =>
    simulateRuns({
      law: { law: laws.chinchilla, coefficients },
      layout: { kind: 'grid', N: [...N], D: [2e9, 8e9, 3e10] },
      noise: 0.005,
      seed,
    });
  const fits = Array.from({ length: 12 }, (_, k) =>
    fitScalingLaw(familyRuns(someFamily(), k, [5e7, 2e8, 8e8, 3e9]), { penalty: { kind: 'squared' } }),
  );
  const prior = familyPrior(fits);

  it('of families find the axes along which they hardly differ', () => {
    const sum = prior.explained.reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(1, 9);
    expect(prior.explained).toEqual([...prior.explained].sort((one, two) => two - one));
    expect(prior.explained.at(-1)!).toBeLessThan(0.02);
    expect(JSON.parse(JSON.stringify(prior))).toEqual(prior);
  });

  it('help a family of few models, on average over families', () => {
    let [plain, helped] = [0, 0];
    for (let k = 0; k < 8; k++) {
      const truth = someFamily();
      const few = familyRuns(truth, 100 + k, [5e7, 2e8]);
      const at = { N: 3e9, D: 1e11 };
      const loss = predictor({ law: laws.chinchilla, coefficients: truth }).loss(at);
      const penalty = { kind: 'squared' } as const;
      plain += Math.abs(Math.log(predictor(fitScalingLaw(few, { penalty })).loss(at) / loss));
      helped += Math.abs(Math.log(predictor(fitScalingLaw(few, { penalty, prior })).loss(at) / loss));
    }
    expect(helped).toBeLessThan(plain);
  });

  it('of strength 0 change nothing; the stronger, the nearer to their lines', () => {
    const runs = familyRuns(someFamily(), 200, [5e7, 2e8, 8e8, 3e9]);
    const penalty = { kind: 'squared' } as const;
    const plain = fitScalingLaw(runs, { penalty });
    const none = fitScalingLaw(runs, { penalty, prior: { ...prior, strength: 0 } });
    expect(predictor(none).loss({ N: 1e9, D: 1e10 })).toBeCloseTo(predictor(plain).loss({ N: 1e9, D: 1e10 }), 7);
    const choshen = choshenPrior({ widths: { alpha: 0.02, beta: 0.02 }, noise: 0.005 });
    const distance = (strength: number): number => {
      const { coefficients } = fitScalingLaw(runs, { penalty, prior: { ...choshen, strength } });
      return Math.abs(coefficients.alpha - (0.011628 + 0.05004588 * Math.log(coefficients.A)));
    };
    expect(distance(100)).toBeLessThan(distance(1));
    expect(distance(1)).toBeLessThan(distance(0) + 1e-12);
    expect(distance(1e4)).toBeLessThan(1e-3);
  });

  it('refuse what makes none', () => {
    expect(() => familyPrior(fits.slice(0, 1))).toThrow('laws must be of two families or more, got 1');
    expect(() => choshenPrior({ widths: { alpha: 0, beta: 1 }, noise: 0.01 })).toThrowError(ScalingLawsError);
    expect(() => fitScalingLaw(familyRuns(someFamily(), 1, [5e7, 2e8]), { prior: { ...prior, strength: -1 } })).toThrow(
      'prior.strength must be',
    );
  });
});
