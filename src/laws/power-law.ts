/**
 * Power laws in one variable, training compute C, parameters N or tokens D, with an irreducible loss:
 *
 *     L(v) = E + A / v^alpha
 *
 * For runs that vary in one way only (one ratio of tokens to parameters, endless data, one size), where a law of two variables could not
 * be told. Fix E at 0 for a law without a floor (Kaplan et al. 2020, arXiv:2001.08361, section 1.2; Hestness et al. 2017,
 * arXiv:1712.00409). With a floor: Henighan et al. 2020, arXiv:2010.14701; Dey et al. 2023, arXiv:2304.03208.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor } from './coefficient.ts';
import type { Law, WorkedExample } from './law.ts';

/** Names of the coefficients of a power law. */
export type PowerLawCoefficient = 'E' | 'A' | 'alpha';

function powerLaw<const Variable extends 'C' | 'N' | 'D'>(
  kind: string,
  variable: Variable,
  example: WorkedExample<PowerLawCoefficient, Variable>,
): Law<PowerLawCoefficient> {
  return defineLaw<PowerLawCoefficient, Variable>({
    kind,
    variables: [variable],
    coefficients: { E: floor(), A: amplitude(variable, 'alpha'), alpha: exponent() },
    equation: `L(${variable}) = E + A / ${variable}^alpha`,
    source:
      'Henighan et al. 2020, arXiv:2010.14701, eq. 1.1; without E: Kaplan et al. 2020, arXiv:2001.08361, section 1.2',
    value: ({ E, A, alpha }, point) => E + A / point[variable] ** alpha,

    gradient({ A, alpha }, point, out) {
      const power = point[variable] ** -alpha;
      out[0] = 1;
      out[1] = power;
      out[2] = -A * power * Math.log(point[variable]);
    },

    kernel: 'power-sum',
    example,
  });
}

/** L(C) = E + A / C^alpha: along one recipe for spending compute. Example: Cerebras-GPT 13B, (C / 5.984e22)^-0.0737 + 0.5066. */
export const powerLawC: Law<PowerLawCoefficient> = /* @__PURE__ */ powerLaw('power-law-c', 'C', {
  coefficients: { E: 0.5066, A: 47.716, alpha: 0.0737 },
  point: { C: 2.3e22 },
  loss: 1.5796,
});
/** L(N) = E + A / N^alpha: sizes on data that do not run out. Example: Kaplan et al., eq. 1.1, (8.8e13 / N)^0.076. */
export const powerLawN: Law<PowerLawCoefficient> = /* @__PURE__ */ powerLaw('power-law-n', 'N', {
  coefficients: { E: 0, A: 11.47574, alpha: 0.076 },
  point: { N: 1e9 },
  loss: 2.37564,
});
/** L(D) = E + A / D^alpha: one size on more and more tokens. Example: Kaplan et al., eq. 1.2, (5.4e13 / D)^0.095. */
export const powerLawD: Law<PowerLawCoefficient> = /* @__PURE__ */ powerLaw('power-law-d', 'D', {
  coefficients: { E: 0, A: 20.16403, alpha: 0.095 },
  point: { D: 1e10 },
  loss: 2.26244,
});
