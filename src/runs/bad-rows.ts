/** Rows that cannot be used: collected over the whole table, then thrown as one error or told as warnings. */

import { type ErrorCode, type ErrorDetails, ScalingLawsError, type Warning } from '../errors.ts';
import type { Cell } from './runs.ts';

/** One row that cannot be used, and the first reason why. */
export interface BadRow {
  readonly code: ErrorCode;
  /** 1-based row of the source, header not counted. */
  readonly row: number;
  /** The broken rule in words: `D must be a positive finite number of tokens`. */
  readonly rule: string;
  /** What stood there instead. */
  readonly value: Cell;
  /** What else a program may want to know, e.g. `column`. */
  readonly details: ErrorDetails;
}

/** Skipped rows that get a warning each; the others are counted in one more. */
const MAX_SKIP_WARNINGS = 20;
/** Longest text shown in a message, characters. */
const MAX_SHOWN = 40;

/** A value as a message shows it: numbers bare, text quoted and cut, an empty cell as `nothing`. */
export function showValue(value: Cell): string {
  if (value === null || value === '') return 'nothing';
  if (typeof value !== 'string' || !Number.isNaN(Number(value))) return String(value);
  return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
}

/** Throws the first bad row; the message ends with how many more there are. */
export function throwBadRows(bad: Iterable<BadRow>): never {
  const [first, ...further] = inOrder(bad);
  const more = further.length === 0 ? '' : ` (${further.length} further bad ${further.length === 1 ? 'row' : 'rows'})`;
  const { code, row, rule, value, details } = first!;
  throw new ScalingLawsError(code, describe(first!) + more, {
    row,
    rule,
    value,
    furtherBadRows: further.length,
    ...details,
  });
}

/** Warnings that name the skipped rows: the first {@link MAX_SKIP_WARNINGS} one by one, the rest as a number. */
export function skipWarnings(bad: Iterable<BadRow>): readonly Warning[] {
  const rows = inOrder(bad);
  const warnings = rows.slice(0, MAX_SKIP_WARNINGS).map((row) => `${describe(row)}; the row is skipped`);
  const rest = rows.length - warnings.length;
  if (rest > 0) warnings.push(`${rest} further bad ${rest === 1 ? 'row is' : 'rows are'} skipped`);
  return warnings.map((message) => ({ code: 'W_ROW_SKIPPED', message }));
}

const inOrder = (bad: Iterable<BadRow>): BadRow[] => [...bad].sort((a, b) => a.row - b.row);
const describe = ({ row, rule, value }: BadRow): string => `row ${row}: ${rule}, got ${showValue(value)}${hint(value)}`;

/** A comma parts thousands in a count; where it cannot, it may have been meant for a point. */
const hint = (value: Cell): string =>
  typeof value === 'string' && /^\s*[+-]?\d+,\d+(e[+-]?\d+)?\s*$/i.test(value)
    ? `; commas are not read as decimal points: write ${value.trim().replace(',', '.')}`
    : '';
