import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { familiesOf } from '../../src/families/families.ts';
import { fitFamilies } from '../../src/families/fit-families.ts';
import { applyFilters } from '../../src/filters/apply.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { describeWithData } from '../shared-data.ts';
import { LAWS, twoFamilies } from './two-families.ts';

const runs = twoFamilies(0.005);
const ALL = ['E', 'A', 'B', 'alpha', 'beta'] as const;

describe('fitFamilies', () => {
  it('gives noiseless laws back', () => {
    const { shared, families, objective, status } = fitFamilies(twoFamilies(0), { shared: ['alpha', 'beta'] });
    expect(shared.alpha).toBeCloseTo(0.34, 6);
    expect(shared.beta).toBeCloseTo(0.28, 6);
    for (const { family, fit } of families) expect(fit.coefficients.E).toBeCloseTo(LAWS[family]!.E, 5);
    expect(objective.value).toBeLessThan(1e-12);
    expect(status.kind).toBe('converged');
  });

  it('with nothing shared is the separate fits, with all shared the fit to all rows', () => {
    const apart = fitFamilies(runs, { shared: [] });
    const alone = familiesOf(runs).map((family) => fitScalingLaw(family.runs).objective.value);
    const sum = alone.reduce((total, value) => total + value, 0);
    expect(apart.objective.value / sum).toBeLessThan(1 + 1e-9);
    expect(apart.objective.separate! / sum).toBeCloseTo(1, 9);
    const together = fitFamilies(runs, { shared: ALL });
    const pooled = fitScalingLaw(runs).objective.value;
    expect(together.objective.value / pooled).toBeCloseTo(1, 9);
    expect(together.families[0]!.fit.coefficients).toEqual(together.families[1]!.fit.coefficients);
  });

  it('lies between the two, and shares exactly what it is told', () => {
    const { objective, families, shared } = fitFamilies(runs, { shared: ['alpha', 'beta'] });
    expect(objective.value).toBeGreaterThanOrEqual(objective.separate! * (1 - 1e-9));
    expect(objective.value).toBeLessThanOrEqual(objective.pooled * (1 + 1e-9));
    for (const { fit } of families) {
      expect(fit.coefficients.alpha).toBe(shared.alpha);
      expect(fit.coefficients.beta).toBe(shared.beta);
    }
    expect(families[0]!.fit.coefficients.E).not.toBe(families[1]!.fit.coefficients.E);
  });

  it('lets a family of few models learn from another', () => {
    const few = applyFilters(runs, [
      {
        kind: 'predicate',
        name: 'few of two',
        keep: ({ family, N, D }) => family === 'one' || (N < 6e8 && D / N < 50),
      },
    ]).kept;
    const { families } = fitFamilies(few, { shared: ['alpha', 'beta'] });
    const truth = LAWS.two!;
    const at = { N: 5e9, D: 4e11 };
    const loss = truth.E + truth.A / at.N ** truth.alpha + truth.B / at.D ** truth.beta;
    expect(Math.abs(predictor(families[1]!.fit).loss(at) / loss - 1)).toBeLessThan(0.03);
  });

  it('takes other laws, ties and fixed coefficients', () => {
    const tied = fitFamilies(runs, { shared: ['alpha'], tied: [['alpha', 'beta']] });
    expect(tied.families[0]!.fit.coefficients.alpha).toBe(tied.families[1]!.fit.coefficients.beta);
    const floor = fitFamilies(runs, { shared: ['alpha'], law: 'power-law-n', fixed: { E: 1.5 } });
    expect(floor.families.map(({ fit }) => fit.coefficients.E)).toEqual([1.5, 1.5]);
  });

  it('refuses', () => {
    const nameless = readRuns('N,D,loss\n1B,20B,2.5\n2B,20B,2.4\n1B,40B,2.4');
    expect(() => fitFamilies(nameless, { shared: [] })).toThrowError(ScalingLawsError);
    expect(() => fitFamilies(runs, { shared: ['gamma' as 'alpha'] })).toThrowError(ScalingLawsError);
    expect(() => fitFamilies(runs, { shared: ['E'], fixed: { E: 1.7 } })).toThrow(
      'shared must be free of coefficients that are fixed, got E',
    );
    const short = applyFilters(runs, [
      { kind: 'predicate', name: 'two rows of two', keep: ({ family, N }) => family === 'one' || N < 6e7 },
    ]).kept;
    expect(() =>
      fitFamilies(applyFilters(short, [{ kind: 'range', of: 'D', max: 2e9 }]).kept, { shared: ['alpha', 'beta'] }),
    ).toThrowError(ScalingLawsError);
  });
});

describeWithData('two data sets with shared exponents', ['gadre2024/derived_runs.csv'], (path) => {
  const reference = JSON.parse(
    readFileSync(new URL('../reference/families.json', import.meta.url), 'utf8'),
  ) as readonly {
    readonly penalty: Penalty;
    readonly rows: number;
    readonly objective: number;
    readonly alpha: number;
    readonly E: readonly number[];
  }[];
  it.each(reference.map((one) => [JSON.stringify(one.penalty), one] as const))(
    '%s: no worse than scipy',
    (_, expected) => {
      const all = readRuns(readFileSync(path, 'utf8'), {
        columns: { N: 'params', D: 'tokens', loss: 'loss_c4_val', family: 'train_dataset' },
      });
      const { kept } = applyFilters(all, [{ kind: 'equals', column: 'train_dataset', value: ['c4_original', 'rpj'] }]);
      expect(kept.length).toBe(expected.rows);
      const { objective, shared } = fitFamilies(kept, { shared: ['alpha', 'beta'], penalty: expected.penalty });
      expect(objective.value).toBeLessThanOrEqual(expected.objective * (1 + 1e-6));
      // Coefficients as loose as flat valleys leave them.
      expect(Math.abs(shared.alpha! - expected.alpha)).toBeLessThan(0.02);
    },
  );
});
