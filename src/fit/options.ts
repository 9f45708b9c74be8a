/** What a user may ask of a fit, checked once and turned into what the solver needs. */

import { refusal } from '../errors.ts';
import { filters } from '../filters/filter.ts';
import { weights } from '../filters/weigh.ts';
import { checkCoefficients } from '../laws/check-coefficients.ts';
import { kernelOf } from '../laws/kernel.ts';
import type { Kernel, KernelColumns, Law, LawForm } from '../laws/law.ts';
import { checkedLaw, DEFAULT_LAW, type LawName, lawNamed } from '../laws/registry.ts';
import { DEFAULT_PENALTY, DEFAULT_SPACE, penalty, space } from '../objective/penalty.ts';
import { restrict } from '../objective/restrict.ts';
import { check } from '../schema/check.ts';
import { byName, custom, finite, list, text } from '../schema/fields.ts';
import { type Checked, type Given, object, optional, where } from '../schema/objects.ts';
import { engine } from './engine.ts';
import { engineOf } from './newton-engine.ts';
import { checkPrior, prior } from './prior.ts';
import { searchOptions } from './search.ts';

/** Which law: the name of one of the library's, or a law object. */
const lawField = custom<LawName | LawForm>(
  'be the name of a law, or a law made by defineLaw',
  (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
  { help: 'Law to fit.', placeholder: 'name' },
);

const range = custom<readonly [number, number]>(
  'be two finite numbers, low < high',
  (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1],
);

/** The options of a fit by name, for those that take some more. */
export const fitFields = {
  law: optional(lawField, DEFAULT_LAW),
  filters: optional(filters, []),
  weights: optional(weights, 'given'),
  penalty: optional(penalty, DEFAULT_PENALTY),
  space: optional(space, DEFAULT_SPACE),
  fixed: optional(
    byName(finite(), {
      help: 'Coefficients that are held at a value.',
      example: { E: 1.69 },
      flag: 'fix',
      placeholder: 'name=value,...',
    }),
    {},
  ),
  tied: optional(
    list(list(text(), { least: 2 }), {
      help: 'Groups of coefficients that are held equal.',
      example: [['alpha', 'beta']],
      flag: 'tie',
      placeholder: 'name=name',
    }),
    [],
  ),
  bounds: optional(
    byName(range, {
      help: 'Bounds of coefficients, each in the unit of its coefficient.',
      example: { alpha: [0.1, 1] },
      otherwise: "the law's own, and E at most the lowest loss",
      placeholder: 'name=low:high,...',
    }),
    {},
  ),
  prior: optional(prior),
  engine: optional(engine, 'newton'),
  search: optional(searchOptions, {}),
} as const;

/** What `fitScalingLaw` may be told. */
export const fitOptions = where(
  object('fit options', fitFields),
  ['be huber or squared beside a prior', ({ prior, penalty }) => !prior || penalty.kind !== 'absolute', 'penalty'],
  ['be newton beside a prior', ({ prior, engine }) => !prior || engine === 'newton', 'engine'],
);

/** Options of `fitScalingLaw`. */
export type FitOptions<L extends LawName | LawForm = typeof DEFAULT_LAW> = Omit<Given<typeof fitOptions>, 'law'> & {
  readonly law?: L | undefined;
};

/** Options with every default filled in, as a fit records them (filters are recorded with what they dropped). */
export type FitSettings = Omit<Checked<typeof fitOptions>, 'law' | 'filters' | 'engine'> & {
  /** Name of the engine. */
  readonly engine: string;
  /** Name of the law. */
  readonly law: string;
};

/**
 * Fills in defaults and checks everything that can be checked without runs.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_LAW_UNKNOWN`, `E_LAW_FORM`.
 */
export function settingsOf(options: FitOptions<LawName | LawForm>): FitSettings {
  const { law: named, filters: _, ...checked } = check(fitOptions, options);
  const law = lawAsked(named);
  const settings = { law: law.kind, ...checked, engine: engineOf(checked.engine).name };
  checkRestrictions(law, settings);
  if (settings.prior) checkPrior(law, settings.prior);
  return settings;
}

/** A law by its name, or the law that an object describes. */
export function lawAsked(law: LawName | LawForm): Law {
  return typeof law === 'string' ? lawNamed(law) : checkedLaw(law);
}

function checkRestrictions(law: Law, { fixed, tied, bounds }: FitSettings): void {
  const known = (option: string, name: string): void => {
    if (!law.coefficients.includes(name)) {
      throw refusal(option, `be about coefficients of ${law.kind} (${law.coefficients.join(', ')})`, name);
    }
  };
  for (const name of Object.keys(fixed)) {
    known('fixed', name);
    checkCoefficients({ ...law, coefficients: [name] }, fixed);
  }
  const seen = new Set<string>();
  for (const group of tied) {
    for (const name of group) {
      known('tied', name);
      if (seen.has(name)) throw refusal('tied', 'be groups that share no coefficient', name);
      if (Object.hasOwn(fixed, name)) throw refusal('tied', 'be free of coefficients that are fixed', name);
      seen.add(name);
    }
  }
  for (const [name, range] of Object.entries(bounds)) {
    known('bounds', name);
    const [low, high] = law.bounds[name]!;
    if (range[0] < low || range[1] > high) {
      throw refusal(`bounds.${name}`, `be two finite numbers, low < high, from ${low} to ${high}`, range);
    }
    const held = fixed[name];
    if (held !== undefined && (held < range[0] || held > range[1])) {
      throw refusal(`fixed.${name}`, `be inside its bounds [${range.join(', ')}]`, held);
    }
  }
}

/**
 * The law's kernel over `columns` with fixed and tied coefficients out of the solver's sight.
 *
 * @throws {ScalingLawsError} `E_OPTION` when nothing is left to fit, or an amplitude is tied to an exponent.
 */
export function restrictedKernel(law: Law, { fixed, tied, bounds }: FitSettings, columns: KernelColumns): Kernel {
  const given = Object.keys(fixed);
  const kernel = kernelOf(law, columns, {
    fixed: new Set(given),
    uncentred: new Set([...given, ...tied.flat()]),
    bounds,
  });
  const at = (name: string): number => kernel.coordinates.findIndex((coordinate) => coordinate.name === name);
  const follows = new Map<number, number>();
  for (const [leader, ...followers] of tied) {
    for (const follower of followers) {
      const [one, two] = [kernel.coordinates[at(leader!)]!, kernel.coordinates[at(follower)]!];
      if (one.scale !== two.scale || one.role !== two.role) {
        throw refusal('tied', 'be groups of exponents, or of amplitudes of falling terms', `${leader}, ${follower}`);
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
      throw refusal(
        'bounds',
        'be such that tied coefficients have a value in common',
        [name, ...followersOf(name, tied)].join(', '),
      );
    }
  }
  if (restricted.dimension === 0)
    throw refusal('fixed', 'be such that a coefficient is left to fit', Object.keys(fixed).join(', '));
  return restricted;
}

function followersOf(leader: string, tied: FitSettings['tied']): readonly string[] {
  return tied.find((group) => group[0] === leader)?.slice(1) ?? [];
}
