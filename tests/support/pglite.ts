import type { PGlite } from '@electric-sql/pglite';
import type { Pool } from '../../src/store/postgres.ts';

type Query = { text: string; rowMode?: 'array' };

/** A pool over PGlite, which is one connection: whoever wants it waits until it is free. */
export function poolOf(lite: PGlite): Pool {
  let free: Promise<void> = Promise.resolve();
  const take = async () => {
    const before = free;
    let release = () => {};
    free = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  };
  const query = async (given: string | Query, values: unknown[] = []) => {
    const { text, rowMode } = typeof given === 'string' ? { text: given } : given;
    const { rows, affectedRows } = await lite.query(text, values, rowMode ? { rowMode } : {});
    return { rows, rowCount: affectedRows ?? rows.length };
  };
  // What the store asks of node-postgres, with its overloads left out.
  return {
    async connect() {
      const release = await take();
      return { query, release };
    },
    async query(given: string | Query, values: unknown[]) {
      const release = await take();
      return query(given, values).finally(release);
    },
    end: async () => {},
  } as unknown as Pool;
}
