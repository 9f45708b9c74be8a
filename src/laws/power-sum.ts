/**
 * Kernel of every law that is a floor plus falling powers of single variables:
 *
 *     p = E + sum_k A_k / v_k^alpha_k = E + sum_k exp(a_k - alpha_k x_k),   x_k = ln v_k - centre_k
 *
 * Solver coordinates are (E, a_1, alpha_1, a_2, alpha_2, ...), where `a_k = ln A_k - alpha_k centre_k` is the logarithm of the
 * term at the geometric mean of its variable. Centring takes the condition number of the problem from 1e11 to about 1e4, because
 * A and alpha are then no longer two names of one thing. E stays linear so that E = 0 is an ordinary bound.
 *
 * The Hessian is built block by block, each block one pass over the rows with its sums in registers.
 */

import { scanBetween, termBounds } from './coordinates.ts';
import {
  type Coefficients,
  type Coordinate,
  EXPONENT_SCAN,
  floorOf,
  type Kernel,
  type KernelColumns,
  type KernelOptions,
  type Law,
} from './law.ts';

/** Builds the kernel of `law` over `columns`: its floor and its amplitudes of single variables. */
export function powerSumKernel(columns: KernelColumns, options: KernelOptions, law: Law): Kernel {
  const { length } = columns;
  const floor = floorOf(law)!;
  const powers = law.coefficients.flatMap((amplitude) => {
    const { power } = law.solver[amplitude]!;
    return power ? [{ amplitude, of: power.variable!, exponent: power.exponent }] : [];
  });
  const terms = powers.map((term, k) => {
    const centred = !options.uncentred.has(term.amplitude) && !options.bounds[term.amplitude];
    const x = columns.variables[term.of]!.map(Math.log);
    const centre = centred ? sum(x) / length : 0;
    for (let i = 0; i < length; i++) x[i] = x[i]! - centre;
    return { ...term, centred, centre, x, s: new Float64Array(length), at: 1 + 2 * k };
  });
  const dimension = 1 + 2 * terms.length;
  const coordinates: Coordinate[] = [{ name: floor, scale: 'linear', role: 'amplitude', along: [] }];
  for (const { amplitude, exponent, at } of terms) {
    coordinates.push({ name: amplitude, scale: 'log', role: 'amplitude', along: [at + 1] });
    coordinates.push({ name: exponent, scale: 'linear', role: 'exponent', scan: scanBetween(...EXPONENT_SCAN) });
  }

  const limits = bounds(coordinates, terms, columns.lowestLoss, options, law);
  return {
    dimension,
    coordinates,
    restAlong: [],
    ...limits,

    predict(theta, out) {
      out.fill(theta[0]!);
      for (const { x, s, at } of terms) {
        const a = theta[at]!;
        const alpha = theta[at + 1]!;
        for (let i = 0; i < length; i++) {
          const value = Math.exp(a - alpha * x[i]!);
          s[i] = value;
          out[i] = out[i]! + value;
        }
      }
    },

    accumulate(f1, f2, gradient, hessian) {
      gradient[0] = sum(f1);
      hessian[0] = sum(f2);
      for (let k = 0; k < terms.length; k++) {
        ownBlock(terms[k]!, f1, f2, dimension, gradient, hessian);
        for (let j = 0; j < k; j++) crossBlock(terms[j]!, terms[k]!, f2, dimension, hessian);
      }
      for (let r = 0; r < dimension; r++) {
        for (let c = 0; c < r; c++) hessian[r * dimension + c] = hessian[c * dimension + r]!;
      }
    },

    jacobian(i, out) {
      out[0] = 1;
      for (const { x, s, at } of terms) {
        out[at] = s[i]!;
        out[at + 1] = -x[i]! * s[i]!;
      }
    },

    toCoefficients(theta) {
      const coefficients: Record<string, number> = { [floor]: theta[0]! };
      for (const { amplitude, exponent, centred, centre, at } of terms) {
        const gone = centred && theta[at]! <= limits.lower[at]!;
        coefficients[amplitude] = gone ? 0 : Math.exp(theta[at]! + theta[at + 1]! * centre);
        coefficients[exponent] = theta[at + 1]!;
      }
      return coefficients;
    },

    fromCoefficients(coefficients: Coefficients) {
      const theta = new Float64Array(dimension);
      theta[0] = coefficients[floor]!;
      for (const { amplitude, exponent, centre, at } of terms) {
        theta[at] = Math.log(coefficients[amplitude]!) - coefficients[exponent]! * centre;
        theta[at + 1] = coefficients[exponent]!;
      }
      return theta;
    },
  };
}

