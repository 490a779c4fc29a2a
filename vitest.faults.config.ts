import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { SUITE } from './vitest.config.ts';

/** The slow suites: killed processes, all time zones, long runs. */
export default defineConfig({
  test: {
    ...SUITE,
    include: ['tests/faults/**/*.test.ts'],
    exclude: ['tests/faults/{crowd,readiness}.test.ts'],
    testTimeout: 600_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'tests/support/build.ts',
  },
});
