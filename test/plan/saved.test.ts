import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/constants.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { planFromJson, problemFromJson } from '../../src/plan/from-json.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanProblem } from '../../src/plan/problem.ts';
import { RUNS } from '../fixed-calls.ts';
import { ROOFLINE } from './problems.ts';

describe('a plan is plain data', () => {
  it('frozen, and the same after JSON', () => {
    const found = plan({
      ...ROOFLINE,
      constraints: [{ kind: 'latency', seconds: 0.003 }],
      energy: { carbonIntensity: 300 },
    });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(Object.isFrozen(found) && Object.isFrozen(found.cost) && Object.isFrozen(found.binding)).toBe(true);
  });

  it('that can be made again from itself, and leaves the problem as it was', () => {
    const problem: PlanProblem = {
      ...ROOFLINE,
      serving: { ...ROOFLINE.serving! },
      demand: { tokens: { kind: 'scenarios', values: [1e12, 1e13] } },
      constraints: [{ kind: 'latency', seconds: 0.003 }],
    };
    const found = plan(problem);
    expect(Object.isFrozen(problem.serving)).toBe(false);
    expect(plan(problemFromJson(JSON.parse(JSON.stringify(found)).problem))).toEqual(found);
    expect(found.problem).toMatchObject({ goal: ROOFLINE.goal, law: { law: 'chinchilla' } });
    expect(found.version).toBe(VERSION);
  });

  it('that is loaded from text, its law included', () => {
    const found = plan(ROOFLINE);
    const loaded = planFromJson(JSON.stringify(found));
    expect(loaded).toEqual(found);
    expect(plan(loaded.problem)).toEqual(found);
    expect(() => planFromJson({ ...found, schema: 'scaling-laws/fit@1' })).toThrow(
      'saved plan: schema must be scaling-laws/plan@1, got scaling-laws/fit@1',
    );
  });

  it.each([
    ['chinchilla.N', { chinchilla: {} }],
    ['cost.total', { cost: { training: 1, prefill: 0, decode: 0, total: 'low' } }],
    ['problem.law.coefficients', { problem: { law: { law: 'chinchilla' }, goal: { kind: 'loss' } } }],
    ['unit', { unit: undefined }],
  ])('whose damage is told by its field: %s', (argument, change) => {
    const damaged = JSON.stringify({ ...plan(ROOFLINE), ...change });
    expect(() => planFromJson(damaged)).toThrow(
      expect.objectContaining({ code: 'E_FORMAT', where: 'saved plan', argument: expect.stringContaining(argument) }),
    );
  });

  it('and a problem in text may hold a saved fit or bootstrap, which is checked as one', () => {
    const goal = { kind: 'loss', loss: 2 } as const;
    const fit = JSON.parse(JSON.stringify(fitScalingLaw(RUNS)));
    expect(plan(problemFromJson({ law: fit, goal })).loss).toBe(2);
    expect(() => problemFromJson({ law: { ...fit, starts: null }, goal })).toThrow(
      'saved fit: starts must be an object',
    );
  });

  it('and a problem in text may name a published law', () => {
    const goal = { kind: 'loss', loss: 1.947 } as const;
    const { N } = plan(problemFromJson(JSON.stringify({ law: 'sardana-2024', goal })));
    expect(N).toBe(plan({ law: publishedLaws.sardana2024, goal }).N);
    expect(() => problemFromJson({ law: 'sardana', goal })).toThrow(
      expect.objectContaining({ code: 'E_LAW_UNKNOWN', argument: 'problem.law' }),
    );
  });
});
