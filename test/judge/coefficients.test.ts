import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { caseOf, diagnose } from '../../src/fit/diagnose.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { standardErrors } from '../../src/judge/precision.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
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
