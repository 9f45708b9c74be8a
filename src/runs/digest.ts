/**
 * A short fingerprint of the rows that entered a fit, so that a saved fit can tell whether it is shown the same data.
 * FNV-1a, 64 bits (Fowler, Noll and Vo; IETF draft-eastlake-fnv). It finds accidents; anyone who wants two tables alike can make them so.
 */

import type { Runs } from './runs.ts';
import { variableColumn } from './variables.ts';

/**
 * Fingerprint of the numbers that a fit uses: the row count, then N, D, C, loss and weight where there is one, column
 * by column, then the other variables that its law reads, each number as 8 bytes (IEEE 754 double, little-endian). The order of rows
 * counts; names do not.
 *
 * @param runs - Runs to fingerprint.
 * @param others - Names of the variables beside N, D and C; those that the runs lack add nothing.
 * @returns 16 hexadecimal digits.
 */
export function digestRuns(runs: Runs, others: readonly string[] = []): string {
  const none = new Float64Array(0);
  const columns = [
    Float64Array.of(runs.length),
    runs.N,
    runs.D,
    runs.C,
    runs.loss,
    runs.weight ?? none,
    ...others.map((name) => variableColumn(runs, name) ?? none),
  ];
  const view = new DataView(new ArrayBuffer(8 * columns.reduce((sum, column) => sum + column.length, 0)));
  let at = 0;
  for (const column of columns) {
    for (const value of column) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return fnv1a64(new Uint8Array(view.buffer));
}

/**
 * FNV-1a, 64 bits: for each byte, `hash = (hash XOR byte) * (2^40 + 0x1b3)` modulo 2^64.
 *
 * @param bytes - Bytes to fingerprint.
 * @returns 16 hexadecimal digits.
 * @example
 * fnv1a64(Uint8Array.of(0x61)) // => 'af63dc4c8601ec8c'
 */
export function fnv1a64(bytes: Uint8Array): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < bytes.length; i++) {
    // In halves of 32 bits; the carry from the low product is exact, since that product stays under 2^53.
    const word = (low ^ bytes[i]!) >>> 0;
    const carry = Math.floor((word * 0x1b3) / 2 ** 32);
    high = (Math.imul(high, 0x1b3) + (word << 8) + carry) | 0;
    low = Math.imul(word, 0x1b3);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
