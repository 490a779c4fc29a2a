import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { SUITE } from './vitest.config.ts';

/** What people do in the browser, in a real one: Debian's Chromium, or the one that CHROMIUM names. */
export default defineConfig({
  test: {
    ...SUITE,
    include: ['tests/browser/**/*.test.ts'],
    hookTimeout: 60_000,
    // Two browsers, for one waits for its pages half of the time. Either may take longer to show something.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    expect: { poll: { timeout: 10_000 } },
  },
});
