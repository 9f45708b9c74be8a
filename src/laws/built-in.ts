/** A law from what cannot be derived: its variables, one record a coefficient, its equation as text and as a function. */

import type { Coefficient } from './coefficient.ts';
import type { Coefficients, Law, LawForm, Point, SolverRule, VariableRole, WorkedExample } from './law.ts';

/** A variable with what else is known of it. */
export interface VariableRecord<Variable extends string = string> {
  readonly name: Variable;
  /** What it means to the cost of a model. */
  readonly role?: VariableRole;
  /** Least value that means anything: 1 expert. */
  readonly least?: number;
}

/** A law as its author writes it. */
export interface LawDefinition<Name extends string, Variable extends string> {
  /** Name of the law in saved fits. */
  readonly kind: string;
  /** Variables of a run that the law reads: N, D, C, U, or headers of numeric columns. */
  readonly variables: readonly (Variable | VariableRecord<Variable>)[];
  /** One record a coefficient, in the order of `gradient`. */
  readonly coefficients: Readonly<Record<Name, Coefficient<NoInfer<Variable>, NoInfer<Name>>>>;
  /** The equation as one line of text. */
  readonly equation: string;
  /** Paper, arXiv number, equation. */
  readonly source: string;
  /** Loss at a point, nats per token; NaN where the law is not defined. */
  readonly value: (
    coefficients: Coefficients<NoInfer<Name>>,
    point: Readonly<Record<NoInfer<Variable>, number>>,
  ) => number;
  /** Derivatives of `value` by each coefficient, into `out`. Default: central differences, each step 6e-6 of its coefficient. */
  readonly gradient?: (
    coefficients: Coefficients<NoInfer<Name>>,
    point: Readonly<Record<NoInfer<Variable>, number>>,
    out: Float64Array,
  ) => void;
  /**
   * How the law is laid over the rows of one fit, where that is known better than for any law: `power-sum` where `value` is the floor and one
   * falling power of a variable for each amplitude, or a function of your own.
   */
  readonly kernel?: LawForm['kernel'];
  /** A value that the source prints, or that was worked out from it by hand. */
  readonly example?: WorkedExample<NoInfer<Name>, NoInfer<Variable>>;
}

/** A definition with nothing left to derive. */
export type FullDefinition<Name extends string, Variable extends string> = LawDefinition<Name, Variable> &
  Required<Pick<LawDefinition<Name, Variable>, 'gradient'>> &
  Pick<LawForm, 'check'>;

/**
 * Makes a law of the library. Nothing is checked at import: the contract test holds every law of the registry to its form, its gradient and its
 * example. A caller's law goes through the `defineLaw` of define-law.ts.
 */
/* @__NO_SIDE_EFFECTS__ */
export function defineLaw<Name extends string, const Variable extends string>(
  definition: FullDefinition<Name, Variable>,
): Law<Name> {
  return Object.freeze(formOf(definition) as Law<Name>);
}

/* @__NO_SIDE_EFFECTS__ */
function formOf<Name extends string, Variable extends string>(
  definition: LawDefinition<Name, Variable>,
): LawForm<Name> {
  const { variables, coefficients, ...rest } = definition ?? {};
  const records = (Array.isArray(variables) ? variables : []).map(
    (one): VariableRecord => (typeof one === 'string' ? { name: one } : one),
  );
  const withField = <Field extends 'role' | 'least'>(field: Field): object | undefined => {
    const entries = records.flatMap((one) => (one[field] === undefined ? [] : [[one.name, one[field]]]));
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  const [roles, least] = [withField('role'), withField('least')];
  const all = (coefficients ?? {}) as Readonly<Record<Name, Coefficient>>;
  const names = Object.keys(all) as Name[];
  const each = <T>(of: (rule: Coefficient) => T): Record<Name, T> =>
    Object.fromEntries(names.map((name) => [name, of(all[name])])) as Record<Name, T>;
  return {
    ...(rest as Omit<LawForm<Name>, 'variables' | 'coefficients' | 'bounds' | 'solver' | 'units'>),
    variables: records.map(({ name }) => name),
    ...(roles && { roles }),
    ...(least && { least }),
    coefficients: names,
    bounds: each(({ bounds }) => bounds),
    solver: each(solverRule) as LawForm<Name>['solver'],
    units: each(unitOf),
  } as LawForm<Name>;
}

/* @__NO_SIDE_EFFECTS__ */
function solverRule({ scale, linear, scan, of, exponent }: Coefficient): SolverRule {
  const variable = typeof of === 'string' ? { variable: of } : {};
  const x = typeof of === 'string' ? (point: Point) => point[of]! : (of as ((point: Point) => number) | undefined);
  return {
    scale,
    role: linear ? 'amplitude' : 'exponent',
    ...(scan !== undefined && !linear && { scan }),
    ...(x && exponent !== undefined && { power: { of: x, exponent, ...variable } }),
  };
}

const UNITS: Readonly<Record<string, string>> = { N: 'parameters', D: 'tokens', C: 'FLOPs', U: 'tokens' };

/* @__NO_SIDE_EFFECTS__ */
function unitOf({ unit, of, exponent }: Coefficient): string {
  if (unit !== undefined || of === undefined) return unit ?? '1';
  return `nats per token x ${typeof of === 'string' ? (UNITS[of] ?? `(unit of ${of})`) : 'x'}^${exponent}`;
}
