/** Numbers as figures write them. */

import { count as countOr, digits } from '../words.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** A count of parameters, tokens or dollars to three digits: `24.2B`, `150M`. */
export const count = (value: number): string => countOr(value, powerOfTen);

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
export const short = (value: number, significant = 4): string => digits(value, significant);

/** A share as per cent with its sign: `+3.2 %`, `-0.5 %`. */
export function signedPercent(share: number): string {
  const size = Number(Math.abs(100 * share).toPrecision(2));
  return `${size === 0 ? '' : share < 0 ? '−' : '+'}${size} %`;
}
