import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** Some libraries are CommonJS, and ask for Node's modules by `require`. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** Whoever wants PNG installs resvg, which is made of binaries for many machines; nobody draws on linkedom's canvas. */
const NEVER_INSIDE = ['@resvg/resvg-js', 'canvas'];

/** Every door of package.json is a file of src/ of the same name. */
const entries = Object.fromEntries(
  Object.keys(manifest.exports)
    .map((door) => (door === '.' ? 'index' : door.slice(2)))
    .filter((name) => existsSync(`src/${name}.ts`))
    .map((name) => [name, `src/${name}.ts`]),
);

const bundled = new Set<string>();

/** Writes the licences of all libraries that were put into the files built so far. */
const notices: Plugin = {
  name: 'notices',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      for (const path of Object.keys(metafile?.inputs ?? {})) {
        const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
        if (name) bundled.add(name[0]);
      }
      const folder = build.initialOptions.outdir ?? 'dist';
      mkdirSync(folder, { recursive: true });
      const text = [...bundled].sort().map(notice).join('\n');
      writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), `Libraries inside the files of this folder.\n\n${text}`);
    });
  },
};

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Leaves every import between files of src/ as an import, by the name of the built file. */
const fileByFile: Plugin = {
  name: 'file by file',
  setup(build) {
    const extension = build.initialOptions.format === 'cjs' ? '.cjs' : '.js';
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind }) =>
      kind === 'entry-point'
        ? undefined
        : { path: path.replace(/\.ts$/, extension), external: true, sideEffects: false },
    );
  },
};

export default defineConfig([
  {
    // File by file, as in src/: a bundler leaves out what a page does not use, down to the import of a library.
    entry: ['src/**/*.ts', '!src/cli/**', '!src/parallel/web.worker.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { entry: entries, compilerOptions: { ignoreDeprecations: '6.0' } },
    clean: true,
    splitting: false,
    external: NEVER_INSIDE,
    // Only pictures need a document (src/node/document.ts), and it would be a third of all that is installed.
    noExternal: ['linkedom'],
    // Where import.meta is empty, in CommonJS, src/node/here.ts reads __filename.
    esbuildOptions: (options) => {
      options.logOverride = { 'empty-import-meta': 'silent' };
    },
    esbuildPlugins: [fileByFile, notices],
  },
  {
    // One file without imports: a page can load it from anywhere.
    entry: { worker: 'src/parallel/web.worker.ts' },
    format: ['esm'],
    target: 'es2022',
    // Some dependencies have another file for browsers; those for Node require its modules.
    platform: 'browser',
    noExternal: [/./],
    minify: true,
    splitting: false,
    clean: false,
    esbuildPlugins: [notices],
  },
  {
    // With its libraries inside: to find hundreds of small files takes longer than most commands do. What a command
    // imports when it draws stays in a file of its own.
    entry: { cli: 'src/cli/main.ts', 'pool.worker': 'src/node/pool.worker.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    external: NEVER_INSIDE,
    noExternal: [/^(?!tinypool|@resvg\/|canvas|node:)/],
    minify: true,
    splitting: true,
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
    clean: false,
    esbuildPlugins: [notices],
  },
]);
