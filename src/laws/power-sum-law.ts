/** A law that is a floor plus falling powers of single variables, from its form alone: value, gradient, bounds, solver rules, kernel. */

import {
  amplitudeOf,
  type Coefficients,
  EXPONENT,
  FALLING,
  FLOOR,
  type Law,
  type LawForm,
  NOT_NEGATIVE,
  type Point,
  type SolverRule,
  type Variable,
} from './law.ts';
import { powerSumKernel } from './power-sum.ts';

/** A law E + sum of A / v^alpha: what cannot be derived. */
export interface PowerSumForm<Name extends string>
  extends Pick<LawForm<Name>, 'kind' | 'roles' | 'units' | 'equation' | 'source'> {
  readonly floor: Name;
  readonly terms: readonly { readonly amplitude: Name; readonly of: Variable; readonly exponent: Name }[];
}

/** The law of `form`; its coefficients are the floor, then the amplitudes, then the exponents. */
export function powerSumLaw<Name extends string>(form: PowerSumForm<Name>): Law<Name> {
  const { kind, roles, units, equation, source, floor, terms } = form;
  const m = terms.length;
  const amplitudes = terms.map(({ amplitude }) => amplitude);
  const exponents = terms.map(({ exponent }) => exponent);
  const coefficients = [floor, ...amplitudes, ...exponents];
  const rules: [Name, SolverRule<Name>][] = [
    [floor, FLOOR],
    ...terms.map(({ amplitude, of, exponent }): [Name, SolverRule<Name>] => [amplitude, amplitudeOf(of, exponent)]),
    ...exponents.map((name): [Name, SolverRule<Name>] => [name, EXPONENT]),
  ];
  const ranges = coefficients.map((name) => [name, exponents.includes(name) ? FALLING : NOT_NEGATIVE]);
  return {
    kind,
    coefficients,
    variables: [...new Set(terms.map(({ of }) => of))],
    ...(roles && { roles }),
    bounds: Object.fromEntries(ranges) as LawForm<Name>['bounds'],
    solver: Object.fromEntries(rules) as LawForm<Name>['solver'],
    units,
    equation,
    source,

    value(c: Coefficients<Name>, point: Point) {
      return terms.reduce(
        (sum, { amplitude, of, exponent }) => sum + c[amplitude] / point[of]! ** c[exponent],
        c[floor],
      );
    },

    gradient(c: Coefficients<Name>, point: Point, out: Float64Array) {
      out[0] = 1;
      terms.forEach(({ amplitude, of, exponent }, k) => {
        const power = point[of]! ** -c[exponent];
        out[1 + k] = power;
        out[1 + m + k] = -c[amplitude] * power * Math.log(point[of]!);
      });
    },

    kernel: (columns, options) => powerSumKernel({ floor, terms }, columns, options),
  };
}
