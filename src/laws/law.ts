/**
 * What a scaling law is to this library: a plain constant object.
 *
 * `value` and `gradient` are the paper's equation in the paper's coefficients; nothing else in the project repeats it.
 * A fit works in *solver coordinates* (amplitudes by their logarithm, at the centre of the data), through a
 * {@link Kernel} over the columns of one set of runs, which kernel.ts makes: whoever asks a law for a loss loads none.
 */

/** A variable that a law may read: one of the columns that every table has, `U`, or the header of a numeric column of the runs. */
export type Variable = 'N' | 'D' | 'C' | 'U' | (string & {});

/** One point at which a law is evaluated: N in parameters, D and U in tokens, C in FLOPs, others in their own unit. */
export type Point = { readonly [V in Variable]?: number };

/** A point that has all of `V`. */
export type At<V extends string> = Readonly<Record<V, number>>;

/** Coefficients of a law by name. */
export type Coefficients<Name extends string = string> = Readonly<Record<Name, number>>;

/** Columns of the rows that enter a fit, and what a kernel needs to know of the losses. */
export interface KernelColumns {
  readonly length: number;
  /** The variables that the law reads, by name. */
  readonly variables: Readonly<Record<string, Float64Array>>;
  /** Lowest observed loss, nats per token: the default upper bound of an irreducible loss. */
  readonly lowestLoss: number;
}

/** What a solver needs to know of a coefficient. */
export interface SolverRule<Name extends string = string> {
  /** `log`: the solver moves the logarithm of the coefficient, which must be positive; `linear`: the coefficient itself. */
  readonly scale: 'log' | 'linear';
  /**
   * `amplitude`: the loss is linear in it once the coefficients called `exponent` are known, so variable projection finds it;
   * `exponent`: anything else, scanned for starts.
   */
  readonly role: 'amplitude' | 'exponent';
  /** Values scanned for starts, spaced geometrically where positive; or a variable: over its span in the runs. */
  readonly scan?: readonly [low: number, high: number] | Variable;
  /**
   * The coefficient c stands in a term c x^-e, x = of(point): the solver then moves the term at the geometric mean of x, in which c and e
   * are no longer two names of one thing. Such a coefficient needs no `scan`. `variable` is x where x is a variable itself.
   */
  readonly power?: { readonly of: (point: Point) => number; readonly exponent: Name; readonly variable?: Variable };
}

/** How a coefficient stands in solver coordinates. */
export interface Coordinate {
  /** Name of the law's coefficient. */
  readonly name: string;
  /** `log`: the coordinate is the logarithm of the (centred) coefficient; `linear`: the coefficient itself. */
  readonly scale: SolverRule['scale'];
  /** As in {@link SolverRule}. */
  readonly role: SolverRule['role'];
  /** Where an `exponent` is scanned: the coordinate at share `u` in [0, 1] of its range. */
  readonly scan?: (u: number) => number;
  /** Positions of the exponents that the response to an `amplitude` depends on; where absent, it may depend on all. */
  readonly along?: readonly number[] | undefined;
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
  /** Positions of the exponents that the prediction depends on where every amplitude is 0; where absent, all. */
  readonly restAlong?: readonly number[] | undefined;
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
  /** Coefficients that never move: no second derivatives by them are needed. */
  readonly fixed: ReadonlySet<string>;
  /** Coefficients that must keep their own (uncentred) coordinate because something outside refers to their value. */
  readonly uncentred: ReadonlySet<string>;
  /** Bounds in the units of the coefficient, narrower than the law's own. */
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
}

/**
 * What a variable beside N, D and C means to the cost of a model: bits of the whole model in training and serving, of its weights, activations or
 * KV cache alone, of the weights it is served with; the number of its experts; samples written for each answer; unique tokens of the data.
 */
export type VariableRole =
  | 'model-bits'
  | 'weight-bits'
  | 'activation-bits'
  | 'kv-bits'
  | 'served-weight-bits'
  | 'experts'
  | 'samples'
  | 'unique-tokens';

