import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { databaseBefore } from '../../support/old-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-forms-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DAY = 86_400_000;

test('feedback that waits for a form from before opens three days after the first form', () => {
  const { file, sqlite } = databaseBefore('0010_feedback-due', folder);
  sqlite.exec(`
    insert into people (id, name, created_at) values ('ana', 'Ana', 0), ('bo', 'Bo', 0);
    insert into teams (id, name, zone, created_at) values ('team', 'Team', 'UTC', 0);
  `);
  const addSession = sqlite.prepare(
    `insert into peer_sessions (id, team_id, platform, origin, first_id, second_id, first_account, second_account, questions, state, created_at, due_at)
     values (?, 'team', 'slack', 'C', 'ana', 'bo', 'slack:T/A', 'slack:T/B', '[[],[]]', ?, 0, ?)`,
  );
  const addForm = sqlite.prepare(
    "insert into peer_forms (session_id, person_id, overall, well, better, at) values (?, ?, 3, 'w', 'b', ?)",
  );
  addSession.run(1, 'feedback', null);
  addSession.run(2, 'feedback', null);
  addSession.run(3, 'waiting', 7);
  addForm.run(1, 'bo', 2 * DAY);
  addForm.run(1, 'ana', DAY);
  sqlite.close();

  openSqlite(`file:${file}`).close();

  const after = new Sqlite(file);
  expect(after.prepare('select due_at from peer_sessions order by id').pluck().all()).toEqual([
    4 * DAY,
    null,
    7,
  ]);
  after.close();
});

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
