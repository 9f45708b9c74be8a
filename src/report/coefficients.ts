/** The coefficients of a fit with the best intervals at hand: of its replicates, or, without any, of its covariance. */

import type { Fit } from '../fit/fit.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { inLossUnit } from '../loss-unit.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { coefficientIntervals, DEFAULT_LEVEL, jointIntervals, uncertaintyOf } from '../uncertainty/intervals.ts';

/** A coefficient, and how far to trust it. */
export interface KnownCoefficient {
  readonly name: string;
  readonly value: number;
  /** `1` where it has none. */
  readonly unit: string;
  /** `given`, `tied: alpha = beta`, or nothing where the rows alone determine it. */
  readonly how: string;
  /** Of the coefficient; of its logarithm where `inLogs`: an amplitude goes with its exponent over powers of ten. */
  readonly standardError?: number;
  readonly inLogs: boolean;
  readonly lower?: number;
  readonly upper?: number;
}

/** Coefficients, and where their intervals come from. */
export interface KnownCoefficients {
  readonly coefficients: readonly KnownCoefficient[];
  /** `none`: coefficients lie on a bound, are not determined, or lean on a prior. */
  readonly by: 'bootstrap' | 'curvature' | 'none';
  /** Nominal coverage. */
  readonly level: number;
}

/** The coefficients of `fit`, with intervals where they can be had: those of `bootstrap`, where there is one. */
export function knownCoefficients(
  fit: Fit<string>,
  bootstrap?: Bootstrap<string>,
  level: number = DEFAULT_LEVEL,
): KnownCoefficients {
  const of = bootstrap ?? fit;
  const intervals = coefficientIntervals(of, { level });
  const { units, solver } = lawOf(fit);
  const amplitudes = Object.keys(fit.coefficients).filter((name) => solver[name]!.scale === 'log');
  const logs = jointIntervals(of, ({ coefficients }) =>
    Object.fromEntries(amplitudes.map((name) => [name, Math.log(coefficients[name]!)])),
  );
  const coefficients = Object.entries<number>(fit.coefficients).map(([name, value]): KnownCoefficient => {
    const { lower, upper } = intervals[name] ?? {};
    const isKnown = lower !== undefined && lower !== upper;
    const inLogs = amplitudes.includes(name);
    const { standardError } = (inLogs ? logs : intervals)?.[name] ?? {};
    return {
      name,
      value,
      unit: inLossUnit(units[name]!, fit.lossUnit),
      how: howKnown(fit, name),
      inLogs,
      ...(isKnown && { lower, upper: upper!, standardError: standardError! }),
    };
  });
  return { coefficients, by: uncertaintyOf(of)?.kind ?? 'none', level };
}

function howKnown({ options }: Fit<string>, name: string): string {
  if (Object.hasOwn(options.fixed, name)) return 'given';
  const group = options.tied.find((one) => one.includes(name));
  return group ? `tied: ${group.join(' = ')}` : '';
}
