import Sqlite from 'better-sqlite3';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { singleItem } from '../../../tests/support/items.ts';

export const HOUR_MS = 3_600_000;
export const START = Date.parse('2020-01-06T09:00:00Z');

/** A database in which everybody answered every question, two of three right; its questions closed daily. */
export async function answeredTeam(file: string, people: number, posts: number): Promise<void> {
  const { store, close } = openSqlite(`file:${file}`);
  const at = new Date(START);
  const meeting = { workspace: 'slack:T1', workspaceName: 'Team', newTeamId: 'team', at };
  await store.meet({ ...meeting, account: 'slack:T1/U0', name: 'keeper', newPersonId: 'keeper' });
  await store.addSchedule({
    teamId: 'team',
    platform: 'slack',
    channel: 'c0',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'off',
    daysOff: [],
    startsOn: '2020-01-06',
    createdAt: at,
  });
  close();
  const sqlite = new Sqlite(file);
  sqlite.pragma('synchronous = off');
  sqlite.pragma('cache_size = -1000000');
  const indexes = sqlite
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and sql is not null
       and tbl_name in ('attempts', 'ledger', 'standings', 'sums', 'group_members')`,
    )
    .all();
  for (const { name } of indexes) sqlite.exec(`drop index ${name}`);
  const question = JSON.stringify({ ...singleItem('q1'), prompt: 'A long prompt. '.repeat(120) });
  const numbered = (count: number) =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const isRight = '((p.id * 31 + n.i * 17) % 3 > 0)';
  const insert = (sql: string, ...values: unknown[]) => sqlite.prepare(sql).run(...values);
  insert(
    `insert into people (id, name, created_at) ${numbered(people)} select printf('p%06d', i), 'Person ' || i, ? from n`,
    START,
  );
  insert(`insert into groups (team_id, name) ${numbered(12)} select 'team', 'group ' || i from n`);
  insert(`insert into group_members (team_id, person_id, group_id)
    ${numbered(people)} select 'team', printf('p%06d', i), 1 + i % 12 from n`);
  insert(
    `insert into posts (schedule_id, team_id, day, state, question, question_id, chapter, platform, channel, due_at, posted_at, closed_at)
     ${numbered(posts)} select 1, 'team', date('2020-01-05', i || ' days'), 'posted', ?, 'q' || i, 1 + i % 12, 'slack', 'c0',
       ? + i * 86400000, ? + i * 86400000, ? + i * 86400000 from n`,
    question,
    START,
    START,
    START + 23 * HOUR_MS,
  );
  insert(`insert into attempts (post_id, person_id, try, answer, is_right, share, at)
    ${numbered(people)} select p.id, printf('p%06d', n.i), 1, 'b', ${isRight}, 1000 * ${isRight}, p.posted_at
    from posts p cross join n`);
  insert(`insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
    ${numbered(people)} select 'answer:' || p.id || ':' || printf('p%06d', n.i) || ':1', 'team', printf('p%06d', n.i),
      p.id, 40 + 40 * ((p.id + n.i) % 3), 'first try', p.posted_at
    from posts p cross join n where ${isRight}`);
  for (const { sql } of indexes) sqlite.exec(sql);
  sqlite.pragma('user_version = 1');
  sqlite.close();
  // The first start after an update makes the sums.
  openSqlite(`file:${file}`).close();
}
