/** Which column of a table holds which field: by the caller's word, else by its heading and, where several would do, by its cells. */

import { ScalingLawsError } from '../errors.ts';
import { GIVEN_LOSS_UNITS } from '../loss-unit.ts';
import { nearest } from '../nearest.ts';
import type { Sentence } from '../sentence.ts';
import type { Cell, Table } from '../tables/table.ts';
import { type ColumnChoice, FIELDS, type FieldName, NUMBER_FIELDS, plainHeader, type ReadColumns } from './fields.ts';
import { type Heading, headingOf, looksLike, rankOf, VAGUE, withoutTail } from './headings.ts';
import { isBlank, looksNumeric } from './quantity.ts';
import { productInWords, stepProducts } from './step-tokens.ts';

/** Positions in the header by field: one, or for a name one or more; absent where the table has no such column. */
export type ColumnPlaces = { readonly [F in FieldName]?: readonly number[] };

/** Where fields stand, and what else their headings might have meant. */
export interface FoundColumns {
  readonly places: ColumnPlaces;
  /** Headings that were passed over for that of a field. */
  readonly others: { readonly [F in FieldName]?: readonly string[] };
}

/** Quantities of which two give the third. */
export const COMPUTE = ['N', 'D', 'C'] as const;
export type ComputeName = (typeof COMPUTE)[number];

/** Headers that a message lists at most. */
const MAX_LISTED = 12;
const FIELD_NAMES = /* @__PURE__ */ Object.keys(FIELDS) as readonly FieldName[];

/** What is looked at of a table. */
export type Headed = Pick<Table, 'header'> & { readonly columns?: readonly (readonly Cell[])[] };

/**
 * Finds the column of every field. The field's own name wins over a heading that names it, and that over one that might; a column that
 * the caller gives to one number is not offered to another field.
 *
 * @param table - Headings in order, and cells, which must be numbers where several headings would do.
 * @param choice - Headers that the caller names, checked; those of variables that are no field are passed over.
 * @param isLog - Whether the table is a log: then a loss of no further name is that of training.
 * @returns Positions by field, as many as there are.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` (no column of a name in `choice`), `E_COLUMN_DOUBLED` (two columns fit equally well).
 */
export function placeColumns(table: Headed, choice: ColumnChoice = {}, isLog = false): FoundColumns {
  const { header } = table;
  const places: { [F in FieldName]?: readonly number[] } = {};
  const others: { [F in FieldName]?: readonly string[] } = {};
  for (const field of FIELD_NAMES) {
    const names = choice[field];
    if (names !== undefined) places[field] = [names].flat().map((name) => placeNamed(header, field, name));
  }
  const taken = new Set(FIELD_NAMES.flatMap((field) => (field in NUMBER_FIELDS ? (places[field] ?? []) : [])));
  const headings = header.map(headingOf);
  for (const field of FIELD_NAMES) {
    if (places[field]) continue;
    const [first, ...rest] = ranked(field, table, headings, taken, isLog);
    if (first === undefined) continue;
    if (field === 'N') refuseParts(table, headings, first, taken);
    places[field] = [first];
    if (rest.length > 0) others[field] = rest.map((i) => header[i]!);
  }
  return { places, others };
}

/** The columns that may hold `field`, the best first. */
function ranked(
  field: FieldName,
  { header, columns }: Headed,
  headings: readonly Heading[],
  taken: ReadonlySet<number>,
  isLog: boolean,
): readonly number[] {
  const isNumber = field in NUMBER_FIELDS;
  const rank = (i: number): number | undefined =>
    rankOf(field, headings[i]!, isLog) ??
    (isNumber && field !== 'loss' ? rankOf(field, withoutTail(headings[i]!)) : undefined);
  const named = [...header.keys()].filter((i) => !taken.has(i) && rank(i) !== undefined);
  const isSure = (i: number): boolean => named.length === 1 && (rank(i)! < VAGUE || field === 'loss');
  const fits = (i: number): boolean => {
    const cells = columns?.[i];
    if (!cells || rank(i) === 0 || isSure(i)) return true;
    return isNumber ? looksNumeric(cells) : !cells.some(isBlank);
  };
  const unit = (i: number): number =>
    field === 'loss' ? GIVEN_LOSS_UNITS.indexOf(headings[i]!.lossUnit ?? 'nats') : 0;
  const order = named.filter(fits).sort((i, j) => rank(i)! - rank(j)! || unit(i) - unit(j));
  const [best] = order;
  const equals = order.filter((i) => rank(i) === rank(best!) && unit(i) === unit(best!));
  const differ = equals.some((i) => !sameCells(columns?.[best!], columns?.[i]));
  if (equals.length > 1 && (differ || new Set(equals.map((i) => header[i])).size < equals.length)) {
    throw doubledColumn(
      field,
      equals.map((i) => header[i]!),
    );
  }
  return order;
}

