import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { bundle } from '../../src/tools/bundle.ts';
import { WORKERS_FOLDER } from '../support/build.ts';
import { databaseProblems } from '../support/database.ts';
import { singleItem } from '../support/items.ts';

/** The kills of the long run; some in CI. */
const KILLS = Number(process.env['SEEDS'] ?? 5);

const folder = mkdtempSync(join(tmpdir(), 'warmup-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * The next version: this one with a made-up migration more, which copies tables, fills a column and makes an index.
 * Its program looks for migrations beside its folder, as each bundle does.
 */
const NEXT = join(WORKERS_FOLDER, 'next');
const MADE_UP = `
  create table attempts_again as select * from attempts;--> statement-breakpoint
  alter table people add column shown_name text;--> statement-breakpoint
  update people set shown_name = upper(name);--> statement-breakpoint
  create unique index attempts_again_key on attempts_again (post_id, person_id, try);--> statement-breakpoint
  create table ledger_again as select * from ledger;--> statement-breakpoint
  update outbox set key = 'again ' || key;`;

beforeAll(async () => {
  const migrations = join(WORKERS_FOLDER, 'migrations/sqlite');
  rmSync(migrations, { recursive: true, force: true });
  cpSync('migrations/sqlite', migrations, { recursive: true });
  const journal = join(migrations, 'meta/_journal.json');
  const known = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] };
  const when = 1 + Math.max(...known.entries.map((entry) => entry.when));
  const entries = [
    ...known.entries,
    { idx: known.entries.length, when, tag: 'made-up', version: '6' },
  ];
  writeFileSync(journal, JSON.stringify({ ...known, entries }));
  writeFileSync(join(migrations, 'made-up.sql'), MADE_UP);
  await bundle(NEXT, { upgrade: 'tests/faults/upgrading.mjs' });
});

/** A database of this version: forty people who answered a hundred questions, and what was said of them. */
function databaseOfThis(): string {
  const file = join(folder, 'this.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  const question = JSON.stringify(singleItem('q1', { chapter: 4 }));
  const count = (to: number) =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to})`;
  sqlite.exec(`
    ${count(40)} insert into people (id, name, created_at) select 'p' || i, 'name ' || i, 0 from n;
    insert into accounts select 'slack:T1/' || id, id from people;
    insert into teams (id, name, zone, created_at) values ('t', 'Team', 'Asia/Tokyo', 0);
    insert into workspaces (id, team_id) values ('slack:T1', 't');
    insert into schedules (team_id, platform, channel, time, zone, days, mix, state, days_off, starts_on, created_at)
      values ('t', 'slack', 'c', '09:00', 'Asia/Tokyo', '12345', '{"difficulties":[],"chapters":[]}', 'on', '[]', '2025-01-01', 0);
    ${count(100)} insert into posts
      (schedule_id, team_id, day, state, question, question_id, chapter, platform, channel, due_at, posted_at, closes_at, closed_at, closed_on)
      select 1, 't', date('2025-01-01', '+' || i || ' days'), 'posted', '${question}', 'q1', 4, 'slack', 'c',
        i * 86400000, i * 86400000, i * 86400000, i * 86400000, date('2025-01-01', '+' || i || ' days') from n;
    insert into attempts select posts.id, people.id, 1, 'a', (posts.id % 3) = 0, 1000, 5 from posts, people;
    insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
      select post_id || ':' || person_id, 't', person_id, post_id, 40 * is_right, 'first try', 5 from attempts;
    insert into outbox (key, team_id, platform, what, post_id, outgoing, state, due_at, at)
      select 'question:' || id, 't', 'slack', 'question', id,
        '{"kind":"post","channel":"c","key":"k","reply":{"blocks":[]}}', 'sent', 0, 0 from posts;
  `);
  sqlite.close();
  const filled = openSqlite(`file:${file}`);
  filled.recalculate();
  filled.close();
  return file;
}

/** Everything that must be the same, however often the upgrade was broken off. */
function stateOf(file: string) {
  const sqlite = new Sqlite(file);
  const schema = sqlite.prepare('select sql from sqlite_master order by name').pluck().all();
  const tables = sqlite
    .prepare("select name from sqlite_master where type = 'table'")
    .pluck()
    .all();
  const rows = ['people', 'accounts', 'posts', 'attempts', 'ledger', 'outbox', 'standings', 'sums']
    .filter((table) => tables.includes(table))
    .map((table) => {
      const found = sqlite.prepare(`select * from ${table}`).raw().all();
      return [table, found.map((row) => JSON.stringify(row)).sort()];
    });
  sqlite.close();
  return { schema, rows };
}

/** Starts a process that opens the database; kills it so many ms after it began, and never when absent. */
async function open(file: string, killAfterMs?: number): Promise<{ isOpen: boolean; ms: number }> {
  const child = spawn(process.execPath, [join(NEXT, 'upgrade.js'), file]);
  let began = 0;
  let isOpen = false;
  child.stdout.on('data', (chunk) => {
    isOpen ||= String(chunk).includes('open\n');
    if (began > 0) return;
    began = performance.now();
    if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  await new Promise((resolve) => child.on('close', resolve));
  return { isOpen, ms: performance.now() - began };
}

test(
  `an upgrade that is killed at ${KILLS} random points ends right, and this version refuses what it left`,
  async () => {
    const first = databaseOfThis();
    const before = stateOf(first);
    const whole = join(folder, 'whole.db');
    copyFileSync(first, whole);
    let { ms } = await open(whole);
    const right = stateOf(whole);
    expect(right.schema.length).toBe(before.schema.length + 3);
    let broken = 0;

    for (let kill = 0; kill < KILLS; kill += 1) {
      const file = join(folder, `${kill}.db`);
      copyFileSync(first, file);
      // Spread over the whole upgrade, at other points in each run.
      const opened = await open(file, ((kill + Math.random()) / KILLS) * ms);
      // The first one was slower than others will be: a kill that came too late says by how much.
      if (opened.isOpen) ms = Math.min(ms, opened.ms);
      else broken += 1;
      await open(file);

      expect(databaseProblems(file)).toEqual([]);
      expect(stateOf(file)).toEqual(right);
      expect(stateOf(`${file}.before-upgrade`)).toEqual(before);
      for (const end of ['', '.key', '.before-upgrade']) rmSync(`${file}${end}`, { force: true });
    }

    expect(broken).toBeGreaterThan(KILLS / 2);
    expect(() => openSqlite(`file:${whole}`)).toThrow('was written by a newer version of Warmup');
    expect(stateOf(whole)).toEqual(right);
    copyFileSync(`${whole}.before-upgrade`, whole);
    openSqlite(`file:${whole}`).close();
    expect(stateOf(whole)).toEqual(before);
  },
  60_000 + KILLS * 5_000,
);
