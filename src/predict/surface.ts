/**
 * A law with numbers in it, as a surface of loss over N and D, whatever its form: what questions and plans ask of it.
 *
 *     loss(N, D)      D = tokensFor(N, loss)      N = paramsFor(D, loss)
 *
 * The Chinchilla law has all three in closed form, (B / (loss - E - A / N^alpha))^(1/beta). Any other law whose loss falls in N and D
 * is inverted by a bracketed root in ln D, or ln N; where it rises again, as after rounding, on the way down. Variables beside N and D
 * (unique tokens, bits) are held at given values; C is 6 N D.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { type ChinchillaCoefficient, chinchilla } from '../laws/chinchilla.ts';
import { type FittedLaw, lawBehind } from '../laws/fitted-law.ts';
import type { Coefficients, Law } from '../laws/law.ts';
import { variableOf } from '../laws/variables.ts';
import { bracketedMinimum } from '../numeric/minimize.ts';
import { bracketedRoot } from '../numeric/root.ts';

/** Values of the variables that a law reads beside N, D and C, e.g. `{ U: 25e9 }` unique tokens. */
export type Variables = Readonly<Record<string, number>>;

/** Loss over the (N, D) plane. The functions trust their input, and give NaN where a loss is out of reach. */
export interface Surface {
  readonly law: string;
  /** Variables that it reads. */
  readonly reads: readonly string[];
  /** The coefficients of the Chinchilla law, if this is one: then optima have closed forms. */
  readonly chinchilla: Coefficients<ChinchillaCoefficient> | undefined;
  /** Whether the law reads N and D, or only their product. */
  readonly readsBoth: boolean;
  /** Nats per token. */
  loss(N: number, D: number): number;
  /** Training tokens at which N parameters reach `loss`. */
  tokensFor(N: number, loss: number): number;
  /** Parameters that reach `loss` on D tokens. */
  paramsFor(D: number, loss: number): number;
  /** Lowest loss of N parameters: on endless data, unless the law rises again. */
  lossOfSize(N: number): number;
  /** Lowest loss on D tokens: of an endless model, unless the law rises again. */
  lossOfTokens(D: number): number;
}

/** Variables that a question gives anyway. */
export const PLANE: readonly string[] = ['N', 'D', 'C'];
/** Where roots are looked for, in ln N or ln D: one parameter or token to far beyond what will ever be trained. */
const MOST = Math.log(1e30);
/** How nearly ln v is known where a loss that rises again is least; the loss there is known to the square of it. */
const LEAST_AT = 1e-8;

/**
 * The surface of `law`.
 *
 * @param law - A fit, a published law, or `{ law, coefficients }` of your own.
 * @param given - Variables beside N, D and C that the law reads.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; `E_LAW_VARIABLE` if the law reads a variable that
 *   is not given, or does not read one that is; `E_ARGUMENT` for no object.
 */
export function surfaceOf(law: FittedLaw<string>, given: Variables = {}): Surface {
  return surfaceUnder(lawBehind(law), law.coefficients, given);
}

/** {@link surfaceOf} a law whose coefficients have been checked. */
export function surfaceUnder(form: Law, coefficients: Coefficients, given: Variables): Surface {
  const others = form.variables.filter((name) => !PLANE.includes(name));
  if (typeof given !== 'object' || given === null) throw refusal('given', 'be an object', given);
  for (const name of Object.keys(given)) {
    if (others.includes(name)) continue;
    throw new ScalingLawsError(
      'E_LAW_VARIABLE',
      `${form.kind} reads ${form.variables.join(', ')}: given must be among ${others.join(', ') || 'none'}, got ${name}`,
      { law: form.kind, variable: name, known: others },
    );
  }
  for (const name of others) variableOf(form, name, given[name]);
  if (form.kind === chinchilla.kind) return chinchillaSurface(coefficients as Coefficients<ChinchillaCoefficient>);
  return genericSurface(form, coefficients, given);
}

function chinchillaSurface(c: Coefficients<ChinchillaCoefficient>): Surface {
  const { E, A, B, alpha, beta } = c;
  const [logA, logB] = [Math.log(A), Math.log(B)];
  const ofSize = (N: number): number => E + Math.exp(logA - alpha * Math.log(N));
  const ofTokens = (D: number): number => E + Math.exp(logB - beta * Math.log(D));
  /** The variable at which its term is what is left of the loss: (amplitude / rest)^(1/exponent), in logs. */
  const reach = (logAmplitude: number, exponent: number, rest: number): number => {
    const value = Math.exp((logAmplitude - Math.log(rest)) / exponent);
    return value > 0 && value < Number.POSITIVE_INFINITY ? value : Number.NaN;
  };
  return {
    law: chinchilla.kind,
    reads: chinchilla.variables,
    chinchilla: c,
    readsBoth: true,
    loss: (N, D) => E + Math.exp(logA - alpha * Math.log(N)) + Math.exp(logB - beta * Math.log(D)),
    tokensFor: (N, loss) => reach(logB, beta, loss - ofSize(N)),
    paramsFor: (D, loss) => reach(logA, alpha, loss - ofTokens(D)),
    lossOfSize: ofSize,
    lossOfTokens: ofTokens,
  };
}

function genericSurface(form: Law, coefficients: Coefficients, given: Variables): Surface {
  // One point for all calls: plans ask thousands of times.
  const point = { ...given, N: 0, D: 0, C: 0 };
  const loss = (N: number, D: number): number => {
    point.N = N;
    point.D = D;
    point.C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
    return form.value(coefficients, point);
  };
  const largest = Math.exp(MOST);
  /** ln v where `f` is least: at the end, unless it rises again. */
  const bottom = (f: (v: number) => number): number =>
    f(largest) > f(largest / 10) ? bracketedMinimum((x) => f(Math.exp(x)), 0, MOST, LEAST_AT).x : MOST;
  const least = (f: (v: number) => number): number => f(Math.exp(bottom(f)));
  /** Where `f`, on its way down, reaches `target`. */
  const reach = (f: (v: number) => number, target: number): number => {
    const end = bottom(f);
    if (!(f(Math.exp(end)) < target) || !(f(1) > target)) return Number.NaN;
    return Math.exp(bracketedRoot((x) => f(Math.exp(x)) - target, 0, end));
  };
  return {
    law: form.kind,
    reads: form.variables,
    chinchilla: undefined,
    readsBoth: form.variables.includes('N') && form.variables.includes('D'),
    loss,
    tokensFor: (N, target) => reach((D) => loss(N, D), target),
    paramsFor: (D, target) => reach((N) => loss(N, D), target),
    lossOfSize: (N) => least((D) => loss(N, D)),
    lossOfTokens: (D) => least((N) => loss(N, D)),
  };
}
