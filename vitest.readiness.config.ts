import { defineConfig } from 'vitest/config';
import { SUITE } from './vitest.config.ts';

/** What is timed from the first ready moment on has the machine to itself. */
export default defineConfig({
  test: {
    ...SUITE,
    include: ['tests/faults/{crowd,readiness}.test.ts'],
    testTimeout: 600_000,
    maxWorkers: 1,
    globalSetup: 'tests/support/build.ts',
  },
});
