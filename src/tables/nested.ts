/**
 * Row objects that hold objects and lists, as flat rows: an object within is read by its path (`config.d_model`); a list that is the curve of a
 * run, one row an entry, with the other values of the run beside each.
 */

import { ScalingLawsError } from '../errors.ts';
import { type FieldOf, isRecord, tooLarge } from './table.ts';

/** Levels of objects within objects. */
const DEEPEST = 32;
/** Entries of a list that a cell shows. */
const LONGEST_SHOWN = 32;

type Row = Readonly<Record<string, unknown>>;

/** A run taken apart: values by their path, and lists. */
interface Parts {
  readonly values: Map<string, unknown>;
  readonly lists: Map<string, readonly unknown[]>;
}

/** Columns of equal length that belong together. */
interface Curve {
  readonly from: string;
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
}

/** Flat rows, and what was made of lists. */
export interface FlatRows {
  readonly rows: readonly unknown[];
  readonly notes: readonly string[];
}

/**
 * `rows` without objects and curves within them; what is no object stays as it is.
 *
 * @param fieldOf - Which field a heading names.
 * @throws {ScalingLawsError} `E_FORMAT` if a row holds several curves, or nests too deeply.
 */
export function flatRows(rows: readonly unknown[], fieldOf: FieldOf): FlatRows {
  if (rows.every(isFlat)) return { rows, notes: [] };
  const notes = new Set<string>();
  const names = new Map<string, readonly string[]>();
  let isCurve = false;
  const flat = rows.map((row, i): readonly unknown[] => {
    if (!isRecord(row)) return [row];
    const parts = partsOf(row);
    const found = expanded(parts, i + 1, fieldOf, names, notes);
    isCurve ||= found.length > 1;
    return found;
  });
  const isNamed = (row: unknown): boolean => isRecord(row) && Object.keys(row).some((key) => fieldOf(key) === 'run');
  if (isCurve && rows.length > 1 && !flat.flat().some(isNamed)) {
    // Checkpoints of one object are those of one run.
    return {
      rows: flat.flatMap((own, i) => own.map((row) => (isRecord(row) ? { run: String(i + 1), ...row } : row))),
      notes: [...notes],
    };
  }
  return { rows: flat.flat(), notes: [...notes] };
}

/** Whether no value of a row is an object of its own. */
function isFlat(row: unknown): boolean {
  if (!isRecord(row)) return true;
  for (const key in row) if (typeof row[key] === 'object' && row[key] !== null) return false;
  return true;
}

/** The values of `row` by their path. */
function partsOf(row: Row): Parts {
  const [values, lists] = [new Map<string, unknown>(), new Map<string, readonly unknown[]>()];
  const visit = (part: Row, at: string, depth: number): void => {
    if (depth > DEEPEST) throw tooLarge(`nest at most ${DEEPEST} levels deep`, 'more');
    for (const [key, value] of Object.entries(part)) {
      const path = at + key;
      if (values.has(path) || lists.has(path)) {
        throw new ScalingLawsError('E_FORMAT', { argument: 'the row', rule: 'have one value a path', got: path });
      }
      if (Array.isArray(value)) lists.set(path, value);
      else if (isPlain(value)) visit(value, `${path}.`, depth + 1);
      else values.set(path, value);
    }
  };
  visit(row, '', 1);
  return { values, lists };
}

