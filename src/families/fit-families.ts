/**
 * Several families of models fitted at once: some coefficients are one for all families, the others each family's own.
 *
 *     minimise  sum over families f, rows i of f, of  weight_i x penalty(ln L(row i; shared, own_f) - ln loss_i)
 *
 * Choshen et al. 2024, arXiv:2410.11840, section 9: laws of 40 families differ in about three directions, not in five, so a family
 * of few models may learn the rest from others.
 */

import { refusal, ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { weighRuns } from '../filters/weigh.ts';
import type { Finding } from '../finding.ts';
import type { DroppedRows, Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { lawColumns } from '../fit/law-columns.ts';
import { newtonEngine } from '../fit/newton-engine.ts';
import {
  type FitOptions,
  type FitSettings,
  fitFields,
  lawAsked,
  restrictedKernel,
  settingsOf,
} from '../fit/options.ts';
import { freeCoefficients } from '../fit/problem.ts';
import { COARSE, type SearchResult, searchNear } from '../fit/search.ts';
import { deepFreeze } from '../freeze.ts';
import type { StartCounts } from '../judge/case.ts';
import { optimumFindings } from '../judge/optimum.ts';
import { type FitStatus, judge } from '../judge/status.ts';
import type { Coefficients, Law, LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import { spanOf } from '../numeric/span.ts';
import { type Objective, objective } from '../objective/objective.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { list, text } from '../schema/fields.ts';
import { object } from '../schema/objects.ts';
import { type Family, familiesOf } from './families.ts';
import { type Stack, stackKernels } from './stack.ts';

const { prior: _, ...fields } = fitFields;
/** What is shared, and how to fit. */
export const fitFamiliesOptions = object('fit options', {
  shared: list(text(), { help: 'Coefficients that all families have in common.', example: ['alpha', 'beta'] }),
  ...fields,
});

/** What is shared, and how to fit. Bounds, fixed and tied coefficients hold in every family; weights are of the rows of a family. */
export interface FitFamiliesOptions<L extends LawName | LawForm = typeof DEFAULT_LAW>
  extends Omit<FitOptions<L>, 'prior'> {
  /** Coefficients that all families have in common, e.g. `['alpha', 'beta']`; may be none, or all. */
  readonly shared: readonly CoefficientOf<L>[];
}

/** One family's law. */
export interface FamilyFit<Name extends string> {
  readonly family: string;
  /**
   * An ordinary fit to the family's rows, in which the shared coefficients are held (`fit.options.fixed`); its last filter is the family. Where
   * all coefficients are shared, the fit to all rows.
   */
  readonly fit: Fit<Name>;
}

/** Laws of several families: frozen plain data. */
export interface FamiliesFit<Name extends string = CoefficientOf<typeof DEFAULT_LAW>> {
  readonly law: string;
  readonly shared: Readonly<Partial<Record<Name, number>>>;
  /** In the order in which the families come in the runs. */
  readonly families: readonly FamilyFit<Name>[];
  readonly objective: {
    /** SUM over the rows of all families of weight x penalty(residual). */
    readonly value: number;
    /** The same sum if nothing were shared: what sharing costs; null where a family has too few rows for a fit of its own. */
    readonly separate: number | null;
    /** The same sum if everything were shared. */
    readonly pooled: number;
    readonly penalty: Penalty;
    readonly space: Space;
  };
  /** Of the joint fit; own coefficients are called `E of <family>`. */
  readonly status: FitStatus;
  /** Those of the joint fit, then those of each family, with its name before them. */
  readonly warnings: readonly Finding[];
  /** Of the joint fit. */
  readonly starts: StartCounts;
  /** What each filter dropped, over all families. */
  readonly dropped: readonly DroppedRows[];
}

/** Objectives within this share of the best are at the best, as in the search of a single fit. */
const AT_BEST = 1e-3;

/**
 * Fits a law to several families, some coefficients shared.
 *
 * The joint search begins at the fit to all rows, and at the separate fits with the shared coefficients of each family in turn, so it
 * never does worse than either. Given what is shared, families are independent, so each is then fitted by itself.
 *
 * @param runs - Validated runs with a `family` column.
 * @param options - `shared`, and the options of `fitScalingLaw`; filters see all families together. The joint search itself is by Newton.
 * @returns The shared coefficients, and a {@link Fit} for each family that `predictor`, `computeOptimal`, `plan` take.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` without families. @throws {ScalingLawsError} `E_OPTION`.
 * @throws {ScalingLawsError} `E_TOO_FEW_RUNS` if a family has fewer rows than coefficients of its own + 1.
 * @example
 * const runs = readRuns(['llama', 'pythia'].flatMap((family, k) =>
 *   [1e8, 4e8, 1.6e9].flatMap((N) => [4e9, 1e10, 4e10].map((D) => ({
 *     family, N, D, loss: 1.7 + 0.1 * k + 400 / N ** 0.34 + (k ? 410 : 500) / D ** 0.28,
 *   }))),
 * ));
 * const { shared, families } = fitFamilies(runs, { shared: ['alpha', 'beta'] });
 * shared.alpha // => 0.34
 * families[1].fit.coefficients.E // => 1.8
 * @see Choshen et al. (2024), arXiv:2410.11840, sections 5 and 9.
 */
export function fitFamilies<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  options: FitFamiliesOptions<L>,
): FamiliesFit<CoefficientOf<L>> {
  const { shared, filters: given, ...asked } = check(fitFamiliesOptions, options);
  const filters = given as readonly Filter[];
  const settings = settingsOf(asked);
  const law = lawAsked(asked.law);
  const plain: FitOptions<LawForm> = { ...asked, law };
  const leaders = sharedLeaders(law, settings, shared);
  const { kept, dropped } = applyFilters(runs, filters);
  const families = familiesOf(kept).map((one) => ({ ...one, runs: weighRuns(one.runs, settings.weights) }));
  const least = freeCoefficients(law, settings) - leaders.size + 1;
  for (const { name, runs: rows } of families) {
    if (least === 1 || rows.length >= least) continue;
    throw new ScalingLawsError(
      'E_TOO_FEW_RUNS',
      `family ${name}: rows must be ${least} or more, for ${least - 1} coefficients of its own, got ${rows.length}`,
      { family: name, least, rows: rows.length },
    );
  }

  const pooled: Fit<string> = fitScalingLaw(runs, { ...plain, filters });
  const separate = families.map(({ runs: rows }): Fit<string> | undefined =>
    rows.length > freeCoefficients(law, settings) ? fitScalingLaw(rows, plain) : undefined,
  );
  const stack = stackOf(law, settings, families, leaders);
  const joint = jointObjective(stack, families, settings);
  const found = searchJoint(stack, joint, pooled, separate, settings);
  const first = stack.kernel.toCoefficients(found.theta);
  const common = { ...settings.fixed, ...commonOf(settings, leaders, first) };
  const fits = families.map(
    ({ filter }): Fit<string> =>
      law.coefficients.every((name) => name in common)
        ? pooled
        : fitScalingLaw(runs, {
            ...plain,
            ...held(settings, common),
            filters: [...filters, filter],
          }),
  );

  const coefficients = fits.map((fit) => fit.coefficients);
  const theta = stack.join(coefficients, 0);
  const status = judge(stack.kernel, { ...found, theta }, joint.information(theta), stack.kernel.toCoefficients(theta));
  const value = (each: readonly (Fit<string> | undefined)[]): number | null =>
    each.reduce<number | null>((sum, fit) => (sum === null || !fit ? null : sum + fit.objective.value), 0);
  const result: FamiliesFit<string> = {
    law: law.kind,
    shared: Object.fromEntries(shared.map((name) => [name, coefficients[0]![name]!])),
    families: families.map(({ name }, f) => ({ family: name, fit: fits[f]! })),
    objective: {
      value: joint.value(theta),
      separate: value(separate),
      pooled: pooled.objective.value,
      penalty: settings.penalty,
      space: settings.space,
    },
    status,
    warnings: [
      // Coefficients of a family are judged with its own fit.
      ...optimumFindings({
        ...{ law, kernel: stack.kernel, coefficients: {}, rows: kept, status, options: settings },
        ...{ starts: found.starts, objective: found.value, rivals: [] },
      }),
      ...families.flatMap(({ name }, f) =>
        fits[f]!.warnings.map((one) => ({ ...one, message: `${name}: ${one.message}` })),
      ),
    ],
    starts: found.starts,
    dropped: dropped.map(({ filter, rows, runs: whole }) => ({ filter, rows, runs: whole })),
  };
  // The clone cuts every tie to the caller's own objects; fits are frozen already, and carry their law.
  return deepFreeze({ ...structuredClone(result), families: result.families }) as FamiliesFit<CoefficientOf<L>>;
}

/** Checks `shared`; a tied coefficient goes by the first name of its group. */
function sharedLeaders(law: Law, { fixed, tied }: FitSettings, shared: readonly string[]): ReadonlySet<string> {
  for (const name of shared) {
    if (!law.coefficients.includes(name)) {
      throw refusal('shared', `be of coefficients of ${law.kind} (${law.coefficients.join(', ')})`, name);
    }
    if (Object.hasOwn(fixed, name)) throw refusal('shared', 'be free of coefficients that are fixed', name);
  }
  return new Set(shared.map((name) => tied.find((group) => group.includes(name))?.[0] ?? name));
}

/** Values of what is shared, tied coefficients under each of their names. */
function commonOf({ tied }: FitSettings, leaders: ReadonlySet<string>, first: Coefficients): Record<string, number> {
  const names = [...leaders].flatMap((leader) => tied.find((group) => group[0] === leader) ?? [leader]);
  return Object.fromEntries(names.map((name) => [name, first[leaderOf(tied, name)]!]));
}

const leaderOf = (tied: FitSettings['tied'], name: string): string =>
  tied.find((group) => group.includes(name))?.[0] ?? name;

/** Options that hold `fixed`, without ties among what is held. */
function held({ tied }: FitSettings, fixed: Readonly<Record<string, number>>): Pick<FitOptions, 'fixed' | 'tied'> {
  return { fixed, tied: tied.filter(([leader]) => !Object.hasOwn(fixed, leader!)) };
}

function stackOf(law: Law, settings: FitSettings, families: readonly Family[], leaders: ReadonlySet<string>): Stack {
  const inGroups = new Set(settings.tied.flat());
  // A group of one ties nothing, but keeps its coordinate uncentred, so that it means the same in every family.
  const alone = [...leaders].filter((name) => !inGroups.has(name)).map((name) => [name]);
  const uncentred = { ...settings, tied: [...settings.tied, ...alone] };
  return stackKernels(
    families.map(({ name, runs: rows }) => ({
      name,
      rows: rows.length,
      kernel: restrictedKernel(law, uncentred, {
        length: rows.length,
        variables: lawColumns(law, rows),
        lowestLoss: spanOf(rows.loss)[0],
      }),
    })),
    leaders,
  );
}

function jointObjective({ kernel }: Stack, families: readonly Family[], { penalty, space }: FitSettings): Objective {
  const joined = (column: (rows: Runs) => Float64Array): Float64Array =>
    Float64Array.from(families.flatMap(({ runs: rows }) => Array.from(column(rows))));
  const loss = joined((rows) => rows.loss);
  const weight = joined((rows) => rows.weight ?? new Float64Array(rows.length).fill(1));
  return objective(kernel, { loss, weight }, penalty, space);
}

/** From the pooled fit and from the separate fits, on a coarse level and at once, then hops from the best. */
function searchJoint(
  { join }: Stack,
  joint: Objective,
  pooled: Fit<string>,
  separate: readonly (Fit<string> | undefined)[],
  { search: { hops, seed } }: FitSettings,
): SearchResult {
  const engine = newtonEngine(joint);
  const own = separate.map((fit) => (fit ?? pooled).coefficients);
  const atPooled = own.map(() => pooled.coefficients);
  const starts = [join(atPooled, 0), ...own.map((_, leader) => join(own, leader))];
  const coarse = COARSE * pooled.residuals.medianAbsolute;
  const down = starts.flatMap((start) =>
    [coarse, 0].map((level) => searchNear(joint, engine, start, level, { hops: 0, seed })),
  );
  const lowest = (results: readonly SearchResult[]): SearchResult =>
    results.reduce((low, one) => (one.value < low.value ? one : low));
  const hopped = searchNear(joint, engine, lowest(down).theta, coarse, { hops, seed });
  const best = lowest([...down, hopped]);
  const count = (of: (result: SearchResult) => number): number =>
    [...down, hopped].reduce((sum, one) => sum + of(one), 0);
  const isBest = ({ value }: SearchResult): boolean => value <= best.value * (1 + AT_BEST) + joint.rounding;
  return {
    ...best,
    starts: {
      tried: count(({ starts: { tried } }) => tried),
      converged: count(({ starts: { converged } }) => converged),
      atBest: count((result) => (isBest(result) ? result.starts.atBest : 0)),
    },
  };
}
