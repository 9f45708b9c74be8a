/** What a user may ask of a fit, checked once and turned into what the solver needs. */

import { onlyKnown } from '../arguments.ts';
import { FitError } from '../errors.ts';
import type { Filter } from '../filters/filter.ts';
import type { Kernel, KernelColumns, Law, LawForm } from '../laws/law.ts';
import { checkCoefficients, DEFAULT_LAW, type LawName, lawNamed, registerLaw } from '../laws/registry.ts';
import { checkPenalty, DEFAULT_PENALTY, DEFAULT_SPACE, type Penalty, type Space } from '../objective/penalty.ts';
import { restrict } from '../objective/restrict.ts';
import { DEFAULT_ENGINE, type EngineName } from './engine.ts';
import { DEFAULT_SEARCH, type SearchOptions } from './search.ts';

/** Options of `fitScalingLaw`; every default is an exported `DEFAULT_*` constant. */
export interface FitOptions<L extends LawName | LawForm = typeof DEFAULT_LAW> {
  /** Which law: the name of one of the library's or of one that is registered, or a law object, which registers it. Default {@link DEFAULT_LAW}. */
  readonly law?: L;
  /** Which rows enter, applied in order. Default: all. */
  readonly filters?: readonly Filter[];
  /** What a residual costs. Default {@link DEFAULT_PENALTY}: Huber, delta 1e-3. */
  readonly penalty?: Penalty;
  /** Residuals of log loss, or of loss. Default {@link DEFAULT_SPACE}: log. */
  readonly space?: Space;
  /** Coefficients held at a value, e.g. `{ E: 1.69 }`. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Groups of coefficients that are one, e.g. `[['alpha', 'beta']]`. */
  readonly tied?: readonly (readonly string[])[];
  /** Bounds in the unit of the coefficient, e.g. `{ alpha: [0.1, 1] }`. Default: the law's own, and E at most the lowest loss. */
  readonly bounds?: Readonly<Record<string, readonly [number, number]>>;
  /** Local minimiser. Default {@link DEFAULT_ENGINE}. */
  readonly engine?: EngineName;
  /** How hard to search. Default {@link DEFAULT_SEARCH}. */
  readonly search?: Partial<SearchOptions>;
}

/** Options with every default filled in, as a fit records them (filters are recorded with what they dropped). */
export interface FitSettings {
  readonly law: string;
  readonly penalty: Penalty;
  readonly space: Space;
  readonly fixed: Readonly<Record<string, number>>;
  readonly tied: readonly (readonly string[])[];
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
  readonly engine: EngineName;
  readonly search: SearchOptions;
}

const ENGINES: readonly EngineName[] = ['newton', 'levenberg-marquardt'];
const SPACES: readonly Space[] = ['log', 'linear'];
/** Names of {@link FitOptions}. */
export const FIT_OPTIONS: readonly (keyof FitOptions)[] = [
  'law',
  'filters',
  'penalty',
  'space',
  'fixed',
  'tied',
  'bounds',
  'engine',
  'search',
];

/**
 * Fills in defaults and checks everything that can be checked without runs.
 *
 * @throws {FitError} `E_OPTION`, naming the option, the rule and the value.
 * @throws {LawError} `E_LAW_UNKNOWN`, `E_LAW_FORM`.
 */
export function settingsOf(options: FitOptions<LawName | LawForm>): FitSettings {
  onlyKnown(FitError, 'fit options', options, FIT_OPTIONS);
  onlyKnown(FitError, 'search options', options.search ?? {}, Object.keys(DEFAULT_SEARCH));
  const law = lawOf(options.law ?? DEFAULT_LAW);
  const settings: FitSettings = {
    law: law.kind,
    penalty: options.penalty ?? DEFAULT_PENALTY,
    space: options.space ?? DEFAULT_SPACE,
    fixed: options.fixed ?? {},
    tied: options.tied ?? [],
    bounds: options.bounds ?? {},
    engine: options.engine ?? DEFAULT_ENGINE,
    search: { ...DEFAULT_SEARCH, ...options.search },
  };
  checkPenalty(settings.penalty);
  oneOf('space', settings.space, SPACES);
  oneOf('engine', settings.engine, ENGINES);
  for (const name of ['starts', 'hops', 'seed'] as const) {
    const least = name === 'seed' ? Number.MIN_SAFE_INTEGER : name === 'starts' ? 1 : 0;
    const value = settings.search[name];
    if (!Number.isSafeInteger(value) || value < least) {
      refuse(`search.${name}`, `an integer${name === 'seed' ? '' : ` >= ${least}`}`, value);
    }
  }
  checkRestrictions(law, settings);
  return settings;
}

