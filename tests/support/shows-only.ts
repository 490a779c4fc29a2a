import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { createWorld } from './world.ts';

/** A button that is too long for a platform is stored with what it says. */
const NOTED = 'saved_commands';

/** Who may change all that a team has. */
export const ADMIN = { as: 'lea', admin: true };

/** A team in the middle of its work: a schedule, a closed and an open question, answers, a group, a reminder, cards. */
export async function busyTeam() {
  const folder = mkdtempSync(join(tmpdir(), 'warmup-shows-'));
  const file = join(folder, 'team.db');
  const { catalog } = readCatalog();
  const world = createWorld({ url: `file:${file}`, catalog, isUnlimited: true });
  const sqlite = new Sqlite(file, { readonly: true });
  onTestFinished(() => {
    sqlite.close();
    world.close();
    rmSync(folder, { recursive: true });
  });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  for (const as of ['ana', 'bo', 'lea'])
    await world.press(await world.ask('daily', { as }), 'Show solution', { as });
  await world.comeTo('2026-03-03T09:00:00Z');
  for (const line of [
    'leaderboard group join blue',
    'me remind time:10:00',
    'path start:b',
    'quiz count:3',
  ])
    await world.ask(line, ADMIN);

  const tables = sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'table'")
    .pluck()
    .all()
    .filter((table) => table !== NOTED);
  const rowsOf = (table: string) =>
    JSON.stringify(sqlite.prepare(`select * from "${table}"`).all());
  const read = () => new Map(tables.map((table) => [table, rowsOf(table)]));
  // Another connection's commit changes the number.
  const commits = () => sqlite.pragma('data_version', { simple: true });
  let [known, before] = [commits(), read()];

  /** The tables that are not what they were when this was asked last. */
  const changed = (): string[] => {
    if (commits() === known) return [];
    const after = read();
    const names = tables.filter((table) => after.get(table) !== before.get(table));
    [known, before] = [commits(), after];
    return names;
  };

  return {
    world,
    changed,
    /** What each line changed that changed something when an admin typed it, with the delivery that it came in. */
    async changesOf(lines: Iterable<string>): Promise<string[]> {
      const found: string[] = [];
      for (const text of lines) {
        const step = await world.prepare({ kind: 'text', text }, { ...ADMIN, delivery: text });
        if (step.kind === 'run') await step.run();
        found.push(...changed().map((table) => `${text}: ${table}`));
      }
      await world.bot.settle();
      return [...found, ...changed().map((table) => `the end of a delivery: ${table}`)];
    },
  };
}
