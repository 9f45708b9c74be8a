/** What every law of the registry promises. A new law is held to it by being registered. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LawError } from '../../src/errors.ts';
import { fitFromJson } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { Coefficients, Kernel, Law, Point } from '../../src/laws/law.ts';
import { checkCoefficients, type LawName, lawNamed, laws } from '../../src/laws/registry.ts';
import { makeRuns } from '../filters/make-runs.ts';
import { gradientOf, relativeGap } from './differences.ts';

/** Coefficients of the sizes that the literature knows, by the role that a name has in all laws. */
const SIZES: Readonly<Record<string, readonly [low: number, high: number]>> = {
  E: [0.1, 2.5],
  A: [5, 2000],
  B: [5, 5000],
  alpha: [0.1, 0.7],
  beta: [0.1, 0.7],
};

const anyCoefficients = (law: Law): fc.Arbitrary<Coefficients> =>
  fc.record(
    Object.fromEntries(
      law.coefficients.map((name) => {
        const [low, high] = SIZES[name]!;
        return [name, fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp)];
      }),
    ),
  ) as fc.Arbitrary<Coefficients>;

const decades = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: low, max: high, noNaN: true }).map((power) => 10 ** power);
const anyPoint: fc.Arbitrary<{ N: number; D: number }> = fc.record({ N: decades(6, 12), D: decades(8, 14) });

/** A grid of sizes and tokens per parameter; enough rows to identify any law of N and D. */
const grid = [5e7, 1e8, 3e8, 1e9, 3e9, 1e10].flatMap((N) => [2, 8, 20, 60, 200, 1000].map((k) => ({ N, D: k * N })));

function kernelOf(law: Law, points: readonly Required<Pick<Point, 'N' | 'D'>>[], uncentred: readonly string[]): Kernel {
  const column = (of: (point: { N: number; D: number }) => number): Float64Array => Float64Array.from(points, of);
  return law.kernel(
    {
      length: points.length,
      N: column(({ N }) => N),
      D: column(({ D }) => D),
      C: column(({ N, D }) => 6 * N * D),
      lowestLoss: 3,
    },
    { uncentred: new Set(uncentred), bounds: {} },
  );
}

describe.each(Object.entries(laws))('law %s', (name, registered) => {
  const law = registered as Law;
  const coefficients = anyCoefficients(law);

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

  it('has the gradient that differences of its value have', () => {
    fc.assert(
      fc.property(coefficients, anyPoint, (theta, point) => {
        const out = new Float64Array(law.coefficients.length);
        law.gradient(theta, point, out);
        law.coefficients.forEach((coefficient, i) => {
          const h = 1e-4 * theta[coefficient]!;
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

  it('falls in N and in D, and is positive', () => {
    fc.assert(
      fc.property(coefficients, anyPoint, fc.double({ min: 1.01, max: 100, noNaN: true }), (theta, { N, D }, more) => {
        const loss = law.value(theta, { N, D });
        expect(loss).toBeGreaterThan(0);
        expect(law.value(theta, { N: N * more, D })).toBeLessThan(loss);
        expect(law.value(theta, { N, D: D * more })).toBeLessThan(loss);
      }),
    );
  });

  const rows = fc.array(anyPoint, { minLength: 1, maxLength: 12 });
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
    const kernel = kernelOf(law, grid, law.coefficients);
    const theta: Coefficients = Object.fromEntries(law.coefficients.map((key) => [key, SIZES[key]![0]]));
    const coordinates = kernel.fromCoefficients(theta);
    expect(kernel.coordinates.map((coordinate) => coordinate.name).sort()).toEqual([...law.coefficients].sort());
    kernel.coordinates.forEach(({ name: key, scale }, i) => {
      expect(coordinates[i]).toBe(scale === 'log' ? Math.log(theta[key]!) : theta[key]);
      expect(kernel.lower[i]).toBeLessThan(kernel.upper[i]!);
    });
  });

  it('has a kernel whose derivatives are those of differences', () => {
    const weights = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(coefficients, rows, uncentred, weights, (theta, points, apart, slopes) => {
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
          expect(relativeGap(hessian.subarray(r * n, (r + 1) * n), row)).toBeLessThan(1e-6);
          for (let c = 0; c < n; c++) expect(hessian[r * n + c]).toBe(hessian[c * n + r]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gets its predictions back from noiseless runs, and survives JSON', () => {
    fc.assert(
      fc.property(coefficients, (theta) => {
        const loss = grid.map((point) => law.value(theta, point));
        const runs = makeRuns(grid.length, { N: grid.map(({ N }) => N), D: grid.map(({ D }) => D), loss });
        const fit = fitScalingLaw(runs, { law: name as LawName, penalty: { kind: 'squared' } });
        grid.forEach((point, i) => {
          expect(law.value(fit.coefficients, point) / loss[i]!).toBeCloseTo(1, 6);
        });
        expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
        expect(fitFromJson(JSON.stringify(fit))).toEqual(fit);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses coefficients that are absent, not finite, or out of bounds', () => {
    const fine: Record<string, number> = Object.fromEntries(law.coefficients.map((key) => [key, SIZES[key]![0]]));
    expect(() => checkCoefficients(law, fine)).not.toThrow();
    for (const key of law.coefficients) {
      const { [key]: _, ...absent } = fine;
      for (const bad of [absent, { ...fine, [key]: Number.NaN }, { ...fine, [key]: law.bounds[key]![0] - 1 }]) {
        expect(() => checkCoefficients(law, bad)).toThrow(LawError);
        expect(() => checkCoefficients(law, bad)).toThrow(`${name}: ${key} must be a`);
      }
    }
  });
});

describe('lawNamed', () => {
  it('refuses a name that is no law, with those that are', () => {
    const message = `law must be one of ${Object.keys(laws).join(', ')}, got toString`;
    expect(() => lawNamed('toString')).toThrow(expect.objectContaining({ code: 'E_LAW_UNKNOWN', message }));
  });
});
