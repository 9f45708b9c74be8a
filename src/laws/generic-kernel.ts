/**
 * The kernel of a law that brings none of its own, from its value, its gradient and the rule of each coefficient.
 *
 * Solver coordinates: theta is ln c or c; a coefficient of a term c x^-e stands for the term at the geometric mean x0 of x,
 *
 *     c = exp(theta + e ln x0)   or   theta exp(e ln x0),   so   dc/de = c ln x0
 *
 * The Hessian of sum f(p) is f2 dp dp' + f1 d2p. The first part is exact; the second is a central difference of sum f1 dp, along the
 * exponents only: in its amplitudes the law is linear, so there d2p is known. Newton's method thus converges under Huber's penalty too.
 */

import { LARGEST_TERM, scanBetween, termBounds } from './coordinates.ts';
import {
  type Coefficients,
  type Coordinate,
  isFloor,
  type Kernel,
  type KernelColumns,
  type KernelOptions,
  type Law,
  type LawForm,
  type Point,
  type SolverRule,
} from './law.ts';

/** Step of the differences that give second derivatives, in coordinates of order 1: errors of 1e-9 and less. */
const STEP = 3e-5;
/** Logarithms that stand for 0 and infinity. */
const LARGEST_LOGARITHM = 700;
/** Where a centred amplitude that is not linear is scanned, as shares of the lowest loss. */
const TERM_SCAN: readonly [number, number] = [0.02, 1];

/** A coefficient in solver coordinates. */
interface Part {
  readonly name: string;
  readonly rule: SolverRule;
  /** ln x0 of a centred coefficient, else 0. */
  readonly centre: number;
  /** ln x of each row of a centred coefficient, less the centre; else empty. */
  readonly x: Float64Array;
  /** Position of the exponent of a centred coefficient, else -1. */
  readonly exponent: number;
}

/** Builds the kernel of `law` over `columns`. */
export function genericKernel(columns: KernelColumns, options: KernelOptions, law: Law): Kernel {
  const { length: rows } = columns;
  const n = law.coefficients.length;
  const points = pointsOf(law.variables, columns);
  const parts = partsOf(law, points, options);
  const ranges = parts.map((part) => rangeOf(law, part, columns.lowestLoss, options));
  const lower = Float64Array.from(ranges, (range) => range[0]);
  const upper = Float64Array.from(ranges, (range) => range[1]);
  const curved = parts.flatMap(({ name, rule }, j) =>
    rule.role === 'exponent' && !options.fixed.has(name) ? [j] : [],
  );

  /** Coefficients at the theta last moved to, and dc_j / dtheta_j. */
  const c: Record<string, number> = {};
  const own = new Float64Array(n);
  const slopes = new Float64Array(n);
  const last = new Float64Array(n);
  const trial = new Float64Array(n);
  const partials = new Float64Array(rows * n);
  const above = new Float64Array(n);
  const below = new Float64Array(n);
  let differentiated = false;

  const moveTo = (theta: Float64Array): void => {
    for (let j = 0; j < n; j++) {
      const { name, rule } = parts[j]!;
      c[name] = rule.scale === 'log' ? Math.exp(theta[j]!) : theta[j]!;
      own[j] = rule.scale === 'log' ? c[name] : 1;
    }
    for (let j = 0; j < n; j++) {
      const { name, rule, centre, exponent } = parts[j]!;
      if (exponent < 0) continue;
      const shift = c[parts[exponent]!.name]! * centre;
      c[name] = rule.scale === 'log' ? Math.exp(theta[j]! + shift) : theta[j]! * Math.exp(shift);
      own[j] = rule.scale === 'log' ? c[name] : Math.exp(shift);
    }
  };

  /** dp / dtheta of row i at the point last moved to, into `out` from `at` on. */
  const differentiate = (i: number, out: Float64Array, at: number): void => {
    law.gradient(c, points[i]!, slopes);
    for (let j = 0; j < n; j++) out[at + j] = slopes[j]! * own[j]!;
    for (let j = 0; j < n; j++) {
      const { name, centre, exponent } = parts[j]!;
      if (exponent >= 0) out[at + exponent] = out[at + exponent]! + slopes[j]! * c[name]! * centre * own[exponent]!;
    }
  };

  const ensurePartials = (): void => {
    if (differentiated) return;
    for (let i = 0; i < rows; i++) differentiate(i, partials, i * n);
    differentiated = true;
  };

  const row = new Float64Array(n);
  /** sum f1 dp at `theta`, into `out`. */
  const weightedSlopes = (theta: Float64Array, f1: Float64Array, out: Float64Array): void => {
    moveTo(theta);
    out.fill(0);
    for (let i = 0; i < rows; i++) {
      if (f1[i] === 0) continue;
      differentiate(i, row, 0);
      for (let k = 0; k < n; k++) out[k] = out[k]! + f1[i]! * row[k]!;
    }
  };

  /** Adds sum f1 d2p; `gradient` is sum f1 dp. */
  const addCurvature = (f1: Float64Array, gradient: Float64Array, hessian: Float64Array): void => {
    trial.set(last);
    for (const j of curved) {
      // A logarithm is of order 1 wherever it stands: its unit is a factor e.
      const step = parts[j]!.rule.scale === 'log' ? STEP : STEP * Math.max(1, Math.abs(last[j]!));
      const high = Math.min(last[j]! + step, upper[j]!);
      const low = Math.max(last[j]! - step, lower[j]!);
      trial[j] = high;
      weightedSlopes(trial, f1, above);
      trial[j] = low;
      weightedSlopes(trial, f1, below);
      trial[j] = last[j]!;
      for (let k = 0; k < n; k++) {
        const second = (above[k]! - below[k]!) / (high - low);
        // Two exponents meet twice: each time counts half, on both sides of the diagonal.
        const share = curved.includes(k) ? second / 2 : second;
        hessian[j * n + k] = hessian[j * n + k]! + share;
        hessian[k * n + j] = hessian[k * n + j]! + share;
      }
    }
    moveTo(last);
    parts.forEach(({ rule }, j) => {
      if (rule.role === 'amplitude' && rule.scale === 'log') hessian[j * n + j] = hessian[j * n + j]! + gradient[j]!;
    });
  };

  return {
    dimension: n,
    coordinates: parts.map((part) => coordinateOf(part, columns)),
    lower,
    upper,

    predict(theta, out) {
      moveTo(theta);
      last.set(theta);
      differentiated = false;
      for (let i = 0; i < rows; i++) out[i] = law.value(c, points[i]!);
    },

    accumulate(f1, f2, gradient, hessian) {
      ensurePartials();
      gradient.fill(0);
      hessian.fill(0);
      let bent = false;
      for (let i = 0; i < rows; i++) {
        const [one, two] = [f1[i]!, f2[i]!];
        if (one !== 0) bent = true;
        for (let j = 0; j < n; j++) {
          const p = partials[i * n + j]!;
          gradient[j] = gradient[j]! + one * p;
          for (let k = 0; k <= j; k++) hessian[j * n + k] = hessian[j * n + k]! + two * p * partials[i * n + k]!;
        }
      }
      for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) hessian[k * n + j] = hessian[j * n + k]!;
      if (bent) addCurvature(f1, gradient, hessian);
    },

    jacobian(i, out) {
      ensurePartials();
      for (let j = 0; j < n; j++) out[j] = partials[i * n + j]!;
    },

    toCoefficients(theta) {
      moveTo(theta);
      const coefficients = { ...c };
      moveTo(last);
      parts.forEach(({ name, rule, exponent }, j) => {
        if (exponent >= 0 && rule.scale === 'log' && theta[j]! <= lower[j]!) coefficients[name] = 0;
      });
      return coefficients;
    },

    fromCoefficients: (coefficients: Coefficients) =>
      Float64Array.from(parts, ({ name, rule, centre, exponent }) => {
        const shift = exponent < 0 ? 0 : coefficients[parts[exponent]!.name]! * centre;
        const value = coefficients[name]!;
        return rule.scale === 'log' ? Math.log(value) - shift : value * Math.exp(-shift);
      }),
  };
}

