import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A busy machine with two cores is slow, not wrong.
    testTimeout: 60_000,
    exclude: ['tests/faults/**', 'tests/browser/**', 'tests/bench/**'],
  },
});
