/**
 * What every law of the registry promises, as tests that the law's own test file declares with {@link contractOf}. registry.test.ts sees
 * to it that every law has such a file.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { relativeErrors } from '../../src/hold-out/relative-error.ts';
import { checkCoefficients } from '../../src/laws/check-coefficients.ts';
import { kernelOf as lawKernel } from '../../src/laws/kernel.ts';
import type { Coefficients, Kernel, KernelColumns, Law, Point } from '../../src/laws/law.ts';
import { type LawName, lawNamed } from '../../src/laws/registry.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { gradientOf, relativeGap } from './differences.ts';
import { runsOf } from './runs-of.ts';
import { anyCoefficients, anyPoint, designOf, type Typical } from './typical.ts';

export { CHINCHILLA_SPANS } from './typical.ts';

function columnsOf(law: Law, points: readonly Point[]): KernelColumns {
  const column = (name: string): Float64Array => Float64Array.from(points, (point) => point[name]!);
  return {
    length: points.length,
    variables: Object.fromEntries(law.variables.map((name) => [name, column(name)])),
    lowestLoss: 3,
  };
}

const kernelOf = (law: Law, points: readonly Point[], uncentred: readonly string[]): Kernel =>
  lawKernel(law, columnsOf(law, points), { fixed: new Set(), uncentred: new Set(uncentred), bounds: {} });

/**
 * Declares the tests of the law called `name`.
 *
 * @param typical - Where it is tried.
 */
