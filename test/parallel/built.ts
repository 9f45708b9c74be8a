/** The library as it is built, in a folder of its own beside node_modules, for tests that need real worker threads. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A build; a few seconds. */
export interface Build {
  /** Full path of a built file. */
  readonly file: (name: string) => string;
  readonly remove: () => void;
}

/** Builds `dist`, without types, into a folder that finds the dependencies and that git does not see. */
export function build(): Build {
  mkdirSync('node_modules/.cache', { recursive: true });
  const folder = resolve(mkdtempSync('node_modules/.cache/built-'));
  execFileSync(
    process.execPath,
    ['node_modules/tsup/dist/cli-default.js', '--no-dts', '--silent', '--out-dir', folder],
    {
      stdio: 'pipe',
    },
  );
  // Under node_modules no outer package.json says that .js is a module.
  writeFileSync(`${folder}/package.json`, '{ "type": "module" }');
  return { file: (name) => `${folder}/${name}`, remove: () => rmSync(folder, { recursive: true }) };
}
