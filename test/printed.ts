/** Expected values as papers print them: `2.418e10`, `46.8B`, `-30.3`. */

import { expect } from 'vitest';
import { parseQuantity } from '../src/runs/quantity.ts';

/**
 * Expects `actual` to be `text` to one unit of its last digit: some tables round, others cut off.
 *
 * @param text - A number with an exponent or a suffix (k, M, B, T); its digits say how exact it is.
 */
export function expectPrinted(actual: number, text: string): void {
  const [, , decimals = '', scale = ''] = /^-?(\d*)\.?(\d*)(.*)$/.exec(text)!;
  const unit = parseQuantity(`1${scale}`) * 10 ** -decimals.length;
  const distance = Math.abs(actual - parseQuantity(text));
  expect(distance, `${actual} must print as ${text}`).toBeLessThanOrEqual(unit * (1 + 1e-9));
}
