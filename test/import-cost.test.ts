/** What an import costs: bytes after esbuild's tree-shaking, minified and compressed. Where there is a build, that of the build too. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { doorsOf } from './doors.ts';

/** Code that a browser loads for one line of a script. */
async function bundled(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: resolve('.') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.contents;
}

const folders = ['src/index.ts', 'dist/index.js'].filter((path) => existsSync(path));

describe.each(folders)('an import from %s', (path) => {
  it.each([
    ['VERSION', 0.1],
    ['predictor, computeOptimal', 13],
    // Laws by name, and rows under the library's own names, come with it; and what a fit says of its noise and of its decision.
    ['predictor, computeOptimal, fitScalingLaw', 50],
    ['readRuns', 27],
  ])('of %s is at most %d kB', async (names, limit) => {
    expect(gzipSync(await bundled(`export { ${names} } from './${path}';`)).length).toBeLessThan(limit * 1000);
  });
});

describe('an import for its effects alone brings nothing', () => {
  const browsable = doorsOf(manifest).filter(({ path }) => path !== 'src/node.ts');
  it.each(browsable.map(({ path }) => path))('%s', async (path) => {
    expect(new TextDecoder().decode(await bundled(`import './${path}';`)).trim()).toBe('');
  });
});
