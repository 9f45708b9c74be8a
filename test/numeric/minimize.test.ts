import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestMargins, constrainedMinimum } from '../../src/numeric/constrained-minimum.ts';
import { bracketedMinimum } from '../../src/numeric/minimize.ts';

describe('bracketedMinimum', () => {
  // The minimum of a smooth function is flat: x is known to the square root of the precision.
  it.each([
    ['parabola', (x: number) => (x - 0.3) ** 2, 0.3],
    ['x ln x, least at 1/e', (x: number) => x * Math.log(x), 1 / Math.E],
    ['corner', (x: number) => Math.abs(x - 0.7), 0.7],
    ['quartic', (x: number) => (x - 0.5) ** 4, 0.5],
  ])('%s', (name, f, at) => {
    expect(Math.abs(bracketedMinimum(f, 0, 1, 1e-9).x - at)).toBeLessThan(name === 'quartic' ? 2e-4 : 3e-8);
  });

  it('creeps to an end where the function falls all the way', () => {
    expect(bracketedMinimum((x) => x, 2, 3, 1e-9).x).toBeCloseTo(2, 7);
    expect(bracketedMinimum((x) => -x, 2, 3, 1e-9).x).toBeCloseTo(3, 7);
  });
});

describe('constrainedMinimum', () => {
  const parabola = { low: -10, high: 10, value: (x: number) => (x - 1) ** 2 };

  it('is the minimum where nothing holds it', () => {
    const found = constrainedMinimum({ ...parabola, margins: [(x) => 5 - x] })!;
    expect(found.x).toBeCloseTo(1, 7);
    expect(found).toMatchObject({ held: [], atEnd: false });
  });

  it('is the edge of the constraint that holds it, on the allowed side', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.5, max: 9, noNaN: true }), (edge) => {
        const found = constrainedMinimum({ ...parabola, margins: [(x) => 9.9 - x, (x) => x - edge] })!;
        expect(found.x).toBeGreaterThanOrEqual(edge);
        expect(found.x).toBeCloseTo(edge, 10);
        expect(found.held).toEqual([1]);
      }),
    );
  });

  it('finds a window narrower than a step of the scan', () => {
    const window = { ...parabola, margins: [(x: number) => x - 3.000001, (x: number) => 3.000002 - x] };
    expect(constrainedMinimum(window)!.x).toBeCloseTo(3.000001, 9);
  });

  it('takes the lower of two dips, and minds places where the function does not exist', () => {
    const two = (x: number): number => Math.min((x + 5) ** 2, (x - 5) ** 2 - 1);
    expect(constrainedMinimum({ low: -10, high: 10, value: two, margins: [] })!.x).toBeCloseTo(5, 6);
    const half = (x: number): number => (x > 2 ? Number.NaN : two(x));
    expect(constrainedMinimum({ low: -10, high: 10, value: half, margins: [] })!.x).toBeCloseTo(-5, 6);
  });

  it('says so where nothing is allowed, and how far each constraint can be kept', () => {
    const problem = { ...parabola, margins: [(x: number) => x - 3, (x: number) => 2 - x] };
    expect(constrainedMinimum(problem)).toBeUndefined();
    const { alone, together } = bestMargins(problem);
    expect(alone).toEqual([7, 12]);
    expect(together.x).toBeCloseTo(2.5, 6);
    expect(together.worst).toHaveLength(2);
  });

  it('says when the least lies at an end', () => {
    expect(constrainedMinimum({ low: 0, high: 1, value: (x) => x, margins: [] })).toMatchObject({ x: 0, atEnd: true });
    // Where the function ends counts as an end too.
    const half = (x: number): number => (x < 0.5 ? Number.NaN : x);
    const found = constrainedMinimum({ low: 0, high: 1, value: half, margins: [] })!;
    expect(found.x).toBeCloseTo(0.5, 8);
    expect(found.atEnd).toBe(true);
  });
});
