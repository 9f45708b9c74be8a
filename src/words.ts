/** Numbers and lists as people read them: in messages, at the terminal, in figures and reports. */

/** Powers of ten that have a name in this field, largest first. */
const SUFFIXES = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;
/** From here on a count is written as a power of ten: nobody says thousands of trillions. */
const NAMELESS = 1e15;
/** From here on, and below its inverse, a number is written as a power of ten. */
const LONG = 1e6;

/**
 * A count of parameters, tokens or dollars to three digits: `24.2B`, `2.66T`, `110`.
 *
 * @param nameless - How counts without a name are written.
 */
export function count(value: number, nameless: (value: number) => string = power): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded >= NAMELESS) return nameless(value);
  const [unit, suffix] = SUFFIXES.find(([least]) => rounded >= least) ?? [1, ''];
  return `${Number((rounded / unit).toPrecision(3))}${suffix}`;
}

/** FLOPs to three digits, as a power of ten: `5.88e23`. */
export function power(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** FLOPs to two digits, for pictures and pages: `10²¹`, `3.2 × 10²¹`. */
export function powerOfTen(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e') as [string, string];
  const raised = Array.from(String(Number(exponent)), (digit) => (digit === '-' ? '⁻' : SUPERSCRIPTS[Number(digit)]));
  const power = `10${raised.join('')}`;
  return Number(mantissa) === 1 ? power : `${Number(mantissa)} × ${power}`;
}

/** A {@link count} for pictures and pages. */
export const drawnCount = (value: number): string => count(value, powerOfTen);

/** A cost with its unit, for pictures and pages: `1.7 × 10²³ FLOPs`, `$361K`, `12K GPU-hours`. */
export function drawnAmount(value: number, unit: string): string {
  if (unit === 'FLOPs') return `${powerOfTen(value)} FLOPs`;
  return unit === '$' ? `$${drawnCount(value)}` : `${drawnCount(value)} ${unit}`;
}

/** A number to `significant` digits, without zeros that say nothing: `0.336`, `2.04e10`. */
export function digits(value: number, significant: number = 6): string {
  const short = Number(value.toPrecision(significant));
  return (Math.abs(short) < LONG ? String(short) : short.toExponential()).replace('e+', 'e');
}

/** A number for a sentence or a figure: four digits, unless told otherwise. */
export const short = (value: number, significant: number = 4): string => digits(value, significant);

/** Shares this small are rounding. */
const ROUNDING = 1e-9;

/** A share in percent, to two digits or the unit: `4.8%`, `71%`, `147%`. */
export function percent(share: number): string {
  // What is left of nothing by rounding is nothing.
  const value = Math.abs(share) < ROUNDING ? 0 : 100 * share;
  return `${Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value)}%`;
}

/** A share in percent with its sign: `+3.2%`, `-0.5%`; nothing worth a sign is `0%`. */
export function signedPercent(share: number): string {
  const size = percent(Math.abs(share));
  return size === '0%' ? size : `${share < 0 ? '-' : '+'}${size}`;
}

/** `1.77 to 1.87`; where an end is open, `1.77 to 1.87 or more`. */
export const interval = (
  [low, high]: readonly [low: number, high: number],
  write: (value: number) => string = short,
  open: { readonly lower?: boolean; readonly upper?: boolean } = {},
): string => `${write(low)}${open.lower ? ' or less' : ''} to ${write(high)}${open.upper ? ' or more' : ''}`;

/** `1 row`, `13 rows`. */
export const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const joined = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string => joined(words, 'and');

/** `a`, `a or b`, `a, b or c`. */
export const alternatives = (words: readonly string[]): string => joined(words, 'or');
