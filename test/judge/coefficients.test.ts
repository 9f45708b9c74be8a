import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { caseOf, diagnose } from '../../src/fit/diagnose.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { standardErrors } from '../../src/judge/precision.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { readRunsFile } from '../../src/node.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { inCode, worded } from '../../src/sentence.ts';
import { bootstrap } from '../../src/uncertainty/bootstrap.ts';
import { describeWithData } from '../shared-data.ts';
import { codes, finding, findingsAbout, findingsOf, GRID, ratios, SIZES, simulated } from './simulated.ts';

const law = publishedLaws.besiroglu2024;

describe('E', () => {
  it('at 0 is told where the truth has none', () => {
    const none = { law: laws.chinchilla, coefficients: { ...law.coefficients, E: 0 } };
    const told = Array.from({ length: 20 }, (_, k) => findingsOf(simulated({ law: none, seed: k + 1 })));
    // The estimate falls on the bound in about half of all experiments, and is said to be uncertain in the others.
    expect(told.filter((findings) => codes(findings).includes('W_E_AT_ZERO')).length).toBeGreaterThan(4);
    for (const findings of told) expect(findings.length).toBeGreaterThan(0);
  });

  it('fixed above the lowest loss is an error', () => {
    const findings = findingsOf(simulated(), { fixed: { E: 2.5 } });
    expect(findings[0]).toMatchObject({ code: 'W_E_ABOVE_LOWEST_LOSS', severity: 'error', evidence: { E: 2.5 } });
    expect(findings[0]!.advice).toContain('Fix E at a lower value');
  });

  it('fixed at 0 is the wish of the user', () => {
    expect(codes(findingsOf(simulated(), { fixed: { E: 0 } }))).not.toContain('W_E_AT_ZERO');
  });
});

describe('E at its default bound', () => {
  // A floor of 2 with noise about it: the longest runs lie on both sides of it.
  const D = [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9, 6.4e9, 1.3e10, 2.6e10, 5e10, 1e11, 2e11];
  const noise = [3, -2, 1, -4, 2, 0, -3, 4, -1, 3, -9, 2].map((z) => 1e-3 * z);
  const rows = D.map((tokens, i) => ({ N: 1e9, D: tokens, loss: (2 + 4e6 / tokens ** 0.9) * Math.exp(noise[i]!) }));
  const lowest = Math.min(...rows.map(({ loss }) => loss));
  const options = { law: 'power-law-d', penalty: 'squared' } as const;
  const fit = fitScalingLaw(rows, options);

  it('is told with the floor that the rows would have, what it gains, and the rows below', () => {
    const free = fitScalingLaw(rows, { ...options, bounds: { E: [0, 2.2] } });
    const found = finding(fit.warnings, 'W_E_AT_LOWEST_LOSS');
    expect(found.evidence.E).toBeCloseTo(lowest, 12);
    expect(found.evidence.unbounded).toBeCloseTo(free.coefficients.E, 6);
    expect(found.evidence.objectiveLower).toBeCloseTo(1 - free.objective.value / fit.objective.value, 6);
    expect(found.evidence.rowsBelow).toBe(rows.filter(({ loss }) => loss < free.coefficients.E).length);
    expect(worded(found.advice!, inCode)).toContain('bounds: { E: [0, 2.2] }');
    expect(finding(free.warnings, 'W_E_ABOVE_LOWEST_LOSS').severity).toBe('note');
    expect(codes(free.warnings)).not.toContain('W_E_AT_LOWEST_LOSS');
  });

  it('does not jump with one row in a bootstrap', () => {
    const runs = readRuns(`D,loss\n${rows.map(({ D: tokens, loss }) => `${tokens},${loss}`).join('\n')}`, {
      needs: ['D'],
    });
    const { draws } = bootstrap(fitScalingLaw(runs, options), runs, { replicates: 40 });
    // The second-lowest loss is 0.3% higher; every third replicate lacks the lowest.
    expect(Math.max(...draws.E)).toBeLessThanOrEqual(lowest * (1 + 1e-12));
  });
});

describeWithData('a noisy series', ['field/noisy-series-E-bound/bb_unit_1shot.csv'], (path) => {
  it('would have E at 0.5428 and a quarter less of the objective', async () => {
    const runs = await readRunsFile(path, { needs: ['D'] });
    const { warnings } = fitScalingLaw(runs, { law: 'power-law-d', penalty: 'squared' });
    const { evidence } = finding(warnings, 'W_E_AT_LOWEST_LOSS');
    // The data sheet: E .5428 at .000246773, held .000328097.
    expect(evidence.unbounded).toBeCloseTo(0.5428, 4);
    expect(evidence.objectiveLower).toBeCloseTo(1 - 0.000246773 / 0.000328097, 4);
    expect(evidence.rowsBelow).toBe(Array.from(runs.loss).filter((loss) => loss < 0.5428).length);
  });
});

