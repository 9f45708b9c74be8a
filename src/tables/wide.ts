/**
 * Wide tables: a column a run, a size, a number of tokens or a budget, the losses below. Their headings are values; where it is certain what
 * of, they are read so, else the caller must say.
 */

import { ScalingLawsError } from '../errors.ts';
import { type Column, melted } from './melt.ts';
import { type FieldOf, looksNumeric, type Table } from './table.ts';

/** What a caller says of a wide table. */
export interface WideSettings {
  /** What the headings hold: a field, or a name of the caller's own. */
  readonly wide?: string | undefined;
  /** Heading of the loss, where the caller named it. */
  readonly loss?: string | undefined;
  /** Fields that the caller gave a column or a value. */
  readonly given: ReadonlySet<string>;
}

/** A heading with one number in it: `d512`, `N=125M`, `loss @ 1e18 FLOPs`. */
interface Numbered {
  readonly place: number;
  readonly number: string;
  /** The words around the number. */
  readonly words: readonly string[];
}

const LONGEST = 100;
/** Headings of numbers alone that make a table wide beyond doubt. */
const FEWEST = 3;
/** Above any number of parameters or tokens, and below any budget worth a column of its own. */
const LEAST_BUDGET = 1e15;
const LEAST_SIZE = 1e4;
/** Headings with a word may have smaller numbers: steps. */
const LEAST_NAMED = 1e3;
const COUNTS = new Set(['N', 'D', 'C', 'step']);

/**
 * `table`, long if it was wide: with a column for what its headings hold, and one for its cells.
 *
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` if it is wide and nobody says what its headings hold.
 */
export function longTable(table: Table, fieldOf: FieldOf, settings: WideSettings): Table {
  const { header } = table;
  const { wide, loss, given } = settings;
  const corner = wide === undefined ? /^([^\\]+)\\([^\\]+)$/.exec(header[0] ?? '') : null;
  if (corner && header.length > 2) {
    const [, own, across] = corner.map((name) => name.trim());
    const columns = header.flatMap((name, place) =>
      place > 0 && name !== '' ? [{ place, of: name, value: loss ?? 'loss' }] : [],
    );
    const named = { ...table, header: [own!, ...header.slice(1)] };
    return told(melted(named, columns, across!), columns, across!);
  }
  const fields = header.map(fieldOf);
  const numbered = group(header);
  const inside = new Set(numbered.map(({ place }) => place));
  const losses = [...fields.keys()].filter((j) => fields[j] === 'loss');
  if (wide === undefined && (loss !== undefined || losses.some((j) => !inside.has(j)))) return table;
  const value = loss ?? lossIn(numbered, fieldOf) ?? 'loss';
  const known = new Set([...fields, ...given]);
  const meaning = wide ?? meaningOf(numbered, known, fieldOf);
  if (meaning !== undefined) {
    const columns: readonly Column[] =
      numbered.length > 1 && COUNTS.has(meaning)
        ? numbered.map(({ place, number }) => ({ place, of: number, value }))
        : unknown(table, fields).map((place) => ({ place, of: header[place]!, value }));
    if (columns.length > 0) return told(melted(table, columns, meaning), columns, meaning);
  }
  if (wide === undefined && losses.length > 0) return table;
  const suspects = numbered.length >= FEWEST ? numbered.map(({ place }) => place) : runsIn(table, fields, known);
  if (wide === undefined && suspects.length < 2) return table;
  const names = listed(suspects.map((place) => header[place]!));
  const guess = numbered.length >= FEWEST ? (known.has('N') ? 'D' : 'N') : 'run';
  throw new ScalingLawsError(
    'E_COLUMN_MISSING',
    wide === undefined
      ? {
          argument: 'columns.loss',
          rule: 'name the column of loss',
          got: undefined,
          cure: [
            `if ${names} hold losses, say what these headings are, for instance `,
            { option: 'wide', value: guess },
          ],
        }
      : { argument: 'wide', rule: 'be given for a table with headings that hold values', got: wide },
    { field: 'loss', columns: header },
  );
}

