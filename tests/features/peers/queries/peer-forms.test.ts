import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../../../src/store/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-forms-'));
afterAll(() => rmSync(folder, { recursive: true }));

const _DAY = 86_400_000;

test.each(['waiting', 'feedback'] as const)(
  'what is due among sessions in "%s" is looked up by when it is, and the others are not walked',
  async (state) => {
    const file = join(folder, `${state}.db`);
    const { store, close } = openSqlite(`file:${file}`);
    const asked: string[] = [];
    const prepare = Sqlite.prototype.prepare;
    Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
      asked.push(sql);
      return prepare.call(this, sql);
      // Its type depends on the parameters, which a recorder does not touch.
    } as typeof prepare;

    await store.overduePeerSessions(state, new Date()).finally(() => {
      Sqlite.prototype.prepare = prepare;
    });
    close();

    const sqlite = new Sqlite(file);
    const plans = asked.flatMap((sql) =>
      sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(state, 0),
    );
    sqlite.close();
    expect(plans[0]?.detail).toMatch(/USING INDEX peer_sessions_due \(state=\? AND due_at<\?\)/);
  },
);
