/** "Did you mean": the known name that a mistyped one is closest to. */

/**
 * The name closest to `name`: the same but for capitals, or one that takes less to mend than a third of the longer one's characters,
 * rounded up.
 *
 * @param name - What was written.
 * @param known - Names that there are.
 * @param plain - What to compare of each name; default all of it.
 * @returns The first of the closest names, `undefined` if none is close.
 * @example
 * nearest('tokns', ['params', 'tokens']) // => 'tokens'
 * nearest('loss', ['cost']) // => undefined
 */
export function nearest(
  name: string,
  known: readonly string[],
  plain: (name: string) => string = (name) => name,
): string | undefined {
  const [written, there] = [plain(name), known.map(plain)];
  const alike = there.findIndex((other) => other.toLowerCase() === written.toLowerCase());
  if (alike >= 0) return known[alike];
  const distances = there.map((other) => {
    const distance = editDistance(written, other);
    return distance < Math.ceil(Math.max(written.length, other.length) / 3) ? distance : Number.POSITIVE_INFINITY;
  });
  const least = Math.min(...distances);
  return Number.isFinite(least) ? known[distances.indexOf(least)] : undefined;
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
