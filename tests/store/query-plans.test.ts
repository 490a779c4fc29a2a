import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { COMMANDS } from '../../src/commands.ts';
import { GROUPS } from '../../src/features/team/commands/help-groups.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createWorld } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-plans-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Tables that grow with every answer or with every member. */
const LONG = ['ledger', 'attempts', 'standings', 'sums', 'posts', 'people', 'schedules', 'outbox'];

/** The steps of every statement that is prepared from now on, as SQLite plans it without statistics. */
function watchPlans(file: string) {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  return () => {
    const statements = new Set(prepare.mock.calls.map(([sql]) => sql));
    prepare.mockRestore();
    const sqlite = new Sqlite(file);
    const steps = [...statements]
      .filter((sql) => /^\s*(select|insert|update|delete|with)/i.test(sql))
      .flatMap((sql) => {
        const values = Array.from(sql.match(/\?/g) ?? [], () => 1);
        return sqlite
          .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
          .all(values)
          .map(({ detail }) => ({ detail, sql }));
      });
    sqlite.close();
    return steps;
  };
}

const scans = (steps: readonly { detail: string; sql: string }[]) =>
  steps.filter(({ detail }) => LONG.some((table) => new RegExp(`^SCAN ${table}\\b`).test(detail)));

test('no board, score or answer walks what grows with the answers', async () => {
  const file = join(folder, 'boards.db');
  openSqlite(`file:${file}`).close();
  const plans = watchPlans(file);
  const world = createWorld({ url: `file:${file}` });
  await world.setUp('time:09:00 zone:UTC');
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:a');
  await world.ask('answer 1 try:2 choice:b');
  for (const asked of [
    'leaderboard',
    'leaderboard week',
    'leaderboard month',
    'leaderboard season',
    'leaderboard all-time',
    'me',
    'leaderboard why',
    'home',
  ])
    await world.ask(asked);
  await world.store.neighbors(await world.teamId(), { personId: 'p', quarters: 0 }, 2);
  world.close();

  const steps = plans();

  expect(steps.filter(({ detail }) => detail.includes('sums_rank'))).not.toEqual([]);
  expect(scans(steps)).toEqual([]);
});

test('no command walks the answers or their points', async () => {
  const file = join(folder, 'commands.db');
  openSqlite(`file:${file}`).close();
  const plans = watchPlans(file);
  const world = createWorld({ url: `file:${file}` });
  await world.setUp('time:09:00 zone:UTC');
  await world.comeTo('2026-03-02T09:00:00Z');
  const { rest = [], first = [] } = GROUPS.find(({ name }) => name === 'estimates') ?? {};
  const estimates = [...first, ...rest];
  for (const { name, example } of COMMANDS.filter(({ name }) => !estimates.includes(name)))
    for (const text of [name, example]) {
      const step = await world.prepare({ kind: 'text', text });
      if (step.kind === 'run') await step.run();
    }
  world.close();

  const walked = plans().filter(({ detail }) => /^SCAN (ledger|attempts)\b/.test(detail));

  expect(walked).toEqual([]);
});

test('a tick with nothing due reads schedules and messages by index', async () => {
  const file = join(folder, 'tick.db');
  const world = createWorld({ url: `file:${file}` });
  await world.setUp('time:09:00 zone:UTC');
  await world.tick();
  world.close();
  const plans = watchPlans(file);
  const again = createWorld({ url: `file:${file}` });

  await again.tick();
  again.close();
  const steps = plans();

  const due = steps.filter(({ sql }) => sql.includes('from "schedules"'));
  expect(due.map(({ detail }) => detail).join('\n')).toContain('schedules_due');
  expect(scans(steps)).toEqual([]);
});
