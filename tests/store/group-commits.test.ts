import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createWorld } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-locks-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

/** A store, and another connection that holds the write lock of its file. */
function lockedStore() {
  count += 1;
  const file = join(folder, `${count}.db`);
  const { store, close } = openSqlite(`file:${file}`);
  const other = new Sqlite(file);
  other.exec('begin immediate');
  const meet = (name: string) =>
    store.meet({
      account: `terminal:${name}`,
      name,
      workspace: 'terminal:T',
      workspaceName: 'T',
      newPersonId: name,
      newTeamId: 't',
      at: new Date('2026-01-01T00:00:00Z'),
    });
  return {
    store,
    meet,
    release: () => other.exec('rollback'),
    close: () => {
      other.close();
      close();
    },
  };
}

test('work waits for a lock in its order while reads and everything else go on', async () => {
  const { store, meet, release, close } = lockedStore();
  const order: string[] = [];
  const names = Array.from({ length: 80 }, (_, index) => `p${index}`);

  const met = names.map((name) => meet(name).then(() => order.push(name)));
  await wait(100);
  expect(await store.personOfAccount('terminal:p0')).toBeUndefined();
  expect(order).toEqual([]);
  release();
  await Promise.all(met);

  expect(order).toEqual(names);
  expect((await store.personOfAccount('terminal:p79'))?.id).toBe('p79');
  close();
});

// They wait until a lock has lasted too long, so they wait side by side.
test.concurrent('work that a lock outlasts is given up unchanged, and later work is not', async ({
  expect,
}) => {
  const { store, meet, release, close } = lockedStore();

  const early = meet('early').then(
    () => 'met',
    (error: unknown) => error,
  );
  await wait(500);
  const late = meet('late');
  const given = await early;
  release();
  await late;

  expect(given).toMatchObject({ isBusy: true });
  expect(await store.personOfAccount('terminal:early')).toBeUndefined();
  expect((await store.personOfAccount('terminal:late'))?.id).toBe('late');
  close();
});

test.concurrent('somebody whose request a lock outlasts is told so in words', async ({
  expect,
}) => {
  const file = join(folder, 'words.db');
  const world = createWorld({ url: `file:${file}` });
  const other = new Sqlite(file);
  other.exec('begin immediate');

  const reply = await world.ask('me');

  expect(JSON.stringify(reply)).toContain('The database is busy, so nothing changed');
  other.exec('rollback');
  other.close();
  world.close();
});
