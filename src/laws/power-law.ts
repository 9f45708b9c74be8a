/**
 * Power laws in one variable, training compute C, parameters N or tokens D, with an irreducible loss:
 *
 *     L(v) = E + A / v^alpha
 *
 * For runs that vary in one way only (one ratio of tokens to parameters, endless data, one size), where a law of two variables could not
 * be told. Fix E at 0 for a law without a floor (Kaplan et al. 2020, arXiv:2001.08361, section 1.2; Hestness et al. 2017,
 * arXiv:1712.00409). With a floor: Henighan et al. 2020, arXiv:2010.14701; Dey et al. 2023, arXiv:2304.03208.
 */

import type { Law } from './law.ts';
import { powerSumLaw } from './power-sum-law.ts';

/** Names of the coefficients of a power law. */
export type PowerLawCoefficient = 'E' | 'A' | 'alpha';

function powerLaw(kind: string, variable: 'C' | 'N' | 'D', unit: string): Law<PowerLawCoefficient> {
  return powerSumLaw({
    kind,
    floor: 'E',
    terms: [{ amplitude: 'A', of: variable, exponent: 'alpha' }],
    units: { E: 'nats per token', A: `nats per token x ${unit}^alpha`, alpha: '1' },
    equation: `L(${variable}) = E + A / ${variable}^alpha`,
    source:
      'Henighan et al. 2020, arXiv:2010.14701, eq. 1.1; without E: Kaplan et al. 2020, arXiv:2001.08361, section 1.2',
  });
}

/** L(C) = E + A / C^alpha: along one recipe for spending compute. */
export const powerLawC: Law<PowerLawCoefficient> = powerLaw('power-law-c', 'C', 'FLOPs');
/** L(N) = E + A / N^alpha: sizes on data that do not run out. */
export const powerLawN: Law<PowerLawCoefficient> = powerLaw('power-law-n', 'N', 'parameters');
/** L(D) = E + A / D^alpha: one size on more and more tokens. */
export const powerLawD: Law<PowerLawCoefficient> = powerLaw('power-law-d', 'D', 'tokens');
