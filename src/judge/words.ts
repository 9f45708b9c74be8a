/** Numbers as findings write them. */

import type { Space } from '../objective/penalty.ts';

/** Four digits are enough for a sentence: `1.817`, `2.042e10`. */
export const digits = (value: number): string => {
  const short = Number(value.toPrecision(4));
  return Math.abs(short) < 1e6 ? String(short) : short.toExponential().replace('e+', 'e');
};

/** A residual in words: per cent of loss in log space, nats per token in linear space. */
export const residualInWords = (residual: number, space: Space): string =>
  space === 'log'
    ? `${digits(Number((100 * Math.expm1(residual)).toFixed(2)))} %`
    : `${digits(residual)} nats per token`;

/** `E, alpha and beta`. */
export const list = (names: readonly (string | number)[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
