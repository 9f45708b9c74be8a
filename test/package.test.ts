/** What users install: the promises that package.json makes. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };
import { importsOf, type Source, target } from './architecture.ts';
import { doorsOf } from './doors.ts';
import { documents, read } from './fences.ts';

describe('package.json', () => {
  it('gives the types first at every door, and every door in both module systems', () => {
    const { './package.json': own, './worker': worker, './schema/*.json': schema, ...doors } = manifest.exports;
    expect([own, schema]).toEqual(['./package.json', './dist/schema/*.json']);
    // A script that a page loads, not a module that anyone imports: one file, no types.
    expect(worker).toBe('./dist/worker.js');
    for (const { path } of doorsOf(manifest)) expect(existsSync(path), path).toBe(true);
    for (const door of Object.values(doors)) {
      expect(Object.keys(door)).toEqual(['import', 'require']);
      for (const files of Object.values(door)) expect(Object.keys(files)).toEqual(['types', 'default']);
      expect(door.import.types).toMatch(/\.d\.ts$/);
      expect(door.require.types).toMatch(/\.d\.cts$/);
    }
    expect([manifest.main, manifest.module, manifest.types]).toEqual([
      manifest.exports['.'].require.default,
      manifest.exports['.'].import.default,
      manifest.exports['.'].import.types,
    ]);
  });

  it('ships what was built, for the engines it is tested on', () => {
    expect(manifest.files).toContain('dist');
    expect(manifest.files.filter((name) => /^(src|test|\.)/.test(name))).toEqual([]);
    expect(manifest.engines.node).toBe('>=20.19');
    expect(manifest.bin['scaling-laws']).toBe('./dist/cli.js');
  });

  it('is an MIT-licensed ES module without side effects', () => {
    expect(manifest).toMatchObject({ name: 'scaling-laws', type: 'module', license: 'MIT', sideEffects: false });
  });

  it('names its repository by one owner, in package.json and nowhere else', () => {
    const { repository, homepage, bugs } = manifest;
    const place = /github\.com\/[^/]+\/scaling-laws/.exec(repository.url)?.[0];
    expect([repository.url, homepage, bugs.url].filter((url) => !url.includes(String(place)))).toEqual([]);
    const texts = documents.filter((path) => /github\.com\/[^/\s)]+\/scaling-laws\b(?!-)/.test(read(path)));
    expect(texts).toEqual([]);
  });

  it('pins every dependency exactly, and runs nothing on install', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(manifest.scripts).filter((name) => /install|prepare$/.test(name))).toEqual([]);
  });
});

/** Folders of the packages that `npm install scaling-laws` brings: no tools of ours, no peers that few ask for. */
const installed = (() => {
  const packages: Readonly<Record<string, object>> = lock.packages;
  const folders = new Set(['']);
  for (const folder of folders) {
    const { dependencies = {} }: { readonly dependencies?: object } = packages[folder]!;
    for (const name of Object.keys(dependencies)) {
      const own = `${folder}/node_modules/${name}`;
      folders.add(own in packages ? own : `node_modules/${name}`);
    }
  }
  folders.delete('');
  return [...folders];
})();

describe('npm install scaling-laws', () => {
  it('brings at most 60 packages', () => {
    expect(installed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
    expect(installed.length).toBeLessThan(60);
  });

  it('brings at most 14 MB beside what is built here, which may be 8', () => {
    expect(sizeOf(installed)).toBeLessThan(14e6);
    if (existsSync('dist')) expect(sizeOf(['dist'])).toBeLessThan(8e6);
  });
});

/** Bytes of all files in these folders. */
function sizeOf(folders: readonly string[]): number {
  const files = folders.flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }));
  return files.reduce((sum, file) => sum + (file.isFile() ? statSync(join(file.parentPath, file.name)).size : 0), 0);
}

/** Packages that a file reaches through its relative imports. */
function packagesReached(entry: string, source: (path: string) => Source): string[] {
  const seen = new Set([entry]);
  const packages = new Set<string>();
  for (const path of seen) {
    for (const name of importsOf(source(path))) {
      if (name.startsWith('.')) seen.add(target(path, name));
      else packages.add(name);
    }
  }
  return [...packages];
}

/** Libraries of worker threads and of figures: no part of the core. */
const NOT_IN_CORE = ['tinypool', '@observablehq/plot'];

/** `@scope/name/path` and `name/path` without the path. */
const packageOf = (module: string): string => module.split('/', module.startsWith('@') ? 2 : 1).join('/');

describe('the core entry', () => {
  it.skipIf(!existsSync('src/index.ts'))('reaches only packages that run in a browser', () => {
    const browsable = Object.keys(manifest.dependencies).filter((name) => !NOT_IN_CORE.includes(name));
    const reached = packagesReached('src/index.ts', (path) => ({ path, text: read(path) }));
    expect(reached.map(packageOf).filter((name) => !browsable.includes(name))).toEqual([]);
  });

  it('is followed through every file', () => {
    const files: Record<string, string> = {
      'src/a.ts': "import './b/b.ts';",
      'src/b/b.ts': "import '../a.ts'; import 'node:fs';",
    };
    expect(packagesReached('src/a.ts', (path) => ({ path, text: files[path]! }))).toEqual(['node:fs']);
  });
});