/** A total beside its parts may be no size that a law is about: with or without embeddings is for the caller to say. */
function refuseParts(
  { header, columns }: Headed,
  headings: readonly Heading[],
  found: number,
  taken: ReadonlySet<number>,
): void {
  if (rankOf('N', headings[found]!) !== VAGUE - 1) return;
  const parts = [...header.keys()].filter(
    (i) => i !== found && !taken.has(i) && looksLike('N', headings[i]!) && looksNumeric(columns?.[i] ?? []),
  );
  if (parts.length < 2) return;
  const [one, two] = parts
    .map((i) => header[i]!)
    .filter((name) => !/scalar|bias|norm|total/i.test(name))
    .slice(-2);
  throw doubledColumn(
    'N',
    [found, ...parts].map((i) => header[i]!),
    [one, two].filter(Boolean).join('+'),
  );
}

const sameCells = (one: readonly Cell[] | undefined, other: readonly Cell[] | undefined): boolean =>
  one !== undefined && one === other ? true : (one?.every((cell, i) => cell === other?.[i]) ?? false);

/** The one column whose header is `name`; `field` is what it is for. */
export function placeNamed(header: readonly string[], field: string, name: string): number {
  const ranks = [(other: string) => other, (other: string) => other.toLowerCase(), plainHeader];
  const found =
    ranks.map((as) => positions(header, (other) => as(other) === as(name))).find((one) => one.length > 0) ?? [];
  if (found.length > 1)
    throw doubledColumn(
      field,
      header.filter((_, i) => found.includes(i)),
    );
  if (found.length === 1) return found[0]!;
  const near = nearest(name, header, plainHeader);
  throw new ScalingLawsError(
    'E_COLUMN_MISSING',
    {
      argument: `columns.${field}`,
      rule: 'name a column of the table',
      got: name,
      cure: near === undefined ? listed(header, name) : `did you mean ${JSON.stringify(near)}? ${listed(header, name)}`,
    },
    { field, column: name, didYouMean: near, columns: header },
  );
}

/** Some names for a message. */
const first = (all: ReadonlySet<Cell>): string =>
  `${[...all]
    .slice(0, 3)
    .map((name) => JSON.stringify(name))
    .join(', ')}${all.size > 3 ? ', …' : ''}`;

/**
 * Makes sure that `loss` has a place, and what else is needed.
 *
 * @param needs - Variables that must be there; where absent, two of `N`, `D` and `C`.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING`.
 */
export function requireFields(
  { header, columns: cells }: Headed,
  places: Readonly<Record<string, readonly number[]>>,
  needs?: readonly string[],
): void {
  const there = COMPUTE.filter((field) => places[field]);
  const fail = (field: string, rule: string, got: unknown): never => {
    const columns = listed(header, field);
    const given = `constants.${field}`;
    const [product] = places.step ? stepProducts({ header }, places.step[0]!) : [];
    const asProduct: Sentence = product
      ? [' or ', { option: 'columns.D', value: productInWords({ header }, product) }]
      : '';
    const stepped: Sentence = places.step
      ? [' or the tokens of a step, ', { option: 'constants.tokensPerStep', value: '…' }, ...asProduct]
      : '';
    const runs = new Set(places.run?.length === 1 ? cells?.[places.run[0]!] : []);
    const cure: Sentence =
      runs.size > 1
        ? [
            columns,
            `; give ${field} for each of the ${runs.size} runs, ${first(runs)}, with `,
            { option: 'runConstants' },
          ]
        : [columns, '; where no column holds it, give ', { option: given, value: '…' }];
    throw new ScalingLawsError(
      'E_COLUMN_MISSING',
      {
        argument: `columns.${field}`,
        rule,
        got,
        cure: field in NUMBER_FIELDS && field !== 'loss' ? [...cure, ...(field === 'D' ? stepped : '')] : columns,
      },
      { field, columns: header },
    );
  };
  if (needs === undefined && there.length < 2) {
    const missing = COMPUTE.find((field) => !places[field])!;
    fail(missing, `name the column of ${missing} (two of N, D and C are needed)`, there[0] && `only ${there[0]}`);
  }
  const follows = (name: string): boolean => there.length >= 2 && (COMPUTE as readonly string[]).includes(name);
  const missing = [...(needs ?? []), 'loss'].find((name) => !places[name] && !follows(name));
  if (missing !== undefined) fail(missing, `name the column of ${missing}`, undefined);
}

