/** Which column of a table holds which field: by the caller's word, else by the header. */

import { ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Sentence } from '../sentence.ts';
import { type ColumnChoice, FIELDS, type FieldName, NUMBER_FIELDS, plainHeader, type ReadColumns } from './fields.ts';

/** Positions in the header by field: one, or for a name one or more; absent where the table has no such column. */
export type ColumnPlaces = { readonly [F in FieldName]?: readonly number[] };

/** Quantities of which two give the third. */
export const COMPUTE = ['N', 'D', 'C'] as const;

/** Headers that a message lists at most. */
const MAX_LISTED = 12;
const FIELD_NAMES = /* @__PURE__ */ Object.keys(FIELDS) as readonly FieldName[];

/**
 * Finds the column of every field. The field's own name wins over the same in another case, and that over an alias, except for `loss`, of
 * which each may be another; a column that the caller gives to one number is not offered to another field.
 *
 * @param header - Headers of the table, in order.
 * @param choice - Headers that the caller names, checked; those of variables that are no field are passed over.
 * @returns Positions by field, as many as there are.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` (no column of a name in `choice`), `E_COLUMN_DOUBLED` (two columns fit equally well).
 */
export function placeColumns(header: readonly string[], choice: ColumnChoice = {}): ColumnPlaces {
  const places: { [F in FieldName]?: readonly number[] } = {};
  for (const field of FIELD_NAMES) {
    const names = choice[field];
    if (names !== undefined) places[field] = [names].flat().map((name) => placeNamed(header, field, name));
  }
  const taken = new Set(FIELD_NAMES.flatMap((field) => (field in NUMBER_FIELDS ? (places[field] ?? []) : [])));
  const plain = header.map(plainHeader);
  for (const field of FIELD_NAMES) {
    const found = places[field] ?? placeByHeader(field, header, plain, taken);
    if (found) places[field] = found;
  }
  return places;
}

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

function placeByHeader(
  field: FieldName,
  header: readonly string[],
  plain: readonly string[],
  taken: ReadonlySet<number>,
): readonly number[] | undefined {
  const aliases = FIELDS[field].aliases.map(plainHeader);
  const isExact = (i: number): boolean => header[i] === field;
  const isInAnyCase = (i: number): boolean => header[i]!.toLowerCase() === field.toLowerCase();
  const isAlias = (i: number): boolean => aliases.includes(plain[i]!);
  const ranks = FIELDS[field].vague
    ? [(i: number): boolean => isInAnyCase(i) || isAlias(i)]
    : [isExact, isInAnyCase, isAlias];
  for (const matches of ranks) {
    const found = positions(header, (_, i) => !taken.has(i) && matches(i));
    if (found.length > 1)
      throw doubledColumn(
        field,
        header.filter((_, i) => found.includes(i)),
      );
    if (found.length === 1) return found;
  }
  return undefined;
}

/**
 * Makes sure that `loss` has a place, and what else is needed.
 *
 * @param needs - Variables that must be there; where absent, two of `N`, `D` and `C`.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING`.
 */
export function requireFields(
  header: readonly string[],
  places: Readonly<Record<string, readonly number[]>>,
  needs?: readonly string[],
): void {
  const there = COMPUTE.filter((field) => places[field]);
  const fail = (field: string, rule: string, got: unknown): never => {
    const columns = listed(header, field);
    const isGiven: Sentence = [
      columns,
      '; where no column holds it, give ',
      { option: `constants.${field}`, value: '…' },
    ];
    const cure = field in NUMBER_FIELDS && field !== 'loss' ? isGiven : columns;
    throw new ScalingLawsError(
      'E_COLUMN_MISSING',
      { argument: `columns.${field}`, rule, got, cure },
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

/** The headers that fields and variables were read from. */
export function readColumns(
  header: readonly string[],
  places: Readonly<Record<string, readonly number[]>>,
): ReadColumns {
  const columns = Object.entries(places).flatMap(([field, own]) => {
    // What was given by the caller stands behind the columns of the table.
    const names = own.flatMap((place) => header[place] ?? []);
    return names.length > 0 ? [[field, names.length === 1 ? names[0]! : Object.freeze(names)] as const] : [];
  });
  return Object.freeze(Object.fromEntries(columns));
}

/** The error for a field that several columns fit equally well. */
export function doubledColumn(field: string, names: readonly string[]): ScalingLawsError {
  const isSame = new Set(names).size < names.length;
  return new ScalingLawsError(
    'E_COLUMN_DOUBLED',
    {
      argument: `columns.${field}`,
      rule: `say which column to read: ${names.map((name) => JSON.stringify(name)).join(' and ')} fit equally well`,
      got: undefined,
      cure: isSame ? 'rename one' : ['choose one, for instance ', { option: `columns.${field}`, value: names[0] }],
    },
    { field, columns: names },
  );
}

function positions(header: readonly string[], fits: (name: string, i: number) => boolean): readonly number[] {
  return header.flatMap((name, i) => (fits(name, i) ? [i] : []));
}

/** The headers for a message, those that contain `wanted` first. */
function listed(header: readonly string[], wanted: string): string {
  const holds = (name: string): boolean => plainHeader(name).includes(plainHeader(wanted));
  const names = [...header.filter(holds), ...header.filter((name) => !holds(name))];
  const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : '';
  return `the columns are ${names
    .slice(0, MAX_LISTED)
    .map((name) => JSON.stringify(name))
    .join(', ')}${more}`;
}
