import { expect, test } from 'vitest';
import { bringUpToDate, type Pool } from '../../src/store/postgres.ts';

test.each(['13.23 (Debian 13.23-1.pgdg12+1)', '9.6.24'])(
  'a server of version %s is refused before anything else is asked of it',
  async (version) => {
    const asked: string[] = [];
    const query = async (statement: string) => {
      asked.push(statement);
      return { rows: [{ server_version: version }] };
    };
    // What opening asks of node-postgres, with its overloads left out.
    const pool = { query } as unknown as Pool;

    await expect(bringUpToDate(pool)).rejects.toMatchObject({
      name: 'DatabaseError',
      message: `Warmup needs PostgreSQL 14 or newer, but this server is ${version.split(' ')[0]}: upgrade it, or set DATABASE_URL to another one.`,
    });
    expect(asked).toEqual(['show server_version']);
  },
);
