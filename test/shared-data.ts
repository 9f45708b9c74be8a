/**
 * Where tests find other people's data, which are read but never copied into this project: the folder named by the
 * environment variable `SCALING_LAWS_DATA`, else `../shared/data` beside the project's root. CONTRIBUTING names the
 * public repositories that the files come from.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const folder = process.env.SCALING_LAWS_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/**
 * Path of a file of the shared data.
 *
 * @param path - Path inside the folder, e.g. `epoch2024/svg_extracted_data.csv`.
 * @returns The full path, or `undefined` where the file is absent.
 */
export function sharedData(path: string): string | undefined {
  const full = `${folder}/${path}`;
  return existsSync(full) ? full : undefined;
}

/**
 * `describe` for tests on shared data; where a file is absent, one skipped test that says so stands in its place.
 *
 * @param name - Name of the block.
 * @param paths - Files that the block needs, as for {@link sharedData}.
 * @param body - Gets the full path of each file, in order.
 */
export function describeWithData<const Paths extends readonly string[]>(
  name: string,
  paths: Paths,
  body: (...full: { [K in keyof Paths]: string }) => void,
): void {
  const full = paths.map(sharedData);
  const absent = paths.filter((_, i) => full[i] === undefined);
  if (absent.length > 0) it.skip(`${name}: set SCALING_LAWS_DATA to a folder with ${absent.join(', ')}`);
  else describe(name, () => body(...(full as { [K in keyof Paths]: string })));
}
