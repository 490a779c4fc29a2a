import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { databaseBefore } from '../../support/old-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-contests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PLAN = JSON.stringify({ questions: [{ questionId: 'q1' }, { questionId: 'q2' }] });
const MINUTE = 60_000;

test('contests of before are linked to their interviews; without one they go, without consent their answer goes', () => {
  const { file, sqlite } = databaseBefore('0008_contests-of-interviews', folder);
  const contested = (item: number, point: string, consent: boolean) =>
    JSON.stringify({ kind: 'contested', item, exchange: 0, point, consent });
  sqlite.exec(`
    insert into people (id, name, created_at) values ('ana', 'Ana', 0);
    insert into teams (id, name, zone, created_at) values ('team', 'Team', 'UTC', 0);
  `);
  const addInterview = sqlite.prepare(
    `insert into interviews (id, team_id, person_id, platform, origin, channel, plan, state, created_at, touched_at)
     values (?, 'team', 'ana', 'slack', 'C', 'C', ?, 'ended', 0, 0)`,
  );
  const addTurn = sqlite.prepare(
    'insert into turns (interview_id, number, turn, at) values (?, ?, ?, ?)',
  );
  const addContest = sqlite.prepare(
    "insert into contests (question_id, point_id, person_id, answer, at) values (?, ?, 'ana', ?, ?)",
  );
  for (const id of [1, 2]) addInterview.run(id, PLAN);
  addTurn.run(1, 1, contested(0, 'kept', true), MINUTE + 5);
  addTurn.run(1, 2, contested(1, 'withdrawn', true), MINUTE + 5);
  addTurn.run(1, 3, contested(1, 'withdrawn', false), 9 * MINUTE);
  // The same point once more, long after the interview in which it was first contested was deleted.
  addTurn.run(2, 1, contested(0, 'deleted', true), 9 * MINUTE);
  addContest.run('q1', 'kept', 'words that stay', MINUTE);
  addContest.run('q2', 'withdrawn', 'words taken back', MINUTE);
  addContest.run('q1', 'deleted', 'words of a deleted interview', MINUTE);
  sqlite.close();

  openSqlite(`file:${file}`).close();

  const after = new Sqlite(file);
  expect(
    after.prepare('select point_id, interview_id, answer from contests order by id').all(),
  ).toEqual([
    { point_id: 'kept', interview_id: 1, answer: 'words that stay' },
    { point_id: 'withdrawn', interview_id: 1, answer: null },
  ]);
  after.close();
});
