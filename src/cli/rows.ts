/** Flags that say which rows enter a fit: how to read the table, and what to leave out of it. */

import { basename } from 'node:path';
import type { Varied } from '../ablate/vary.ts';
import { refusal } from '../errors.ts';
import { type Filter, filters, type Measure } from '../filters/filter.ts';
import type { Fit } from '../fit/fit.ts';
import { lawOf } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import { lawNamed } from '../laws/registry.ts';
import { fileOptions, type ReadRunsFileOptions } from '../node/file-options.ts';
import { readRunsBytes, readRunsFile } from '../node/read-runs-file.ts';
import type { Runs } from '../runs/runs.ts';
import { describe } from '../schema/describe.ts';
import { byName, text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { Argument } from './command.ts';
import { type Flag, type FlagChanges, type FlagSet, flagOf, flagSet, given, type Values } from './flags.ts';
import { type FormFlag, formFlags, formsOf } from './forms.ts';
import type { Io } from './io.ts';

/** The table of a command. */
export const FILE: Argument = {
  name: 'file',
  help: 'Tables of runs: files of any form, folders or patterns (docs/readers.md); - reads stdin.',
  isTable: true,
};

const own = object('columns', {
  columns: optional(
    byName(text(), {
      help: 'Columns of further variables that the law reads.',
      example: { P: 'streams' },
      flag: 'column',
      placeholder: 'name=column,...',
    }),
  ),
});
const ownColumns = flagSet(own, { title: '' });
const reading = flagSet(fileOptions, {
  title: 'Columns (needed where headings do not speak for themselves)',
  change: {
    'columns.run': { several: true },
    'columns.family': { several: true },
  },
});

/** Flags that say how to read a table. */
export const columnFlags: FlagSet<ReadRunsFileOptions> = {
  ...reading,
  flags: [...reading.flags, ...ownColumns.flags],
  of: (values, names) => {
    const { columns: named, ...options } = reading.of(values, names);
    const columns = { ...named, ...ownColumns.of(values, names).columns };
    return { ...options, ...(Object.keys(columns).length > 0 && { columns }) };
  },
};

/** The runs behind `fit`, read as it was read, unless flags say otherwise: its columns, scales, unit of loss, values that were given. */
export async function readRowsOf(
  fit: Fit<string>,
  files: readonly string[],
  options: ReadRunsFileOptions,
  io: Io,
): Promise<Runs> {
  const columns = { ...fit.runs.columns, ...options.columns };
  return readRows(files, { ...fit.runs.reading?.options, ...options, columns }, io, lawOf(fit));
}

/** Variables that every table of runs has, or derives. */
const USUAL: readonly string[] = ['N', 'D', 'C', 'U'];

/** Whether a table of runs comes from standard input. */
export const areStdin = (files: readonly string[]): boolean => files.length === 0 || files.includes('-');

/** Name of the one file that a table is in. */
export const nameOf = (files: readonly string[]): string | undefined =>
  files.length === 1 && files[0] !== '-' ? basename(files[0]!) : undefined;

/** The runs in `files`, or on standard input where they are `-`; `law` says which variables they must have, where those are others. */
export async function readRows(
  files: readonly string[],
  options: ReadRunsFileOptions,
  io: Io,
  law: string | LawForm = 'chinchilla',
): Promise<Runs> {
  const { variables } = typeof law === 'string' ? lawNamed(law) : law;
  const isUsual = variables.length > 1 && variables.every((name) => USUAL.includes(name));
  const read = isUsual ? options : { ...options, needs: variables };
  if (!areStdin(files)) return readRunsFile(files, read);
  if (files.length > 1) throw refusal('FILE', 'be - alone, or files', files.join(' '));
  return readRunsBytes(await io.stdin(), read);
}

/** What the filters do in which order; said in the help of every command that has them. */
export const FILTER_ORDER = `Rows are filtered in this order, whatever the order of the flags: --equals (which experiment); early checkpoints,
--every-kth, --final-only, --lowest-loss (which checkpoints); --drop-top-loss (outliers among what is left); then the
bounds, both ends inclusive. Numbers may be written 70e9, 70B or 1.4T; inf is no upper bound.`;

/** Kinds of filters in the order of {@link FILTER_ORDER}; bounds come after them. */
const KINDS = ['exclude-early', 'every-kth', 'final-only', 'lowest-loss', 'drop-top-loss'];
/** What a range bounds, and how its flags and their help call that. */
const BOUNDED: Readonly<Record<Measure, readonly [name: string, words: string]>> = {
  N: ['params', 'this many parameters'],
  D: ['tokens', 'this many training tokens'],
  C: ['flops', 'this many training FLOPs'],
  tokensPerParam: ['tokens-per-param', 'this many tokens per parameter'],
  fraction: ['fraction', 'this share of their run done'],
  loss: ['loss', 'this loss'],
};
const ENDS = { min: 'Keep rows with at least', max: 'Keep rows with at most' } as const;

const described = describe(filters, ['filters']);
const range = described.item!.forms!.range!;
/** A row is bounded from above by any number, inf being none. */
const boundFlag = (of: Measure, end: 'min' | 'max', change: FlagChanges): FormFlag => {
  const [name, words] = BOUNDED[of];
  const field = range.find(({ path }) => path.at(-1) === end)!;
  const open = end === 'max' && { most: Number.POSITIVE_INFINITY, rule: 'be a number, or inf for none' };
  const flag = flagOf(
    { ...field, ...open, path: ['filters', 'range', of, end] },
    { name: `${end}-${name}`, help: `${ENDS[end]} ${words}.`, ...change },
  );
  return { kind: of, field: end, flag };
};

/** Flags of the filters; with `several`, bounds and early cuts may be lists. */
export function filterFlags(several: false): FlagSet<readonly Filter[]>;
export function filterFlags(several: true): FlagSet<readonly Varied[]>;
export function filterFlags(several: boolean): FlagSet<readonly (Filter & Varied)[]> {
  const ends = several ? { several, placeholder: 'list' } : {};
  const cuts = ['tokens', 'fraction', 'steps'].map((cut) => [`filters.exclude-early.${cut}`, ends]);
  const found = formFlags(described, Object.fromEntries(cuts));
  const forms = KINDS.flatMap((kind) => found.filter((one) => one.kind === kind));
  const bounds = (Object.keys(BOUNDED) as Measure[]).flatMap((of) => [
    boundFlag(of, 'min', ends),
    boundFlag(of, 'max', ends),
  ]);
  const equals: Flag = {
    name: 'equals',
    path: 'filters.equals',
    placeholder: 'column=value',
    help: 'Keep rows with this value; again for another column, or another value.',
    isMany: true,
    read: equalsIn,
  };
  const cut = (name: string): string => `exclude-early-${name}`;
  return {
    title: 'Rows',
    flags: [equals, ...forms.map(({ flag }) => flag), ...bounds.map(({ flag }) => flag)],
    oneOf: ['tokens', 'fraction', 'steps'].map((name) => ['early', cut(name)]),
    of: (values, names) => filtersOf(values, names, forms, bounds),
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
function filtersOf(
  values: Values,
  names: Map<string, string>,
  forms: readonly FormFlag[],
  bounds: readonly FormFlag[],
): readonly (Filter & Varied)[] {
  const equals = Object.entries((values.get('equals') ?? {}) as Readonly<Record<string, unknown>>);
  const ranges = formsOf(bounds, values).map(({ kind: of, ...ends }) => ({ kind: 'range', of, ...ends }));
  const found: readonly Said[] = [
    ...equals.map(([column, value]) => ({ kind: 'equals', column, value })),
    ...[...formsOf(forms, values), ...ranges].flatMap(bounded),
  ];
  for (const [i, { kind, of = kind }] of found.entries()) {
    const own = [...forms, ...bounds].filter((one) => one.kind === of && values.get(one.flag.name) !== undefined);
    names.set(`filters[${i}]`, own[0]?.flag.name ?? 'equals');
    for (const { field, flag } of own) names.set(`filters[${i}].${field}`, flag.name);
    if (kind === 'equals') for (const field of ['column', 'value']) names.set(`filters[${i}].${field}`, kind);
  }
  return found as readonly unknown[] as readonly (Filter & Varied)[];
}

/** A filter as flags say it. */
type Said = { readonly kind: string; readonly of?: string; readonly [field: string]: unknown };

/** A list of one number is that number; inf bounds nothing, and a filter of no bound is none. */
function bounded({ kind, of, ...fields }: Said): readonly Said[] {
  const said = Object.entries(fields).map(([name, value]) => {
    const alone = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return [name, alone === Number.POSITIVE_INFINITY ? undefined : alone] as const;
  });
  if (said.length > 0 && said.every(([, value]) => value === undefined)) return [];
  return [{ kind, ...given({ of, ...Object.fromEntries(said) }) }];
}
