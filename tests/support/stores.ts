import { PGlite } from '@electric-sql/pglite';
import { getTableName } from 'drizzle-orm';
import { onTestFinished, TestRunner } from 'vitest';
import type { Store } from '../../src/queries.ts';
import { bringUpToDate, recalculateIn, storeOn } from '../../src/store/postgres.ts';
import * as tables from '../../src/store/schema.pg.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { poolOf } from './pglite.ts';

type Opened = {
  store: Store;
  recalculate(): Promise<{ standings: number; sums: number }>;
  close(): void;
};

/** True when the suite runs on PostgreSQL, which a project of `vitest.config.ts` says. */
const isPostgres = process.env['STORE'] === 'pglite';

/** How often a property is tried: PGlite takes fifty times as long for a step. */
export const runs = (count: number) => (isPostgres ? Math.ceil(count / 50) : count);

/** Starting PGlite takes seconds, so all tests of a worker share one, and each begins with empty tables. */
const pool = isPostgres ? await started() : undefined;

async function started() {
  const fresh = poolOf(await PGlite.create());
  await bringUpToDate(fresh);
  return fresh;
}

/** Empties all tables in a tenth of the time of `truncate`, and counts from 1 again. */
const EMPTY = `do $$ declare each record; begin
  ${Object.values(tables)
    .map((table) => `delete from "${getTableName(table)}";`)
    .join(' ')}
  for each in select schemaname || '.' || sequencename as name from pg_sequences where schemaname = 'public'
  loop perform setval(each.name, 1, false); end loop;
end $$`;

/** An empty store in memory, on the database that the suite runs on; one that a test opens is closed with it. */
export function openMemory(): Opened {
  if (!pool) {
    const { store, recalculate, close } = openSqlite(':memory:', { isReused: true });
    const test = TestRunner.getCurrentTest();
    if (test && !test.concurrent) onTestFinished(close);
    return { store, recalculate: async () => recalculate(), close };
  }
  // Whatever is asked next waits behind it.
  pool.query(EMPTY);
  return {
    store: storeOn(pool, { answerKey: 'the key of the tests', onFailure: () => {} }),
    recalculate: () => recalculateIn(pool),
    close: () => {},
  };
}