/** An object of JSON, no `Date` and the like. */
function isPlain(value: unknown): value is Row {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The rows of one run: one, or one an entry of its curve. */
function expanded(
  { values, lists }: Parts,
  number: number,
  fieldOf: FieldOf,
  names: Map<string, readonly string[]>,
  notes: Set<string>,
): readonly Row[] {
  const all = curvesIn({ values, lists }, fieldOf, names);
  const curves = all.filter(({ columns }) => columns.size > 1);
  if (curves.length > 1) {
    const got = curves.map(({ from }) => JSON.stringify(from)).join(' and ');
    const breach = { where: `row ${number}`, argument: 'the run', rule: 'have one curve', got, cure: 'leave one' };
    throw new ScalingLawsError('E_FORMAT', breach, { row: number });
  }
  const single = new Map(all.flatMap((curve) => (curve.columns.size === 1 ? [...curve.columns] : [])));
  const [curve] = curves;
  const used = new Set([...(curve ? [curve.from, ...curve.columns.keys()] : []), ...single.keys()]);
  const rest = [...lists].filter(([path]) => !used.has(path)).map(([path, list]) => [path, shownList(list)] as const);
  const last = [...single].map(([path, list]) => [path, list.at(-1)] as const);
  for (const path of single.keys()) notes.add(`${JSON.stringify(path)} holds a list a run; its last value is read.`);
  const base = Object.fromEntries([...values, ...rest, ...last]);
  if (!curve) return [base];
  const fields = new Set([...curve.columns.keys()].map(fieldOf));
  const scalars = new Set([...values.keys()].map(fieldOf));
  const length = [...curve.columns.values()][0]!.length;
  const entry = (i: number): Row => {
    const own = [...curve.columns].map(([name, list]) => [name, list[i]] as const);
    return { ...base, ...Object.fromEntries(own) };
  };
  // Tokens or FLOPs of the whole run are not those of its first checkpoint.
  if (!fields.has('D') && !fields.has('C') && (scalars.has('D') || scalars.has('C'))) {
    notes.add(
      `${JSON.stringify(curve.from)} does not tell the tokens of its entries; the last one is read, as that of the run.`,
    );
    return [entry(length - 1)];
  }
  notes.add(
    `${JSON.stringify(curve.from)} is read as a curve of ${[...curve.columns.keys()].join(', ')}: one row an entry.`,
  );
  // What a run ends with stands in the last entry.
  for (const name of values.keys()) {
    const field = fieldOf(name);
    if (field === undefined || !fields.has(field) || curve.columns.has(name)) continue;
    if ([...curve.columns.values()].some((list) => list.at(-1) === values.get(name))) delete base[name];
  }
  return Array.from({ length }, (_, i) => entry(i));
}

/** Lists that may be the course of a loss; one of a single column is a loss whose tokens nobody tells. */
function curvesIn({ values, lists }: Parts, fieldOf: FieldOf, names: Map<string, readonly string[]>): readonly Curve[] {
  const found: Curve[] = [];
  const isLoss = (name: string): boolean => fieldOf(name) === 'loss';
  const numbers = [...lists].filter(([, list]) => list.length > 0 && list.every(isPrimitive));
  const lengths = new Set(numbers.flatMap(([path, list]) => (isLoss(path) ? [list.length] : [])));
  for (const length of lengths) {
    const columns = new Map(numbers.filter(([, list]) => list.length === length));
    found.push({ from: [...columns.keys()].find(isLoss)!, columns });
  }
  for (const [path, list] of lists) {
    const width = tupleWidth(list);
    if (width > 1) {
      const entries = list as readonly (readonly unknown[])[];
      const own = names.get(path) ?? columnNames(path, entries, values, fieldOf);
      names.set(path, own);
      const columns = new Map(own.slice(0, width).map((name, j) => [name, entries.map((entry) => entry[j])]));
      if (own.some(isLoss) || ![...values.keys()].some(isLoss)) found.push({ from: path, columns });
    } else if (list.length > 0 && list.every(isPlain)) {
      const entries = list.map((entry) => partsOf(entry).values);
      const keys = [...new Set(entries.flatMap((entry) => [...entry.keys()]))];
      if (!keys.some(isLoss)) continue;
      const columns = new Map(
        keys.map((key) => [
          values.has(key) || lists.has(key) ? `${path}.${key}` : key,
          entries.map((entry) => entry.get(key) ?? null),
        ]),
      );
      found.push({ from: path, columns });
    }
  }
  return found;
}

/** Names for the columns of a list without headings: a column ends with the value that the run gives under its name. */
function columnNames(
  path: string,
  entries: readonly (readonly unknown[])[],
  values: ReadonlyMap<string, unknown>,
  fieldOf: FieldOf,
): readonly string[] {
  const taken = new Set<string>();
  return entries[0]!.map((_, j) => {
    const last = entries.at(-1)![j];
    const same = [...values].filter(([name, value]) => value === last && typeof value === 'number' && !taken.has(name));
    const [name = `${path}.${j + 1}`] = same.find(([other]) => fieldOf(other) !== undefined) ?? same[0] ?? [];
    taken.add(name);
    return fieldOf(name) === 'step' ? 'step' : name;
  });
}

/** Values of each entry of a list of lists that are equally long; 0 for any other list. */
function tupleWidth(list: readonly unknown[]): number {
  const [first] = list;
  if (!Array.isArray(first)) return 0;
  const isAlike = (entry: unknown): boolean =>
    Array.isArray(entry) && entry.length === first.length && entry.every(isPrimitive);
  return list.every(isAlike) ? first.length : 0;
}

const isPrimitive = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A list that is no curve, as a cell. */
const shownList = (list: readonly unknown[]): unknown =>
  list.length <= LONGEST_SHOWN ? list : `a list of ${list.length}`;
