/**
 * Broken power laws in one variable x: straight pieces in log-log space, joined by smooth breaks.
 *
 *     L(x) = a + b x^-c0 prod_i (1 + (x / di)^(1 / fi))^(-ci fi)
 *
 * Caballero et al. 2023, "Broken Neural Scaling Laws", arXiv:2210.14891, equation 1. Beyond break i, at x = di, the exponent grows by ci;
 * fi is the width of the break in ln x. The registry has the law of compute with one break, `broken-power-law`.
 */

import { refusal } from '../errors.ts';
import { defineLaw } from './built-in.ts';
import { amplitude, type Coefficient, exponent, floor, scale } from './coefficient.ts';
import type { Coefficients, Law, Variable, WorkedExample } from './law.ts';

/** Coefficients of a broken power law: a, b, c0, and c, d, f of each break. */
export type BrokenPowerLawCoefficient = 'a' | 'b' | 'c0' | BreakCoefficient;
/** Change of exponent `c`, place `d` and width `f` of a break, by its number. */
export type BreakCoefficient = `${'c' | 'd' | 'f'}${number}`;

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
  for (const [name, value] of Object.entries({ kind, variable })) {
    if (typeof value !== 'string' || value === '') throw refusal(name, 'be a name', value);
  }
  if (!Number.isSafeInteger(breaks) || breaks < 1) throw refusal('breaks', 'be an integer >= 1', breaks);
  return brokenLaw(kind, variable, breaks);
}

/** ln(1 + exp(t)), without overflow. */
const softplus = (t: number): number => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));

/* @__NO_SIDE_EFFECTS__ */
function brokenLaw(
  kind: string,
  variable: Variable,
  breaks: number,
  example?: WorkedExample<BrokenPowerLawCoefficient>,
): Law<BrokenPowerLawCoefficient> {
  type Name = BrokenPowerLawCoefficient;
  const numbers = Array.from({ length: breaks }, (_, i) => i + 1);
  const ofBreaks = numbers.flatMap((i) => [
    [`c${i}`, exponent({ bounds: [-5, 5], scan: [-0.3, 0.3] })] as const,
    [`d${i}`, scale([1e-6, 1e40], { scan: variable, unit: `unit of ${variable}` })] as const,
    [`f${i}`, scale([0.01, 10], { scan: [0.05, 1] })] as const,
  ]);
  const logTerm = (c: Coefficients<Name>, logX: number): number => {
    let sum = Math.log(c.b) - c.c0! * logX;
    for (const i of numbers) {
      const f = c[`f${i}`]!;
      sum -= c[`c${i}`]! * f * softplus((logX - Math.log(c[`d${i}`]!)) / f);
    }
    return sum;
  };
  const factor = (i: number): string => `(1 + (${variable} / d${i})^(1 / f${i}))^(-c${i} f${i})`;

  return defineLaw<Name, string>({
    kind,
    variables: [variable],
    coefficients: {
      a: floor(),
      b: amplitude(variable, 'c0'),
      c0: exponent(),
      ...(Object.fromEntries(ofBreaks) as Record<BreakCoefficient, Coefficient<string, Name>>),
    },
    equation: `L(${variable}) = a + b ${variable}^-c0 ${numbers.map(factor).join(' ')}`,
    source: 'Caballero et al. 2023, arXiv:2210.14891, eq. 1',
    value: (c, point) => c.a + Math.exp(logTerm(c, Math.log(point[variable]!))),

    gradient(c, point, out) {
      const logX = Math.log(point[variable]!);
      const term = Math.exp(logTerm(c, logX));
      out.set([1, term / c.b, -term * logX]);
      for (const i of numbers) {
        const [slope, d, f] = [c[`c${i}`]!, c[`d${i}`]!, c[`f${i}`]!];
        const t = (logX - Math.log(d)) / f;
        const share = 1 / (1 + Math.exp(-t));
        const byWidth = -term * slope * (softplus(t) - share * t);
        out.set([-term * f * softplus(t), (term * slope * share) / d, byWidth], 3 * i);
      }
    },

    ...(example && { example }),
  });
}

/** L(C) with one break (Caballero et al. 2023, eq. 1). Example, by hand, at the break: 1 + 4e10 / sqrt(1e20) / 2. */
export const brokenPowerLawC: Law<BrokenPowerLawCoefficient> = brokenLaw('broken-power-law', 'C', 1, {
  coefficients: { a: 1, b: 4e10, c0: 0.5, c1: 1, d1: 1e20, f1: 1 },
  point: { C: 1e20 },
  loss: 3,
  within: 1e-12,
});
