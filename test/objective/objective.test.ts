/** The objective against its definition, and its derivatives against differences, for every penalty, space, weight and level. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { objective } from '../../src/objective/objective.ts';
import type { Penalty, Space } from '../../src/objective/penalty.ts';
import { gradientOf, relativeGap } from '../laws/differences.ts';
import { COEFFICIENTS, kernelOfPoints, lossesFor, POINTS } from './rows.ts';

const spaces = ['log', 'linear'] as const;
const count = POINTS.length;
const over = fc.constantFrom(undefined, 0.3, 10);
const weights = fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: count, maxLength: count });
const penalty: fc.Arbitrary<Penalty> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom<Penalty>({ kind: 'squared' }, { kind: 'absolute' }),
      fc.constantFrom(1e-4, 1e-3, 1e-2, 1).map((delta): Penalty => ({ kind: 'huber', delta })),
    ),
    over,
  )
  .map(([kind, overestimateWeight]) => (overestimateWeight === undefined ? kind : { ...kind, overestimateWeight }));

/** The definition, in ten lines: sum over rows of weight x penalty(residual). */
function plainly(penalty: Penalty, space: Space, theta: typeof COEFFICIENTS, loss: Float64Array, weight: number[]) {
  return POINTS.reduce((sum, point, i) => {
    const predicted = chinchilla.value(theta, point);
    const r = space === 'log' ? Math.log(predicted) - Math.log(loss[i]!) : predicted - loss[i]!;
    const factor = weight[i]! * (r > 0 ? (penalty.overestimateWeight ?? 1) : 1);
    if (penalty.kind === 'absolute') return sum + factor * Math.abs(r);
    if (penalty.kind === 'squared' || Math.abs(r) <= penalty.delta) return sum + (factor * r * r) / 2;
    return sum + factor * penalty.delta * (Math.abs(r) - penalty.delta / 2);
  }, 0);
}

describe.each(spaces)('objective in %s space', (space) => {
  const residuals = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: count, maxLength: count });

  it('is the sum of the definition, for every penalty', () => {
    fc.assert(
      fc.property(penalty, residuals, weights, (penalty, r, w) => {
        const loss = lossesFor(r, space);
        const kernel = kernelOfPoints();
        const { value } = objective(kernel, { loss, weight: Float64Array.from(w) }, penalty, space);
        const expected = plainly(penalty, space, COEFFICIENTS, loss, w);
        // Predictions agree to 1e-13, and a residual is a difference of such.
        const noise = 1e-12 * count * 50;
        expect(Math.abs(value(kernel.fromCoefficients(COEFFICIENTS)) - expected)).toBeLessThan(1e-9 * expected + noise);
      }),
    );
  });

  it('reports the residuals that the losses were made with', () => {
    fc.assert(
      fc.property(residuals, (r) => {
        const kernel = kernelOfPoints();
        const observed = { loss: lossesFor(r, space), weight: new Float64Array(count).fill(1) };
        const out = new Float64Array(count);
        objective(kernel, observed, { kind: 'squared' }, space).residuals(kernel.fromCoefficients(COEFFICIENTS), out);
        out.forEach((value, i) => {
          expect(value).toBeCloseTo(r[i]!, 11);
        });
      }),
    );
  });

  // Residuals in units of the level, away from the kinks of the penalty at 0 and at the level, where differences fail.
  const multiples = fc.array(fc.constantFrom(-8, -2, -0.6, -0.3, 0.3, 0.6, 2, 8), {
    minLength: count,
    maxLength: count,
  });
  const level = fc.constantFrom(1e-4, 1e-3, 1e-2, Number.POSITIVE_INFINITY);

  it('has the gradient and the Hessian that differences have, at every level', () => {
    fc.assert(
      fc.property(penalty, level, multiples, weights, (penalty, level, multiple, w) => {
        const unit = Math.min(level, 0.01);
        const loss = lossesFor(
          multiple.map((m) => m * unit),
          space,
        );
        const kernel = kernelOfPoints();
        const n = kernel.dimension;
        const problem = objective(kernel, { loss, weight: Float64Array.from(w) }, penalty, space).atLevel(level);
        const theta = kernel.fromCoefficients(COEFFICIENTS);
        const gradient = new Float64Array(n);
        const hessian = new Float64Array(n * n);
        problem.value(theta);
        problem.derivatives(gradient, hessian);
        // No residual may cross a kink within a step: derivatives of a prediction are below 10, so 0.1 of the level is safe.
        const step = unit / 100;
        expect(relativeGap(gradient, gradientOf(problem.value, theta, step))).toBeLessThan(1e-6);
        const scratch = new Float64Array(n * n);
        for (let r = 0; r < n; r++) {
          const slope = (z: Float64Array): number => {
            const g = new Float64Array(n);
            problem.value(z);
            problem.derivatives(g, scratch);
            return g[r]!;
          };
          expect(relativeGap(hessian.subarray(r * n, (r + 1) * n), gradientOf(slope, theta, step))).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the summands of a level row by row', () => {
    fc.assert(
      fc.property(penalty, level, multiples, weights, (penalty, level, multiple, w) => {
        const loss = lossesFor(
          multiple.map((m) => m * Math.min(level, 0.01)),
          space,
        );
        const kernel = kernelOfPoints();
        const made = objective(kernel, { loss, weight: Float64Array.from(w) }, penalty, space);
        const theta = kernel.fromCoefficients(COEFFICIENTS);
        const total = made.costs(theta, level).cost.reduce((sum, cost) => sum + cost, 0);
        expect(total / made.atLevel(level).value(theta)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("informs by sum w dr dr'", () => {
    fc.assert(
      fc.property(multiples, weights, (multiple, w) => {
        const kernel = kernelOfPoints();
        const n = kernel.dimension;
        const loss = lossesFor(
          multiple.map((m) => m / 100),
          space,
        );
        const { information, residuals } = objective(
          kernel,
          { loss, weight: Float64Array.from(w) },
          { kind: 'absolute', overestimateWeight: 7 },
          space,
        );
        const theta = kernel.fromCoefficients(COEFFICIENTS);
        const out = new Float64Array(count);
        const slopes = POINTS.map((_, i) =>
          gradientOf((z) => {
            residuals(z, out);
            return out[i]!;
          }, theta),
        );
        const expected = new Float64Array(n * n).map((_, at) =>
          slopes.reduce((sum, dr, i) => sum + w[i]! * dr[Math.floor(at / n)]! * dr[at % n]!, 0),
        );
        expect(relativeGap(information(theta), expected)).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });
});
