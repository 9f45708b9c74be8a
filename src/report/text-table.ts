/** Tables as people read them at a terminal. */

/** Between two columns. */
const GAP = '  ';

/**
 * Rows of cells as aligned lines: the first `left` columns to the left, the others to the right. A table wider than `width` is parted into
 * several below each other, each of which begins with the first `labels` columns.
 */
export function table(
  rows: readonly (readonly string[])[],
  left: number = 1,
  width: number = Number.POSITIVE_INFINITY,
  labels: number = Math.max(left, 1),
): string[] {
  const widths = rows[0]!.map((_, j) => Math.max(...rows.map((row) => row[j]!.length)));
  const line = (row: readonly string[], columns: readonly number[]): string =>
    columns
      .map((j) => (j < left ? row[j]!.padEnd(widths[j]!) : row[j]!.padStart(widths[j]!)))
      .join(GAP)
      .trimEnd();
  return partsOf(widths, labels, width).flatMap((columns, part) => [
    ...(part > 0 ? [''] : []),
    ...rows.map((row) => line(row, columns)),
  ]);
}

/** Which columns stand beside each other: the labels, and as many others as fit, but one at least. */
function partsOf(widths: readonly number[], labels: number, width: number): readonly (readonly number[])[] {
  const names = widths.slice(0, labels).map((_, j) => j);
  const parts: number[][] = [[...names]];
  let used = Number.NaN;
  widths.forEach((own, j) => {
    if (j < labels) return;
    const part = parts.at(-1)!;
    if (part.length > labels && used + GAP.length + own > width) parts.push([...names, j]);
    else part.push(j);
    used = parts.at(-1)!.reduce((sum, column) => sum + widths[column]! + GAP.length, -GAP.length);
  });
  return parts;
}
