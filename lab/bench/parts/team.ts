import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { dayIn } from '../../../src/core/time.ts';
import type { PlatformName } from '../../../src/spine/request.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { singleItem } from '../../../tests/support/items.ts';

const HOUR_MS = 3_600_000;
/** Questions of the past, from which the leaderboard comes. */
const CLOSED = 30;

/** People of one team: an account each, with the name that the platform tells. */
export type Member = { account: string; name: string };

/** How many people, and how many open questions: everybody may answer each of them once. */
export const PEOPLE = 1000;
export const OPEN = 40;

/** Posts from this one on are open. */
export const FIRST_OPEN = CLOSED + 1;

/** A database in which a team has answered the questions of a month, and more are open. */
export async function makeTeam(platform: PlatformName, workspace: string, members: Member[]) {
  const folder = mkdtempSync(join(tmpdir(), 'warmup-bench-'));
  const file = join(folder, 'bench.db');
  const { store, close } = openSqlite(`file:${file}`);
  const at = new Date(Date.now() - HOUR_MS);
  await store.meet({
    ...{ account: `${platform}:keeper`, name: 'keeper', workspace, workspaceName: 'Team', at },
    ...{ newPersonId: 'keeper', newTeamId: 'team' },
  });
  await store.addSchedule({
    ...{ teamId: 'team', platform, channel: 'c0', time: '09:00', zone: 'UTC', days: '1234567' },
    mix: { difficulties: [], chapters: [] },
    ...{ state: 'off', daysOff: [], startsOn: '2026-03-02', createdAt: at },
  });
  close();
  fill(file, workspace, members, at.getTime());
  const filled = openSqlite(`file:${file}`);
  filled.recalculate();
  filled.close();
  return { url: `file:${file}`, remove: () => rmSync(folder, { recursive: true }) };
}

function fill(file: string, workspace: string, members: Member[], at: number): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('foreign_keys = on');
  const person = sqlite.prepare(
    'insert into people (id, name, created_at, greeted_at) values (?, ?, ?, ?)',
  );
  const account = sqlite.prepare('insert into accounts (id, person_id) values (?, ?)');
  const member = sqlite.prepare('insert into memberships (person_id, workspace_id) values (?, ?)');
  const post = sqlite.prepare(
    `insert into posts (id, schedule_id, team_id, day, state, question, question_id, chapter, platform, channel, message,
       due_at, posted_at, closes_at, closed_at, closed_on)
     values (?, 1, 'team', date('2026-01-01', ? || ' days'), 'posted', ?, ?, 1, ?, 'c0', 'm' || ?, ?, ?, ?, ?, ?)`,
  );
  const attempt = sqlite.prepare(
    `insert into attempts (post_id, person_id, try, answer, is_right, share, at) values (?, ?, 1, 'b', 1, 1000, ?)`,
  );
  const line = sqlite.prepare(
    `insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
     values (?, 'team', ?, ?, ?, 'first try', ?)`,
  );
  const platform = workspace.split(':')[0];
  sqlite.transaction(() => {
    for (const [index, { account: id, name }] of members.entries()) {
      person.run(`p${index}`, name, at, at);
      account.run(id, `p${index}`);
      member.run(`p${index}`, workspace);
    }
    for (let id = 1; id <= CLOSED + OPEN; id += 1) {
      const postedAt = at - (CLOSED + OPEN - id) * HOUR_MS;
      const closedAt = id <= CLOSED ? postedAt + HOUR_MS / 2 : null;
      const question = JSON.stringify(singleItem(`bench-${id}`));
      const closesAt = closedAt ?? at + 1000 * HOUR_MS;
      post.run(
        id,
        id,
        question,
        `bench-${id}`,
        platform,
        id,
        postedAt,
        postedAt,
        closesAt,
        closedAt,
        closedAt && dayIn(new Date(closedAt), 'UTC'),
      );
      if (closedAt === null) continue;
      for (let index = id % 3; index < members.length; index += 3) {
        attempt.run(id, `p${index}`, postedAt);
        line.run(
          `answer:${id}:p${index}:1`,
          `p${index}`,
          id,
          40 + 40 * ((id + index) % 3),
          postedAt,
        );
      }
    }
  })();
  sqlite.close();
}
