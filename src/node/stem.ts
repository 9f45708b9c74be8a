/** Name of a file without its endings (`a/b.csv.gz`: b), with so many of its folders in front (1: a/b). */
export function stemOf(path: string, folders = 0): string {
  const parts = path.split('/');
  const name = parts
    .at(-1)!
    .replace(/\.(?:gz|zst)$/i, '')
    .replace(/\.(?:csv|tsv|txt|md|json|jsonl|ndjson|parquet|xlsx(?:#.*)?)$/i, '');
  return [...parts.slice(Math.max(0, parts.length - 1 - folders), -1), name].join('/');
}