describe('bounds and explosions', () => {
  it('names a coefficient on a bound', () => {
    const found = finding(findingsOf(simulated(), { bounds: { alpha: [0.1, 0.2] } }), 'W_AT_BOUND');
    expect(found.message).toBe('alpha is on its upper bound (0.2): the rows would push it further.');
    expect(found.evidence).toEqual({ alpha: 0.2 });
  });

  it('names a term that switches: sizes alike but the smallest', () => {
    const runs = simulated({
      noise: 0.001,
      law: { law: laws.chinchilla, coefficients: { ...law.coefficients, A: 0 } },
    });
    const loss = runs.loss.map((value, i) => (runs.N[i] === SIZES[0] ? 1.1 * value : value));
    const found = finding(findingsOf({ ...runs, loss }), 'W_EXPLODING');
    expect(found.severity).toBe('error');
    expect(found.evidence.alpha).toBeGreaterThan(2);
  });
});

describe('precision', () => {
  it('has standard errors that are those of repeated experiments', () => {
    const fits = Array.from({ length: 100 }, (_, k) => {
      const runs = simulated({ seed: k + 1 });
      const fit = fitScalingLaw(runs);
      return { fit, errors: standardErrors(caseOf(fit, runs)) };
    });
    for (const name of ['E', 'alpha', 'beta'] as const) {
      const truth = standardDeviation(fits.map(({ fit }) => fit.coefficients[name]));
      // 100 experiments give a deviation to 7%; the formula is that of the limit of many rows.
      expect(Math.abs(mean(fits.map(({ errors }) => errors[name]!)) / truth - 1)).toBeLessThan(0.25);
    }
  });

  it('warns of coefficients that repeated experiments scatter', () => {
    const layout = ratios([10, 30, 100]);
    const scattered = Array.from({ length: 20 }, (_, k) => simulated({ layout, noise: 0.04, seed: k + 1 }));
    const spread = standardDeviation(scattered.map((runs) => fitScalingLaw(runs).coefficients.E));
    expect(spread).toBeGreaterThan(0.4);
    const told = scattered.filter((runs) => codes(findingsOf(runs)).includes('W_UNCERTAIN_COEFFICIENTS'));
    expect(told.length).toBeGreaterThan(15);
  });

  it('gives the condition number with columns of length 1, and warns where a direction is not seen', () => {
    const narrow = finding(findingsOf(simulated({ layout: ratios([19, 20.5]) })), 'W_ILL_CONDITIONED');
    expect(narrow.evidence.conditionNumber).toBeGreaterThan(1e5);
    expect(codes(findingsOf(simulated({ layout: GRID })))).not.toContain('W_ILL_CONDITIONED');
  });
});

describe('optimum', () => {
  it('names rival minima: on a ray, alpha and beta may change places, at the same objective', () => {
    const runs = simulated({ law: publishedLaws.sardana2024, layout: ratios([20]), seed: 3 });
    const fit = fitScalingLaw(runs);
    const [rival] = fit.rivals;
    expect(rival!.objective).toBeCloseTo(fit.objective.value, 15);
    expect(rival!.coefficients.alpha).toBeCloseTo(fit.coefficients.beta, 6);
    expect(rival!.coefficients.beta).toBeCloseTo(fit.coefficients.alpha, 6);
    expect(finding(diagnose(fit, runs).findings, 'W_RIVAL_OPTIMA').evidence.rival).toEqual(rival!.coefficients);
    expect(codes(findingsOf(simulated()))).not.toContain('W_RIVAL_OPTIMA');
  });

  it('is lonely when fewer than three starts end there', () => {
    const lonely = (atBest: number): string[] =>
      codes(findingsAbout(simulated(), () => ({ starts: { tried: 48, converged: 48, atBest } })));
    expect(lonely(2)).toEqual(['W_FEW_STARTS_AGREE']);
    expect(lonely(3)).toEqual([]);
  });

  it('says what the status says', () => {
    expect(codes(findingsAbout(simulated(), () => ({ status: { kind: 'not-converged' } })))).toEqual([
      'W_NOT_CONVERGED',
    ]);
    const status = { kind: 'unidentified', coefficients: ['A', 'B'] } as const;
    const [first] = findingsAbout(simulated(), () => ({ status }));
    expect(first).toMatchObject({
      code: 'W_UNIDENTIFIED',
      message: 'Other values of A and B predict these rows equally well.',
    });
  });
});
