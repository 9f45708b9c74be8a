import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**'],
    testTimeout: 60_000,
    // Nothing under test keeps state in its modules, and loading them afresh for every file takes a third of the time.
    isolate: false,
    setupFiles: ['test/setup.ts'],
    pool: 'threads',
    // One for each core of a small machine; by itself vitest leaves one of two idle.
    maxWorkers: 2,
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/cli/main.ts'] },
  },
});
