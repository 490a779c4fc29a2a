import { eq } from 'drizzle-orm';
import type { Connection } from '../connection.ts';

/** More than the free space inside a page, so that it needs room on the disk. */
const TRIAL = 'x'.repeat(16_384);
const HASH = 'probe';

export function probeQueries({ tables, atomic }: Connection) {
  const { savedCommands } = tables;

  return {
    /** Stores a few pages and takes them out again; rejects when that cannot be done. */
    probe: async (): Promise<void> => {
      await atomic((on) =>
        on.insert(savedCommands).values({ hash: HASH, run: TRIAL }).onConflictDoNothing(),
      );
      await atomic((on) => on.delete(savedCommands).where(eq(savedCommands.hash, HASH)));
    },
  };
}
