/** Numbers as people write them in tables: `70e9`, `70B`, `1.4T`, `1_000`, `1,000,000`, and with a decimal comma `0,025B`. */

import type { Cell } from '../tables/table.ts';

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Thousands are parted by `,` in whole counts only: `0,025` and `1,600B` would as well be decimal commas. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;
const SUFFIXED = /^([+-]?(?:\d+(?:_\d+)*|(?=\.))(?:\.\d*)?)\s*([kmbgt]?)$/i;
/** Decimal exponents of the suffixes; case never matters, so `350m` is 350 million. */
const EXPONENT: Readonly<Record<string, number>> = { '': 0, k: 3, m: 6, b: 9, g: 9, t: 12 };

/** Signs that part the whole of a number from its decimals. */
export const DECIMALS = ['.', ','] as const;
/** One of them. */
export type Decimal = (typeof DECIMALS)[number];

/**
 * A decimal number, with or without an exponent; nothing else that JavaScript takes for a number (`''`, `0x10`).
 *
 * @param value - A number, or its text; spaces around it are ignored.
 * @returns The number, `NaN` if it is none.
 * @example
 * parseNumber(' 2.5e-3') // => 0.0025
 */
export function parseNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  return PLAIN.test(text) ? Number(text) : Number.NaN;
}

/**
 * A count, as {@link parseNumber} or with a suffix (k, M, B or G, T), `_` between digits, or `,` between thousands.
 *
 * @param value - A number, or its text; a comma anywhere but before each three digits makes it no number, as do one beside a suffix and a
 *   first group that begins with 0: those may be decimal commas.
 * @returns The number, rounded once (`1.1B` is 1100000000), `NaN` if it is none.
 * @example
 * parseQuantity('70B') // => 7e10
 */
export function parseQuantity(value: unknown): number {
  const plain = parseNumber(value);
  if (!Number.isNaN(plain) || typeof value !== 'string') return plain;
  const text = value.trim();
  if (THOUSANDS.test(text)) return parseNumber(text.replaceAll(',', ''));
  const [, digits = '', suffix = ''] = SUFFIXED.exec(text) ?? [];
  return parseNumber(`${digits.replaceAll('_', '')}e${EXPONENT[suffix.toLowerCase()]}`);
}

/** Whether a cell says that there is nothing. */
export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && /^(?:|[-–—]+|n\/?a|none|null)$/i.test(cell));

/** Cells that are looked at to see what a column holds. */
const SAMPLE = 200;

/** Whether most cells of a column that say something are numbers, with decimal points or commas. */
export function looksNumeric(cells: readonly Cell[]): boolean {
  const said = cells.slice(0, SAMPLE).filter((cell) => !isBlank(cell));
  const numbers = said.filter(
    (cell) => !Number.isNaN(parseQuantity(withPoint(cell))) || /^[+-]?(?:nan|inf(?:inity)?)$/i.test(String(cell)),
  );
  return 2 * numbers.length > said.length;
}

/** A comma before one group of digits: a decimal comma, unless it parts thousands. */
const ONE_COMMA = /^[+-]?\d+,\d+(?:e[+-]?\d+|\s*[kmbgt])?$/i;
/** One comma that may as well part thousands: `1,600`. */
const EITHER = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** What the commas of a cell can only be: `,` decimal, `.` beside thousands; `either`; undefined without a comma. */
export function commaIn(cell: Cell): Decimal | 'either' | undefined {
  if (typeof cell !== 'string' || !cell.includes(',')) return undefined;
  const text = cell.trim();
  if (EITHER.test(text)) return 'either';
  if (THOUSANDS.test(text)) return '.';
  return ONE_COMMA.test(text) || /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/.test(text) ? ',' : undefined;
}

/** A cell whose comma is decimal, with a point for it; points before it part thousands. */
export const withPoint = (cell: Cell): Cell => {
  if (typeof cell !== 'string') return cell;
  const text = cell.trim();
  if (ONE_COMMA.test(text)) return text.replace(',', '.');
  return /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/.test(text) ? text.replaceAll('.', '').replace(',', '.') : cell;
};
