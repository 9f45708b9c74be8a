/** Several tables of runs as one: a log often is a file a run. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { sameLossUnit } from '../loss-unit.ts';
import { joinConventions } from './convention.ts';
import { type Cell, OPTIONAL_NUMBERS, OPTIONAL_TEXTS, type Runs } from './runs.ts';

/**
 * The rows of all `parts`, in order. Rows are numbered anew, each part going on after the last row of the part before.
 *
 * @param parts - One table or more, not filtered yet. A column that only some of them have (`step`, `fraction`, `run`, ...) is left out with
 *   a warning, and so is what they count differently; cells of `extra` are null where a part has no such column.
 * @returns Frozen runs with the warnings of every part.
 * @throws {ScalingLawsError} `E_EMPTY` without rows; `E_LOSS_UNIT` if their losses are in different units.
 * @example
 * joinRuns([readRuns('N,D,loss\n1B,20B,2.5'), readRuns('N,D,loss\n2B,20B,2.4')]).row // => [1, 2]
 */
export function joinRuns(parts: readonly Runs[]): Runs {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length === 0) {
    const got = `none in ${parts.length}`;
    throw new ScalingLawsError('E_EMPTY', { argument: 'the tables', rule: 'have rows', got });
  }
  const numbers = (of: (part: Runs) => Float64Array): Float64Array =>
    Float64Array.from(parts.flatMap((part) => Array.from(of(part))));
  const optional = [...OPTIONAL_NUMBERS, ...OPTIONAL_TEXTS].filter((name) => parts.some((part) => part[name]));
  const [kept, dropped] = [true, false].map((all) =>
    optional.filter((name) => parts.every((part) => part[name]) === all),
  ) as [typeof optional, typeof optional];
  const column = (name: (typeof optional)[number]): Float64Array | readonly string[] =>
    name === 'run' || name === 'family'
      ? Object.freeze(parts.flatMap((part) => part[name]!))
      : numbers((part) => part[name]!);
  const names = [...new Set(parts.flatMap(({ extra }) => Object.keys(extra)))];
  const extra = (name: string): readonly Cell[] =>
    Object.freeze(parts.flatMap((part) => part.extra[name] ?? Array<Cell>(part.length).fill(null)));
  let before = 0;
  const row = parts.flatMap((part) => {
    const own = Array.from(part.row, (number) => before + number);
    before = own.at(-1) ?? before;
    return own;
  });
  const lossUnit = sameLossUnit(
    'the joined tables',
    parts.map((part) => part.lossUnit),
  );
  const { convention, warnings: mixed } = joinConventions(parts.map((part) => part.convention));
  const warnings: Finding[] = dropped.map((name) =>
    finding('W_COLUMN_DROPPED', `${name} is left out: only some of the joined tables have it.`, {
      about: [`columns.${name}`],
    }),
  );
  return Object.freeze({
    length,
    N: numbers(({ N }) => N),
    D: numbers(({ D }) => D),
    C: numbers(({ C }) => C),
    loss: numbers(({ loss }) => loss),
    ...Object.fromEntries(kept.map((name) => [name, column(name)])),
    extra: Object.freeze(Object.fromEntries(names.map((name) => [name, extra(name)]))),
    columns: sameColumns(parts),
    lossUnit,
    ...(convention && { convention }),
    row: Int32Array.from(row),
    passed: Object.freeze([]),
    warnings: Object.freeze([
      ...parts.flatMap((part) => part.warnings),
      ...[...warnings, ...mixed].map((warning) => Object.freeze(warning)),
    ]),
  });
}

/** Headers on which all parts agree: of others none is true of all rows. */
function sameColumns([first, ...others]: readonly Runs[]): Runs['columns'] {
  const same = Object.entries(first!.columns).filter(([field, header]) =>
    others.every(({ columns }) => JSON.stringify(columns[field]) === JSON.stringify(header)),
  );
  return Object.freeze(Object.fromEntries(same));
}
