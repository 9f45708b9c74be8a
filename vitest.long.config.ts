import { defineConfig } from 'vitest/config';

/** Searches of many starts against ours; minutes, so not part of `npm test`. */
export default defineConfig({
  test: { include: ['test/long/**/*.test.ts'], testTimeout: 3_600_000, hookTimeout: 3_600_000 },
});
