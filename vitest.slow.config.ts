import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { SLOW } from './tests/support/slow.ts';
import { SUITE } from './vitest.config.ts';

/** Whole programs, whole plays and whole data, with the settings of `npm test`. */
export default defineConfig({
  test: {
    ...SUITE,
    include: SLOW,
    globalSetup: 'tests/support/build.ts',
    sequence: { sequencer: LongestFirst },
  },
});
