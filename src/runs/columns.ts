/** Which column of a table holds which field: by the caller's word, else by the header. */

import { ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { ALIASES, type FieldName, NUMBER_FIELDS, type NumberName, plainHeader, type TextName } from './fields.ts';

/**
 * Headers by field, for a table whose headers do not speak for themselves. A header is matched exactly, else without
 * regard to case. `run` and `family` may be made of several columns, joined by ` / `.
 */
export type ColumnChoice = { readonly [F in NumberName]?: string } & {
  readonly [F in TextName]?: string | readonly string[];
};

/** Positions in the header by field: one, or for a name one or more; absent where the table has no such column. */
export type ColumnPlaces = { readonly [F in FieldName]?: readonly number[] };

/** Headers that a message lists at most. */
const MAX_LISTED = 12;
const FIELDS = Object.keys(ALIASES) as FieldName[];

/**
 * Finds the column of every field. The field's own name wins over the same in another case, and that over an alias; a
 * column that the caller gives to one number is not offered to another field.
 *
 * @param header - Headers of the table, in order.
 * @param choice - Headers that the caller names.
 * @returns Positions by field, as many as there are.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` (no column of a name in `choice`), `E_COLUMN_DOUBLED` (two columns fit equally well), `E_OPTION`.
 */
export function placeColumns(header: readonly string[], choice: ColumnChoice = {}): ColumnPlaces {
  const places: { [F in FieldName]?: readonly number[] } = {};
  for (const [field, names] of Object.entries(choice)) {
    if (names !== undefined) places[field as FieldName] = placeChosen(header, field, names);
  }
  const taken = new Set(FIELDS.flatMap((field) => (field in NUMBER_FIELDS ? (places[field] ?? []) : [])));
  const plain = header.map(plainHeader);
  for (const field of FIELDS) {
    const found = places[field] ?? placeByHeader(field, header, plain, taken);
    if (found) places[field] = found;
  }
  return places;
}

function placeChosen(header: readonly string[], field: string, names: string | readonly string[]): readonly number[] {
  const list = typeof names === 'string' ? [names] : names;
  const rule = !Object.hasOwn(ALIASES, field)
    ? `must be one of ${FIELDS.join(', ')}`
    : !Array.isArray(list) || list.length === 0 || list.some((name) => typeof name !== 'string')
      ? 'must be a header'
      : field in NUMBER_FIELDS && list.length > 1
        ? 'must be a single header (only run and family join several)'
        : undefined;
  if (rule)
    throw new ScalingLawsError('E_OPTION', `columns.${field}: ${rule}, got ${JSON.stringify(names)}`, { field, names });
  return list.map((name) => placeNamed(header, field, name));
}

function placeNamed(header: readonly string[], field: string, name: string): number {
  const exact = positions(header, (other) => other === name);
  const found = exact.length > 0 ? exact : positions(header, (other) => other.toLowerCase() === name.toLowerCase());
  if (found.length > 1) throw doubled(header, field, found);
  if (found.length === 1) return found[0]!;
  const near = nearest(name, header, plainHeader);
  const hint = near === undefined ? '' : `did you mean ${JSON.stringify(near)}? `;
  throw new ScalingLawsError(
    'E_COLUMN_MISSING',
    `columns.${field}: there is no column ${JSON.stringify(name)}; ${hint}${listed(header, name)}`,
    { field, column: name, didYouMean: near, columns: header },
  );
}

function placeByHeader(
  field: FieldName,
  header: readonly string[],
  plain: readonly string[],
  taken: ReadonlySet<number>,
): readonly number[] | undefined {
  const aliases = ALIASES[field].map(plainHeader);
  const ranks: readonly ((i: number) => boolean)[] = [
    (i) => header[i] === field,
    (i) => header[i]!.toLowerCase() === field.toLowerCase(),
    (i) => aliases.includes(plain[i]!),
  ];
  for (const matches of ranks) {
    const found = positions(header, (_, i) => !taken.has(i) && matches(i));
    if (found.length > 1) throw doubled(header, field, found);
    if (found.length === 1) return found;
  }
  return undefined;
}

/**
 * Makes sure that `loss` and at least two of `N`, `D` and `C` have a place.
 *
 * @throws {ScalingLawsError} `E_COLUMN_MISSING`.
 */
export function requireFields(header: readonly string[], places: ColumnPlaces): void {
  const compute = (['N', 'D', 'C'] as const).filter((field) => places[field]);
  const fail = (field: FieldName, what: string): never => {
    const given = field === 'loss' ? '' : `, or give it with constants: { ${field}: … }`;
    const message = `${what}; name it with columns: { ${field}: '…' }${given}; ${listed(header, field)}`;
    throw new ScalingLawsError('E_COLUMN_MISSING', message, { field, columns: header });
  };
  if (compute.length < 2) {
    const missing = (['N', 'D', 'C'] as const).find((field) => !places[field])!;
    fail(missing, `two of N, D and C must have a column, got ${compute.length === 0 ? 'none' : `only ${compute[0]}`}`);
  }
  if (!places.loss) fail('loss', 'loss must have a column, got none');
}

function doubled(header: readonly string[], field: string, found: readonly number[]): ScalingLawsError {
  const names = found.map((i) => header[i]!);
  const quoted = names.map((name) => JSON.stringify(name));
  const way = new Set(names).size < names.length ? 'rename one' : `choose one with columns: { ${field}: ${quoted[0]} }`;
  return new ScalingLawsError('E_COLUMN_DOUBLED', `${field} fits the columns ${quoted.join(' and ')}; ${way}`, {
    field,
    columns: names,
  });
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
