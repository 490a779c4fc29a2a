import { defineConfig } from 'vitest/config';
import { SLOW } from './tests/support/slow.ts';
import fast from './vitest.config.ts';

/** Whole programs, whole plays and whole data, with the settings of `npm test`. */
export default defineConfig({
  test: { ...fast.test, include: SLOW, exclude: [], globalSetup: 'tests/support/build.ts' },
});
