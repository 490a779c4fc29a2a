import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { SLOW } from './tests/support/slow.ts';
import { SILENCE_MS } from './tests/support/waiting.ts';

/** What all fast suites share. */
export const SUITE = {
  // A busy machine with two cores is slow, not wrong: nothing waits for less than four times what it takes on a free one.
  testTimeout: 120_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: SILENCE_MS } },
  // The default is one fewer than there are cores, which on two leaves one idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // No test changes a module, and loading all of them anew for each file took a third of the time.
  isolate: false,
  // Five suites load the same modules: the first one keeps what it made of each.
  fsModuleCache: true,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...SUITE,
          name: 'sqlite',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/faults/**', 'tests/browser/**', 'lab/bench/**', ...SLOW],
        },
      },
      {
        // What the store promises, and jobs whose queries that leaves out, once more on PostgreSQL.
        test: {
          ...SUITE,
          name: 'postgres',
          include: [
            'tests/features/daily/queries/{free-text-answers,schedules}.test.ts',
            'tests/features/team/queries/{boards,people,personal,seasons}.test.ts',
            'tests/store/queries/{deliveries,sums}.test.ts',
            'tests/features/practice/queries/progress.test.ts',
            'tests/store/queries/workspaces/*.test.ts',
            'tests/features/daily/jobs/close.test.ts',
            'tests/features/interview/job.test.ts',
            'tests/features/peers/jobs/peers.test.ts',
            'tests/features/team/jobs/{digests,reminders}.test.ts',
            'tests/jobs/{cleanup,unanswered}.test.ts',
            'tests/jobs/sending/outbox.test.ts',
          ],
          exclude: SLOW,
          env: { STORE: 'pglite' },
        },
      },
    ],
  },
});
