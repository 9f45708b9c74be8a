/** "Did you mean": the known name that a mistyped one is closest to. */

/**
 * The name closest to `name`, if fewer than about a third of its characters differ.
 *
 * @param name - What was written.
 * @param known - Names that there are.
 * @param plain - What to compare of each name; default all of it.
 * @returns The first of the closest names, `undefined` if none is close.
 * @example
 * nearest('tokns', ['params', 'tokens']) // => 'tokens'
 */
export function nearest(
  name: string,
  known: readonly string[],
  plain: (name: string) => string = (name) => name,
): string | undefined {
  const distances = known.map((other) => editDistance(plain(name), plain(other)));
  const least = distances.reduce((a, b) => Math.min(a, b), Math.ceil(name.length / 3));
  return known[distances.indexOf(least)];
}

/** Levenshtein's distance: single characters put in, taken out or replaced. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      row.push(Math.min(above[j + 1]! + 1, row[j]! + 1, above[j]! + (a[i] === b[j] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length]!;
}
