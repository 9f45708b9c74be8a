/**
 * The coefficients of a fit with the best intervals at hand: of a bootstrap, or, without one, of the curvature at the optimum,
 *
 *     c -+ z se,   or   c exp(-+ z se / c)   where the solver moves the logarithm,   z = Phi^-1((1 + level) / 2)
 */

import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { inLossUnit } from '../loss-unit.ts';
import { normalQuantile } from '../numeric/distributions.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { curvatureCovariance } from '../uncertainty/covariance.ts';
import { coefficientIntervals, DEFAULT_LEVEL } from '../uncertainty/intervals.ts';

/** A coefficient, and how far to trust it. */
export interface KnownCoefficient {
  readonly name: string;
  readonly value: number;
  /** `1` where it has none. */
  readonly unit: string;
  /** `given`, `tied: alpha = beta`, or nothing where the rows alone determine it. */
  readonly how: string;
  readonly standardError?: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** Coefficients, and where their intervals come from. */
export interface KnownCoefficients {
  readonly coefficients: readonly KnownCoefficient[];
  /** `no-rows`: there are neither rows nor a bootstrap; `no-curvature`: the curvature gives none, at a bound or along a flat direction. */
  readonly by: 'bootstrap' | 'curvature' | 'no-rows' | 'no-curvature';
  /** Nominal coverage. */
  readonly level: number;
}

/** What there is beside a fit. */
export interface Behind {
  readonly runs?: Runs | undefined;
  readonly bootstrap?: Bootstrap<string> | undefined;
}

type Known = Pick<KnownCoefficient, 'standardError' | 'lower' | 'upper'>;

/** The coefficients of `fit`, with intervals of nominal coverage {@link DEFAULT_LEVEL} where they can be had. */
export function knownCoefficients(fit: Fit<string>, { runs, bootstrap }: Behind): KnownCoefficients {
  const level = DEFAULT_LEVEL;
  const curvature = bootstrap || !runs ? undefined : byCurvature(fit, runs, level);
  const known: Readonly<Record<string, Known>> = bootstrap
    ? coefficientIntervals(bootstrap, { level })
    : (curvature ?? {});
  const { units, solver } = lawOf(fit);
  const coefficients = Object.entries(fit.coefficients).map(([name, value]): KnownCoefficient => {
    const { standardError, lower, upper } = known[name] ?? {};
    const isKnown = lower !== undefined && lower !== upper;
    return {
      name,
      value,
      unit: inLossUnit(units[name]!, fit.lossUnit),
      how: howKnown(fit, name),
      ...(isKnown && { lower, upper: upper! }),
      // An amplitude goes with its exponent over powers of ten: its interval says what its standard error cannot.
      ...(isKnown && solver[name]!.scale === 'linear' && { standardError: standardError! }),
    };
  });
  const by = bootstrap ? 'bootstrap' : curvature ? 'curvature' : runs ? 'no-curvature' : 'no-rows';
  return { coefficients, by, level };
}

function byCurvature(fit: Fit<string>, runs: Runs, level: number): Record<string, Known> | undefined {
  if (fit.status.kind !== 'converged') return undefined;
  try {
    const { standardErrors } = curvatureCovariance(fit, runs);
    const { solver, bounds } = lawOf(fit);
    const z = normalQuantile((1 + level) / 2);
    return Object.fromEntries(
      Object.entries(standardErrors).map(([name, standardError]): [string, Known] => {
        const value = fit.coefficients[name]!;
        const [low, high] = bounds[name]!;
        const at = (side: number): number =>
          solver[name]!.scale === 'log'
            ? value * Math.exp((side * z * standardError) / value)
            : Math.min(Math.max(value + side * z * standardError, low), high);
        return [name, { standardError, lower: at(-1), upper: at(1) }];
      }),
    );
  } catch (error) {
    if (error instanceof ScalingLawsError) return undefined;
    throw error;
  }
}

function howKnown({ options }: Fit<string>, name: string): string {
  if (Object.hasOwn(options.fixed, name)) return 'given';
  const group = options.tied.find((one) => one.includes(name));
  return group ? `tied: ${group.join(' = ')}` : '';
}
