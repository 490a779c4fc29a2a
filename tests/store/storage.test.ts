import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { movableClock } from '../../src/demo/demo.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { watchStorage } from '../../src/store/storage.ts';
import { smallCatalog } from '../support/machine.ts';
import { words } from '../support/world.ts';

/** A machine over a database that can be given room, or none. */
function machineWithRoom() {
  const opened = vi.spyOn(Sqlite.prototype, 'pragma');
  const clock = movableClock(new Date('2026-03-02T08:00:00Z'));
  let elapsed = 0;
  const storage = watchStorage(clock, () => elapsed);
  const { store, close } = openSqlite(':memory:', { onFailure: storage.failed });
  const sqlite = opened.mock.contexts[0] as Sqlite.Database;
  opened.mockRestore();
  const machine = createApp({ store, catalog: smallCatalog(), clock, emit: () => {}, storage });
  const ask = async (account: string, text: string) => {
    const step = await machine.bot.prepare({
      platform: 'discord',
      workspace: 'discord:1',
      account,
      accountName: account,
      isAdmin: true,
      place: { channel: 'daily', kind: 'channel' },
      said: { kind: 'text', text },
    });
    return step.kind === 'run' ? words(await step.run()) : step.kind;
  };
  return {
    machine,
    store,
    close,
    ask,
    /** No page more than there are, or as many as there may be. */
    setRoom: (isFull: boolean) => {
      if (isFull) {
        // What is free inside the file is used up first.
        sqlite.exec('create table filler (x); vacuum');
      }
      const pages = isFull ? sqlite.pragma('page_count', { simple: true }) : 1_000_000;
      sqlite.pragma(`max_page_count = ${pages}`);
    },
    wait: (ms: number) => {
      elapsed += ms;
      clock.moveTo(new Date(clock.now().getTime() + ms));
    },
  };
}

test('with a full disk people are told that nothing was stored, and it heals with room', async () => {
  const { machine, store, ask, setRoom, wait, close } = machineWithRoom();
  await ask('discord:ana', 'help');
  setRoom(true);

  const lost: string[] = [];
  for (let index = 0; index < 300; index += 1) {
    const told = await ask(`discord:${index}`, 'help');
    const isStored = (await store.personOfAccount(`discord:${index}`)) !== undefined;
    expect(isStored).toBe(!told.includes('nothing was saved'));
    if (!isStored) lost.push(told);
  }
  expect(lost.length).toBeGreaterThan(100);
  expect(lost[0]).toMatch(/Try again later.*host/);
  const ill = [
    {
      part: 'database',
      title: 'Database',
      health: { ok: false, words: expect.stringMatching(/full/) },
    },
  ];
  expect(await machine.health()).toMatchObject(ill);
  wait(60_000);
  expect(await machine.health()).toMatchObject(ill);

  setRoom(false);
  wait(5000);
  expect(await machine.health()).toEqual([
    { part: 'database', title: 'Database', health: { ok: true } },
  ]);
  expect(await ask('discord:late', 'setup log')).toMatch(/Database: working/);
  expect(await store.personOfAccount('discord:late')).toBeDefined();
  close();
});

test('a full disk that nobody has met yet is found by looking', async () => {
  const { machine, setRoom, wait, close } = machineWithRoom();
  expect(await machine.health()).toEqual([
    { part: 'database', title: 'Database', health: { ok: true } },
  ]);

  setRoom(true);
  wait(5000);

  expect(await machine.health()).toMatchObject([
    { part: 'database', title: 'Database', health: { ok: false } },
  ]);
  close();
});
