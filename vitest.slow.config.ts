import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { SLOW } from './tests/support/slow.ts';
import { SUITE } from './vitest.config.ts';

/** What is played on a PostgreSQL server, too; `WHOLE=1` plays everything. */
const ON_SERVER = process.env['WHOLE']
  ? ['tests/scenarios/**/*.test.ts']
  : ['tests/scenarios/{live,open-daily}.test.ts'];

/** Whole programs, whole plays and whole data, with the settings of `npm test`. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...SUITE, name: 'sqlite', include: SLOW, globalSetup: 'tests/support/build.ts' } },
      {
        test: {
          ...SUITE,
          name: 'postgres',
          include: ON_SERVER,
          env: { STORE: 'server' },
          globalSetup: 'tests/support/postgres-suite.ts',
        },
      },
    ],
  },
});