/** A loss that the source of a law prints, or that was worked out from it by hand. */
export interface WorkedExample<Name extends string = string, Variable extends string = string> {
  readonly coefficients: Coefficients<Name>;
  readonly point: Readonly<Record<Variable, number>>;
  /** Nats per token, to the digits that are known. */
  readonly loss: number;
  /** Relative error of `loss`, half a unit of its last digit; default 5e-4. */
  readonly within?: number;
}

/** A scaling law in full, but perhaps for its gradient and kernel; `defineLaw` makes it. */
export interface LawForm<Name extends string = string> {
  /** Name in the registry and in saved fits. */
  readonly kind: string;
  /** Names of the coefficients, in the order of `gradient`. */
  readonly coefficients: readonly Name[];
  /** Variables of a run that the law reads. */
  readonly variables: readonly Variable[];
  /** Least value of a variable that means anything to the law, where that is not just above 0: 1 expert. */
  readonly least?: Readonly<Record<string, number>>;
  /** What a variable means to the cost of a model, where it means something: costs ask for the role, never for the letter. */
  readonly roles?: Readonly<Record<string, VariableRole>>;
  /** Where each coefficient may lie, in its own units. The bound itself belongs to the closure only. */
  readonly bounds: Readonly<Record<Name, readonly [number, number]>>;
  /** What the solver needs to know of each coefficient. */
  readonly solver: Readonly<Record<Name, SolverRule<Name>>>;
  /** Unit of each coefficient, for tables. */
  readonly units: Readonly<Record<Name, string>>;
  /** The equation as one line of text. */
  readonly equation: string;
  /** Paper, arXiv number, equation. */
  readonly source: string;
  /** A value to hold `value` to. */
  readonly example?: WorkedExample<Name>;
  /** Loss at `point`, nats per token. */
  value(coefficients: Coefficients<Name>, point: Point): number;
  /** Derivatives of `value` by each coefficient, into `out`. Default: central differences, each step 6e-6 of its coefficient. */
  gradient?(coefficients: Coefficients<Name>, point: Point, out: Float64Array): void;
  /** Refuses the law if it is ill-formed, before a fit: `defineLaw` gives this to a law of a caller; tests hold those of the library to it. */
  readonly check?: (law: Law) => void;
  /** How the law is laid over the rows of one fit, where that is known better than for any law; see kernel.ts. */
  readonly kernel?: 'power-sum' | ((columns: KernelColumns, options: KernelOptions, law: Law) => Kernel);
}

/** A scaling law: equation, gradient, bounds, units, source. */
export interface Law<Name extends string = string> extends LawForm<Name> {
  gradient(coefficients: Coefficients<Name>, point: Point, out: Float64Array): void;
}

/** Whether `value` is a law that `defineLaw` made, and no definition of one. */
export function isLaw(value: unknown): value is Law {
  const { kind, gradient, solver } = (value ?? {}) as Partial<Law>;
  return typeof kind === 'string' && typeof gradient === 'function' && typeof solver === 'object';
}

/** Exponents tried for starts: from nearly flat to steeper than any published law. */
export const EXPONENT_SCAN: readonly [low: number, high: number] = Object.freeze([0.02, 2]);

/**
 * Largest exponent a fit may report. Beyond it a term is an on/off switch between the smallest value and the next, and
 * `A = exp(a + alpha centre)` nears the end of double precision.
 */
export const MAX_EXPONENT = 20;

/** Whether a rule is that of an irreducible loss. */
export function isFloor(rule: SolverRule | undefined): boolean {
  return rule?.scale === 'linear' && rule.role === 'amplitude';
}

/** Name of the coefficient that is the irreducible loss; undefined where a law has none. */
export function floorOf({ coefficients, solver }: LawForm): string | undefined {
  return coefficients.find((name) => isFloor(solver[name]));
}
