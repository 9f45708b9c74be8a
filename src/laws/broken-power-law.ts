/**
 * Broken power laws in one variable x: straight pieces in log-log space, joined by smooth breaks.
 *
 *     L(x) = a + b x^-c0 prod_i (1 + (x / di)^(1 / fi))^(-ci fi)
 *
 * Caballero et al. 2023, "Broken Neural Scaling Laws", arXiv:2210.14891, equation 1. Beyond break i, at x = di, the exponent grows by ci;
 * fi is the width of the break in ln x. The registry has the law of compute with one break, `broken-power-law`.
 */

import { refusal } from '../errors.ts';
import { completeLaw } from './complete.ts';
import {
  amplitudeOf,
  type Coefficients,
  EXPONENT,
  FALLING,
  FLOOR,
  type Law,
  NOT_NEGATIVE,
  type SolverRule,
  type Variable,
} from './law.ts';

/** Coefficients of a broken power law: a, b, c0, and c, d, f of each break. */
export type BrokenPowerLawCoefficient = 'a' | 'b' | 'c0' | BreakCoefficient;
/** Change of exponent `c`, place `d` and width `f` of a break, by its number. */
export type BreakCoefficient = `${'c' | 'd' | 'f'}${number}`;

/** Position of the coefficients of break `i` (from 0) among all. */
const at = (i: number): number => 3 + 3 * i;

/**
 * The broken power law of a variable.
 *
 * @param kind - Name of the law in the registry.
 * @param variable - What x is: `C`, `N`, `D`, or another column of the runs.
 * @param breaks - Number of breaks, an integer >= 1; each costs three coefficients.
 * @returns The law; give it to `fitScalingLaw`, or register it.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a kind or variable that is no name, or a number of breaks that is no integer >= 1.
 * @example
 * brokenPowerLaw('broken-in-tokens', 'D', 2).coefficients // => ['a', 'b', 'c0', 'c1', 'd1', 'f1', 'c2', 'd2', 'f2']
 * @see Caballero et al. (2023), arXiv:2210.14891, eq. 1.
 */
export function brokenPowerLaw(kind: string, variable: Variable, breaks: number): Law<BrokenPowerLawCoefficient> {
  type Name = BrokenPowerLawCoefficient;
  for (const [name, value] of Object.entries({ kind, variable })) {
    if (typeof value !== 'string' || value === '') throw refusal(name, 'be a name', value);
  }
  if (!Number.isSafeInteger(breaks) || breaks < 1) throw refusal('breaks', 'be an integer >= 1', breaks);
  const numbers = Array.from({ length: breaks }, (_, i) => i + 1);
  const ofBreaks = <T>(of: (letter: 'c' | 'd' | 'f') => T): Record<BreakCoefficient, T> =>
    Object.fromEntries(
      numbers.flatMap((i) => (['c', 'd', 'f'] as const).map((letter) => [`${letter}${i}`, of(letter)])),
    ) as Record<BreakCoefficient, T>;
  const names = [...numbers.flatMap((i): Name[] => [`c${i}`, `d${i}`, `f${i}`])];
  const rules: Record<'c' | 'd' | 'f', SolverRule<Name>> = {
    c: { scale: 'linear', role: 'exponent', scan: [-0.3, 0.3] },
    d: { scale: 'log', role: 'exponent', scan: variable },
    f: { scale: 'log', role: 'exponent', scan: [0.05, 1] },
  };
  const ranges: Record<'c' | 'd' | 'f', readonly [number, number]> = { c: [-5, 5], d: [1e-6, 1e40], f: [0.01, 10] };
  const units = { c: '1', d: `unit of ${variable}`, f: '1' };

  /** ln(1 + z) and z / (1 + z) of z = (x / d)^(1/f), without overflow. */
  const softplus = (t: number): number => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
  const logTerm = (c: Coefficients<Name>, logX: number): number => {
    let sum = Math.log(c.b) - c.c0! * logX;
    for (const i of numbers) {
      const f = c[`f${i}`]!;
      sum -= c[`c${i}`]! * f * softplus((logX - Math.log(c[`d${i}`]!)) / f);
    }
    return sum;
  };

  return completeLaw<Name>({
    kind,
    coefficients: ['a', 'b', 'c0', ...names],
    variables: [variable],
    bounds: { a: NOT_NEGATIVE, b: NOT_NEGATIVE, c0: FALLING, ...ofBreaks((letter) => ranges[letter]) },
    solver: { a: FLOOR, b: amplitudeOf(variable, 'c0'), c0: EXPONENT, ...ofBreaks((letter) => rules[letter]) },
    units: {
      a: 'nats per token',
      b: `nats per token x (unit of ${variable})^c0`,
      c0: '1',
      ...ofBreaks((letter) => units[letter]),
    },
    equation: `L(${variable}) = a + b ${variable}^-c0 ${numbers.map((i) => `(1 + (${variable} / d${i})^(1 / f${i}))^(-c${i} f${i})`).join(' ')}`,
    source: 'Caballero et al. 2023, arXiv:2210.14891, eq. 1',

    value: (c, point) => c.a + Math.exp(logTerm(c, Math.log(point[variable]!))),

    gradient(c, point, out) {
      const logX = Math.log(point[variable]!);
      const term = Math.exp(logTerm(c, logX));
      out[0] = 1;
      out[1] = term / c.b;
      out[2] = -term * logX;
      numbers.forEach((number, i) => {
        const [slope, d, f] = [c[`c${number}`]!, c[`d${number}`]!, c[`f${number}`]!];
        const t = (logX - Math.log(d)) / f;
        const share = 1 / (1 + Math.exp(-t));
        out[at(i)] = -term * f * softplus(t);
        out[at(i) + 1] = (term * slope * share) / d;
        out[at(i) + 2] = -term * slope * (softplus(t) - share * t);
      });
    },
  });
}

/** L(C) with one break (Caballero et al. 2023, eq. 1). */
export const brokenPowerLawC: Law<BrokenPowerLawCoefficient> = brokenPowerLaw('broken-power-law', 'C', 1);