export function contractOf(name: LawName, typical: Typical): void {
  const { kink = () => false, thorough = false } = typical;
  describe(`law ${name}`, () => {
    const law = lawNamed(name);
    const coefficients = anyCoefficients(law, typical);
    const design = designOf(typical);
    const points = anyPoint(design);
    const lowest: Coefficients = Object.fromEntries(
      law.coefficients.map((key) => [key, typical.coefficients[key]![0]]),
    );

    it('is registered under its own name, and says what it is', () => {
      expect(law.kind).toBe(name);
      expect(lawNamed(name)).toBe(law);
      expect(law.source).toMatch(/\d{4}/);
      for (const coefficient of law.coefficients) {
        expect(law.units[coefficient], coefficient).toMatch(/\S/);
        expect(law.equation).toContain(coefficient);
        const [low, high] = law.bounds[coefficient]!;
        expect(low).toBeLessThan(high);
      }
    });

    it('gives the loss of the worked example of its source', () => {
      const { coefficients, point, loss, within = 5e-4 } = law.example!;
      expect(Math.abs(law.value(coefficients, point) / loss - 1)).toBeLessThan(within);
      checkCoefficients(law, coefficients);
    });

    it('has the gradient that differences of its value have', () => {
      fc.assert(
        fc.property(coefficients, points, (theta, point) => {
          if (kink(theta, point)) return;
          const out = new Float64Array(law.coefficients.length);
          law.gradient(theta, point, out);
          law.coefficients.forEach((coefficient, i) => {
            const h = 1e-4 * Math.abs(theta[coefficient]!);
            const at = (value: number): number => law.value({ ...theta, [coefficient]: value }, point);
            const centre = theta[coefficient]!;
            const difference =
              (8 * (at(centre + h) - at(centre - h)) - (at(centre + 2 * h) - at(centre - 2 * h))) / (12 * h);
            // A difference of losses of size L is known to about 1e-15 L / h.
            const noise = (1e-14 * law.value(theta, point)) / h;
            expect(Math.abs(out[i]! - difference)).toBeLessThan(1e-6 * Math.abs(difference) + noise);
          });
        }),
      );
    });

    it('is positive, and falls in what the literature says it falls in', () => {
      fc.assert(
        fc.property(coefficients, points, fc.double({ min: 1.01, max: 100, noNaN: true }), (theta, point, more) => {
          const loss = law.value(theta, point);
          expect(loss).toBeGreaterThan(0);
          for (const variable of typical.falls) {
            const further = law.value(theta, { ...point, [variable]: point[variable]! * more });
            // Beyond some value the fall is less than rounding.
            expect(further).toBeLessThanOrEqual(loss);
          }
        }),
      );
    });

    const rows = fc.array(points, { minLength: 1, maxLength: 12 });
    const uncentred = fc.subarray([...law.coefficients]);

    it('has a kernel that predicts what the law says, from coordinates that lead back to the coefficients', () => {
      fc.assert(
        fc.property(coefficients, rows, uncentred, (theta, points, apart) => {
          const kernel = kernelOf(law, points, apart);
          const coordinates = kernel.fromCoefficients(theta);
          const out = new Float64Array(points.length);
          kernel.predict(coordinates, out);
          points.forEach((point, i) => {
            expect(out[i]! / law.value(theta, point)).toBeCloseTo(1, 11);
          });
          const back = kernel.toCoefficients(coordinates);
          expect(Object.keys(back).sort()).toEqual([...law.coefficients].sort());
          // The logarithm of A passes through alpha x centre, which loses a few digits of double precision.
          for (const key of law.coefficients) expect(back[key]! / theta[key]!).toBeCloseTo(1, 11);
        }),
      );
    });

    it('names the coordinates after the coefficients, and keeps an uncentred one in its own units', () => {
      const kernel = kernelOf(law, design, law.coefficients);
      const coordinates = kernel.fromCoefficients(lowest);
      expect(kernel.coordinates.map((coordinate) => coordinate.name).sort()).toEqual([...law.coefficients].sort());
      kernel.coordinates.forEach(({ name: key, scale }, i) => {
        expect(coordinates[i]).toBe(scale === 'log' ? Math.log(lowest[key]!) : lowest[key]);
        expect(kernel.lower[i]).toBeLessThan(kernel.upper[i]!);
      });
    });

    it('has a kernel whose derivatives are those of differences', () => {
      const weights = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12, maxLength: 12 });
      fc.assert(
        fc.property(coefficients, rows, uncentred, weights, (theta, points, apart, slopes) => {
          if (points.some((point) => kink(theta, point))) return;
          const kernel = kernelOf(law, points, apart);
          const n = kernel.dimension;
          const at = kernel.fromCoefficients(theta);
          const predicted = new Float64Array(points.length);
          const losses = (z: Float64Array): Float64Array => {
            kernel.predict(z, predicted);
            return predicted;
          };

          const partials = new Float64Array(n);
          losses(at);
          points.forEach((_, i) => {
            losses(at);
            kernel.jacobian(i, partials);
            expect(
              relativeGap(
                partials,
                gradientOf((z) => losses(z)[i]!, at),
              ),
            ).toBeLessThan(1e-6);
          });

          // F = sum c_i p_i + p_i^2 / 2 has f' = c_i + p_i and f'' = 1.
          const total = (z: Float64Array): number =>
            losses(z).reduce((sum, p, i) => sum + slopes[i]! * p + (p * p) / 2, 0);
          const derivatives = (z: Float64Array): { gradient: Float64Array; hessian: Float64Array } => {
            const f1 = losses(z).map((p, i) => slopes[i]! + p);
            const gradient = new Float64Array(n).fill(Number.NaN);
            const hessian = new Float64Array(n * n).fill(Number.NaN);
            kernel.accumulate(f1, new Float64Array(points.length).fill(1), gradient, hessian);
            return { gradient, hessian };
          };
          const { gradient, hessian } = derivatives(at);
          expect(relativeGap(gradient, gradientOf(total, at))).toBeLessThan(1e-6);
          for (let r = 0; r < n; r++) {
            const row = gradientOf((z) => derivatives(z).gradient[r]!, at);
            const gap = Math.max(...row.map((value, c) => Math.abs(value - hessian[r * n + c]!)));
            // A generic kernel has second derivatives by differences; a row of zeros is known to the rounding of the largest.
            const largest = Math.max(...hessian.map(Math.abs));
            expect(gap).toBeLessThan((thorough ? 1e-6 : 1e-4) * Math.max(...row.map(Math.abs)) + 1e-8 * largest);
            for (let c = 0; c < n; c++) expect(hessian[r * n + c]).toBe(hessian[c * n + r]);
          }
        }),
        { numRuns: thorough ? 60 : 10, endOnFailure: true, seed: 1 },
      );
    });

    it('gets its predictions back from noiseless runs, and survives JSON', () => {
      fc.assert(
        fc.property(coefficients, (theta) => {
          const runs = runsOf(law, theta, design);
          const fixed = Object.fromEntries((typical.given ?? []).map((key) => [key, theta[key]!]));
          const search = thorough ? {} : { starts: typical.starts ?? 4, hops: 0 };
          const fit = fitScalingLaw(runs, { law: name, penalty: { kind: 'squared' }, fixed, search });
          expect(relativeErrors(fit, runs).maxAbsoluteRelativeError).toBeLessThan(typical.tolerance ?? 1e-6);
          expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
          expect(fitFromJson(JSON.stringify(fit))).toEqual(fit);
        }),
        { numRuns: thorough ? 40 : (typical.examples ?? 4), endOnFailure: true, seed: 1 },
      );
    });

    it('is saved with coefficients that give the objective and the predictions of the fit back, on few and noisy rows', () => {
      fc.assert(
        fc.property(coefficients, fc.integer({ min: 0, max: 1e6 }), (theta, seed) => {
          const random = seededRandom(seed);
          const few = Array.from({ length: law.coefficients.length + 3 }, () => design[random.integer(design.length)]!);
          const exact = runsOf(law, theta, few);
          const runs = { ...exact, loss: exact.loss.map((loss) => loss * Math.exp(0.02 * random.normal())) };
          const fit = fitScalingLaw(runs, { law: name, penalty: 'squared', search: { starts: 4, hops: 1 } });
          const saved = JSON.parse(JSON.stringify(fit)).coefficients;
          const residuals = few.map((point, i) => Math.log(law.value(saved, point) / runs.loss[i]!));
          const objective = residuals.reduce((sum, r) => sum + (r * r) / 2, 0);
          expect(Math.abs(objective - fit.objective.value)).toBeLessThan(1e-10 * fit.objective.value + 1e-16);
          expect(Math.abs(Math.max(...residuals) - fit.residuals.max)).toBeLessThan(1e-12);
          expect(Math.abs(Math.min(...residuals) - fit.residuals.min)).toBeLessThan(1e-12);
        }),
        { numRuns: typical.examples ?? 6, seed: 1 },
      );
    });

    it('refuses coefficients that are absent, not finite, or out of bounds', () => {
      const fine: Record<string, number> = { ...lowest };
      expect(() => checkCoefficients(law, fine)).not.toThrow();
      for (const key of law.coefficients) {
        const { [key]: _, ...absent } = fine;
        for (const bad of [
          absent,
          { ...fine, [key]: Number.NaN },
          { ...fine, [key]: law.bounds[key]![0] - 1 - Math.abs(law.bounds[key]![0]) },
        ]) {
          expect(() => checkCoefficients(law, bad)).toThrow(ScalingLawsError);
          expect(() => checkCoefficients(law, bad)).toThrow(`${name}: ${key} must be`);
        }
      }
    });
  });
}
