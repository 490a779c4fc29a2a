import { setImmediate as nextTurn } from 'node:timers/promises';
import { createApp } from './app.ts';
import type { Catalog } from './core/catalog.ts';
import type { Clock } from './core/time.ts';
import type { Store } from './queries.ts';
import type { Emit } from './spine/event.ts';
import type { PlatformName, Request, RequestInput } from './spine/request.ts';
import { openSqlite } from './store/sqlite.ts';

/** What people begin with. Each reads something once: the bank, names, zones, forms. */
const LINES = [
  'help',
  'setup',
  'daily',
  'leaderboard',
  'me',
  'ask cache',
  'models llama-3.1-8b',
  'vram llama-3.1-8b rtx-4090',
  'kv llama-3.1-8b',
  'kv',
  'mock',
];

const SUGGESTED = [
  ['kv', 'model', 'llama'],
  ['vram', 'gpu', '4090'],
  ['setup', 'zone', 'berlin'],
] as const;

/**
 * Plays the first requests of a day in a team that lives in memory alone, so that nobody waits for what is
 * read once. Others have their turn between the requests. What a day may do without, the grader and pictures, is
 * read at its first use: a tenth of a second each, and 40 MiB when idle.
 */
export async function warmUp({
  platform,
  catalog,
  store,
  clock,
  emit,
}: {
  /** As whose messages requests come; nothing is sent there. */
  platform: PlatformName;
  catalog: Catalog;
  /** The real one, of which only statements are made ready. */
  store: Store;
  clock: Clock;
  emit: Emit;
}): Promise<void> {
  const { store: scratch, close } = openSqlite(':memory:');
  const { bot } = createApp({
    store: scratch,
    catalog,
    clock,
    emit,
    isUnlimited: true,
    process: 'warm-up',
  });
  for (const text of LINES) {
    const step = await bot.prepare(requestFor(platform, { kind: 'text', text }));
    if (step.kind === 'run') await step.run();
    await nextTurn();
  }
  for (const [command, option, typed] of SUGGESTED) {
    const said = { kind: 'command', command, values: {} } as const;
    await bot.suggest(requestFor(platform, said), command, option, typed);
    await nextTurn();
  }
  await readNothing(store, clock);
  close();
}

const requestFor = (platform: PlatformName, said: RequestInput): Request => ({
  platform,
  workspace: `${platform}:warm-up`,
  account: `${platform}:warm-up`,
  accountName: 'Warm-up',
  isAdmin: true,
  place: { channel: 'warm-up', kind: 'channel' },
  said,
});

/** Asks the real database for rows that nobody has: its statements are made, and nothing is written. */
async function readNothing(store: Store, clock: Clock): Promise<void> {
  await store.teamStateOf('nobody');
  await store.savedCommand('nothing', clock.now());
  await store.post(0);
  await store.openInterviewOf('nobody');
  await store.turnsOf(0);
  await store.dueSchedules(new Date(0));
}
