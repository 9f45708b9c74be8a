/** Numbers and tables as people read them. */

/** Powers of ten that have a name in this field, largest first. */
const SUFFIXES = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;
/** From here on a count is written as a power of ten: nobody says thousands of trillions. */
const NAMELESS = 1e15;

/** A count of parameters, tokens or dollars to three digits: `24.2B`, `2.66T`, `110`. */
export function count(value: number): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded >= NAMELESS) return power(value);
  const [unit, suffix] = SUFFIXES.find(([least]) => rounded >= least) ?? [1, ''];
  return `${Number((rounded / unit).toPrecision(3))}${suffix}`;
}

/** FLOPs to three digits, as a power of ten: `5.88e23`. */
export function power(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
}

/** A number to `significant` digits, without zeros that say nothing. */
export function digits(value: number, significant = 6): string {
  return String(Number(value.toPrecision(significant))).replace('e+', 'e');
}

/** A share as per cent, to two digits or the unit: `4.8 %`, `71 %`, `147 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
}

/** As {@link percent}, with its sign, to one decimal: for columns of errors. */
export function signedPercent(share: number): string {
  const size = Math.abs(100 * share).toFixed(1);
  return `${size === '0.0' ? '' : share < 0 ? '-' : '+'}${size} %`;
}

/** `1 row`, `13 rows`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

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
