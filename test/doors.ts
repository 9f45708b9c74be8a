/** The doors of the package: what a user writes after `from`, and the file of src/ behind it. */

/** One entry of the package. */
export interface Door {
  /** `scaling-laws`, `scaling-laws/node`, ... */
  readonly specifier: string;
  /** `src/index.ts`, `src/node.ts`, ... */
  readonly path: string;
}

/** Every entry with names to import, in the order of package.json: not the worker's script, not package.json itself. */
export function doorsOf(manifest: { readonly exports: object }): Door[] {
  return Object.entries(manifest.exports).flatMap(([door, files]) =>
    typeof files === 'string'
      ? []
      : [{ specifier: `scaling-laws${door.slice(1)}`, path: `src/${door === '.' ? 'index' : door.slice(2)}.ts` }],
  );
}
