/**
 * What a scaling law is to this library: a plain constant object.
 *
 * `value` and `gradient` are the paper's equation in the paper's coefficients; nothing else in the project repeats it.
 * A fit works in *solver coordinates* (amplitudes by their logarithm, at the centre of the data), through a
 * {@link Kernel} that the law builds over the columns of one set of runs.
 */

/** Variables of a run that a law may read. */
export type Variable = 'N' | 'D' | 'C' | 'U';

/** One point at which a law is evaluated: N in parameters, D and U in tokens, C in FLOPs. */
export type Point = { readonly [V in Variable]?: number };

/** Coefficients of a law by name. */
export type Coefficients<Name extends string = string> = Readonly<Record<Name, number>>;

/** Columns of the rows that enter a fit, and what a kernel needs to know of the losses. */
export interface KernelColumns {
  readonly length: number;
  readonly N: Float64Array;
  readonly D: Float64Array;
  readonly C: Float64Array;
  readonly U?: Float64Array;
  /** Lowest observed loss, nats per token: the default upper bound of an irreducible loss. */
  readonly lowestLoss: number;
}

/** How a coefficient stands in solver coordinates. */
export interface Coordinate {
  /** Name of the law's coefficient. */
  readonly name: string;
  /** `log`: the coordinate is the logarithm of the (centred) coefficient; `linear`: the coefficient itself. */
  readonly scale: 'log' | 'linear';
  /** `amplitude`: enters linearly once the exponents are known (variable projection finds it); `exponent`: scanned on a grid. */
  readonly role: 'amplitude' | 'exponent';
}

/**
 * A law bound to the rows of one fit, in solver coordinates `theta`. Trusts its input; allocates nothing per call.
 *
 * `accumulate` is the only place where derivatives of the law meet the derivatives of the objective: with
 * `F = sum f(p_i)`, `f1 = f'(p_i)` and `f2 = f''(p_i)` it adds `f1 dp` to the gradient and `f2 dp dp' + f1 d2p` to the Hessian.
 */
export interface Kernel {
  readonly dimension: number;
  readonly coordinates: readonly Coordinate[];
  /** Bounds of each coordinate; `lower <= upper`. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Predicted loss of every row, nats per token, into `out`; remembers what {@link accumulate} and {@link jacobian} need. */
  predict(theta: Float64Array, out: Float64Array): void;
  /** Gradient (length n) and Hessian (n x n, row-major, both triangles) of `sum f(p_i)` at the last `predict`. Overwrites both. */
  accumulate(f1: Float64Array, f2: Float64Array, gradient: Float64Array, hessian: Float64Array): void;
  /** Derivatives of the prediction of row `i` by each coordinate at the last `predict`, into `out`. */
  jacobian(i: number, out: Float64Array): void;
  /** Coefficients of the law at `theta`, in its own units. */
  toCoefficients(theta: Float64Array): Record<string, number>;
  /** Solver coordinates of `coefficients`. */
  fromCoefficients(coefficients: Coefficients): Float64Array;
}

/** What a caller fixes, ties or bounds; named in the law's own coefficients. */
export interface KernelOptions {
  /** Coefficients that must keep their own (uncentred) coordinate because something outside refers to their value. */
  readonly uncentred: ReadonlySet<string>;
  /** Bounds in the units of the coefficient, narrower than the law's own. */
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
}

/** A scaling law: equation, gradient, bounds, units, source. */
export interface Law<Name extends string = string> {
  /** Name in the registry and in saved fits. */
  readonly kind: string;
  /** Names of the coefficients, in the order of `gradient`. */
  readonly coefficients: readonly Name[];
  /** Variables of a run that the law reads. */
  readonly variables: readonly Variable[];
  /** Where each coefficient may lie, in its own units. The bound itself belongs to the closure only. */
  readonly bounds: Readonly<Record<Name, readonly [number, number]>>;
  /** Unit of each coefficient, for tables. */
  readonly units: Readonly<Record<Name, string>>;
  /** The equation as one line of text. */
  readonly equation: string;
  /** Paper, arXiv number, equation. */
  readonly source: string;
  /** Loss at `point`, nats per token. */
  value(coefficients: Coefficients<Name>, point: Point): number;
  /** Derivatives of `value` by each coefficient, into `out`. */
  gradient(coefficients: Coefficients<Name>, point: Point, out: Float64Array): void;
  /** The law over the rows of one fit. */
  kernel(columns: KernelColumns, options: KernelOptions): Kernel;
}
