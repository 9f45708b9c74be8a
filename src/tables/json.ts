/**
 * JSON of runs in the shapes that scripts write it: rows, columns, runs by name, one run, each of these wrapped, and every orient of
 * pandas' `to_json`. One shape is one entry of {@link JSON_SHAPES}, the first that recognises a value reads it.
 */

import { ScalingLawsError } from '../errors.ts';
import { flatRows } from './nested.ts';
import { type FieldOf, isRecord, type Table, tableOfRows } from './table.ts';

type Object_ = Readonly<Record<string, unknown>>;

/** One shape of a value. */
interface JsonShape {
  readonly name: string;
  readonly recognise: (value: unknown, fieldOf: FieldOf) => boolean;
  readonly table: (value: never, fieldOf: FieldOf) => Table;
}

/** Objects around the one that holds the rows. */
const DEEPEST_WRAP = 4;

/** The shapes, from the most special on. */
const JSON_SHAPES: readonly JsonShape[] = [
  {
    name: 'a notebook',
    recognise: (value) => isRecord(value) && Array.isArray(value.cells) && 'nbformat' in value,
    table: () => {
      const cure = "save the table from the notebook, df.to_csv('runs.csv'), and read that";
      throw new ScalingLawsError('E_FORMAT', { argument: 'the file', rule: 'be a table', got: 'a notebook', cure });
    },
  },
  {
    name: "columns and data (pandas' split, a W&B table)",
    recognise: (value) => isRecord(value) && Array.isArray(value.columns) && areLists(value.data),
    table: ({ columns, data }: { columns: readonly unknown[]; data: readonly (readonly unknown[])[] }, fieldOf) =>
      tableOfLists(columns, data, fieldOf),
  },
  {
    name: "schema and data (pandas' table)",
    recognise: (value) => isRecord(value) && isRecord(value.schema) && Array.isArray(value.data),
    table: ({ data }: { data: readonly unknown[] }, fieldOf) => tableOfObjects(data, fieldOf),
  },
  {
    name: 'lists of cells',
    recognise: areLists,
    table: ([first = [], ...rows]: readonly (readonly unknown[])[], fieldOf) => {
      if (first.every((name) => typeof name === 'string')) return tableOfLists(first, rows, fieldOf);
      const cure = "write row objects, as pandas does with to_json('runs.json', orient='records')";
      throw new ScalingLawsError('E_FORMAT', {
        argument: 'JSON',
        rule: 'name its columns',
        got: 'lists of cells',
        cure,
      });
    },
  },
  { name: 'rows', recognise: Array.isArray, table: tableOfObjects },
  {
    name: 'an object of columns',
    recognise: (value, fieldOf) =>
      isRecord(value) &&
      Object.keys(value).length > 0 &&
      Object.values(value).every((list) => Array.isArray(list) && !list.some(isRecord)) &&
      (sameLength(value) || !Object.keys(value).some((key) => fieldOf(key) === 'loss')),
    table: tableOfColumns,
  },
  {
    name: 'columns by row',
    recognise: (value, fieldOf) => {
      if (!areObjects(value)) return false;
      const [outer, inner] = [Object.keys(value), commonKeys(value)];
      if (inner.length === 0 || inner.some((key) => isNamed(key, fieldOf))) return false;
      return outer.some((key) => isNamed(key, fieldOf)) || (inner.every(isIndex) && !outer.every(isIndex));
    },
    table: (value: Readonly<Record<string, Object_>>, fieldOf) => {
      const keys = [...new Set(Object.values(value).flatMap((column) => Object.keys(column)))];
      const rows = keys.map((key) =>
        Object.fromEntries([
          ...(keys.every(isIndex) ? [] : [['run', key]]),
          ...Object.entries(value).map(([name, column]) => [name, Object.hasOwn(column, key) ? column[key] : null]),
        ]),
      );
      return tableOfObjects(rows, fieldOf);
    },
  },
  {
    name: 'runs by name',
    recognise: (value, fieldOf) => {
      if (!areObjects(value)) return false;
      const common = commonKeys(value);
      const outer = Object.keys(value);
      const isPivot =
        common.length > 0 && Object.values(value).every((own) => Object.values(own).every(isNumberOrNull));
      return common.some((key) => isNamed(key, fieldOf)) || (outer.length > 1 && (outer.every(isIndex) || isPivot));
    },
    table: (value: Readonly<Record<string, Object_>>, fieldOf) => {
      const entries = Object.entries(value);
      const needsName =
        !entries.every(([key]) => isIndex(key)) && !commonKeys(value).some((key) => fieldOf(key) === 'run');
      return tableOfObjects(
        entries.map(([run, row]) => (needsName ? { run, ...row } : row)),
        fieldOf,
      );
    },
  },
  {
    name: 'one run',
    recognise: (value, fieldOf) => isRecord(value) && !isWrapper(value, fieldOf) && isRun(value, fieldOf),
    table: (value: Object_, fieldOf) => tableOfObjects([value], fieldOf),
  },
  {
    name: 'rows in an object',
    recognise: (value, fieldOf) => isRecord(value) && tablesIn(value, fieldOf, 1).length > 0,
    table: (value: Object_, fieldOf) => {
      const found = tablesIn(value, fieldOf, 1);
      const whole = found.filter(([, table]) => hasRuns(table.header, fieldOf));
      const [first, second] = whole.length > 0 ? whole : found;
      if (!second) return first![1];
      const got = [first!, second].map(([key]) => JSON.stringify(key)).join(' and ');
      const cure = 'leave the one that holds the runs';
      throw new ScalingLawsError('E_FORMAT', { argument: 'JSON', rule: 'hold one list of runs', got, cure });
    },
  },
  {
    name: 'one row',
    recognise: (value) => isRecord(value) && Object.values(value).some((own) => typeof own !== 'object'),
    table: (value: Object_, fieldOf) => tableOfObjects([value], fieldOf),
  },
];

