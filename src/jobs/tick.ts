import { type JobContext, runJob } from '../spine/job.ts';
import { JOBS } from './index.ts';

/**
 * Runs every job, one run at a time; a wake-up during a run is followed by one more run. The
 * returned promise ends with the run that was asked for.
 */
export function createTicker(context: JobContext) {
  let running: Promise<void> | undefined;
  let again: Promise<void> | undefined;

  const runAll = async () => {
    for (const job of JOBS) {
      if (context.isStopping()) return;
      await runJob(context, job);
    }
  };

  const start = () => {
    running = runAll().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    tick(): Promise<void> {
      if (!running) return start();
      again ??= running.then(() => {
        again = undefined;
        return start();
      });
      return again;
    },
    /** Resolves when nothing is running. */
    idle: async (): Promise<void> => {
      await again;
      await running;
    },
  };
}

export type Ticker = ReturnType<typeof createTicker>;
