/** Numbers as people write them in tables: `70e9`, `70B`, `1.4T`, `1_000`, `1,000,000`. */

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Thousands are parted by `,` in whole counts only: `0,025` and `1,600B` would as well be decimal commas. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;
const SUFFIXED = /^([+-]?(?:\d+(?:_\d+)*|(?=\.))(?:\.\d*)?)\s*([kmbgt]?)$/i;
/** Decimal exponents of the suffixes; case never matters, so `350m` is 350 million. */
const EXPONENT: Readonly<Record<string, number>> = { '': 0, k: 3, m: 6, b: 9, g: 9, t: 12 };

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
