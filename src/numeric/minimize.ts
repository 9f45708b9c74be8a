/**
 * Minimum of a function of one variable between two points, by Brent's method: parabolic steps where they help, golden section where
 * they do not. Brent 1973, "Algorithms for Minimization without Derivatives", chapter 5.
 */

/** The smaller part of the golden section. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
const MOST_STEPS = 100;

/**
 * @param f - Continuous, with one minimum between `low` and `high`; with more, one of them is found. Never evaluated at the ends.
 * @param tolerance - Absolute tolerance of x. Below the square root of the machine's precision, relatively, nothing is gained.
 * @returns x between `low` and `high` where f is least, and f there.
 */
export function bracketedMinimum(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): { readonly x: number; readonly value: number } {
  let [a, b] = [low, high];
  // x: the least so far; w: the second least; v: the one before.
  let x = a + GOLDEN * (b - a);
  let fx = f(x);
  let [w, fw, v, fv] = [x, fx, x, fx];
  let step = 0;
  let before = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const middle = (a + b) / 2;
    const near = tolerance + Number.EPSILON * Math.abs(x);
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break;
    let p = 0;
    let q = 0;
    if (Math.abs(before) > near) {
      const r = (x - w) * (fx - fv);
      const s = (x - v) * (fx - fw);
      q = 2 * (s - r);
      p = (x - v) * s - (x - w) * r;
      if (q > 0) p = -p;
      q = Math.abs(q);
    }
    if (Math.abs(p) < Math.abs(0.5 * q * before) && p > q * (a - x) && p < q * (b - x)) {
      before = step;
      step = p / q;
      if (x + step - a < 2 * near || b - x - step < 2 * near) step = Math.sign(middle - x) * near;
    } else {
      before = (x < middle ? b : a) - x;
      step = GOLDEN * before;
    }
    const u = x + (Math.abs(step) >= near ? step : Math.sign(step) * near);
    const fu = f(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return { x, value: fx };
}
