import { defineConfig } from 'vitest/config';

/** What is timed from the first ready moment on has the machine to itself. */
export default defineConfig({
  test: {
    include: ['tests/faults/{crowd,readiness}.test.ts'],
    testTimeout: 600_000,
    maxWorkers: 1,
    globalSetup: 'tests/support/build.ts',
  },
});
