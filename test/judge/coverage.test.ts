import { standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { ratioSpread } from '../../src/judge/ratio-spread.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { predictor } from '../../src/predict/predictor.ts';
import { codes, finding, findingsOf, ratios, SIZES, simulated } from './simulated.ts';

describe('ratioSpread', () => {
  // Kricheli et al. 2026's criterion at beta = 0.28, computed by hand.
  it.each([
    [[20], 0, 1e-12],
    [[5, 100], 0.0327, 5e-5],
    [[10, 20, 40, 80, 160], 0.0101, 5e-5],
    [[1, 1.5, 1.9, 2, 2.5, 2.7, 3, 3.3, 3.5, 4, 4.5, 5], 0.0102, 5e-5],
  ])('V_K of %j is %d', (of, expected, tolerance) => {
    expect(Math.abs(ratioSpread(of, 0.28).spread - expected)).toBeLessThanOrEqual(tolerance);
  });

  it('has a share that is the squared sine between the columns of A and B', () => {
    const k = [5, 20, 100];
    const [one, two] = [k.map(() => 1), k.map((r) => r ** -0.3)];
    const dot = (a: number[], b: number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
    const cosine = dot(one, two) / Math.sqrt(dot(one, one) * dot(two, two));
    expect(ratioSpread(k, 0.3).share).toBeCloseTo(1 - cosine ** 2, 12);
    expect(ratioSpread([20, 20, 20], 0.3)).toEqual({ spread: 0, share: 0 });
  });
});

describe('one ray', () => {
  const ray = (seed: number) => simulated({ layout: ratios([20]), seed });
  const at = { N: 1e9, D: 2e10 };

  it('is an error that says so', () => {
    const [first] = findingsOf(ray(1));
    expect(first).toMatchObject({ code: 'W_ONE_RAY', severity: 'error' });
    expect(first!.message).toContain('A and B cannot be told apart');
    expect(first!.evidence.tokensPerParam).toEqual([20, 20]);
  });

  it('still predicts along the ray', () => {
    for (let k = 1; k <= 20; k++) {
      const loss = predictor(fitScalingLaw(ray(k))).loss(at);
      // Six rows of 0.5% noise: an interpolated point is known to about that.
      expect(Math.abs(loss / predictor(publishedLaws.besiroglu2024).loss(at) - 1)).toBeLessThan(0.02);
    }
  });
});

describe('narrow ratios', () => {
  it('are warned of, and leave A many times less certain than wide ones', () => {
    const logA = (of: readonly number[]): number[] =>
      Array.from({ length: 30 }, (_, k) =>
        Math.log(fitScalingLaw(simulated({ layout: ratios(of), noise: 0.002, seed: k + 1 })).coefficients.A),
      );
    expect(standardDeviation(logA([15, 20, 25]))).toBeGreaterThan(3 * standardDeviation(logA([2, 20, 200])));
    expect(codes(findingsOf(simulated({ layout: ratios([15, 20, 25]) })))).toContain('W_NARROW_RATIOS');
    expect(findingsOf(simulated({ layout: ratios([2, 20, 200]) }))).toEqual([]);
  });

  it('a little wider with alpha near beta are warned of, unless the two are tied', () => {
    const runs = simulated({ layout: ratios([14, 20, 32]), noise: 0.0005 });
    expect(codes(findingsOf(runs))).toEqual(['W_ALPHA_NEAR_BETA']);
    expect(findingsOf(runs, { tied: [['alpha', 'beta']] })).toEqual([]);
  });
});

describe('small designs', () => {
  it('few sizes', () => {
    const runs = simulated({ layout: { kind: 'grid', N: SIZES.slice(0, 4), D: [1e9, 1e10, 1e11, 3e11] } });
    expect(finding(findingsOf(runs), 'W_FEW_SIZES').message).toBe('There are only 4 model sizes; 5 is a safe number.');
  });

  it('few rows', () => {
    const runs = simulated({ layout: ratios([5, 200]) });
    expect(finding(findingsOf(runs), 'W_FEW_ROWS').evidence).toMatchObject({ rows: 12, free: 5 });
    expect(codes(findingsOf(runs, { fixed: { E: 1.8 } }))).not.toContain('W_FEW_ROWS');
  });
});
