import { defineConfig } from 'vitest/config';

/** The slow suites: killed processes, all time zones, long runs. */
export default defineConfig({
  test: {
    include: ['tests/faults/**/*.test.ts'],
    exclude: ['tests/faults/{crowd,readiness}.test.ts'],
    testTimeout: 600_000,
    maxWorkers: 2,
    globalSetup: 'tests/support/build.ts',
  },
});
