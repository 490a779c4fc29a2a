import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SLOW } from './tests/support/slow.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A busy machine with two cores is slow, not wrong.
    testTimeout: 60_000,
    // The default is one fewer than there are cores, which on two leaves one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test changes a module, and loading all of them anew for each file took a third of the time.
    isolate: false,
    exclude: ['tests/faults/**', 'tests/browser/**', 'tests/bench/**', ...SLOW],
  },
});