/**
 * Refuses to derive what a column seems to hold: an unknown heading for tokens is no reason to compute them.
 *
 * @param places - Where fields and variables stand.
 * @param derived - Fields that the caller says are to be derived.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING`.
 */
export function refuseLookalikes(
  { header, columns }: Headed,
  places: Readonly<Record<string, readonly number[]>>,
  derived: readonly string[],
): void {
  const used = new Set(Object.values(places).flat());
  for (const field of ['N', 'D'] as const) {
    if (places[field] || derived.includes(field) || COMPUTE.filter((name) => places[name]).length < 2) continue;
    const alike = positions(header, (name, i) => {
      const seems = !used.has(i) && looksLike(field, headingOf(name));
      return seems && looksNumeric(columns?.[i] ?? []);
    }).map((i) => header[i]!);
    if (alike.length === 0) continue;
    const others = COMPUTE.filter((name) => name !== field);
    throw new ScalingLawsError(
      'E_COLUMN_MISSING',
      {
        argument: `columns.${field}`,
        rule: `name the column of ${NUMBER_FIELDS[field].unit}, because ${names(alike)} ${alike.length > 1 ? 'look' : 'looks'} like it`,
        got: undefined,
        cure: [
          'name it with ',
          { option: `columns.${field}`, value: alike.length > 1 ? alike.join('+') : alike[0] },
          `, or have it computed from ${others.join(' and ')} with `,
          { option: 'derive', value: [field] },
        ],
      },
      { field, columns: alike },
    );
  }
}

/** The headers that fields and variables were read from. */
export function readColumns(
  header: readonly string[],
  places: Readonly<Record<string, readonly number[]>>,
): ReadColumns {
  const columns = Object.entries(places).flatMap(([field, own]) => {
    // What was given by the caller stands behind the columns of the table.
    const read = own.flatMap((place) => header[place] ?? []);
    return read.length > 0 ? [[field, read.length === 1 ? read[0]! : Object.freeze(read)] as const] : [];
  });
  return Object.freeze(Object.fromEntries(columns));
}

/** The error for a field that several columns fit equally well. */
export function doubledColumn(field: string, fitting: readonly string[], proposed = fitting[0]): ScalingLawsError {
  const isSame = new Set(fitting).size < fitting.length;
  return new ScalingLawsError(
    'E_COLUMN_DOUBLED',
    {
      argument: `columns.${field}`,
      rule: `say which column to read: ${names(fitting)} fit ${proposed?.includes('+') ? 'alone or as a sum' : 'equally well'}`,
      got: undefined,
      cure: isSame ? 'rename one' : ['choose one, for instance ', { option: `columns.${field}`, value: proposed }],
    },
    { field, columns: fitting },
  );
}

const names = (all: readonly string[]): string => all.map((name) => JSON.stringify(name)).join(' and ');

function positions(header: readonly string[], fits: (name: string, i: number) => boolean): readonly number[] {
  return header.flatMap((name, i) => (fits(name, i) ? [i] : []));
}

/** The headers for a message, those nearest to `wanted` first: what looks like it, then what contains it. */
function listed(header: readonly string[], wanted: string): string {
  const distance = (name: string): number =>
    wanted in FIELDS && looksLike(wanted as FieldName, headingOf(name))
      ? 0
      : plainHeader(name).includes(plainHeader(wanted)) && wanted.length > 1
        ? 1
        : 2;
  const sorted = [...header].sort((one, other) => distance(one) - distance(other));
  const more = sorted.length > MAX_LISTED ? `, and ${sorted.length - MAX_LISTED} more` : '';
  return `the columns are ${sorted
    .slice(0, MAX_LISTED)
    .map((name) => JSON.stringify(name))
    .join(', ')}${more}`;
}