/**
 * The table in a JSON value.
 *
 * @param fieldOf - Which field a heading names.
 * @throws {ScalingLawsError} `E_FORMAT` if it has no shape that is known.
 */
export function tableOfJson(value: unknown, fieldOf: FieldOf): Table {
  const shape = JSON_SHAPES.find(({ recognise }) => recognise(value, fieldOf));
  if (shape) return shape.table(value as never, fieldOf);
  const rule = 'hold row objects, columns, or runs by name';
  throw new ScalingLawsError('E_FORMAT', { argument: 'JSON', rule, got: value });
}

/** Row objects, with what is nested in them. */
export function tableOfObjects(objects: readonly unknown[], fieldOf: FieldOf): Table {
  const { rows, notes } = flatRows(objects, fieldOf);
  return { ...tableOfRows(rows), ...(notes.length > 0 && { notes }) };
}

function tableOfLists(names: readonly unknown[], data: readonly (readonly unknown[])[], fieldOf: FieldOf): Table {
  const header = names.map((name) => (Array.isArray(name) ? name.join(' ') : String(name)));
  const objects = data.map((cells) => Object.fromEntries(header.map((name, j) => [name, cells[j] ?? null])));
  return tableOfObjects(objects, fieldOf);
}

function tableOfColumns(arrays: Readonly<Record<string, readonly unknown[]>>, fieldOf: FieldOf): Table {
  const [name = '', ...others] = Object.keys(arrays);
  const length = arrays[name]!.length;
  const other = others.find((key) => arrays[key]!.length !== length);
  if (other !== undefined) {
    const got = `${length} (${JSON.stringify(name)}) and ${arrays[other]!.length} (${JSON.stringify(other)})`;
    const columns = [name, other];
    throw new ScalingLawsError('E_FORMAT', { argument: 'columns', rule: 'be equally long', got }, { columns });
  }
  const keys = Object.keys(arrays);
  return tableOfObjects(
    Array.from({ length }, (_, i) => Object.fromEntries(keys.map((key) => [key, arrays[key]![i]]))),
    fieldOf,
  );
}

function areLists(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(Array.isArray);
}

const areObjects = (value: unknown): value is Readonly<Record<string, Object_>> =>
  isRecord(value) && Object.keys(value).length > 0 && Object.values(value).every(isRecord);

/** Keys that all objects within have. */
function commonKeys(value: Readonly<Record<string, Object_>>): readonly string[] {
  const [first = {}, ...others] = Object.values(value);
  return Object.keys(first).filter((key) => others.every((other) => Object.hasOwn(other, key)));
}

const sameLength = (value: Object_): boolean =>
  new Set(Object.values(value).map((list) => (list as readonly unknown[]).length)).size === 1;
const isIndex = (key: string): boolean => /^\d+$/.test(key);
const isNumberOrNull = (value: unknown): boolean => typeof value === 'number' || value === null;
const MEASURES = new Set<string | undefined>(['N', 'D', 'C', 'loss']);
const isNamed = (key: string, fieldOf: FieldOf): boolean => MEASURES.has(fieldOf(key));

/** Whether the headings are those of a whole table of runs. */
function hasRuns(header: readonly string[], fieldOf: FieldOf): boolean {
  const fields = new Set(header.map(fieldOf));
  return fields.has('loss') && ['N', 'D', 'C'].filter((name) => fields.has(name)).length > 1;
}

/** Whether an object holds a table that needs nothing from around it. */
const isWrapper = (value: Object_, fieldOf: FieldOf): boolean =>
  tablesIn(value, fieldOf, 1).some(([, table]) => hasRuns(table.header, fieldOf));

/** Whether an object has values of a run, of its own or in objects within. */
function isRun(value: Object_, fieldOf: FieldOf, depth = 1): boolean {
  if (depth > DEEPEST_WRAP) return false;
  return Object.entries(value).some(([key, own]) =>
    isRecord(own)
      ? isRun(own, fieldOf, depth + 1)
      : isNamed(key, fieldOf) && !(Array.isArray(own) && own.some(isRecord)),
  );
}

/** Tables among the values of an object, by their keys. */
function tablesIn(value: Object_, fieldOf: FieldOf, depth: number): (readonly [string, Table])[] {
  if (depth > DEEPEST_WRAP) return [];
  return Object.entries(value).flatMap(([key, own]): (readonly [string, Table])[] => {
    if (Array.isArray(own)) return own.some(isRecord) ? [[key, tableOfObjects(own, fieldOf)]] : [];
    if (!isRecord(own)) return [];
    const shape = JSON_SHAPES.slice(0, -3).find(({ recognise }) => recognise(own, fieldOf));
    return shape ? [[key, shape.table(own as never, fieldOf)]] : tablesIn(own, fieldOf, depth + 1);
  });
}
