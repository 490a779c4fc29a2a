import { PGlite } from '@electric-sql/pglite';
import { getTableName } from 'drizzle-orm';
import { bringUpToDate, recalculateIn, storeOn } from '../../src/store/postgres.ts';
import * as tables from '../../src/store/schema.pg.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { poolOf } from './pglite.ts';

type Opened = {
  store: Store;
  recalculate(): Promise<{ standings: number; sums: number }>;
  close(): void;
};

/** True when the suite runs on PostgreSQL, which a project of `vitest.config.ts` says. */
export const isPostgres = process.env['STORE'] === 'pglite';

/** Starting PGlite takes seconds, so all tests of a worker share one, and each begins with empty tables. */
const pool = isPostgres ? await started() : undefined;

async function started() {
  const fresh = poolOf(await PGlite.create());
  await bringUpToDate(fresh);
  return fresh;
}

/** An empty store in memory, on the database that the suite runs on. */
export function openMemory(): Opened {
  if (!pool) {
    const { store, recalculate, close } = openSqlite(':memory:');
    return { store, recalculate: async () => recalculate(), close };
  }
  const names = Object.values(tables).map((table) => `"${getTableName(table)}"`);
  const emptied = pool.query(`truncate ${names.join(', ')} restart identity cascade`);
  // Whatever is asked next waits behind it; a failure shows there.
  emptied.catch(() => {});
  return {
    store: storeOn(pool, { answerKey: 'the key of the tests', onFailure: () => {} }),
    recalculate: () => recalculateIn(pool),
    close: () => {},
  };
}