interface Term {
  readonly amplitude: string;
  readonly exponent: string;
  /** Whether the coordinate is the term at the geometric mean of its variable; else it is ln A. */
  readonly centred: boolean;
  readonly centre: number;
  readonly x: Float64Array;
  /** exp(a - alpha x) of each row, from the last `predict`. */
  readonly s: Float64Array;
  /** Position of `a` in theta; alpha follows it. */
  readonly at: number;
}

/** Gradient and Hessian of one term with itself and with the floor. dp = (s, -x s); d2p = (s, -x s; -x s, x^2 s). */
function ownBlock(
  { x, s, at }: Term,
  f1: Float64Array,
  f2: Float64Array,
  dimension: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  let g = 0;
  let gx = 0;
  let gxx = 0;
  let h = 0;
  let hx = 0;
  let hs = 0;
  let hsx = 0;
  let hsxx = 0;
  for (let i = 0; i < s.length; i++) {
    const si = s[i]!;
    const xi = x[i]!;
    const fs = f1[i]! * si;
    const hsi = f2[i]! * si;
    const hss = hsi * si;
    g += fs;
    gx += fs * xi;
    gxx += fs * xi * xi;
    h += hsi;
    hx += hsi * xi;
    hs += hss;
    hsx += hss * xi;
    hsxx += hss * xi * xi;
  }
  gradient[at] = g;
  gradient[at + 1] = -gx;
  hessian[at] = h;
  hessian[at + 1] = -hx;
  hessian[at * dimension + at] = hs + g;
  hessian[at * dimension + at + 1] = -hsx - gx;
  hessian[(at + 1) * dimension + at + 1] = hsxx + gxx;
}

/** Hessian of two terms: only f2 dp dp', since no second derivative of p mixes them. */
function crossBlock(one: Term, two: Term, f2: Float64Array, dimension: number, hessian: Float64Array): void {
  let h = 0;
  let hx = 0;
  let hy = 0;
  let hxy = 0;
  for (let i = 0; i < f2.length; i++) {
    const hst = f2[i]! * one.s[i]! * two.s[i]!;
    const hxst = hst * one.x[i]!;
    h += hst;
    hx += hxst;
    hy += hst * two.x[i]!;
    hxy += hxst * two.x[i]!;
  }
  const row = one.at * dimension + two.at;
  hessian[row] = h;
  hessian[row + 1] = -hy;
  hessian[row + dimension] = -hx;
  hessian[row + dimension + 1] = hxy;
}

function bounds(
  coordinates: readonly Coordinate[],
  terms: readonly Term[],
  lowestLoss: number,
  { bounds: given }: KernelOptions,
  law: Law,
): { lower: Float64Array; upper: Float64Array } {
  const exponentRange = (name: string): readonly [number, number] => given[name] ?? law.bounds[name]!;
  const range = ({ name, scale, role }: Coordinate): readonly [number, number] => {
    if (role === 'exponent') return exponentRange(name);
    const own = given[name];
    if (scale === 'linear') return own ?? [0, lowestLoss];
    if (own) return [Math.log(own[0]), Math.log(own[1])];
    const { centred, x, exponent } = terms.find(({ amplitude }) => amplitude === name)!;
    // An uncentred amplitude may be as large as the centred one times v^MAX_EXPONENT.
    return centred ? termBounds(x, exponentRange(exponent), lowestLoss) : [-700, 700];
  };
  const ranges = coordinates.map(range);
  return { lower: Float64Array.from(ranges, (r) => r[0]), upper: Float64Array.from(ranges, (r) => r[1]) };
}

function sum(column: Float64Array): number {
  let total = 0;
  for (let i = 0; i < column.length; i++) total += column[i]!;
  return total;
}
