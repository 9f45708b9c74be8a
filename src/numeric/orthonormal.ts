/** Orthonormal columns that span what others span, by Gram and Schmidt's method, twice for the sake of rounding. */

/** A column that is this short once the others are taken out of it, as a share of its length, adds nothing. */
const NOTHING_NEW = 1e-7;

/**
 * Orthonormal columns with the span of `columns`; those that add nothing to the ones before them are left out.
 *
 * @param columns - Of one length.
 * @param before - Orthonormal columns that are taken out of each column first, and not given back.
 */
export function orthonormal(columns: readonly Float64Array[], before: readonly Float64Array[] = []): Float64Array[] {
  const found: Float64Array[] = [];
  for (const column of columns) {
    const left = Float64Array.from(column);
    for (let round = 0; round < 2; round++) for (const unit of [...before, ...found]) takeOut(left, unit);
    const length = Math.sqrt(dot(left, left));
    if (!(length > NOTHING_NEW * Math.sqrt(dot(column, column)))) continue;
    found.push(left.map((value) => value / length));
  }
  return found;
}

function takeOut(column: Float64Array, unit: Float64Array): void {
  const along = dot(column, unit);
  for (let i = 0; i < column.length; i++) column[i] = column[i]! - along * unit[i]!;
}

/** Sum of products. */
export function dot(one: ArrayLike<number>, two: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * two[i]!;
  return sum;
}