/** The headings with one number each that are otherwise alike, the largest such group. */
function group(header: readonly string[]): readonly Numbered[] {
  const groups = new Map<string, Numbered[]>();
  header.forEach((name, place) => {
    if (name.length > LONGEST) return;
    const [, before = '', number, after = ''] =
      /^(\D*?)(\d[\d.,_]*(?:e[+-]?\d+)?\s?[kmbgt]?)(?![a-z\d])(\D*)$/i.exec(name) ?? [];
    if (number === undefined) return;
    const words = `${before} ${after}`.match(/[a-z]+/gi) ?? [];
    const alike = `${before}\n${after}`;
    const own = groups.get(alike) ?? [];
    own.push({ place, number: number.trim(), words });
    groups.set(alike, own);
  });
  const all = [...groups.values()].sort((one, other) => other.length - one.length);
  return all[0] && all[0].length > 1 ? all[0] : [];
}

/** The name of a loss in the words around the numbers: `val_loss_125M`. */
function lossIn([first]: readonly Numbered[], fieldOf: FieldOf): string | undefined {
  const name = first?.words.join('_') ?? '';
  return [name, ...(first?.words ?? [])].find((word) => fieldOf(word) === 'loss');
}

/** What the numbers in the headings are, where it is certain. */
function meaningOf(numbered: readonly Numbered[], known: ReadonlySet<unknown>, fieldOf: FieldOf): string | undefined {
  const [first] = numbered;
  if (!first) return undefined;
  const isCount = numbered.every(({ number }) => /[kmbgt]$/i.test(number));
  const values = numbered.map(({ number }) => Number(number.replace(/[_,]/g, '')));
  const said = first.words.map(fieldOf).find((field) => field !== undefined && COUNTS.has(field));
  if (said !== undefined) {
    // D1 and D2 are names.
    const areValues = isCount || Math.max(...values) >= LEAST_NAMED;
    return areValues && !known.has(said) ? said : undefined;
  }
  if (numbered.length < FEWEST || first.words.some((word) => fieldOf(word) === undefined)) return undefined;
  if (values.every((value) => value >= LEAST_BUDGET)) return known.has('C') ? undefined : 'C';
  if (known.has('N') && !known.has('D') && !known.has('C')) return isCount ? 'D' : undefined;
  const isSize = isCount || values.every((value) => value >= LEAST_SIZE);
  return known.has('D') && !known.has('N') && !known.has('C') && isSize ? 'N' : undefined;
}

/** Columns of numbers that name no field. */
const unknown = ({ columns }: Table, fields: readonly (string | undefined)[]): readonly number[] =>
  fields.flatMap((field, place) => (field === undefined && areNumbers(columns[place]!) ? [place] : []));

/** Columns of a table with steps or tokens that may be a run each: all others, if they are numbers. */
function runsIn(table: Table, fields: readonly (string | undefined)[], known: ReadonlySet<unknown>): readonly number[] {
  const own = unknown(table, fields);
  const others = fields.filter((field) => field !== undefined);
  const hasAxis = known.has('step') || known.has('D') || known.has('C');
  return hasAxis && others.length + own.length === fields.length ? own : [];
}

const areNumbers = (cells: readonly unknown[]): boolean =>
  cells.every((cell) => cell === null || cell === '' || typeof cell === 'number' || looksNumeric(String(cell)));

/** Headings for a message. */
const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, 3)
    .map((name) => JSON.stringify(name))
    .join(', ')}${names.length > 3 ? ', …' : ''}`;

function told(table: Table, columns: readonly Column[], variable: string): Table {
  const names = listed(columns.map(({ of }) => of));
  const note = `The headings ${names} are read as ${variable}, and the cells below them as ${columns[0]!.value}: one row a cell, ${table.row.length} in all.`;
  return { ...table, notes: [...(table.notes ?? []), note] };
}
