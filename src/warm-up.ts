import { setImmediate as nextTurn } from 'node:timers/promises';
import { createApp } from './app.ts';
import type { Catalog } from './core/catalog.ts';
import type { Clock } from './core/time.ts';
import type { Store } from './queries.ts';
import type { Step } from './spine/command.ts';
import type { Emit } from './spine/event.ts';
import type { Chart } from './spine/reply.ts';
import type { PlatformName, Request, RequestInput } from './spine/request.ts';
import { openSqlite } from './store/sqlite.ts';

/** What people begin with. Each reads something once: the bank, names, zones, forms, the words of the grader. */
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

/** An interview of one answer, by its buttons. */
const INTERVIEW: readonly RequestInput[] = [
  { kind: 'text', text: 'mock 15' },
  { kind: 'button', id: '1:mock go interview:1 at:0' },
  { kind: 'button', id: '1:mock answer interview:1 asked:1' },
  {
    kind: 'form',
    id: '1:mock answer interview:1 asked:1',
    values: {
      text: 'Keys and values of past tokens are stored, so memory grows with the context.',
    },
  },
  { kind: 'button', id: '1:mock end interview:1 confirm:yes' },
];

const SUGGESTED = [
  ['kv', 'model', 'llama'],
  ['vram', 'gpu', '4090'],
  ['setup', 'zone', 'berlin'],
] as const;

/**
 * Plays the first requests of a day in a team that lives in memory alone, so that nobody waits for what is
 * read once: the first graded answer of a process takes seconds. Others have their turn between the requests.
 */
export async function warmUp({
  platform,
  catalog,
  store,
  clock,
  emit,
  draw,
}: {
  /** As whose messages requests come; nothing is sent there. */
  platform: PlatformName;
  catalog: Catalog;
  /** The real one, of which only statements are made ready. */
  store: Store;
  clock: Clock;
  emit: Emit;
  /** Draws the first picture, for which fonts are read. */
  draw?: ((chart: Chart) => Promise<unknown>) | undefined;
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
  for (const said of [...LINES.map((text) => ({ kind: 'text', text }) as const), ...INTERVIEW]) {
    const [chart] = await chartsOf(await bot.prepare(requestFor(platform, said)));
    if (chart) await draw?.(chart);
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

async function chartsOf(step: Step): Promise<Chart[]> {
  if (step.kind !== 'run') return [];
  const { blocks } = await step.run();
  return blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
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
