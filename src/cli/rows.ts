/** Flags that say which rows enter a fit: how to read the table, and what to leave out of it. */

import type { Varied } from '../ablate/vary.ts';
import { refusal } from '../errors.ts';
import { filters, type Measure } from '../filters/filter.ts';
import type { Fit } from '../fit/fit.ts';
import { lawOf } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import { lawNamed } from '../laws/registry.ts';
import { readRunsFile } from '../node.ts';
import { type ReadRunsOptions, readRuns, readRunsOptions } from '../runs/read-runs.ts';
import type { Runs } from '../runs/runs.ts';
import { describe, type FieldDescription } from '../schema/describe.ts';
import { byName, text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { Argument } from './command.ts';
import { type Flag, type FlagSet, flagOf, flagSet, given, type Values } from './flags.ts';
import type { Io } from './io.ts';

/** The table of a command. */
export const FILE: Argument = {
  name: 'file',
  help: 'Table of runs: CSV, TSV, JSON or JSON Lines, one measured loss a row; - reads stdin.',
};

const own = object('columns', {
  columns: optional(
    byName(text(), {
      help: 'Columns of further variables that the law reads: P=streams.',
      flag: 'column',
      placeholder: 'name=column,...',
    }),
  ),
});
const ownColumns = flagSet(own, { title: '' });
const reading = flagSet(readRunsOptions, {
  title: 'Columns (needed where headings do not speak for themselves)',
  change: {
    'columns.run': { several: true, placeholder: 'columns' },
    'columns.family': { several: true, placeholder: 'columns' },
    constants: {
      name: 'set',
      help: 'Values for all rows where no column holds them: N=1.3B, run=a.',
      placeholder: 'name=value,...',
    },
    convention: {
      help: 'What N counts (total, body) and how C was counted: N=total,C=6ND.',
      placeholder: 'N=what,C=what',
    },
    onBadRow: { placeholder: 'what' },
  },
});

/** Flags that say how to read a table. */
export const columnFlags: FlagSet<ReadRunsOptions> = {
  ...reading,
  flags: [...reading.flags, ...ownColumns.flags],
  of: (values, names) => {
    const { columns: named, ...options } = reading.of(values, names);
    const columns = { ...named, ...ownColumns.of(values, names).columns };
    return { ...options, ...(Object.keys(columns).length > 0 && { columns }) };
  },
};

/** The runs behind `fit`, read from the columns that it was read from unless flags name others. */
export async function readRowsOf(fit: Fit<string>, file: string, options: ReadRunsOptions, io: Io): Promise<Runs> {
  const columns = { ...fit.runs.columns, ...options.columns };
  return readRows(file, { ...options, columns }, io, lawOf(fit));
}

/** Variables that every table of runs has, or derives. */
const USUAL: readonly string[] = ['N', 'D', 'C', 'U'];

/** The runs in `file`, or on standard input where it is `-`; `law` says which variables they must have, where those are others. */
export async function readRows(
  file: string,
  options: ReadRunsOptions,
  io: Io,
  law: string | LawForm = 'chinchilla',
): Promise<Runs> {
  const { variables } = typeof law === 'string' ? lawNamed(law) : law;
  const read = variables.some((name) => !USUAL.includes(name)) ? { ...options, needs: variables } : options;
  return file === '-' ? readRuns(await io.stdin(), read) : readRunsFile(file, read);
}

/** What the filters do in which order; said in the help of every command that has them. */
export const FILTER_ORDER = `Rows are filtered in this order, whatever the order of the flags: --equals (which experiment); early checkpoints,
--every-kth, --final-only, --lowest-loss (which checkpoints); --drop-top-loss (outliers among what is left); then the
bounds, both ends inclusive. Numbers may be written 70e9, 70B or 1.4T; inf is no upper bound.`;

/** Kinds of filters but for ranges, in the order of {@link FILTER_ORDER}, and those of their fields that are flags. */
const FORMS = {
  'exclude-early': {
    early: 'early',
    tokens: 'exclude-early-tokens',
    fraction: 'exclude-early-fraction',
    steps: 'exclude-early-steps',
  },
  'every-kth': { k: 'every-kth' },
  'final-only': {},
  'lowest-loss': {},
  'drop-top-loss': { count: 'drop-top-loss' },
} as const;

const BOUNDS: readonly (readonly [of: Measure, name: string, words: string])[] = [
  ['N', 'params', 'parameters'],
  ['D', 'tokens', 'training tokens'],
  ['C', 'flops', 'training FLOPs'],
  ['tokensPerParam', 'tokens-per-param', 'tokens per parameter'],
  ['fraction', 'fraction', 'share of its run'],
  ['loss', 'loss', 'loss'],
];
const ENDS = [
  ['min', 'Least'],
  ['max', 'Largest'],
] as const;
/** Numbers that bound a row; inf is no upper bound. */
const boundOf = (of: Measure, end: 'min' | 'max'): FieldDescription => ({
  path: ['filters', 'range', of, end],
  type: 'number',
  optional: true,
  rule: end === 'min' ? 'be a finite number' : 'be a number, or inf for none',
  ...(end === 'max' && { most: Number.POSITIVE_INFINITY }),
});

const forms = describe(filters).item!.forms!;
const fieldOf = (kind: string, name: string): FieldDescription => ({
  ...forms[kind]!.find(({ path }) => path.at(-1) === name)!,
  path: ['filters', kind, name],
});

/** Flags of the filters; with `several`, bounds and early cuts may be lists. */
export function filterFlags(several: boolean): FlagSet<readonly Varied[]> {
  const equals: Flag = {
    name: 'equals',
    path: 'filters.equals',
    placeholder: 'column=value',
    help: 'Keep rows with this value; again for another column, or another value.',
    isMany: true,
    read: equalsIn,
  };
  const switches: Readonly<Record<string, string>> = {
    'final-only': 'Keep the last checkpoint of each run.',
    'lowest-loss': 'Keep the lowest loss at each (N, D).',
  };
  const ofForms = Object.entries(FORMS).flatMap(([kind, names]): Flag[] => {
    if (switches[kind]) {
      return [{ name: kind, path: `filters.${kind}`, help: switches[kind], isMany: false, read: () => true }];
    }
    return Object.entries(names as Readonly<Record<string, string>>).map(([field, name]) =>
      flagOf(fieldOf(kind, field), { name, several: several && kind === 'exclude-early' && field !== 'early' }),
    );
  });
  const ofBounds = BOUNDS.flatMap(([of, name, words]) =>
    ENDS.map(([end, adjective]) =>
      flagOf(boundOf(of, end), {
        name: `${end}-${name}`,
        help: `${adjective} ${words} of a row that stays.`,
        placeholder: several ? 'list' : 'number',
        several,
      }),
    ),
  );
  return {
    title: 'Rows',
    flags: [equals, ...ofForms, ...ofBounds],
    oneOf: Object.values(FORMS['exclude-early'])
      .slice(1)
      .map((cut) => ['early', cut]),
    of: filtersOf,
  };
}

function equalsIn(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const values: Record<string, string[]> = {};
  for (const one of texts) {
    const at = one.indexOf('=');
    if (at < 1) throw refusal('--equals', 'be COLUMN=VALUE', one);
    const name = one.slice(0, at);
    values[name] = [...(values[name] ?? []), one.slice(at + 1)];
  }
  return values;
}

/** The filters that the flags ask for, in the order of {@link FILTER_ORDER}; lists of several numbers stay lists. */
function filtersOf(values: Values, names: Map<string, string>): readonly Varied[] {
  const found: object[] = [];
  const add = (filter: Readonly<Record<string, unknown>>, flags: Readonly<Record<string, string>>): void => {
    const [first] = Object.values(flags);
    names.set(`filters[${found.length}]`, first!);
    for (const [field, flag] of Object.entries(flags)) names.set(`filters[${found.length}].${field}`, flag);
    found.push(filter);
  };
  for (const [column, value] of Object.entries((values.get('equals') ?? {}) as Readonly<Record<string, unknown>>)) {
    add({ kind: 'equals', column, value }, { column: 'equals', value: 'equals' });
  }
  for (const [kind, flags] of Object.entries(FORMS)) {
    const fields = valuesOf(flags, values);
    const isSwitch = Object.keys(flags).length === 0;
    if (isSwitch ? values.get(kind) : fields) add({ kind, ...fields }, isSwitch ? { kind } : flags);
  }
  for (const [of, name] of BOUNDS) {
    const flags = { min: `min-${name}`, max: `max-${name}` };
    const ends = valuesOf(flags, values);
    if (ends) add({ kind: 'range', of, ...ends }, flags);
  }
  return found as readonly Varied[];
}

/** The fields whose flags are given; a lone `inf` bounds nothing. */
function valuesOf(
  flags: Readonly<Record<string, string>>,
  values: Values,
): Readonly<Record<string, unknown>> | undefined {
  const said = Object.entries(flags).map(([field, flag]) => {
    const value = values.get(flag);
    const alone = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return [field, alone === Number.POSITIVE_INFINITY ? undefined : alone];
  });
  const fields = given(Object.fromEntries(said) as Readonly<Record<string, unknown>>);
  return Object.keys(fields).length > 0 ? fields : undefined;
}
