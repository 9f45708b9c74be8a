/**
 * Farseer over the rows of a fit, in coordinates that the rows see one by one. Each of its curves f(N) = k N^p + c becomes, with
 * u = ln N - x0 at the mean x0 of ln N,
 *
 *     f = level + slope h(p, u),   h = (exp(p u) - 1) / p          level = c + k exp(p x0),   slope = k p exp(p x0)
 *
 * so that p = 0 is a straight line in ln N and no pole. The data term exp(f2 - exp(f3) ln D) has its level and slope at the mean y0 of
 * ln D too, where its amplitude and its exponent are no longer two names of one thing:
 *
 *     level' = level2 - exp(level3) y0,   slope' = slope2 - exp(level3) slope3 y0
 *
 * In exp(level1) and exp(level') the law is linear, so variable projection finds them. The law thus written is fitted by the generic
 * kernel. Where the caller fixes, ties or bounds a coefficient other than a power, the paper's coordinates are kept.
 */

import { genericKernel } from './generic-kernel.ts';
import type { Coefficients, Kernel, KernelColumns, KernelOptions, Law, SolverRule } from './law.ts';

/** A power nearer to 0 is written as this one: k = slope / p must stay finite, and c = level - k keep half of its digits. */
const SMALLEST_POWER = 1e-8;
/** Below this the derivative of h by p is summed as a series, to rounding. */
const SERIES = 1e-2;
/** Bounds of the two terms of the loss at the centre of the rows, nats per token. */
const TERM: readonly [number, number] = [1e-12, 1e4];
/** Nothing of a loss changes faster with ln N than this. */
const SLOPE: readonly [number, number] = [-20, 20];
/** ln of the exponent of D at the centre; below, the data term is flat to rounding. */
const LOG_EXPONENT: readonly [number, number] = [-25, 3];

const AMPLITUDE: SolverRule = { scale: 'log', role: 'amplitude' };
const scanned = (low: number, high: number): SolverRule => ({ scale: 'linear', role: 'exponent', scan: [low, high] });

/** Builds the kernel of `law`, Farseer. */
export function farseerKernel(columns: KernelColumns, options: KernelOptions, law: Law): Kernel {
  const apart = ['s', 'S', 'B', 'Q', 'A', 'E'].some((name) => options.uncentred.has(name) || options.bounds[name]);
  if (apart) return genericKernel(columns, options, law);
  const x0 = meanLog(columns.variables.N!);
  const y0 = meanLog(columns.variables.D!);
  const kernel = genericKernel(columns, options, centred(law, x0, y0));
  return {
    ...kernel,
    toCoefficients: (theta) => toPaper(kernel.toCoefficients(theta), x0, y0),
    fromCoefficients: (coefficients) => kernel.fromCoefficients(fromPaper(coefficients, x0, y0)),
  };
}

const meanLog = (column: Float64Array): number =>
  column.reduce((sum, value) => sum + Math.log(value), 0) / column.length;

/** The law in its levels (S, Q: the terms; E: ln of the exponent), slopes (s, B, A) and powers (q, b, a). */
function centred(law: Law, x0: number, y0: number): Law {
  const power = scanned(-0.3, 0.3);
  return {
    ...law,
    bounds: { ...law.bounds, s: SLOPE, S: TERM, B: SLOPE, Q: TERM, A: SLOPE, E: LOG_EXPONENT },
    solver: {
      s: scanned(-0.15, 0.05),
      q: power,
      S: AMPLITUDE,
      B: scanned(-0.2, 0.2),
      b: power,
      Q: AMPLITUDE,
      A: scanned(-0.15, 0.15),
      a: power,
      E: scanned(-2, 0),
    },

    value(c, point) {
      const u = Math.log(point.N!) - x0;
      const atCentre = Math.exp(c.E!);
      const exponent = Math.exp(c.E! + c.A! * rising(c.a!, u));
      const slope = c.B! + atCentre * c.A! * y0;
      const logTerm = slope * rising(c.b!, u) + atCentre * y0 - exponent * Math.log(point.D!);
      return c.S! * Math.exp(c.s! * rising(c.q!, u)) + c.Q! * Math.exp(logTerm);
    },

    gradient(c, point, out) {
      const u = Math.log(point.N!) - x0;
      const logD = Math.log(point.D!);
      const [hq, hb, ha] = [rising(c.q!, u), rising(c.b!, u), rising(c.a!, u)];
      const atCentre = Math.exp(c.E!);
      const exponent = Math.exp(c.E! + c.A! * ha);
      const slope = c.B! + atCentre * c.A! * y0;
      const floor = Math.exp(c.s! * hq);
      const term = Math.exp(slope * hb + atCentre * y0 - exponent * logD);
      out[0] = c.S! * floor * hq;
      out[1] = c.S! * floor * c.s! * risingByPower(c.q!, u);
      out[2] = floor;
      out[3] = c.Q! * term * hb;
      out[4] = c.Q! * term * slope * risingByPower(c.b!, u);
      out[5] = term;
      out[6] = c.Q! * term * (atCentre * y0 * hb - exponent * logD * ha);
      out[7] = -c.Q! * term * exponent * logD * c.A! * risingByPower(c.a!, u);
      out[8] = c.Q! * term * (atCentre * y0 * (1 + c.A! * hb) - exponent * logD);
    },
  };
}

/** Coefficients of the paper, from levels, slopes and powers. */
function toPaper(c: Coefficients, x0: number, y0: number): Record<string, number> {
  const atCentre = Math.exp(c.E!);
  const [s, q, S] = curve(Math.log(c.S!), c.s!, c.q!, x0);
  const [B, b, Q] = curve(Math.log(c.Q!) + atCentre * y0, c.B! + atCentre * c.A! * y0, c.b!, x0);
  const [A, a, E] = curve(c.E!, c.A!, c.a!, x0);
  return { s, q, S, B, b, Q, A, a, E };
}

/** k, p and c of the curve k N^p + c. */
function curve(level: number, slope: number, power: number, x0: number): readonly [number, number, number] {
  const p = Math.abs(power) < SMALLEST_POWER ? SMALLEST_POWER : power;
  return [(slope / p) * Math.exp(-p * x0), p, level - slope / p];
}

/** The inverse of {@link toPaper}. */
function fromPaper(c: Coefficients, x0: number, y0: number): Coefficients {
  const [s, B, A] = [c.s! * Math.exp(c.q! * x0), c.B! * Math.exp(c.b! * x0), c.A! * Math.exp(c.a! * x0)];
  const E = c.E! + A;
  const slopeA = A * c.a!;
  const atCentre = Math.exp(E);
  return {
    s: s * c.q!,
    q: c.q!,
    S: Math.exp(c.S! + s),
    B: B * c.b! - atCentre * slopeA * y0,
    b: c.b!,
    Q: Math.exp(c.Q! + B - atCentre * y0),
    A: slopeA,
    a: c.a!,
    E,
  };
}

/** h(p, u) = (exp(p u) - 1) / p, u at p = 0. */
function rising(p: number, u: number): number {
  return p === 0 ? u : Math.expm1(p * u) / p;
}

/** dh / dp = u^2 (exp(z) (z - 1) + 1) / z^2, z = p u. */
function risingByPower(p: number, u: number): number {
  const z = p * u;
  const share =
    Math.abs(z) < SERIES
      ? 1 / 2 + z / 3 + z ** 2 / 8 + z ** 3 / 30 + z ** 4 / 144 + z ** 5 / 840
      : (Math.exp(z) * (z - 1) + 1) / z ** 2;
  return u * u * share;
}
