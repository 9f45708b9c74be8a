/**
 * Akima's interpolation: a cubic between every two points, whose slope at a point follows the two secants on either side, the steadier
 * side more. It does not swing beside an outlier as a spline does. The end pieces go on beyond the ends.
 *
 *     slope = (|m4 - m3| m2 + |m2 - m1| m3) / (|m4 - m3| + |m2 - m1|),  m1 to m4 the secants around the point
 *
 * Akima 1970, Journal of the ACM 17, 589-602; ends and ties as in scipy's Akima1DInterpolator.
 */

/** A smooth curve through points. */
export interface Interpolant {
  /** Value at `x`; beyond the ends, of the end piece. */
  at(x: number): number;
  /** Lowest point between the first and the last. */
  minimum(): { readonly x: number; readonly y: number };
}

/** Where secants change by less than this share of the largest change, the plain mean of two is taken, as scipy does. */
const STRAIGHT = 1e-9;

/**
 * @param x - At least two numbers, strictly rising.
 * @param y - As many numbers.
 */
export function akima(x: ArrayLike<number>, y: ArrayLike<number>): Interpolant {
  const n = x.length;
  const slopes = slopesAt(x, y);
  /** Piece `i` as c0 + c1 t + c2 t^2 + c3 t^3 with t = x - x[i]. */
  const piece = (i: number): readonly [number, number, number, number] => {
    const h = x[i + 1]! - x[i]!;
    const secant = (y[i + 1]! - y[i]!) / h;
    const [left, right] = [slopes[i]!, slopes[i + 1]!];
    return [y[i]!, left, (3 * secant - 2 * left - right) / h, (left + right - 2 * secant) / (h * h)];
  };
  const pieces = Array.from({ length: n - 1 }, (_, i) => piece(i));
  const value = (i: number, t: number): number => {
    const [c0, c1, c2, c3] = pieces[i]!;
    return c0 + t * (c1 + t * (c2 + t * c3));
  };
  return {
    at(to) {
      let i = 0;
      while (i < n - 2 && to >= x[i + 1]!) i++;
      return value(i, to - x[i]!);
    },
    minimum() {
      let best = { x: x[n - 1]!, y: y[n - 1]! };
      for (let i = 0; i < n - 1; i++) {
        const h = x[i + 1]! - x[i]!;
        for (const t of [0, ...stationary(pieces[i]!)]) {
          if (t >= 0 && t <= h && value(i, t) < best.y) best = { x: x[i]! + t, y: value(i, t) };
        }
      }
      return best;
    },
  };
}

function slopesAt(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = x.length;
  // Secants, with two more beyond either end that go on changing as the last two did.
  const m = new Float64Array(n + 3);
  for (let i = 0; i < n - 1; i++) m[i + 2] = (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!);
  if (n === 2) return new Float64Array(2).fill(m[2]!);
  m[1] = 2 * m[2]! - m[3]!;
  m[0] = 2 * m[1]! - m[2]!;
  m[n + 1] = 2 * m[n]! - m[n - 1]!;
  m[n + 2] = 2 * m[n + 1]! - m[n]!;
  const change = (i: number): number => Math.abs(m[i + 1]! - m[i]!);
  const weights = Float64Array.from({ length: n }, (_, i) => change(i) + change(i + 2));
  const straight = STRAIGHT * weights.reduce((most, weight) => Math.max(most, weight), 0);
  return weights.map((weight, i) =>
    weight > straight ? (change(i + 2) * m[i + 1]! + change(i) * m[i + 2]!) / weight : (m[i]! + m[i + 3]!) / 2,
  );
}

/** Roots of c1 + 2 c2 t + 3 c3 t^2. */
function stationary([, c1, c2, c3]: readonly [number, number, number, number]): number[] {
  const inside = c2 * c2 - 3 * c3 * c1;
  if (inside < 0) return [];
  // Both roots by one subtraction-free quantity; where c3 = 0 the first is infinite or not a number, and no point of the piece.
  const q = -(c2 + (c2 < 0 ? -1 : 1) * Math.sqrt(inside));
  return [q / (3 * c3), c1 / q];
}
