import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { SUITE } from './vitest.config.ts';

/** What people do in the browser, in a real one: Debian's Chromium, or the one that CHROMIUM names. */
export default defineConfig({
  test: {
    ...SUITE,
    include: ['tests/browser/**/*.test.ts'],
    // Two browsers, for one waits for its pages half of the time.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