/** A law by its name, or the law that an object describes. */
export function lawOf(law: LawName | LawForm): Law {
  return typeof law === 'string' ? lawNamed(law) : registerLaw(law);
}

function checkRestrictions(law: Law, { fixed, tied, bounds }: FitSettings): void {
  const known = (option: string, name: string): void => {
    if (!law.coefficients.includes(name)) {
      refuse(option, `about coefficients of ${law.kind} (${law.coefficients.join(', ')})`, name);
    }
  };
  for (const name of Object.keys(fixed)) {
    known('fixed', name);
    checkCoefficients({ ...law, coefficients: [name] }, fixed);
  }
  const seen = new Set<string>();
  if (!Array.isArray(tied)) refuse('tied', 'a list of groups of coefficients', tied);
  for (const group of tied) {
    if (!Array.isArray(group) || group.length < 2) refuse('tied', 'groups of two coefficients or more', group);
    for (const name of group) {
      known('tied', name);
      if (seen.has(name)) refuse('tied', 'groups that share no coefficient', name);
      if (Object.hasOwn(fixed, name)) refuse('tied', 'free of coefficients that are fixed', name);
      seen.add(name);
    }
  }
  for (const [name, range] of Object.entries(bounds)) {
    known('bounds', name);
    const [low, high] = law.bounds[name]!;
    const fine = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];
    if (!fine || range[0] < low || range[1] > high) {
      const got = Array.isArray(range) ? `[${range.join(', ')}]` : range;
      refuse(`bounds.${name}`, `two finite numbers, low < high, from ${low} to ${high}`, got);
    }
    const held = fixed[name];
    if (held !== undefined && (held < range[0] || held > range[1])) {
      refuse(`fixed.${name}`, `inside its bounds [${range.join(', ')}]`, held);
    }
  }
}

/**
 * The law's kernel over `columns` with fixed and tied coefficients out of the solver's sight.
 *
 * @throws {FitError} `E_OPTION` when nothing is left to fit, or an amplitude is tied to an exponent.
 */
export function restrictedKernel(law: Law, { fixed, tied, bounds }: FitSettings, columns: KernelColumns): Kernel {
  const given = Object.keys(fixed);
  const kernel = law.kernel(columns, { fixed: new Set(given), uncentred: new Set([...given, ...tied.flat()]), bounds });
  const at = (name: string): number => kernel.coordinates.findIndex((coordinate) => coordinate.name === name);
  const follows = new Map<number, number>();
  for (const [leader, ...followers] of tied) {
    for (const follower of followers) {
      const [one, two] = [kernel.coordinates[at(leader!)]!, kernel.coordinates[at(follower)]!];
      if (one.scale !== two.scale || one.role !== two.role) {
        refuse('tied', 'groups of exponents, or of amplitudes of falling terms', `${leader}, ${follower}`);
      }
      follows.set(at(follower), at(leader!));
    }
  }
  const inCoordinates = Object.entries(fixed).map(([name, value]): [number, number] => {
    const i = at(name);
    return [i, kernel.coordinates[i]!.scale === 'log' ? Math.log(value) : value];
  });
  const restricted = restrict(kernel, { fixed: new Map(inCoordinates), follows });
  for (const [i, { name }] of restricted.coordinates.entries()) {
    if (restricted.lower[i]! > restricted.upper[i]!) {
      refuse(
        'bounds',
        'such that tied coefficients have a value in common',
        [name, ...followersOf(name, tied)].join(', '),
      );
    }
  }
  if (restricted.dimension === 0)
    refuse('fixed', 'such that a coefficient is left to fit', Object.keys(fixed).join(', '));
  return restricted;
}

function followersOf(leader: string, tied: FitSettings['tied']): readonly string[] {
  return tied.find((group) => group[0] === leader)?.slice(1) ?? [];
}

function oneOf(option: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) refuse(option, `one of ${allowed.join(', ')}`, value);
}

function refuse(option: string, rule: string, value: unknown): never {
  throw new FitError('E_OPTION', `${option} must be ${rule}, got ${String(value)}`, { option, value });
}
