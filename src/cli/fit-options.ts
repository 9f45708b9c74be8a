/** Flags that say how to fit, and how certain the fit is. */

import { refusal } from '../errors.ts';
import type { Weighting } from '../filters/weigh.ts';
import type { EngineChoice } from '../fit/engine.ts';
import { type FitOptions, fitOptions } from '../fit/options.ts';
import type { LawForm } from '../laws/law.ts';
import { DEFAULT_LAW, type LawName, lawNamed } from '../laws/registry.ts';
import { poolOption } from '../node/workers.ts';
import { DEFAULT_PENALTY, type Penalty, type Space } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { bootstrapOptions } from '../uncertainty/bootstrap.ts';
import type { Line, Sets } from './command.ts';
import { type FlagSet, flagSet, given, type SetOptions } from './flags.ts';
import { ownLaws } from './law-argument.ts';
import { FORM_NAMES, formNamed, publishedNamed } from './law-names.ts';
import { columnFlags, filterFlags } from './rows.ts';

const ENGINES = ['newton', 'levenberg-marquardt'];

const PATHS: SetOptions = {
  title: 'Fit',
  omit: ['filters', 'prior'],
  change: {
    law: { choices: FORM_NAMES, help: 'Law to fit; see scaling-laws laws.' },
    engine: { choices: ENGINES },
  },
};

/** Flags of one fit. */
export const fitFlags = flagSet(fitOptions, PATHS);
/** Flags of several fits: penalty, its delta and the space may be lists. */
export const variedFitFlags = flagSet(fitOptions, {
  ...PATHS,
  change: {
    ...PATHS.change,
    penalty: { several: true },
    'penalty.delta': { several: true },
    space: { several: true },
    weights: { several: true },
  },
});

type FitSaid = typeof fitFlags extends FlagSet<infer T> ? T : never;

/** Flags that take coefficients from a published law, or the law from a file. */
export const lawFlags = flagSet(
  object('law flags', {
    fixTo: optional(
      text({
        help: 'Published law at whose values to hold every coefficient that it shares with the law to fit.',
        placeholder: 'law',
      }),
    ),
    lawFile: optional(
      text({ help: 'Module whose export is a law made by defineLaw, to fit in place of --law.', placeholder: 'file' }),
    ),
  }),
  { title: 'Law' },
);
type LawSaid = typeof lawFlags extends FlagSet<infer T> ? T : never;

/** What the flags ask of a fit but for its filters; of `other`, where the command has laws of its own. */
export async function fitOptionsOf(
  said: FitSaid,
  { fixTo, lawFile }: LawSaid,
  other?: LawName | LawForm,
): Promise<Omit<FitOptions<LawName | LawForm>, 'filters'>> {
  const law = other ?? (await lawOf(said, lawFile));
  const shared = fixTo === undefined ? {} : sharedWith(fixTo, law);
  const fixed = { ...shared, ...said.fixed };
  const engine = await engineNamed(said.engine as string | undefined);
  return { ...said, ...given({ law, engine }), ...(Object.keys(fixed).length > 0 && { fixed }) };
}

/** Flags of the rows, and of the fit to them. */
export const FIT_SETS = { columns: columnFlags, filters: filterFlags(false), fit: fitFlags, law: lawFlags };
type FitSets = { readonly [K in 'filters' | 'fit' | 'law']: (typeof FIT_SETS)[K] extends FlagSet<infer T> ? T : never };

/** The rows of the table, and how to fit them. */
export async function fitInput(
  { filters, fit, law }: FitSets,
  rows: Line<Sets>['rows'],
): Promise<{ readonly runs: Runs; readonly options: FitOptions<LawName | LawForm> }> {
  const options = { ...(await fitOptionsOf(fit, law)), filters };
  return { runs: await rows(options.law), options };
}

/** The engine of a name; that of a package is loaded only when asked for. */
async function engineNamed(name: string | undefined): Promise<'newton' | EngineChoice | undefined> {
  if (name === undefined || name === 'newton') return name;
  if (name === 'levenberg-marquardt') return (await import('../levenberg-marquardt.ts')).levenbergMarquardt;
  throw refusal('engine', `be one of ${ENGINES.join(', ')}`, name);
}

async function lawOf({ law }: FitSaid, lawFile: string | undefined): Promise<LawName | LawForm | undefined> {
  if (lawFile === undefined) return law === undefined ? undefined : formNamed('law', law as string);
  if (law !== undefined) throw refusal('law', 'come without --law-file', law);
  return (await ownLaws(lawFile))[0];
}

/** Every penalty of kinds and of deltas that are lists. */
export function penaltiesOf(said: { readonly penalty?: unknown } | undefined): readonly Penalty[] | undefined {
  if (said?.penalty === undefined) return undefined;
  const { kind, delta, ...rest } = said.penalty as {
    readonly kind: Penalty['kind'] | readonly Penalty['kind'][];
    readonly delta?: number | readonly number[];
    readonly overestimateWeight?: number;
  };
  return [kind].flat().flatMap((one): readonly Penalty[] => {
    if (one !== 'huber') return [{ kind: one, ...rest }];
    return [delta ?? DEFAULT_PENALTY.delta].flat().map((at) => ({ kind: one, delta: at, ...rest }));
  });
}

/** The choices of flags that are lists. */
export const listsOf = ({ space, weights }: { readonly space?: unknown; readonly weights?: unknown }) => ({
  space: space as readonly Space[] | undefined,
  weights: weights as readonly Weighting[] | undefined,
});

/** Forms that are Chinchilla's law where what they add is absent: E, A, B, alpha and beta mean the same in all of them. */
const EXTENDED: readonly string[] = ['chinchilla', 'muennighoff', 'precision', 'precision-parts'] satisfies LawName[];

/** The coefficients that a published law and the law to fit have in common: of one name and of one meaning. */
function sharedWith(name: string, law: LawName | LawForm = DEFAULT_LAW): Readonly<Record<string, number>> {
  const { law: from, coefficients } = publishedNamed('--fix-to', name);
  const form = typeof law === 'string' ? lawNamed(law) : law;
  if (from !== form.kind && !(EXTENDED.includes(from) && EXTENDED.includes(form.kind))) {
    const others = EXTENDED.includes(form.kind)
      ? `, or one of ${EXTENDED.filter((one) => one !== form.kind).join(', ')}`
      : '';
    throw refusal(
      '--fix-to',
      `be a law of the form ${form.kind}${others}`,
      name,
      `coefficients of ${lawNamed(from).equation} mean something else, whatever their names`,
    );
  }
  const known: readonly string[] = form.coefficients;
  return Object.fromEntries(Object.entries(coefficients).filter(([key]) => known.includes(key)));
}

const redrawing = object('bootstrap options', { ...bootstrapOptions.entries, ...poolOption.entries });
const ASKED: SetOptions = {
  title: 'Uncertainty',
  only: ['replicates', 'resample', 'seed', 'workers'],
  change: { replicates: { name: 'bootstrap', isAsked: true } },
  needs: { resample: ['bootstrap'], seed: ['bootstrap'] },
};
/** The same where there are threads without a bootstrap too. */
export const workingFlags = flagSet(redrawing, ASKED);
/** Flags of a bootstrap. */
export const bootstrapFlags = { ...workingFlags, needs: { ...ASKED.needs, workers: ['bootstrap'] } };

/** The flag of other work on threads. */
export const workerFlags = flagSet(poolOption, { title: 'Work' });
