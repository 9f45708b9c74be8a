import { defineConfig } from 'tsup';

/** Some libraries are CommonJS, and ask for Node's modules by `require`. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      node: 'src/node.ts',
      plot: 'src/plot.ts',
      report: 'src/report.ts',
      'pool.worker': 'src/node/pool.worker.ts',
    },
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    sourcemap: true,
    clean: true,
    splitting: true,
    // Whoever wants PNG installs it; it is made of binaries for many machines.
    external: ['@resvg/resvg-js'],
    // import.meta.url in CommonJS, for the worker file beside the entry.
    shims: true,
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
  },
  {
    // With its libraries inside: to find hundreds of small files takes longer than most commands do.
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    noExternal: [/^(?!tinypool|linkedom|@resvg\/|node:)/],
    minify: true,
    splitting: false,
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
    clean: false,
  },
]);
