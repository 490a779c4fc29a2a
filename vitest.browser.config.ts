import { defineConfig } from 'vitest/config';

/** What people do in the browser, in a real one: Debian's Chromium, or the one that CHROMIUM names. */
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
