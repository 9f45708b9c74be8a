/** From where to where a column goes. */

/** Least and greatest value, in the unit of the column. */
export type Span = readonly [min: number, max: number];

/**
 * Least and greatest value of a column.
 *
 * @param column - At least one number.
 */
export function spanOf(column: ArrayLike<number>): Span {
  let min = column[0]!;
  let max = min;
  for (let i = 1; i < column.length; i++) {
    const value = column[i]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return Object.freeze([min, max] as const);
}
