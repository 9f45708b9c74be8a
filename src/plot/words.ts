/** Numbers as figures write them. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUFFIXES = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;

/** A count of parameters, tokens or dollars to three digits: `24.2B`, `150M`. */
export function count(value: number): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded >= 1e15) return powerOfTen(value);
  const [unit, suffix] = SUFFIXES.find(([least]) => rounded >= least) ?? [1, ''];
  return `${Number((rounded / unit).toPrecision(3))}${suffix}`;
}

/** FLOPs to two digits: `10²¹`, `3.2 × 10²¹`. */
export function powerOfTen(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e') as [string, string];
  const raised = Array.from(String(Number(exponent)), (digit) => (digit === '-' ? '⁻' : SUPERSCRIPTS[Number(digit)]));
  const power = `10${raised.join('')}`;
  return Number(mantissa) === 1 ? power : `${Number(mantissa)} × ${power}`;
}

/** An amount of what is paid, with its unit: `1.7 × 10²³ FLOPs`, `$361K`, `12K GPU-hours`. */
export function amount(value: number, unit: string): string {
  if (unit === 'FLOPs') return `${powerOfTen(value)} FLOPs`;
  return unit === '$' ? `$${count(value)}` : `${count(value)} ${unit}`;
}

/** A loss, or a coefficient: to `digits` digits, without zeros that say nothing. */
export const short = (value: number, digits = 4): string => String(Number(value.toPrecision(digits)));

/** A share as per cent with its sign: `+3.2 %`, `-0.5 %`. */
export function signedPercent(share: number): string {
  const size = Number(Math.abs(100 * share).toPrecision(2));
  return `${size === 0 ? '' : share < 0 ? '−' : '+'}${size} %`;
}

/** `1 run`, `13 runs`. */
export const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** `values` in a sentence: `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
