/** The coefficients of a law: one record each, which says all that solvers, tables and warnings ask of it. */

import { EXPONENT_SCAN, MAX_EXPONENT, type SolverRule } from './law.ts';

/** Any number >= 0. */
const NOT_NEGATIVE: readonly [number, number] = [0, Number.POSITIVE_INFINITY];
/** Bounds of an exponent of a falling power. */
const FALLING: readonly [number, number] = [0, MAX_EXPONENT];

/** A function of the variables of a law. */
export type OfPoint<Variable extends string> = (point: Readonly<Record<Variable, number>>) => number;

/** All there is to know of a coefficient of a law that reads `Variable` and has coefficients `Name`. */
export interface Coefficient<Variable extends string = string, Name extends string = string> {
  /** What it is: the irreducible loss, the size of a term that falls in a variable, how fast it falls, or any other positive number. */
  readonly role: 'floor' | 'amplitude' | 'exponent' | 'scale';
  /** Unit, for tables; made from the variable and the exponent of an amplitude that gives none. */
  readonly unit?: string;
  /** Where it may lie, in its own unit. The bound itself belongs to the closure only. */
  readonly bounds: readonly [low: number, high: number];
  /** `log`: solvers move its logarithm, so that it stays positive; `linear`: itself. */
  readonly scale: SolverRule['scale'];
  /** Whether the loss is linear in it once the others are known; then least squares finds it, else it is scanned for starts. */
  readonly linear: boolean;
  /** Values scanned for starts, or the variable over whose span in the runs it is scanned. */
  readonly scan?: readonly [low: number, high: number] | Variable;
  /** It stands in a term c x^-e: x, a variable or a function of them, and the name of e. */
  readonly of?: Variable | OfPoint<Variable>;
  readonly exponent?: Name;
}

/** What a law may say of a coefficient where the rule of its role does not fit. */
export interface CoefficientOptions<Scan extends ScanRule = ScanRule> {
  readonly unit?: string;
  readonly bounds?: readonly [low: number, high: number];
  readonly scan?: Scan;
}

/** A range, or the variable over whose span in the runs a coefficient is scanned. */
export type ScanRule = string | readonly [low: number, high: number];
/** The variable of a scan. */
export type Scanned<Scan extends ScanRule> = Extract<Scan, string>;

/** The irreducible loss: 0 or more, and at most the lowest loss of the runs. */
/* @__NO_SIDE_EFFECTS__ */
export function floor(options: Pick<CoefficientOptions, 'unit'> = {}): Coefficient<never, never> {
  return { role: 'floor', unit: 'nats per token', bounds: NOT_NEGATIVE, scale: 'linear', linear: true, ...options };
}

/**
 * The A of a term A / x^alpha.
 *
 * @param of - x: a variable, or a function of the variables.
 * @param exponent - Name of the coefficient alpha.
 * @param options.linear - Whether the loss is linear in it; default true. An amplitude inside another power or logarithm is not.
 */
/* @__NO_SIDE_EFFECTS__ */
export function amplitude<
  const Variable extends string,
  const Name extends string,
  const Scan extends ScanRule = never,
>(
  of: Variable | OfPoint<Variable>,
  exponent: Name,
  { linear = true, ...options }: CoefficientOptions<Scan> & { readonly linear?: boolean } = {},
): Coefficient<Variable | Scanned<Scan>, Name> {
  return { role: 'amplitude', bounds: NOT_NEGATIVE, scale: 'log', linear, of, exponent, ...options } as Coefficient<
    Variable | Scanned<Scan>,
    Name
  >;
}

/** The exponent of a power, or any other number that may be 0 or negative where its bounds allow it; default 0 to 20. */
/* @__NO_SIDE_EFFECTS__ */
export function exponent<const Scan extends ScanRule = never>(
  options: CoefficientOptions<Scan> = {},
): Coefficient<Scanned<Scan>, never> {
  return {
    role: 'exponent',
    unit: '1',
    bounds: FALLING,
    scan: EXPONENT_SCAN,
    scale: 'linear',
    linear: false,
    ...options,
  } as Coefficient<Scanned<Scan>, never>;
}

/** Any other positive coefficient: where it may lie, and where starts are scanned unless `scan` says so. */
/* @__NO_SIDE_EFFECTS__ */
export function scale<const Scan extends ScanRule = never>(
  bounds: readonly [low: number, high: number],
  options: Omit<CoefficientOptions<Scan>, 'bounds'> & { readonly linear?: boolean } = {},
): Coefficient<Scanned<Scan>, never> {
  return { role: 'scale', unit: '1', scan: bounds, scale: 'log', linear: false, ...options, bounds } as Coefficient<
    Scanned<Scan>,
    never
  >;
}