/** The rows as points, once for all calls. */
function pointsOf(variables: readonly string[], { length, variables: columns }: KernelColumns): Point[] {
  return Array.from({ length }, (_, i) => Object.fromEntries(variables.map((name) => [name, columns[name]![i]!])));
}

function partsOf(law: LawForm, points: readonly Point[], { uncentred, bounds }: KernelOptions): Part[] {
  return law.coefficients.map((name) => {
    const rule = law.solver[name]!;
    if (!rule.power || uncentred.has(name) || bounds[name]) {
      return { name, rule, centre: 0, x: new Float64Array(0), exponent: -1 };
    }
    const { of, exponent } = rule.power;
    const logs = Float64Array.from(points, (point) => Math.log(of(point)));
    const centre = logs.reduce((sum, x) => sum + x, 0) / points.length;
    return { name, rule, centre, x: logs.map((x) => x - centre), exponent: law.coefficients.indexOf(exponent) };
  });
}

function rangeOf(
  law: LawForm,
  { name, rule, x, exponent }: Part,
  lowestLoss: number,
  { bounds }: KernelOptions,
): readonly [number, number] {
  const [low, high] = bounds[name] ?? law.bounds[name]!;
  if (rule.scale === 'linear') {
    return [low, isFloor(rule) && !bounds[name] ? Math.min(high, lowestLoss) : high];
  }
  if (exponent >= 0) {
    const steepness = law.coefficients[exponent]!;
    return termBounds(x, bounds[steepness] ?? law.bounds[steepness]!, lowestLoss);
  }
  return [Math.max(Math.log(low), -LARGEST_LOGARITHM), Math.min(Math.log(high), LARGEST_LOGARITHM)];
}

function coordinateOf({ name, rule, exponent }: Part, { variables, lowestLoss }: KernelColumns): Coordinate {
  const { scale, role } = rule;
  if (role === 'amplitude') return { name, scale, role };
  const [low, high] = scanned(rule, exponent >= 0, variables, lowestLoss);
  const value = scanBetween(low, high);
  return { name, scale, role, scan: scale === 'log' ? (u) => Math.log(value(u)) : value };
}

function scanned(
  { scan }: SolverRule,
  centred: boolean,
  variables: KernelColumns['variables'],
  lowestLoss: number,
): readonly [number, number] {
  if (typeof scan === 'string') {
    const column = variables[scan]!;
    return [column.reduce((low, value) => Math.min(low, value)), column.reduce((high, value) => Math.max(high, value))];
  }
  if (scan) return scan;
  return centred ? [TERM_SCAN[0] * lowestLoss, TERM_SCAN[1] * lowestLoss] : [1, LARGEST_TERM];
}
