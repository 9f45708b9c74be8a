/**
 * Root of a continuous function that changes sign between two points, by Brent's method: inverse quadratic steps where they
 * help, bisection where they do not. Brent 1973, "Algorithms for Minimization without Derivatives", chapter 4.
 */

const MOST_STEPS = 200;

/**
 * @param f - Continuous; `f(low)` and `f(high)` of different sign, or 0.
 * @returns x between `low` and `high` with f(x) = 0, to the last digits of a double.
 */
export function bracketedRoot(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  let c = a;
  let fc = fa;
  let step = b - a;
  let before = step;
  for (let i = 0; i < MOST_STEPS; i++) {
    // b is the best guess so far, c the point on the other side of the root.
    if (Math.sign(fb) === Math.sign(fc)) {
      c = a;
      fc = fa;
      step = b - a;
      before = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) [a, fa, b, fb, c, fc] = [b, fb, c, fc, b, fb];
    const tolerance = 2 * Number.EPSILON * Math.abs(b) + Number.MIN_VALUE;
    const half = (c - b) / 2;
    if (Math.abs(half) <= tolerance || fb === 0) return b;
    const s = fb / fa;
    let p = 2 * half * s;
    let q = 1 - s;
    if (a !== c) {
      const r = fb / fc;
      const t = fa / fc;
      p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
      q = (t - 1) * (r - 1) * (s - 1);
    }
    if (p > 0) q = -q;
    p = Math.abs(p);
    const good = 2 * p < Math.min(3 * half * q - Math.abs(tolerance * q), Math.abs(before * q));
    before = good ? step : half;
    step = good ? p / q : half;
    a = b;
    fa = fb;
    b += Math.abs(step) > tolerance ? step : Math.sign(half) * tolerance;
    fb = f(b);
  }
  return b;
}
