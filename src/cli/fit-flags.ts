/** Flags that say how to fit: law, penalty, space, engine, and coefficients that are given or one. */

import { type Command, Option } from 'commander';
import type { EngineName } from '../fit/engine.ts';
import type { FitOptions } from '../fit/options.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { DEFAULT_LAW, type LawName, lawNamed } from '../laws/registry.ts';
import { DEFAULT_PENALTY, type Penalty, type Space } from '../objective/penalty.ts';
import { parseNumber } from '../runs/quantity.ts';
import { choiceFlag, given, integer, listFlag, numberFlag, POSITIVE } from './flags.ts';
import { UsageError } from './io.ts';
import { formNamed, publishedNamed } from './laws.ts';

/** Values of the flags of {@link addFitFlags}; penalty, delta and space are lists, of one entry unless lists are allowed. */
export interface FitFlags {
  readonly law?: LawName;
  readonly fixTo?: string;
  readonly penalty?: readonly Penalty['kind'][];
  readonly delta?: readonly number[];
  readonly overestimateWeight?: number;
  readonly space?: readonly Space[];
  readonly engine?: EngineName;
  readonly fix?: Readonly<Record<string, number>>;
  readonly tie?: readonly (readonly string[])[];
  readonly hops?: number;
}

/** Kinds of a penalty. */
export const PENALTIES: readonly Penalty['kind'][] = ['huber', 'squared', 'absolute'];
const SPACES: readonly Space[] = ['log', 'linear'];

/** Adds the flags to `command`; `lists` says whether penalty, delta and space may be several. */
export function addFitFlags(command: Command, lists: boolean): Command {
  const several = (one: string): string => (lists ? '<list>' : `<${one}>`);
  const positive = { ...POSITIVE, must: 'a positive number' };
  return command
    .optionsGroup('Fit:')
    .addOption(lawFlag())
    .addOption(
      choiceFlag(
        `--penalty ${several('kind')}`,
        `what a residual costs: ${PENALTIES.join(', ')} (default: huber)`,
        PENALTIES,
        lists,
      ),
    )
    .addOption(
      listFlag(
        `--delta ${several('number')}`,
        `where Huber turns linear (default: ${DEFAULT_PENALTY.delta})`,
        positive,
        lists,
      ),
    )
    .addOption(
      numberFlag(
        '--overestimate-weight <w>',
        'costs of rows predicted too high count so many times (default: 1)',
        positive,
      ),
    )
    .addOption(
      choiceFlag(
        `--space ${several('space')}`,
        'residuals of log loss, or linear: of loss (default: log)',
        SPACES,
        lists,
      ),
    )
    .addOption(
      new Option('--engine <name>', 'local minimiser (default: newton)').choices(['newton', 'levenberg-marquardt']),
    )
    .option('--fix <name=value,...>', 'coefficients held at a value, e.g. E=1.69', parseFixed)
    .option('--fix-to <law>', 'hold every coefficient that a published law and this one share at its value there')
    .option('--tie <name=name,...>', 'coefficients that are one, e.g. alpha=beta', parseTied)
    .addOption(numberFlag('--hops <k>', 'search deeper for the global minimum', integer(0)));
}

/** What the flags ask of the fit, where lists are not allowed. */
export function fitOptionsOf(flags: FitFlags): Omit<FitOptions<LawName>, 'filters'> {
  const { penalty, space, ...same } = variedOptionsOf(flags);
  return { ...same, penalty: penalty[0]!, ...(space && { space: space[0]! }) };
}

/** What the flags ask of the fits, every penalty and every space of the lists. */
export function variedOptionsOf(flags: FitFlags): Omit<
  FitOptions<LawName>,
  'filters' | 'penalty' | 'space' | 'weights'
> & {
  readonly penalty: readonly Penalty[];
  readonly space?: readonly Space[];
} {
  const { law, space, engine, fix, fixTo, tie: tied, hops } = flags;
  const shared = fixTo === undefined ? undefined : sharedWith(fixTo, law ?? DEFAULT_LAW);
  const fixed = shared || fix ? { ...shared, ...fix } : undefined;
  const search = hops === undefined ? hops : { hops };
  return { penalty: penaltiesOf(flags), ...given({ law, space, engine, fixed, tied, search }) };
}

function lawFlag(): Option {
  return new Option('--law <form>', `which law, see scaling-laws laws (default: ${DEFAULT_LAW})`).argParser(
    (text): LawName => formNamed('--law', text),
  );
}

/** Forms that are Chinchilla's law where what they add is absent: E, A, B, alpha and beta mean the same in all of them. */
const EXTENDED: readonly string[] = ['chinchilla', 'muennighoff', 'precision', 'precision-parts'] satisfies LawName[];

/** The coefficients that a published law and the form `law` have in common: of one name and of one meaning. */
function sharedWith(name: string, law: LawName): Readonly<Record<string, number>> {
  const published = publishedNamed('--fix-to', name);
  const { coefficients } = published;
  const { kind: from, equation } = lawOf(published);
  if (from !== law && !(EXTENDED.includes(from) && EXTENDED.includes(law))) {
    const others = EXTENDED.includes(law) ? `, or one of ${EXTENDED.filter((form) => form !== law).join(', ')}` : '';
    throw new UsageError(
      `--fix-to must be a law of the form ${law}${others}, got ${name}: ` +
        `coefficients of ${equation} mean something else, whatever their names`,
    );
  }
  const { coefficients: known } = lawNamed(law);
  return Object.fromEntries(Object.entries(coefficients).filter(([key]) => known.includes(key)));
}

/** Every penalty that the flags ask for. */
export function penaltiesOf({
  penalty: kinds = ['huber'],
  delta: deltas,
  overestimateWeight,
}: Pick<FitFlags, 'penalty' | 'delta' | 'overestimateWeight'>): readonly Penalty[] {
  if (deltas && !kinds.includes('huber')) {
    throw new UsageError(`--delta must come with --penalty huber, got --penalty ${kinds.join(',')}`);
  }
  return kinds.flatMap((kind): Penalty[] => {
    const more = given({ overestimateWeight });
    if (kind !== 'huber') return [{ kind, ...more }];
    return (deltas ?? [DEFAULT_PENALTY.delta]).map((delta) => ({ kind, delta, ...more }));
  });
}

function parseFixed(text: string, before: FitFlags['fix'] = {}): FitFlags['fix'] {
  const pairs = text.split(',').map((pair) => {
    const [name, value, ...more] = pair.split('=');
    const number = parseNumber(value);
    if (!name || more.length > 0 || !Number.isFinite(number)) {
      throw new UsageError(`--fix must be NAME=NUMBER, between commas where several, got ${JSON.stringify(text)}`);
    }
    return [name.trim(), number];
  });
  return { ...before, ...Object.fromEntries(pairs) };
}

function parseTied(text: string, before: FitFlags['tie'] = []): FitFlags['tie'] {
  const groups = text.split(',').map((group) => group.split('=').map((name) => name.trim()));
  if (groups.some((group) => group.length < 2 || group.includes(''))) {
    throw new UsageError(`--tie must be NAME=NAME, between commas where several, got ${JSON.stringify(text)}`);
  }
  return [...before, ...groups];
}
