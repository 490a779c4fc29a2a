import { expect, test } from 'vitest';
import type { Event } from '../src/spine/event.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { warmUp } from '../src/warm-up.ts';
import { smallCatalog } from './support/machine.ts';

test('everything that is played before the first request works, and nothing of it is stored', async () => {
  const { store, close } = openSqlite(':memory:');
  const events: Event[] = [];

  await warmUp({
    platform: 'terminal',
    catalog: smallCatalog(),
    store,
    clock: { now: () => new Date('2026-03-02T08:00:00Z') },
    emit: (event) => void events.push(event),
  });

  const played = events.flatMap((event) => (event.kind === 'command' ? [event] : []));
  expect(played.filter(({ outcome }) => outcome !== 'replied' && outcome !== 'form')).toEqual([]);
  expect(played.map(({ command }) => command)).toEqual(
    expect.arrayContaining(['help', 'kv', 'mock']),
  );
  expect(events.filter(({ kind }) => kind === 'failed')).toEqual([]);
  expect(await store.openInterviewOf('warm-up')).toBeUndefined();
  expect(await store.teamStateOf('terminal:warm-up')).toBeUndefined();
  close();
});
